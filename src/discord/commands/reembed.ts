import { ApplicationCommandOptionType, type ChatInputCommandInteraction } from 'discord.js';
import { isAdmin } from '../admins.ts';
import { namedSeed } from '../asking.ts';
import type { Bot } from '../bot.ts';
import { COLOUR, type Page } from '../page.ts';
import { noticePage } from '../pages/lists.ts';
import { progressPage, rebuiltPage } from '../pages/rebuilding.ts';
import { orReason } from '../reasons.ts';
import type { Run } from '../rebuild.ts';
import { postProgress, showProgress } from '../rebuild-message.ts';
import { amend, promise, respond } from '../respond.ts';
import type { Words } from '../words/words.ts';
import { seedChoices } from './choices.ts';
import type { SlashCommand } from './command.ts';
import { described, forAdmins } from './define.ts';
import { seedOption } from './options.ts';

function modeChoice(mode: 'changed' | 'all') {
  const { name, name_localizations } = described(mode);
  return { name, name_localizations, value: mode };
}

export const reembed = {
  data: forAdmins('reembed', [
    {
      type: ApplicationCommandOptionType.String,
      ...described('rebuildMode'),
      choices: [modeChoice('changed'), modeChoice('all')],
    },
    seedOption,
  ]),

  async execute(bot, interaction, words) {
    if (!isAdmin(bot, interaction)) return respond(interaction, noticePage(words.adminsOnly), true);
    const name = interaction.options.getString('seed');
    const seed = name === null ? undefined : namedSeed(bot, name);
    if (name !== null && seed === undefined) return respond(interaction, noticePage(words.unknownSeed), true);
    // Who names an article wants it embedded anew; what changed is embedded in any case.
    const mode = interaction.options.getString('mode') ?? (seed === undefined ? 'changed' : 'all');
    if (bot.rebuild.running) return join(bot, bot.rebuild.start({ full: false }), interaction, words);
    await lead(bot, bot.rebuild.start({ full: mode === 'all', seed: seed?.id }), interaction, words);
  },

  autocomplete: ({ library }, interaction) => seedChoices(library.seeds, interaction.options.getFocused()),
} satisfies SlashCommand;

/** Shows a rebuild in the channel; where the bot may not post there, to the one who asked for it. */
async function lead(
  bot: Bot,
  run: Run,
  interaction: ChatInputCommandInteraction,
  words: Words,
): Promise<void> {
  const over = run.done.catch(() => undefined);
  const first = progressPage(run, words);
  // To post may take longer than the three seconds that there are for an answer.
  await promise(interaction, true);
  const message = await postProgress(interaction, first);
  if (message === null) {
    await respond(interaction, first, true);
    await showProgress(bot, run, words, (page) => interaction.editReply(page)).catch(() => undefined);
    return amend(interaction, await ending(bot, run, words));
  }
  const link = words.rebuilding.progressIn(message.url);
  await respond(interaction, noticePage(`${words.reembedStarted}\n${link}`), true);
  await showProgress(bot, run, words, (page) => message.edit(page)).catch(() => undefined);
  await over;
  const page = await ending(bot, run, words);
  // The message may be gone by now; the one who asked is told in any case.
  await message.edit(page).catch(() => amend(interaction, page));
}

/** Waits for a rebuild that somebody else began. */
async function join(
  bot: Bot,
  run: Run,
  interaction: ChatInputCommandInteraction,
  words: Words,
): Promise<void> {
  const over = run.done.catch(() => undefined);
  await respond(interaction, noticePage(words.reembedJoined), true);
  await over;
  await amend(interaction, await ending(bot, run, words));
}

/** @throws what is no mistake of the operator's */
function ending(bot: Bot, run: Run, words: Words): Promise<Page> {
  return orReason(
    bot,
    words,
    'the index could not be rebuilt',
    async () => rebuiltPage(await run.done, words),
    (reason) => noticePage(words.rebuilding.failed(reason), COLOUR.error),
  );
}
