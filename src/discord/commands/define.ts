import {
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  type LocalizationMap,
  PermissionFlagsBits,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import { type CommandNames, NAMES } from '../words/command-names.ts';

type Key = keyof CommandNames;

const { BotDM, Guild, PrivateChannel } = InteractionContextType;
const { GuildInstall, UserInstall } = ApplicationIntegrationType;
/** Look-ups work wherever somebody brings them. */
const ANYWHERE = { contexts: [Guild, BotDM, PrivateChannel], integration_types: [GuildInstall, UserInstall] };
/** What changes a server is shown to those who manage it; the code checks again. */
const ADMINS = {
  contexts: [Guild],
  integration_types: [GuildInstall],
  default_member_permissions: String(PermissionFlagsBits.ManageGuild),
};

/** A command for everybody, its names and descriptions in all languages. */
export function lookUp(
  key: Key,
  options: NonNullable<RESTPostAPIChatInputApplicationCommandsJSONBody['options']> = [],
): RESTPostAPIChatInputApplicationCommandsJSONBody {
  return { type: ApplicationCommandType.ChatInput, ...described(key), ...ANYWHERE, options };
}

/** A command for those who manage the server. */
export function forAdmins(
  key: Key,
  options: NonNullable<RESTPostAPIChatInputApplicationCommandsJSONBody['options']> = [],
): RESTPostAPIChatInputApplicationCommandsJSONBody {
  return { type: ApplicationCommandType.ChatInput, ...described(key), ...ADMINS, options };
}

/** A command in the menu of messages. */
export function messageMenu(key: Key): RESTPostAPIContextMenuApplicationCommandsJSONBody {
  const { name, name_localizations } = described(key);
  return { type: ApplicationCommandType.Message, name, name_localizations, ...ANYWHERE };
}

/** Name and description of a command, a subcommand, an option or a choice. */
export function described(key: Key) {
  const { en, ...others } = NAMES;
  const [name, description] = en[key];
  const localised = (index: 0 | 1): LocalizationMap =>
    Object.fromEntries(Object.entries(others).map(([locale, names]) => [locale, names[key][index]]));
  return {
    name,
    name_localizations: localised(0),
    description,
    description_localizations: localised(1),
  };
}
