import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  ComponentType,
  DiscordAPIError,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  RESTJSONErrorCodes,
} from 'discord.js';
import { COLOUR, type Page } from './page.ts';
import { noticePage } from './pages/lists.ts';

export type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction
  | ModalSubmitInteraction;

/** Those whose first answer Discord did not take, or did not say that it had. */
const unpromised = new WeakSet<Answerable>();

/** The interaction is too old, was never answered, or its 15 minutes are over. */
const TOO_LATE = new Set<number | string>([
  RESTJSONErrorCodes.UnknownInteraction,
  RESTJSONErrorCodes.UnknownWebhook,
  RESTJSONErrorCodes.InvalidWebhookToken,
]);

/** Promises an answer, so that there are 15 minutes for it instead of 3 seconds. */
export async function promise(interaction: Answerable, hidden: boolean): Promise<void> {
  try {
    await interaction.deferReply(hidden ? { flags: MessageFlags.Ephemeral } : {});
  } catch (error) {
    if (isRefused(error)) throw error;
    unpromised.add(interaction);
  }
}

/** Answers, or keeps what was promised; whether it is hidden was settled by the promise then. */
export async function respond(interaction: Answerable, page: Page, hidden: boolean): Promise<void> {
  try {
    if (unpromised.has(interaction)) await interaction.webhook.editMessage('@original', page);
    else if (interaction.deferred) await interaction.editReply(page);
    else if (interaction.replied)
      await interaction.followUp({ ...page, flags: [page.flags, MessageFlags.Ephemeral] });
    else await answerAtOnce(interaction, page, hidden);
  } catch (error) {
    if (!isTooLate(error)) throw error;
    await answerElsewhere(interaction, page, hidden, interaction.id);
  }
}

/** The first answer; where none came of it, the message that may stand there is written again. */
async function answerAtOnce(interaction: Answerable, page: Page, hidden: boolean): Promise<void> {
  try {
    await interaction.reply({ ...page, flags: hidden ? [page.flags, MessageFlags.Ephemeral] : page.flags });
  } catch (error) {
    if (isRefused(error)) throw error;
    unpromised.add(interaction);
    await interaction.webhook.editMessage('@original', page);
  }
}

/** Whether Discord surely did not take a first answer, and not because it came late or a second time. */
function isRefused(error: unknown): boolean {
  if (!(error instanceof DiscordAPIError) || isTooLate(error)) return false;
  return error.code !== RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged;
}

/** Puts a page in the place of the answer that was given, however long ago. */
export async function amend(interaction: Answerable, page: Page): Promise<void> {
  try {
    await interaction.editReply(page);
  } catch (error) {
    if (!isTooLate(error)) throw error;
    await answerElsewhere(interaction, page, true, `${interaction.id}a`);
  }
}

function isTooLate(error: unknown): boolean {
  return error instanceof DiscordAPIError && TOO_LATE.has(error.code);
}

/**
 * Where Discord takes no answer any more: in the channel, naming the asker, or in private where it was hidden.
 * @param nonce of this answer alone: of two messages with one nonce Discord keeps the first
 */
async function answerElsewhere(
  interaction: Answerable,
  page: Page,
  hidden: boolean,
  nonce: string,
): Promise<void> {
  const once = { nonce, enforceNonce: true };
  const { channel, user } = interaction;
  if (hidden || !channel?.isSendable() || !interaction.appPermissions.has('SendMessages')) {
    await user.send({ ...page, ...once });
    return;
  }
  const components = [{ type: ComponentType.TextDisplay as const, content: `${user}` }, ...page.components];
  await channel.send({ ...page, ...once, components, allowedMentions: { users: [user.id] } });
}

/** Tells one sentence to the one who acts, without touching a message that is there. */
export async function tellPrivately(interaction: Answerable, sentence: string): Promise<void> {
  const notice = noticePage(sentence, COLOUR.absent);
  const untouched = interaction.isButton() && interaction.deferred && interaction.ephemeral === null;
  if (untouched) await interaction.followUp({ ...notice, flags: [notice.flags, MessageFlags.Ephemeral] });
  else await respond(interaction, notice, true);
}

/** Whether files may be attached to an answer here. */
export function mayAttach(interaction: Answerable): boolean {
  return interaction.appPermissions.has('AttachFiles');
}
