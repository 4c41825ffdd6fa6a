import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quotesIn } from '../reading.ts';
import type { StandIn } from '../stand-in/stand-in.ts';
import type { Channel } from '../stand-in/world.ts';
import { type BotHereOptions, botWithDiscord } from './bot-here.ts';
import { freePort } from './client-here.ts';

const QUESTION = 'What will the roof cost?';

type At = Awaited<ReturnType<typeof botWithDiscord>>;

/** How often the bot sent a message there, kept by Discord or not. */
function sentTo(discord: StandIn, { id }: Channel): number {
  return discord.requests.filter(
    ({ method, path }) => method === 'POST' && path === `/channels/${id}/messages`,
  ).length;
}

/** Asks in a channel and in private while a fault befalls the session, and once more after it. */
async function askedMeanwhile({ discord, guild, newReader }: At, fault: () => void): Promise<void> {
  const { reader, place } = newReader();
  const dm = discord.dm(reader);
  discord.say(reader, dm, QUESTION);
  await discord.nextMessage(dm);
  const { connections } = discord.gateway.counts;
  fault();
  discord.faults.duplicateDispatch();
  const first = discord.say(reader, place, `${discord.mention} ${QUESTION}`);
  discord.say(reader, dm, QUESTION);
  for (const where of [place, dm]) {
    expect(quotesIn(await discord.nextMessage(where))[0]).toContain('£86,000');
  }
  await discord.until(() => discord.gateway.counts.connections > connections, 'another connection');
  for (const where of [place, dm]) {
    discord.say(reader, where, `${discord.mention} ${QUESTION}`);
    await discord.nextMessage(where);
    expect(discord.messagesIn(where)).toHaveLength(where === dm ? 6 : 4);
    expect(sentTo(discord, where)).toBe(where === dm ? 3 : 2);
  }
  // discord.js itself knows the last messages of a channel; this one it has forgotten.
  discord.gateway.dispatch(guild.id, 'MESSAGE_CREATE', first);
  discord.say(reader, place, `${discord.mention} ${QUESTION}`);
  await discord.nextMessage(place);
  expect(sentTo(discord, place)).toBe(3);
}

/** A bot for the tests of one description; those of others run meanwhile. */
function withBot(name: string, options: BotHereOptions, tests: (at: () => At) => void): void {
  describe.concurrent(name, () => {
    let at: At;
    beforeAll(async () => {
      at = await botWithDiscord(options);
    });
    afterAll(async () => {
      await at.bot.stop();
      await at.discord.close();
    });
    tests(() => at);
  });
}

withBot('a session that Discord takes up again', {}, (at) => {
  it.sequential.each<[string, (discord: StandIn) => void]>([
    ['row 1: TCP drop', (discord) => discord.faults.dropSocket()],
    ['row 2: op 7', (discord) => discord.faults.reconnect()],
  ])('%s: what is asked meanwhile is answered exactly once', async (_, fault) => {
    const { discord } = at();
    const { resumes } = discord.gateway.counts;
    await askedMeanwhile(at(), () => fault(discord));
    expect(discord.gateway.counts).toMatchObject({ identifies: 1, resumes: resumes + 1 });
  });
});

withBot('a session whose heartbeats are not answered', { heartbeatIntervalMs: 300 }, (at) => {
  it('row 4: ACKs stop: what is asked meanwhile is answered exactly once', async () => {
    const { discord } = at();
    await askedMeanwhile(at(), () => discord.faults.stopAcks());
    expect(discord.gateway.counts.identifies).toBe(1);
    expect(discord.gateway.counts.resumes).toBeGreaterThan(0);
  });
});

withBot('a session that is gone', {}, (at) => {
  it('row 3: op 9 false: what is asked meanwhile is read back and answered exactly once', async () => {
    const { discord } = at();
    await askedMeanwhile(at(), () => discord.faults.invalidSession(false));
    expect(discord.gateway.counts).toMatchObject({ identifies: 2, resumes: 0 });
  });
});

withBot('a session that is over as soon as it is taken up', {}, (at) => {
  it('row 3: op 9 false right behind RESUMED: what is asked meanwhile is answered exactly once', async () => {
    const { discord } = at();
    await askedMeanwhile(at(), () => {
      discord.faults.endAfterResume();
      discord.faults.dropSocket();
    });
    expect(discord.gateway.counts).toMatchObject({ identifies: 2, resumes: 1 });
  });
});

withBot('a Discord that starts again without memory', {}, (at) => {
  it('row 10: what is asked meanwhile is read back, in a channel that is new too, and answered once', async () => {
    const { discord, guild, alice } = at();
    let fresh: Channel | undefined;
    await askedMeanwhile(at(), () => {
      discord.faults.forget();
      fresh = discord.channel(guild);
      discord.say(alice, fresh, `${discord.mention} ${QUESTION}`);
    });
    expect(discord.messagesIn(fresh as Channel)).toHaveLength(2);
  });
});

const healthPort = await freePort();
withBot('a RESUME without an answer', { healthPort, deafMs: 1500 }, (at) => {
  it('row 5: shows on /live, the bot logs in anew and reads what was missed', async () => {
    const { discord, alice, channel, logged } = at();
    const live = async () => (await fetch(`http://127.0.0.1:${healthPort}/live`)).status;
    expect(await live()).toBe(200);
    discord.faults.ignoreResume = true;
    discord.faults.dropSocket();
    discord.say(alice, channel, `${discord.mention} ${QUESTION}`);
    await discord.until(() => discord.gateway.counts.connections === 2, 'another connection');
    expect(await live()).toBe(503);
    expect(quotesIn(await discord.nextMessage(channel))[0]).toContain('£86,000');
    await logged('online again');
    expect(await live()).toBe(200);
  });
});

withBot('a RESUME without an answer, on a connection that is dead', { deafMs: 1500 }, (at) => {
  it('row 5: the bot does not wait until that connection has ended', async () => {
    const { gateway, faults, until } = at().discord;
    faults.ignoreResume = true;
    faults.dropSocket();
    await until(() => gateway.counts.connections === 2, 'another connection');
    faults.stopReading();
    // A connection that does not say goodbye is given half a minute.
    await until(() => gateway.counts.identifies === 2, 'another login', 20_000);
  });
});

withBot('a Discord that refuses after HELLO', { giveUpMs: 500, firstLoginWaitMs: 10 }, (at) => {
  it('row 8: is told of once, given up, and no connection is left behind', async () => {
    const { discord, bot } = at();
    discord.faults.refuseAfterHello = true;
    discord.faults.dropSocket();
    expect((await bot.ended)?.name).toBe('SessionLost');
    expect(bot.log.filter(({ msg }) => msg === 'reconnecting')).toHaveLength(1);
    await discord.until(() => discord.gateway.sockets.length === 0, 'no connection');
  });
});
