import {
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { fetchFile } from '../../seeds/fetch-file.ts';
import { mayChangeSeeds } from '../admins.ts';
import { namedSeed } from '../asking.ts';
import { attachmentRules, pageRules } from '../fetching.ts';
import { editForm, pasteForm } from '../forms.ts';
import { MAX_CHOICE_UNITS, MAX_CHOICES } from '../limits.ts';
import { clip } from '../markdown.ts';
import { noticePage, seedsPage } from '../pages/lists.ts';
import { removalPage } from '../pages/seed-changes.ts';
import { respond } from '../respond.ts';
import { keyOf } from '../seed-key.ts';
import { type Changing, preview, restore } from '../seed-steps.ts';
import { seedChoices } from './choices.ts';
import type { SlashCommand } from './command.ts';
import { described, lookUp } from './define.ts';

/** Names an article; its autocomplete lists them. */
const article = {
  type: ApplicationCommandOptionType.String as const,
  ...described('article'),
  required: true,
  autocomplete: true,
};

type Step = 'seedsList' | 'seedsAdd' | 'seedsRemove' | 'seedsRestore' | 'seedsEdit';

function step(
  key: Step,
  options: NonNullable<APIApplicationCommandSubcommandOption['options']> = [],
): APIApplicationCommandSubcommandOption {
  return { type: ApplicationCommandOptionType.Subcommand, ...described(key), options };
}

export const seeds = {
  data: lookUp('seeds', [
    step('seedsList'),
    step('seedsAdd', [
      { type: ApplicationCommandOptionType.Attachment, ...described('file') },
      { type: ApplicationCommandOptionType.String, ...described('address'), max_length: 2000 },
    ]),
    step('seedsRemove', [article]),
    step('seedsRestore', [article]),
    step('seedsEdit', [article]),
  ]),

  async execute(bot, interaction, words) {
    const wanted = interaction.options.getSubcommand();
    if (wanted === 'list') return respond(interaction, seedsPage(bot.library, words), false);
    if (!mayChangeSeeds(bot, interaction)) {
      return respond(interaction, noticePage(words.changes.mayNot), true);
    }
    const changing = { bot, interaction, words };
    if (wanted === 'add') return add(changing);
    const named = interaction.options.getString('article', true);
    if (wanted === 'restore') return restore(changing, named);
    const seed = namedSeed(bot, named);
    if (seed === undefined) return respond(interaction, noticePage(words.unknownSeed), true);
    if (wanted === 'remove') return respond(interaction, removalPage(seed, keyOf(seed), words), true);
    await interaction.showModal(editForm(seed, words));
  },

  async autocomplete(bot, interaction) {
    if (!mayChangeSeeds(bot, interaction)) return [];
    const typed = interaction.options.getFocused();
    if (interaction.options.getSubcommand() !== 'restore') return seedChoices(bot.library.seeds, typed);
    const removed = await bot.seedChanges.removed();
    const matching = removed.filter(
      ({ name, id }) =>
        name.length <= MAX_CHOICE_UNITS && id.toLowerCase().includes(typed.trim().toLowerCase()),
    );
    return matching.slice(0, MAX_CHOICES).map(({ name, id, at }) => {
      return { name: clip(`${id} · ${at.replace('T', ' ')}`, MAX_CHOICE_UNITS), value: name };
    });
  },
} satisfies SlashCommand;

async function add(changing: Changing<ChatInputCommandInteraction>): Promise<void> {
  const { bot, interaction, words } = changing;
  const file = interaction.options.getAttachment('file');
  const address = interaction.options.getString('address');
  if (file !== null && address !== null) {
    return respond(interaction, noticePage(words.changes.oneSource), true);
  }
  if (file !== null) {
    return preview(changing, async () => {
      const { bytes } = await fetchFile(file.url, attachmentRules(bot.config));
      return { name: file.name, bytes, type: file.contentType };
    });
  }
  if (address !== null) return preview(changing, () => fetchFile(address, pageRules(bot.config)));
  await interaction.showModal(pasteForm(words));
}
