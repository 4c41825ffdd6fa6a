import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtIndex } from '../built-index.ts';
import { quotesIn } from '../reading.ts';
import { type StandIn, startStandIn } from '../stand-in/stand-in.ts';
import type { Channel, Guild } from '../stand-in/world.ts';
import { StormBot } from '../storm/bot.ts';
import { SHORT } from './short-timings.ts';

const QUESTION = 'What will the roof cost?';
const ATTEMPT_MS = 500;
/** Longer than an attempt of a request, and than Discord waits for a heartbeat here. */
const HELD_MS = 1500;

let discord: StandIn;
let guild: Guild;
let bot: StormBot;
beforeAll(async () => {
  discord = await startStandIn({ heartbeatIntervalMs: 1000 });
  guild = discord.guild({});
  bot = new StormBot(discord, await builtIndex(), { ...SHORT, attemptMs: ATTEMPT_MS });
  await bot.ready();
});
afterAll(async () => {
  expect(await bot.stop()).toBe(0);
  await discord.close();
});

function newReader() {
  const reader = discord.user();
  discord.join(guild, reader);
  return { reader, place: discord.channel(guild) };
}

const postsTo = ({ id }: Channel) =>
  discord.requests.filter(({ method, path }) => method === 'POST' && path === `/channels/${id}/messages`);
const replied = () => bot.lines.get('replied') ?? 0;

describe('row 18: a bot that is stopped for a while, as on a laptop that sleeps', () => {
  it('does not send an answer again that Discord took meanwhile', async () => {
    const { reader, place } = newReader();
    const before = replied();
    const end = discord.faults.onRest(({ method, path }) => {
      const answers = method === 'POST' && path === `/channels/${place.id}/messages`;
      if (answers) bot.hold(HELD_MS);
      return false;
    }, 'hang');
    discord.say(reader, place, `${discord.mention} ${QUESTION}`);
    expect(quotesIn(await discord.nextMessage(place))[0]).toContain('£86,000');
    end();
    await discord.until(() => replied() > before, 'the answer to be known');
    expect(postsTo(place)).toHaveLength(1);
  });

  it('answers what was asked meanwhile, once', async () => {
    const { reader, place } = newReader();
    const dm = discord.dm(reader);
    const before = replied();
    bot.hold(HELD_MS);
    const places = [place, dm];
    for (const where of [...places, ...places]) discord.say(reader, where, `${discord.mention} ${QUESTION}`);
    await discord.until(() => replied() === before + 4, 'four answers');
    for (const where of places) {
      expect(postsTo(where)).toHaveLength(2);
      expect(discord.messagesIn(where)).toHaveLength(4);
    }
  });
});
