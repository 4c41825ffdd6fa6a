import { GuildMemberRoleManager, type Interaction, PermissionFlagsBits } from 'discord.js';
import type { Bot } from './bot.ts';

/**
 * Whether a user may administer the bot where the command was given: who manages the server, or has a role or
 * an id that the operator named. Discord's own setting is only a default that a server can change.
 */
export function isAdmin({ config }: Bot, interaction: Interaction): boolean {
  const { adminRoleIds, adminUserIds } = config;
  if (adminUserIds.includes(interaction.user.id)) return true;
  if (interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild)) return true;
  const roles = interaction.member?.roles;
  if (roles === undefined) return false;
  const ids = roles instanceof GuildMemberRoleManager ? [...roles.cache.keys()] : roles;
  return ids.some((id) => adminRoleIds.includes(id));
}
