import { tooFast } from '../asking.ts';
import { checkText } from '../check.ts';
import { checkedPage } from '../pages/checked.ts';
import { noticePage } from '../pages/lists.ts';
import { mayAttach, promise, respond } from '../respond.ts';
import type { MenuCommand } from './command.ts';
import { messageMenu } from './define.ts';

export const checkMenu = {
  data: messageMenu('checkMenu'),

  async execute(bot, interaction, words) {
    const refused = await tooFast(bot, { user: interaction.user.id, server: interaction.guildId }, words);
    if (refused !== null) return respond(interaction, noticePage(refused), true);
    await promise(interaction, true);
    const { library } = bot;
    const result = await checkText(interaction.targetMessage.content, library);
    const view = { words, seeds: library.seeds, mayAttach: mayAttach(interaction) };
    const page = result.all === 0 ? noticePage(words.nothingToCheck) : checkedPage(result, view);
    await respond(interaction, page, true);
  },
} satisfies MenuCommand;
