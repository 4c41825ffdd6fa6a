import assert from 'node:assert/strict';
import { isBlank } from '../../src/discord/asking.ts';
import { MAX_ASKED_UNITS, MAX_OPTION_UNITS } from '../../src/discord/limits.ts';
import type { BotProcess } from '../discord/bot-process.ts';
import type { StandIn } from '../discord/stand-in/stand-in.ts';
import type { WireMessage } from '../discord/stand-in/wire.ts';
import type { Channel, User } from '../discord/stand-in/world.ts';
import type { Target } from './target.ts';

/** What a reader may write in one message. */
const MAX_MESSAGE_UNITS = 2000;
/** Readers of one server, which may not ask too much in a minute. */
const READERS_A_SERVER = 50;
/** Of the articles that the bot has. */
const EDITED = 'tarnbeck-library-vote';
/** pino's: a bug. */
const ERROR_LEVEL = 50;

/**
 * Everything by which something gets in from Discord, at a bot that runs as a user starts it.
 * @param operator may change the articles
 */
export function frontDoor(
  discord: StandIn,
  bot: BotProcess,
  operator: User,
  corpus: readonly Buffer[],
): Target {
  let channel = discord.channel(discord.guild({ owner: operator }));
  let readers = 0;
  let logged = 0;
  /** A reader who has asked nothing yet, in a server where few have. */
  const reader = () => {
    if (readers++ % READERS_A_SERVER === 0) channel = discord.channel(discord.guild({ owner: operator }));
    const user = discord.user();
    const guild = discord.world.guildOf(channel);
    if (guild !== undefined) discord.join(guild, user);
    return user;
  };
  const doors = doorsOf(discord, operator);
  let turn = 0;
  return {
    ...{ name: 'the front door', weight: 2.5, corpus, mostBytes: 2 * MAX_OPTION_UNITS, texts: true },
    async run(input) {
      const user = reader();
      const before = discord.world.messages.size;
      await doors[turn++ % doors.length]?.(input.toString().toWellFormed(), user, channel);
      for (const { wire } of [...discord.world.messages.values()].slice(before)) checkPings(discord, wire);
      assert.deepEqual(discord.takeViolations(), []);
      const errors = bot.log.slice(logged).filter(({ level }) => level >= ERROR_LEVEL);
      logged = bot.log.length;
      assert.deepEqual(errors, []);
    },
  };
}

type Door = (text: string, user: User, channel: Channel) => Promise<unknown>;

function doorsOf(discord: StandIn, operator: User): Door[] {
  let pressed: WireMessage | undefined;
  return [
    async (text, user) => {
      const dm = discord.dm(user);
      discord.say(user, dm, text.slice(0, MAX_MESSAGE_UNITS));
      pressed = await discord.nextMessage(dm);
    },
    (text, user, channel) => {
      discord.say(user, channel, `${discord.mention} ${text.slice(0, MAX_MESSAGE_UNITS)}`);
      return discord.nextMessage(channel);
    },
    (text, user, channel) => {
      const question = text.slice(0, MAX_ASKED_UNITS);
      return question === ''
        ? Promise.resolve()
        : discord.command(user, channel, 'ask', { question }).final();
    },
    (text, user, channel) =>
      text === ''
        ? Promise.resolve()
        : discord.command(user, channel, 'find', { text: text.slice(0, MAX_OPTION_UNITS) }).final(),
    (text, user, channel) =>
      text === ''
        ? Promise.resolve()
        : discord.command(user, channel, 'verify', { quote: text.slice(0, MAX_OPTION_UNITS) }).final(),
    (text, user, channel) =>
      discord.command(user, channel, 'read', { paragraph: 1, seed: text.slice(0, 6000) }).final(),
    (text, user, channel) =>
      discord.autocomplete(user, channel, 'read', 'seed', { seed: text.slice(0, 6000) }).response(),
    (text, user, channel) => {
      const message = discord.say(
        user,
        channel,
        isBlank(text) ? 'nothing' : text.slice(0, MAX_MESSAGE_UNITS),
      );
      return discord.menu(user, channel, 'Check against the articles', message).final();
    },
    async (text, _user, channel) => {
      await discord.command(operator, channel, 'seeds add').response();
      const [first, more] = [
        text.slice(0, MAX_MESSAGE_UNITS),
        text.slice(MAX_MESSAGE_UNITS, 2 * MAX_MESSAGE_UNITS),
      ];
      if (first !== '') await discord.submit(operator, 'paste', { text: first, more }).final();
    },
    async (text, _user, channel) => {
      const { modal } = await discord
        .command(operator, channel, 'seeds edit', { article: EDITED })
        .response();
      const values = {
        title: text.slice(0, 300),
        publisher: text.slice(0, 100),
        aliases: text.slice(0, MAX_MESSAGE_UNITS),
      };
      await discord.submit(operator, modal?.custom_id ?? '', values).final();
    },
    async (text, user) => {
      if (pressed !== undefined)
        await discord.click(user, pressed, text.slice(0, 100), { forged: true }).response();
    },
  ];
}

/** Whatever the bot writes, it pings nobody but the one whom it replies to. */
function checkPings(discord: StandIn, message: WireMessage): void {
  if (message.author.id !== discord.bot.id) return;
  const asker = message.referenced_message?.author.id;
  assert.deepEqual(
    message.mentions.filter(({ id }) => id !== asker),
    [],
  );
  assert.deepEqual([message.mention_roles, message.mention_everyone], [[], false]);
}
