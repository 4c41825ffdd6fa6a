import { readLastRun } from '../../answering/last-run.ts';
import { isAdmin } from '../admins.ts';
import { linesPage, noticePage } from '../pages/lists.ts';
import { lastRunLine } from '../pages/rebuilding.ts';
import { withoutFolders } from '../reasons.ts';
import { respond } from '../respond.ts';
import { addedUp } from '../shards/report.ts';
import type { SlashCommand } from './command.ts';
import { forAdmins } from './define.ts';

export const status = {
  data: forAdmins('status'),

  async execute(bot, interaction, words) {
    if (!isAdmin(bot, interaction)) return respond(interaction, noticePage(words.adminsOnly), true);
    const { library } = bot;
    const lines = words.statusLines(addedUp(await bot.reports()));
    const index = words.aboutIndex(
      library.seeds.length,
      library.index.sentences,
      library.index.generation,
      library.index.builtAt,
    );
    const run = await readLastRun(bot.config.indexFolder);
    const reason = run?.reason ? withoutFolders(run.reason, bot.config) : null;
    const last = lastRunLine(run && { ...run, reason }, words);
    await respond(interaction, linesPage(words.statusTitle, [...lines, index, last]), true);
  },
} satisfies SlashCommand;
