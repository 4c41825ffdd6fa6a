import { ApplicationCommandOptionType } from 'discord.js';
import { isBlank, tooFast } from '../asking.ts';
import { MAX_OPTION_UNITS } from '../limits.ts';
import { noticePage } from '../pages/lists.ts';
import { verdictPage } from '../pages/verdict.ts';
import { mayAttach, promise, respond } from '../respond.ts';
import type { SlashCommand } from './command.ts';
import { described, lookUp } from './define.ts';

export const verify = {
  data: lookUp('verify', [
    {
      type: ApplicationCommandOptionType.String,
      ...described('quote'),
      required: true,
      max_length: MAX_OPTION_UNITS,
    },
  ]),

  async execute(bot, interaction, words) {
    const claim = interaction.options.getString('quote', true);
    if (isBlank(claim)) return respond(interaction, noticePage(words.nothingToFind), true);
    const refused = await tooFast(bot, { user: interaction.user.id, server: interaction.guildId }, words);
    if (refused !== null) return respond(interaction, noticePage(refused), true);
    await promise(interaction, false);
    const page = verdictPage(claim, bot.library.verify(claim), { words, mayAttach: mayAttach(interaction) });
    await respond(interaction, page, false);
  },
} satisfies SlashCommand;
