import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quotesIn, textOf } from '../reading.ts';
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
  ['row 11: one 401', { status: 401 }],
  ['row 12: 502 after the message was stored', 'store-then-502'],
  ['row 13: 5xx once', { status: 503 }],
  ['row 15: a connection reset', 'reset'],
  ['row 15: a connection reset after the message was stored', 'store-then-reset'],
  ['row 16: 429 on the channel', { status: 429, retryAfterS: 0.05 }],
  ['row 16: 429 everywhere', { status: 429, retryAfterS: 0.05, scope: 'global' }],
  ['row 23: 200 with HTML', 'html'],
])('%s', (_, fault) => {
  it('costs no answer and doubles none', async () => {
    const { discord, newReader } = at;
    const { reader, place } = newReader();
    discord.faults.onRest(postsTo(place), fault);
    discord.say(reader, place, `${discord.mention} ${QUESTION}`);
    expect(quotesIn(await discord.nextMessage(place))[0]).toContain('£86,000');
    const next = discord.say(reader, place, discord.mention);
    await discord.nextMessage(place, (reply) => reply.referenced_message?.id === next.id);
    expect(discord.messagesIn(place)).toHaveLength(4);
  });
});

describe('row 12: 502 after the message was stored, until it is given up', () => {
  it('is not followed by the word that something failed', async () => {
    const { discord, guild, bot } = at;
    const channel = discord.channel(guild);
    discord.faults.onRest(postsTo(channel), 'store-then-502', Number.POSITIVE_INFINITY);
    const untold = () => bot.log.filter(({ msg }) => msg === 'the failure could not be told').length;
    const before = untold();
    discord.say(at.owner, channel, `${discord.mention} ${QUESTION}`);
    await discord.until(() => untold() > before, 'both given up');
    const [, reply, ...more] = discord.messagesIn(channel);
    expect(reply && quotesIn(reply)[0]).toContain('£86,000');
    expect(more).toEqual([]);
  });
});

describe('row 13: 5xx for ever', () => {
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

describe('row 14: a request that hangs', () => {
  it('is given up and sent again', async () => {
    const impatient = await botWithDiscord({ attemptMs: 500 });
    const { discord, alice, channel } = impatient;
    discord.faults.onRest(postsTo(channel), 'hang');
    discord.say(alice, channel, `${discord.mention} ${QUESTION}`);
    expect(quotesIn(await discord.nextMessage(channel))[0]).toContain('£86,000');
    await impatient.bot.stop();
    await discord.close();
  });
});

describe.each<[string, RestFault]>([
  ['row 14: a callback that hangs', 'hang'],
  ['row 17: a callback that was stored, its answer lost', 'store-then-reset'],
  ['row 17: a callback that was stored, its answer a 502', 'store-then-502'],
])('%s', (_, fault) => {
  it('is answered where it was asked', async () => {
    const { discord, alice, channel } = at;
    discord.faults.onRest(/callback$/, fault);
    const asked = discord.command(alice, channel, 'ask', { question: QUESTION });
    expect(quotesIn(await asked.final())[0]).toContain('£86,000');
  });
});

describe('row 13: 5xx when a direct message is to be opened', () => {
  it('costs no answer', async () => {
    const { discord, newReader } = at;
    const { reader, place } = newReader();
    discord.faults.onRest(/^POST \/users\/@me\/channels$/, { status: 503 });
    discord.faults.onRest(/callback$/, { status: 404, code: 10062 });
    discord.command(reader, place, 'ask', { question: QUESTION, private: true });
    expect(quotesIn(await discord.nextMessage(discord.dm(reader)))[0]).toContain('£86,000');
  });
});

describe('row 16: 429 again and again, on one channel with many questions', () => {
  it('costs no answer', async () => {
    const { discord, guild } = at;
    const channel = discord.channel(guild);
    const readers = Array.from({ length: 8 }, () => discord.user());
    discord.faults.onRest(postsTo(channel), { status: 429, retryAfterS: 0.05 }, 12);
    for (const reader of readers) {
      discord.join(guild, reader);
      discord.say(reader, channel, `${discord.mention} ${QUESTION}`);
    }
    for (const _ of readers) await discord.nextMessage(channel);
    expect(discord.messagesIn(channel)).toHaveLength(2 * readers.length);
  });
});

describe('row 17: a callback that is stored, and no attempt at it ever answered', () => {
  it.each([
    ['a promise', 'ask', { question: QUESTION }, '£86,000'],
    ['an answer at once', 'help', {}, 'What you can do'],
  ])('%s: is answered where it was asked', async (_, command, options, expected) => {
    const { discord, bot, newReader } = at;
    const { reader, place } = newReader();
    const failures = () => bot.log.filter(({ msg }) => msg === 'a reaction failed').length;
    const before = failures();
    const end = discord.faults.onRest(/callback$/, 'store-then-reset', Number.POSITIVE_INFINITY);
    const asked = discord.command(reader, place, command, options);
    expect(textOf(await asked.final(() => asked.edits > 0))).toContain(expected);
    end();
    expect(failures()).toBe(before);
  });
});

describe.each<[string, RestFault | null]>([
  ['row 16: 429 on a callback until it is too late', { status: 429, retryAfterS: 0.05 }],
  ['row 18: more than 3 s before the promise', null],
])('%s', (_, fault) => {
  it('is answered in the channel, naming the asker only', async () => {
    const { discord, newReader } = at;
    const { reader, place } = newReader();
    if (fault !== null) discord.faults.onRest(/callback$/, fault);
    const end = discord.faults.onRest((request) => {
      if (request.path.endsWith('/callback')) discord.advance(4000);
      return false;
    }, 'hang');
    discord.command(reader, place, 'ask', { question: QUESTION });
    const answer = await discord.nextMessage(place);
    end();
    expect(quotesIn(answer)[0]).toContain('£86,000');
    expect(answer.mentions.map(({ id }) => id)).toEqual([reader.id]);
  });
});

describe('row 18: an event loop that is held', () => {
  it('is told of', async () => {
    const end = performance.now() + 600;
    while (performance.now() < end);
    expect(await at.logged('the event loop was held')).toMatchObject({ level: 40, ms: expect.any(Number) });
  });
});
