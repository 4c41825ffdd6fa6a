import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quotesIn } from '../reading.ts';
import type { RestFault } from '../stand-in/faults.ts';
import type { Channel } from '../stand-in/world.ts';
import { botWithDiscord } from './bot-here.ts';

const QUESTION = 'What will the roof cost?';

let at: Awaited<ReturnType<typeof botWithDiscord>>;
beforeAll(async () => {
  at = await botWithDiscord();
});
afterAll(async () => {
  expect(await at.bot.stop()).toBeNull();
  await at.discord.close();
});

const postsTo = (channel: Channel) => new RegExp(`^POST /channels/${channel.id}/messages$`);

describe.each<[string, RestFault]>([
  ['11 one 401', { status: 401 }],
  ['12 502 after the message was stored', 'store-then-502'],
  ['13 5xx once', { status: 503 }],
  ['14 a request that hangs', 'hang'],
  ['15 a connection reset', 'reset'],
  ['15 a connection reset after the message was stored', 'store-then-reset'],
  ['16 429 on the channel', { status: 429, retryAfterS: 0.05 }],
  ['16 429 everywhere', { status: 429, retryAfterS: 0.05, scope: 'global' }],
  ['23 200 with HTML', 'html'],
])('row %s', (_, fault) => {
  it('costs no answer and doubles none', async () => {
    const { discord, guild } = at;
    const channel = discord.channel(guild);
    const reader = discord.user();
    discord.join(guild, reader);
    discord.faults.onRest(postsTo(channel), fault);
    discord.say(reader, channel, `${discord.mention} ${QUESTION}`);
    expect(quotesIn(await discord.nextMessage(channel))[0]).toContain('£86,000');
    discord.say(reader, channel, discord.mention);
    await discord.nextMessage(channel);
    expect(discord.messagesIn(channel)).toHaveLength(4);
  });
});

describe('row 13 5xx for ever', () => {
  it('is given up after the last attempt, and logged with the id of the question', async () => {
    const { discord, guild, logged, bot } = at;
    const channel = discord.channel(guild);
    discord.faults.onRest(postsTo(channel), { status: 503 }, Number.POSITIVE_INFINITY);
    discord.say(at.owner, channel, `${discord.mention} ${QUESTION}`);
    const { id } = await logged('a reaction failed');
    await logged('the failure could not be told');
    expect(bot.log.some((line) => line.msg === 'arrived' && line.id === id)).toBe(true);
    expect(discord.messagesIn(channel)).toHaveLength(1);
  });
});

describe.each<[string, RestFault]>([
  ['14 a callback that hangs', 'hang'],
  ['17 a callback that was stored, its answer lost', 'store-then-reset'],
  ['17 a callback that was stored, its answer a 502', 'store-then-502'],
  ['16 429 on a callback', { status: 429, retryAfterS: 0.05 }],
])('row %s', (_, fault) => {
  it('is answered where it was asked', async () => {
    const { discord, alice, channel } = at;
    discord.faults.onRest(/callback$/, fault);
    const asked = discord.command(alice, channel, 'ask', { question: QUESTION });
    expect(quotesIn(await asked.final())[0]).toContain('£86,000');
  });
});

describe('row 18 more than 3 s before the promise', () => {
  it('is answered in the channel, naming the asker only', async () => {
    const { discord, guild } = at;
    const channel = discord.channel(guild);
    const reader = discord.user();
    discord.join(guild, reader);
    discord.faults.onRest((request) => {
      if (request.path.endsWith('/callback')) discord.advance(4000);
      return false;
    }, 'hang');
    discord.command(reader, channel, 'ask', { question: QUESTION });
    const answer = await discord.nextMessage(channel);
    expect(quotesIn(answer)[0]).toContain('£86,000');
    expect(answer.mentions.map(({ id }) => id)).toEqual([reader.id]);
  });
});
