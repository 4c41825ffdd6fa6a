import { isDeepStrictEqual } from 'node:util';
import { type APIApplicationCommand, type REST, Routes } from 'discord.js';
import { MENU_COMMANDS, SLASH_COMMANDS } from './commands/all.ts';

/** What is registered, in the order in which people see it documented. */
export const REGISTERED = [...SLASH_COMMANDS, ...MENU_COMMANDS].map(({ data }) => data);

/** Fields that Discord adds to a command, or that say nothing when they are absent, null, false or empty. */
const ADDED = new Set(['id', 'application_id', 'version', 'guild_id', 'dm_permission', 'nsfw', 'handler']);
/** Lists whose order means nothing. */
const UNORDERED = new Set(['contexts', 'integration_types', 'channel_types']);

/**
 * Registers the global commands if Discord has other ones; Discord allows few registrations a day.
 * @returns whether anything was changed
 */
export async function registerCommands(rest: REST, applicationId: string): Promise<boolean> {
  const route = Routes.applicationCommands(applicationId);
  const query = new URLSearchParams({ with_localizations: 'true' });
  const present = (await rest.get(route, { query })) as APIApplicationCommand[];
  if (isDeepStrictEqual(byName(present), byName(REGISTERED))) return false;
  await rest.put(route, { body: REGISTERED });
  return true;
}

function byName(commands: readonly { readonly name: string }[]): unknown[] {
  return commands.toSorted((a, b) => (a.name < b.name ? -1 : 1)).map((command) => plain(command));
}

/** A command without what Discord adds and without what says nothing, its keys in one order. */
function plain(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => plain(item));
    return UNORDERED.has(key) ? items.toSorted() : items;
  }
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .filter(([name, held]) => !ADDED.has(name) && !saysNothing(held))
    .map(([name, held]) => [name, plain(held, name)] as const);
  return Object.fromEntries(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function saysNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === false || value === '') return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}
