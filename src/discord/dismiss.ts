import { type ButtonInteraction, PermissionFlagsBits } from 'discord.js';
import { tellPrivately } from './respond.ts';
import type { Words } from './words/words.ts';

/** Takes an answer away, for the one who asked and for those who may delete messages. */
export async function dismiss(interaction: ButtonInteraction, asker: string, words: Words): Promise<void> {
  const moderates = interaction.memberPermissions?.has(PermissionFlagsBits.ManageMessages) ?? false;
  if (interaction.user.id !== asker && !moderates) return tellPrivately(interaction, words.notYours);
  await interaction.deferUpdate();
  await interaction.deleteReply();
}
