import { ApplicationCommandOptionType } from 'discord.js';
import { ask as askLibrary, isBlank, namedSeed, refusal, tidy } from '../asking.ts';
import { markOf } from '../custom-ids.ts';
import { MAX_ASKED_UNITS } from '../limits.ts';
import { answerPage } from '../pages/answer.ts';
import { invitationPage, noticePage } from '../pages/lists.ts';
import { mayAttach, promise, respond } from '../respond.ts';
import { questionChoices, seedChoices } from './choices.ts';
import type { SlashCommand } from './command.ts';
import { described, lookUp } from './define.ts';
import { seedOption } from './options.ts';

export const ask = {
  data: lookUp('ask', [
    {
      type: ApplicationCommandOptionType.String,
      ...described('question'),
      required: true,
      max_length: MAX_ASKED_UNITS,
      autocomplete: true,
    },
    seedOption,
    { type: ApplicationCommandOptionType.Boolean, ...described('private') },
  ]),

  async execute(bot, interaction, words) {
    const question = tidy(interaction.options.getString('question', true));
    const hidden = interaction.options.getBoolean('private') ?? false;
    const named = interaction.options.getString('seed');
    const only = named === null ? undefined : namedSeed(bot, named);
    if (isBlank(question)) return respond(interaction, invitationPage(bot.library, words), true);
    if (named !== null && only === undefined)
      return respond(interaction, noticePage(words.unknownSeed), true);
    const who = { user: interaction.user.id, server: interaction.guildId };
    const refused = await refusal(bot, question, who, words);
    if (refused !== null) return respond(interaction, noticePage(refused), true);
    await promise(interaction, hidden);
    const answer = await askLibrary(bot, question, { only }, interaction.channelId);
    const view = {
      words,
      seeds: bot.library.seeds,
      asker: interaction.user.id,
      only: only === undefined ? '' : markOf(only),
      hidden,
      mayAttach: mayAttach(interaction),
    };
    await respond(interaction, answerPage(answer, view), hidden);
  },

  autocomplete({ library }, interaction) {
    const { name, value } = interaction.options.getFocused(true);
    return name === 'seed' ? seedChoices(library.seeds, value) : questionChoices(library.seeds, value);
  },
} satisfies SlashCommand;
