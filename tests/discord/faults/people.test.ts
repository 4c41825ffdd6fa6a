import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buttonOf, quotesIn, textOf } from '../reading.ts';
import { permission } from '../stand-in/permissions.ts';
import type { StandIn } from '../stand-in/stand-in.ts';
import type { SayOptions } from '../stand-in/talk.ts';
import type { WireMessage } from '../stand-in/wire.ts';
import type { Channel, Guild, User } from '../stand-in/world.ts';
import { userWire } from '../stand-in/world-wire.ts';
import { botWithDiscord } from './bot-here.ts';

const QUESTION = 'What will the roof cost?';
const SIXTEEN_MINUTES_MS = 16 * 60_000;

let at: Awaited<ReturnType<typeof botWithDiscord>>;
beforeAll(async () => {
  at = await botWithDiscord();
});
afterAll(async () => {
  expect(await at.bot.stop()).toBeNull();
  await at.discord.close();
});

/** Asks and gives the answer: what was asked before is dealt with then. */
async function answered(reader: User, place: Channel) {
  const question = at.discord.say(reader, place, `${at.discord.mention} ${QUESTION}`);
  const answer = await at.discord.nextMessage(place, (reply) => reply.referenced_message?.id === question.id);
  expect(quotesIn(answer)[0]).toContain('£86,000');
  return answer;
}

/** What Discord would send for another message like this one. */
function another({ id, ...message }: WireMessage, change: Record<string, unknown>) {
  return { ...message, id: String(BigInt(id) + 500n), ...change };
}

const failures = () => at.bot.log.filter(({ msg }) => msg === 'a reaction failed').length;

describe('row 19: a /reembed that takes longer than its token lives', () => {
  it('is reported in the channel, in a message of its own', async () => {
    const { discord, owner, newReader } = at;
    const { place } = newReader();
    const end = discord.faults.onRest(({ method, path }) => {
      if (method === 'POST' && path === `/channels/${place.id}/messages`) discord.advance(SIXTEEN_MINUTES_MS);
      return false;
    }, 'hang');
    discord.command(owner, place, 'reembed');
    const progress = await discord.nextMessage(place);
    await discord.until(() => textOf(discord.now(progress)).includes('is rebuilt'), 'the report');
    end();
  });

  it('is reported in a direct message where the bot may not post', async () => {
    const { discord, owner, newReader } = at;
    const { place } = newReader();
    discord.overwrite(place, discord.bot, { deny: permission.sendMessages });
    const end = discord.faults.onRest(({ method, path }) => {
      if (method === 'PATCH' && path.startsWith('/webhooks/')) discord.advance(SIXTEEN_MINUTES_MS);
      return false;
    }, 'hang');
    discord.command(owner, place, 'reembed');
    await discord.nextMessage(discord.dm(owner), (message) => textOf(message).includes('is rebuilt'));
    end();
  });
});

describe('row 20: the same interaction or button', () => {
  it('an interaction that Discord sends twice is answered once', async () => {
    const { discord, newReader } = at;
    const { reader, place } = newReader();
    const before = failures();
    discord.faults.duplicateDispatch('INTERACTION_CREATE');
    const asked = discord.command(reader, place, 'ask', { question: QUESTION });
    await asked.final();
    await answered(reader, place);
    expect(discord.requests.filter(({ path }) => path.startsWith(`/interactions/${asked.id}/`))).toHaveLength(
      1,
    );
    expect(failures()).toBe(before);
  });

  it('a button that two users press at once, one of them twice, answers each press', async () => {
    const { discord, guild, newReader } = at;
    const { reader, place } = newReader();
    const other = discord.user();
    discord.join(guild, other);
    const answer = await answered(reader, place);
    const presses = [reader, reader, other].map((user) =>
      discord.click(user, answer, buttonOf(answer, 'why:')),
    );
    for (const press of presses) {
      expect(textOf(await press.final())).toContain('Why these passages?');
      expect(press.ephemeral).toBe(true);
    }
  });

  it('a button of another version is said to be expired, to the one who pressed', async () => {
    const { discord, newReader } = at;
    const { reader, place } = newReader();
    const answer = await answered(reader, place);
    const press = discord.click(reader, answer, 'why:of-old', { forged: true });
    expect(textOf(await press.final())).toContain('no longer works');
    expect(press.ephemeral).toBe(true);
  });
});

describe('row 22: a place that is gone or shut', () => {
  it.each([
    ['50013, writing is forbidden', 403, 50013],
    ['50001, seeing is forbidden', 403, 50001],
    ['10003, the channel is deleted', 404, 10003],
    ['50083, the thread is archived', 400, 50083],
    ['160005, the thread is locked', 403, 160005],
  ])('%s: is logged once, tried once, and the bot goes on', async (_, status, code) => {
    const { discord, bot, newReader } = at;
    const { reader, place } = newReader();
    const before = failures();
    const posts = () => discord.requests.filter(({ path }) => path === `/channels/${place.id}/messages`);
    discord.faults.onRest(new RegExp(`/${place.id}/messages$`), { status, code }, 2);
    const shut = () => bot.log.filter((line) => line.code === code && line.level === 40);
    discord.say(reader, place, `${discord.mention} ${QUESTION}`);
    discord.say(reader, place, `${discord.mention} ${QUESTION}`);
    await discord.until(() => posts().length === 2 && posts().every((post) => post.status === status));
    await answered(reader, place);
    expect(posts()).toHaveLength(3);
    expect(shut()).toHaveLength(1);
    expect(failures()).toBe(before);
  });

  it.each<[string, (discord: StandIn, place: Channel, guild: Guild) => void]>([
    ['the channel is deleted', (discord, place) => discord.removeChannel(place)],
    ['the bot is taken out of the server', (discord, _, guild) => discord.removeBot(guild)],
  ])('%s while it looks for the answer: is no failure, and the bot goes on', async (_, goes) => {
    const { discord, owner, newReader } = at;
    const guild = discord.guild({ owner });
    const place = discord.channel(guild);
    const before = failures();
    discord.say(owner, place, `${discord.mention} ${QUESTION}`);
    goes(discord, place, guild);
    // One question is looked up after the other.
    const next = newReader();
    await answered(next.reader, next.place);
    expect(failures()).toBe(before);
  });

  it('50007, the only way left is a direct message and the asker takes none: is logged', async () => {
    const { discord, bot, newReader } = at;
    const { reader, place } = newReader();
    reader.dmsClosed = true;
    const before = failures();
    discord.faults.onRest(/callback$/, { status: 404, code: 10062 });
    discord.command(reader, place, 'ask', { question: QUESTION, private: true });
    await discord.until(() => bot.log.some((line) => line.code === 50007 && line.level === 40), 'the log');
    await answered(reader, place);
    expect(failures()).toBe(before);
  });
});

describe('row 23: a listener that throws', () => {
  it('at what is asked: the asker is told an id that is in the log', async () => {
    const { discord, bot, newReader } = at;
    const { reader, place } = newReader();
    discord.faults.onRest(new RegExp(`/${place.id}/messages$`), { status: 400, code: 1 });
    discord.say(reader, place, `${discord.mention} ${QUESTION}`);
    const told = textOf(await discord.nextMessage(place));
    const failed = bot.log.findLast(({ msg }) => msg === 'a reaction failed');
    expect(told).toContain(`noted as ${failed?.id}`);
    await answered(reader, place);
  });

  it.each([
    ['without an author', { author: undefined }],
    ['without a text', { content: null }],
  ])('at what nobody can be told of, a message %s: is logged, and the bot goes on', async (_, change) => {
    const { discord, guild, bot, newReader } = at;
    const { reader, place } = newReader();
    const untaken = () => bot.log.filter(({ msg }) => msg === 'an event could not be taken').length;
    const before = untaken();
    const plain = discord.say(reader, place, 'hello');
    const mentions = [userWire(discord.bot)];
    discord.gateway.dispatch(guild.id, 'MESSAGE_CREATE', another(plain, { mentions, ...change }));
    await discord.until(() => untaken() > before, 'the log');
    await answered(reader, place);
  });
});

describe('row 23: a dispatch that discord.js itself cannot read', () => {
  it('is logged, and the bot goes on', async () => {
    const { discord, guild, logged, newReader } = at;
    discord.gateway.dispatch(guild.id, 'CHANNEL_CREATE', null);
    await logged('the client failed');
    const { reader, place } = newReader();
    await answered(reader, place);
  });
});

describe('row 24: an odd message', () => {
  it.each<[string, string, SayOptions, string]>([
    ['an empty mention', '', {}, 'Ask me something'],
    ['invisible characters only', '\u200b\u202e\u2066', {}, 'Ask me something'],
    [
      'an attachment only',
      '',
      { attachments: [{ name: 'a.txt', data: Buffer.from('a') }] },
      'Ask me something',
    ],
    ['a question of 4,000 characters', 'why '.repeat(1000), {}, 'at most 1000'],
    ['right to left, pings and code', '\u202e@everyone @here ``` What will the roof cost? `', {}, '£86,000'],
  ])('%s gets a polite answer that pings nobody', async (_, text, options, expected) => {
    const { discord, newReader } = at;
    const { reader, place } = newReader();
    discord.say(reader, place, `${discord.mention} ${text}`, options);
    const reply = await discord.nextMessage(place);
    expect(textOf(reply).replaceAll('**', '')).toContain(expected);
    expect([reply.mentions, reply.mention_roles, reply.mention_everyone]).toEqual([[], [], false]);
  });

  it('by a bot, by a webhook, of its own, or an edited one is not answered', async () => {
    const { discord, guild, newReader } = at;
    const { reader, place } = newReader();
    const machine = discord.user({ bot: true });
    discord.join(guild, machine);
    const text = `${discord.mention} ${QUESTION}`;
    discord.say(machine, place, text);
    discord.say(reader, place, text, { webhook: true });
    discord.say(discord.bot, place, text);
    discord.edit(discord.say(reader, place, 'hello'), text);
    await answered(reader, place);
    expect(discord.messagesIn(place)).toHaveLength(6);
  });

  it('that is deleted meanwhile is answered all the same', async () => {
    const { discord, newReader } = at;
    const { reader, place } = newReader();
    discord.remove(discord.say(reader, place, `${discord.mention} ${QUESTION}`));
    expect(quotesIn(await discord.nextMessage(place))[0]).toContain('£86,000');
  });

  it('in private that does not say where it stands is answered', async () => {
    const { discord, newReader } = at;
    const { reader, place } = newReader();
    const { guild_id: _, member: __, ...plain } = discord.say(reader, place, QUESTION);
    const dm = discord.dm(reader);
    discord.gateway.dispatch(null, 'MESSAGE_CREATE', another(plain as WireMessage, { channel_id: dm.id }));
    expect(quotesIn(await discord.nextMessage(dm))[0]).toContain('£86,000');
  });
});
