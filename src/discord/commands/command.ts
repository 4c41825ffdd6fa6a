import type {
  ApplicationCommandOptionChoiceData,
  AutocompleteInteraction,
  ChatInputCommandInteraction,
  MessageContextMenuCommandInteraction,
  RESTPostAPIChatInputApplicationCommandsJSONBody,
  RESTPostAPIContextMenuApplicationCommandsJSONBody,
} from 'discord.js';
import type { Bot } from '../bot.ts';
import type { Words } from '../words/words.ts';

/** A command typed with a slash. */
export interface SlashCommand {
  readonly data: RESTPostAPIChatInputApplicationCommandsJSONBody;
  execute(bot: Bot, interaction: ChatInputCommandInteraction, words: Words): Promise<void>;
  /** Choices for the option being typed; asked for at every key stroke, so it must not embed. */
  autocomplete?(
    bot: Bot,
    interaction: AutocompleteInteraction,
  ): ApplicationCommandOptionChoiceData[] | Promise<ApplicationCommandOptionChoiceData[]>;
}

/** A command in the menu of a message. */
export interface MenuCommand {
  readonly data: RESTPostAPIContextMenuApplicationCommandsJSONBody;
  execute(bot: Bot, interaction: MessageContextMenuCommandInteraction, words: Words): Promise<void>;
}
