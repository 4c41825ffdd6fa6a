import type { ButtonInteraction } from 'discord.js';
import { isAdmin } from './admins.ts';
import type { Bot } from './bot.ts';
import type { Press } from './custom-ids.ts';
import { COLOUR } from './page.ts';
import { noticePage } from './pages/lists.ts';
import { orReason } from './reasons.ts';
import { tellPrivately } from './respond.ts';
import type { Words } from './words/words.ts';

type RebuildPress = Extract<Press, { does: 'rebuild' }>;

/** What the buttons below a rebuild do, for admins only. All of it may long be decided. */
export async function pressRebuild(
  bot: Bot,
  interaction: ButtonInteraction,
  words: Words,
  { step, key }: RebuildPress,
): Promise<void> {
  if (!isAdmin(bot, interaction)) return tellPrivately(interaction, words.adminsOnly);
  if (step === 'cancel') return cancel(bot, interaction, words, key);
  await interaction.deferUpdate();
  bot.log.info({ step, by: interaction.user.id }, 'a decision about an index that was held back');
  const builtAt = new Date(Number(key)).toISOString();
  const { rebuilding } = words;
  const decide = async () => {
    const page =
      step === 'publish'
        ? publishedPage(await bot.rebuild.publishHeld(builtAt), words)
        : noticePage((await bot.rebuild.discardHeld(builtAt)) ? rebuilding.discarded : rebuilding.gone);
    await interaction.editReply(page);
  };
  await orReason(bot, words, 'the decision could not be carried out', decide, (reason) =>
    tellPrivately(interaction, rebuilding.failed(reason)),
  );
}

function publishedPage(generation: string | undefined, { rebuilding }: Words) {
  return generation === undefined
    ? noticePage(rebuilding.gone)
    : noticePage(rebuilding.published(generation), COLOUR.answered);
}

async function cancel(bot: Bot, interaction: ButtonInteraction, words: Words, id: string): Promise<void> {
  const run = bot.rebuild.current;
  if (run?.id !== id) return tellPrivately(interaction, words.rebuilding.over);
  run.cancel();
  await tellPrivately(interaction, words.rebuilding.cancelling);
}
