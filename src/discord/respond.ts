import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
} from 'discord.js';
import { COLOUR, type Page } from './page.ts';
import { noticePage } from './pages/lists.ts';

export type Answerable =
  | ChatInputCommandInteraction
  | MessageContextMenuCommandInteraction
  | ButtonInteraction;

/** Promises an answer, so that there are 15 minutes for it instead of 3 seconds. */
export async function promise(interaction: Answerable, hidden: boolean): Promise<void> {
  await interaction.deferReply(hidden ? { flags: MessageFlags.Ephemeral } : {});
}

/** Answers, or keeps what was promised; whether it is hidden was settled by the promise then. */
export async function respond(interaction: Answerable, page: Page, hidden: boolean): Promise<void> {
  if (interaction.deferred) await interaction.editReply(page);
  else if (interaction.replied)
    await interaction.followUp({ ...page, flags: [page.flags, MessageFlags.Ephemeral] });
  else
    await interaction.reply({ ...page, flags: hidden ? [page.flags, MessageFlags.Ephemeral] : page.flags });
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
