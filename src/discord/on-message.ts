import { type GuildTextBasedChannel, type Message, MessageType, PermissionFlagsBits } from 'discord.js';
import type { Exchange } from '../answering/library.ts';
import { ask, isBlank, refusal, tidy } from './asking.ts';
import type { Bot } from './bot.ts';
import { guarded, PlaceGone, taken } from './boundary.ts';
import { messageLocale } from './message-locale.ts';
import type { Page } from './page.ts';
import { answerPage } from './pages/answer.ts';
import { invitationPage, noticePage } from './pages/lists.ts';
import { exchangeIn } from './previous.ts';
import { Seen } from './seen.ts';
import { type Words, wordsFor } from './words/words.ts';

/** Answers mentions of the bot, direct messages, and replies to the bot's messages; ignores all others. */
export function answerMessages(bot: Bot): (message: Message) => void {
  const seen = new Seen();
  const take = (message: Message) => {
    if (!concerns(bot, message) || !seen.take(message.id)) return;
    const words = wordsFor(messageLocale(message.content, message.guild?.preferredLocale));
    const tell = (sentence: string) => reply(message, noticePage(sentence));
    const stopping = bot.work.stopping;
    const react = () => (stopping ? tell(words.stopping) : answer(bot, message, words));
    bot.work.add(guarded(bot, 'a message', message.id, words, react, tell));
  };
  return (message) => taken(bot, () => take(message));
}

function concerns(bot: Bot, message: Message): boolean {
  if (message.author.bot || message.webhookId !== null || message.author.id === message.client.user.id)
    return false;
  if (message.type !== MessageType.Default && message.type !== MessageType.Reply) return false;
  if (!message.inGuild()) return true;
  if (!message.mentions.users.has(message.client.user.id)) return false;
  // Null where the channel was deleted since.
  const channel: typeof message.channel | null = message.channel;
  if (channel === null) return false;
  const { parentId } = channel;
  return bot.places.answersIn(message.guildId, [message.channelId, ...(parentId === null ? [] : [parentId])]);
}

async function answer(bot: Bot, message: Message, words: Words): Promise<void> {
  const own = new RegExp(`<@!?${message.client.user.id}>`, 'g');
  const question = tidy(message.content.replace(own, ' '));
  if (isBlank(question)) return reply(message, invitationPage(bot.library, words));
  const refused = await refusal(bot, question, { user: message.author.id, server: message.guildId }, words);
  if (refused !== null) return reply(message, noticePage(refused));
  showTyping(bot, message);
  const previous = await previousOf(bot, message);
  const found = await ask(bot, question, { previous }, message.channelId);
  const view = { words, seeds: bot.library.seeds, asker: message.author.id, only: '', hidden: false };
  await reply(
    message,
    answerPage(found, { ...view, mayAttach: may(message, PermissionFlagsBits.AttachFiles) }),
  );
}

/** Whether typing shows is of no consequence: the answer does not wait for it. */
function showTyping(bot: Bot, message: Message): void {
  const channel = placeOf(message);
  if (!channel.isSendable() || bot.requests.overrun) return;
  channel.sendTyping().catch((error: unknown) => bot.log.debug({ err: error }, 'typing is not shown'));
}

/** What the message replied to had answered, when that is one of the bot's own. */
async function previousOf(bot: Bot, message: Message): Promise<Exchange | null> {
  if (message.reference?.messageId === undefined) return null;
  if (message.mentions.repliedUser !== null && message.mentions.repliedUser.id !== message.client.user.id)
    return null;
  try {
    const replied = await message.fetchReference();
    return replied.author.id === message.client.user.id ? exchangeIn(replied, bot.library.seeds) : null;
  } catch (error) {
    bot.log.debug({ err: error }, 'the message replied to is gone; the question is taken as it is');
    return null;
  }
}

/**
 * Sends the one reply to a message; however often it is sent, Discord keeps the first. So the word that something
 * failed does not follow an answer that Discord has stored without saying so. Where the bot may not read what was
 * written before, Discord takes no reply from it: there it comes as a message of its own.
 */
async function reply(message: Message, page: Page): Promise<void> {
  const once = { nonce: message.id, enforceNonce: true };
  const channel = placeOf(message);
  if (may(message, PermissionFlagsBits.ReadMessageHistory) || !channel.isSendable()) {
    await message.reply({ ...page, ...once, failIfNotExists: false });
  } else {
    await channel.send({ ...page, ...once });
  }
}

/** Where a message stands. @throws {PlaceGone} when that was deleted since, or the bot was taken out of the server */
function placeOf(message: Message): Message['channel'] {
  const { channel }: { channel: Message['channel'] | null } = message;
  // A thread stays in discord.js's memory when the channel that it belongs to is deleted.
  if (channel === null || (channel.isThread() && channel.parent === null))
    throw new PlaceGone('the channel is gone');
  return channel;
}

/** Whether the bot may do something where the message stands; in direct messages it may. */
function may(message: Message, permission: bigint): boolean {
  if (!message.inGuild()) return true;
  const channel = placeOf(message) as GuildTextBasedChannel;
  return message.guild.members.me?.permissionsIn(channel).has(permission) ?? false;
}
