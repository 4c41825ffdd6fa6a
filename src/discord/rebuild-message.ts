import type { ChatInputCommandInteraction, Message } from 'discord.js';
import type { Bot } from './bot.ts';
import type { Page } from './page.ts';
import { progressPage } from './pages/rebuilding.ts';
import type { Run } from './rebuild.ts';
import type { Words } from './words/words.ts';

/** Discord bears an edit of one message every two or three seconds. */
const EDIT_EVERY_MS = 2500;

/**
 * Posts a rebuild's progress as a message of its own in the channel, which can be edited long after the interaction
 * is over.
 * @returns null where the bot may not post
 */
export async function postProgress(
  interaction: ChatInputCommandInteraction,
  page: Page,
): Promise<Message | null> {
  const { channel, appPermissions } = interaction;
  const needed = channel?.isThread() ? 'SendMessagesInThreads' : 'SendMessages';
  if (!channel?.isSendable() || !appPermissions.has(['ViewChannel', needed])) return null;
  return channel.send({ ...page, nonce: `${interaction.id}p`, enforceNonce: true }).catch(() => null);
}

/**
 * Shows how far a rebuild is, until it is over.
 * @param edit shows a page; where that fails nothing more is shown
 */
export async function showProgress(
  bot: Bot,
  run: Run,
  words: Words,
  edit: (page: Page) => Promise<unknown>,
): Promise<void> {
  let shown = '';
  let editing: Promise<unknown> = Promise.resolve();
  const show = () => {
    const page = progressPage(run, words);
    const now = JSON.stringify(page.components);
    if (now === shown) return;
    shown = now;
    editing = edit(page).catch((err: unknown) => {
      clearInterval(timer);
      bot.log.warn({ err }, 'the progress of a rebuild cannot be shown any more');
    });
  };
  const timer = setInterval(show, EDIT_EVERY_MS);
  try {
    await run.done;
  } finally {
    clearInterval(timer);
    // A late edit must not come after the report.
    await editing;
  }
}
