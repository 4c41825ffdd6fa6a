import type {
  AutocompleteInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Interaction,
  MessageContextMenuCommandInteraction,
} from 'discord.js';
import type { Bot } from './bot.ts';
import { guarded, taken } from './boundary.ts';
import { MENU_COMMANDS, SLASH_COMMANDS } from './commands/all.ts';

import { press } from './presses.ts';
import { type Answerable, tellPrivately } from './respond.ts';
import { submit } from './seed-steps.ts';
import { Seen } from './seen.ts';
import { type Words, wordsFor } from './words/words.ts';

/** Sends each interaction where it belongs; what goes wrong there ends here. */
export function answerInteractions(bot: Bot): (interaction: Interaction) => void {
  const seen = new Seen();
  const take = (interaction: Interaction) => {
    if (!seen.take(interaction.id)) return;
    const words = wordsFor(interaction.locale);
    if (interaction.isAutocomplete()) bot.work.add(complete(bot, interaction, words));
    else if (interaction.isButton())
      react(bot, interaction, 'a button', words, () => press(bot, interaction, words));
    else if (interaction.isModalSubmit())
      react(bot, interaction, 'a form', words, () => submit(bot, interaction, words));
    else if (interaction.isChatInputCommand()) runSlash(bot, interaction, words);
    else if (interaction.isMessageContextMenuCommand()) runMenu(bot, interaction, words);
  };
  return (interaction) => taken(bot, () => take(interaction));
}

function runSlash(bot: Bot, interaction: ChatInputCommandInteraction, words: Words): void {
  const command = SLASH_COMMANDS.find(({ data }) => data.name === interaction.commandName);
  const run = () => command?.execute(bot, interaction, words) ?? tellPrivately(interaction, words.expired);
  react(bot, interaction, `/${command?.data.name ?? 'unknown'}`, words, run);
}

function runMenu(bot: Bot, interaction: MessageContextMenuCommandInteraction, words: Words): void {
  const command = MENU_COMMANDS.find(({ data }) => data.name === interaction.commandName);
  const run = () => command?.execute(bot, interaction, words) ?? tellPrivately(interaction, words.expired);
  react(bot, interaction, command?.data.name ?? 'unknown menu', words, run);
}

function react(
  bot: Bot,
  interaction: Answerable | ButtonInteraction,
  what: string,
  words: Words,
  run: () => Promise<void>,
): void {
  const tell = (sentence: string) => tellPrivately(interaction, sentence);
  const stopping = bot.work.stopping;
  bot.work.add(guarded(bot, what, interaction.id, words, stopping ? () => tell(words.stopping) : run, tell));
}

/** Where choices fail none are offered: the user goes on typing. */
async function complete(bot: Bot, interaction: AutocompleteInteraction, words: Words): Promise<void> {
  const what = `typing /${interaction.commandName}`;
  const none = () => interaction.respond([]);
  await guarded(bot, what, interaction.id, words, () => offer(bot, interaction), none);
}

async function offer(bot: Bot, interaction: AutocompleteInteraction): Promise<void> {
  const command = SLASH_COMMANDS.find(({ data }) => data.name === interaction.commandName);
  await interaction.respond((await command?.autocomplete?.(bot, interaction)) ?? []);
}
