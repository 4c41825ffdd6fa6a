import { afterEach, expect, it } from 'vitest';
import { quotesIn } from '../reading.ts';
import { botWithDiscord } from './bot-here.ts';

const QUESTION = 'What will the roof cost?';

let at: Awaited<ReturnType<typeof botWithDiscord>>;
afterEach(async () => {
  await at.bot.stop();
  await at.discord.close();
});

it.each<[string, (discord: typeof at.discord) => void]>([
  ['1 TCP drop', (discord) => discord.faults.dropSocket()],
  ['2 op 7', (discord) => discord.faults.reconnect()],
  ['3 op 9 false', (discord) => discord.faults.invalidSession(false)],
  ['4 ACKs stop', (discord) => discord.faults.stopAcks()],
  ['10 restart without memory', (discord) => discord.faults.forget()],
])('row %s: what is asked meanwhile is answered exactly once', async (_, fault) => {
  at = await botWithDiscord({ deafMs: 20_000 });
  const { discord, alice, channel } = at;
  const dm = discord.dm(alice);
  discord.say(alice, dm, QUESTION);
  await discord.nextMessage(dm);
  fault(discord);
  discord.say(alice, channel, `${discord.mention} ${QUESTION}`);
  discord.say(alice, dm, QUESTION);
  for (const place of [channel, dm])
    expect(quotesIn(await discord.nextMessage(place))[0]).toContain('£86,000');
  await discord.until(() => discord.gateway.counts.connections > 1);
  discord.say(alice, channel, `${discord.mention} ${QUESTION}`);
  await discord.nextMessage(channel);
  expect(discord.messagesIn(channel)).toHaveLength(4);
  expect(discord.messagesIn(dm)).toHaveLength(4);
});

it('row 5 RESUME never answered: logs in anew, and reads what was missed', async () => {
  at = await botWithDiscord();
  const { discord, alice, channel, logged } = at;
  discord.faults.ignoreResume = true;
  discord.faults.dropSocket();
  discord.say(alice, channel, `${discord.mention} ${QUESTION}`);
  expect(quotesIn(await discord.nextMessage(channel))[0]).toContain('£86,000');
  await logged('online again');
});

it.each([4004, 4010, 4011, 4012, 4013, 4014])(
  'row 7 close %i in mid-session: ends with the remedy',
  async (code) => {
    at = await botWithDiscord();
    at.discord.faults.close(code);
    const error = await at.bot.ended;
    expect([error?.name, error?.message]).toEqual([
      'OperatorError',
      expect.stringContaining(`(code ${code})`),
    ]);
  },
);

it('row 8 refused after HELLO: says so once, gives up, and leaves no connection behind', async () => {
  at = await botWithDiscord({ giveUpMs: 3000 });
  const { discord, bot } = at;
  discord.faults.refuseAfterHello = true;
  discord.faults.dropSocket();
  expect((await bot.ended)?.name).toBe('SessionLost');
  expect(bot.log.filter(({ msg }) => msg === 'reconnecting')).toHaveLength(1);
});
