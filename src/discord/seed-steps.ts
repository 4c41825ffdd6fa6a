import type { ButtonInteraction, ModalSubmitInteraction } from 'discord.js';
import { previewSeed } from '../answering/preview-seed.ts';
import type { Change } from '../seeds/change-log.ts';
import { type OfferedFile, readOffered } from '../seeds/offered-file.ts';
import { mayChangeSeeds } from './admins.ts';
import type { Bot } from './bot.ts';
import type { ChangeStep } from './custom-ids.ts';
import { changeIn, FIELDS } from './edited.ts';
import { type Form, printOf, readForm } from './forms.ts';
import { inert } from './markdown.ts';
import { COLOUR, type Page, text } from './page.ts';
import { noticePage } from './pages/lists.ts';
import { rebuiltPage } from './pages/rebuilding.ts';
import { previewPage } from './pages/seed-changes.ts';
import { orReason } from './reasons.ts';
import { type Answerable, amend, promise, respond, tellPrivately } from './respond.ts';
import { seedOfKey } from './seed-key.ts';
import type { Words } from './words/words.ts';

/** Who changes the articles, and where the answer goes. */
export interface Changing<Kind extends Answerable = Answerable> {
  readonly bot: Bot;
  readonly interaction: Kind;
  readonly words: Words;
}

/** Reads what was offered, and shows how it would be read. Nothing is saved. */
export async function preview(changing: Changing, file: () => Promise<OfferedFile>): Promise<void> {
  const { bot, interaction, words } = changing;
  await promise(interaction, true);
  await orRefuse(changing, async () => {
    const { token, folder, seed } = await bot.seedChanges.draft(await readOffered(await file()));
    const seen = await previewSeed(folder, seed, bot.background);
    await show(interaction, previewPage(seed, seen, token, words));
  });
}

/** A button under a preview, or under the question whether to remove an article. */
export async function changeSeeds(
  changing: Changing<ButtonInteraction>,
  step: ChangeStep,
  key: string,
): Promise<void> {
  const { bot, interaction, words } = changing;
  const { changes } = words;
  if (!mayChangeSeeds(bot, interaction)) return tellPrivately(interaction, changes.mayNot);
  await interaction.deferUpdate();
  await orRefuse(changing, async () => {
    switch (step) {
      case 'discard': {
        const done = await bot.seedChanges.discard(key);
        return show(interaction, noticePage(done ? changes.discarded : changes.draftGone));
      }
      case 'keep':
        return show(interaction, noticePage(changes.kept));
      case 'save': {
        const change = await bot.seedChanges.save(key, interaction.user.id);
        if (change === undefined) return show(interaction, noticePage(changes.draftGone));
        return rebuildAfter(changing, change, changes.saved(inert(change.seed)));
      }
      case 'remove': {
        const seed = seedOfKey(key, bot.library.seeds);
        if (seed === undefined) return show(interaction, noticePage(words.indexChanged));
        const change = await bot.seedChanges.remove(seed, interaction.user.id);
        return rebuildAfter(changing, change, changes.removed(inert(change.seed)));
      }
    }
  });
}

/** Brings a removed article back. */
export async function restore(changing: Changing, name: string): Promise<void> {
  const { bot, interaction, words } = changing;
  await promise(interaction, true);
  await orRefuse(changing, async () => {
    const change = await bot.seedChanges.restore(name, interaction.user.id);
    await rebuildAfter(changing, change, words.changes.restored(inert(change.seed)));
  });
}

/** What happens when a form is sent. */
export async function submit(bot: Bot, interaction: ModalSubmitInteraction, words: Words): Promise<void> {
  if (!mayChangeSeeds(bot, interaction)) return tellPrivately(interaction, words.changes.mayNot);
  const changing = { bot, interaction, words };
  const form = readForm(interaction);
  if (form === null) return tellPrivately(interaction, words.expired);
  if (form.is === 'edit') return edit(changing, form);
  const file = { name: null, bytes: Buffer.from(form.text), type: 'text/plain' };
  return preview(changing, async () => file);
}

async function edit(
  changing: Changing<ModalSubmitInteraction>,
  { key, print, written }: Extract<Form, { is: 'edit' }>,
): Promise<void> {
  const { bot, interaction, words } = changing;
  const { changes } = words;
  await promise(interaction, true);
  await orRefuse(changing, async () => {
    const seed = seedOfKey(key, bot.library.seeds);
    if (seed === undefined) return show(interaction, noticePage(words.indexChanged));
    // Who opened the form saw other values, and would take back what was written since.
    if (printOf(seed) !== print) return show(interaction, noticePage(changes.editedMeanwhile));
    const change = changeIn(seed, written, words);
    const made =
      Object.keys(change).length > 0
        ? await bot.seedChanges.edit(seed, change, interaction.user.id)
        : undefined;
    if (made === undefined) return show(interaction, noticePage(changes.sameAsBefore));
    const fields = FIELDS.filter((field) => field in change).map((field) => changes[field]);
    await rebuildAfter(changing, made, changes.edited(inert(made.seed), fields.join(', ')));
  });
}

/** Brings the index up to date after a change, and tells what came of both. */
async function rebuildAfter(changing: Changing, change: Change, done: string): Promise<void> {
  const { bot, interaction, words } = changing;
  const { what, seed, by } = change;
  bot.log.info({ what, seed, by }, 'the articles were changed');
  await show(interaction, noticePage(`${done}\n${words.reembedStarted}`));
  const rebuild = async () => {
    // One that runs already may have read the articles before the change.
    await bot.rebuild.settled();
    return rebuiltPage(await bot.rebuild.run(false), words, [text(done)]);
  };
  const failed = (reason: string) => noticePage(`${done}\n${words.rebuilding.failed(reason)}`, COLOUR.error);
  const unmade = 'the index could not be rebuilt after a change';
  await show(interaction, await orReason(bot, words, unmade, rebuild, failed));
}

/** Runs a change; why it could not be made is told in one sentence. */
function orRefuse({ bot, interaction, words }: Changing, change: () => Promise<void>): Promise<void> {
  const refuse = (reason: string) =>
    show(interaction, noticePage(words.changes.refused(reason), COLOUR.error));
  return orReason(bot, words, 'a change of the articles was refused', change, refuse, 'warn');
}

/** Puts a page where the promise was made. */
function show(interaction: Answerable, page: Page): Promise<void> {
  return interaction.isButton() ? amend(interaction, page) : respond(interaction, page, true);
}
