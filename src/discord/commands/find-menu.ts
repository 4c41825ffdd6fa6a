import { isBlank, tooFast } from '../asking.ts';
import { foundPage, MAX_PLACES } from '../pages/found.ts';
import { noticePage } from '../pages/lists.ts';
import { mayAttach, promise, respond } from '../respond.ts';
import type { MenuCommand } from './command.ts';
import { messageMenu } from './define.ts';

export const findMenu = {
  data: messageMenu('findMenu'),

  async execute(bot, interaction, words) {
    const phrase = interaction.targetMessage.content.trim();
    if (isBlank(phrase)) return respond(interaction, noticePage(words.nothingToFind), true);
    const refused = await tooFast(bot, { user: interaction.user.id, server: interaction.guildId }, words);
    if (refused !== null) return respond(interaction, noticePage(refused), true);
    await promise(interaction, true);
    const { library } = bot;
    const found = await library.find(phrase, { limit: MAX_PLACES });
    const view = { words, seeds: library.seeds, only: '', mayAttach: mayAttach(interaction) };
    await respond(interaction, foundPage(found, found.count > 0 ? 'exact' : 'meaning', 0, view), true);
  },
} satisfies MenuCommand;
