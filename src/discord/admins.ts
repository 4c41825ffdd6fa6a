import {
  ApplicationIntegrationType,
  GuildMemberRoleManager,
  type Interaction,
  PermissionFlagsBits,
} from 'discord.js';
import type { Bot } from './bot.ts';

/**
 * Whether a user may administer the bot where the command was given: who manages the server, or has a role or
 * an id that the operator named. Discord's own setting is only a default that a server can change.
 */
export function isAdmin({ config }: Bot, interaction: Interaction): boolean {
  if (interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild)) return true;
  return isNamed(config, interaction);
}

/**
 * Whether a user may change the articles, which all servers share: whom the operator named; where nobody was named and
 * the bot is in one server only, who manages that. Everybody manages some server, and may bring the app there. A shard
 * does not know the servers of the others.
 */
export function mayChangeSeeds({ config, client }: Bot, interaction: Interaction): boolean {
  const { adminRoleIds, adminUserIds } = config;
  if (adminRoleIds.length + adminUserIds.length > 0) return isNamed(config, interaction);
  const { GuildInstall } = ApplicationIntegrationType;
  const here = interaction.authorizingIntegrationOwners[GuildInstall];
  const alone = config.shard === null && client.guilds.cache.size === 1;
  const onlyHere = alone && here !== undefined && client.guilds.cache.has(here);
  return onlyHere && (interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false);
}

function isNamed({ adminRoleIds, adminUserIds }: Bot['config'], interaction: Interaction): boolean {
  if (adminUserIds.includes(interaction.user.id)) return true;
  const roles = interaction.member?.roles;
  if (roles === undefined) return false;
  const ids = roles instanceof GuildMemberRoleManager ? [...roles.cache.keys()] : roles;
  return ids.some((id) => adminRoleIds.includes(id));
}
