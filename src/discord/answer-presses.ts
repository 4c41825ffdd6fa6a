import { type ButtonInteraction, MessageFlags } from 'discord.js';
import type { Answer } from '../answering/answer.ts';
import { ask, MAX_QUOTES } from './asking.ts';
import { markOf } from './custom-ids.ts';
import { type AnswerView, answerPage, moreQuotesPage, printOf, whyPage } from './pages/answer.ts';
import type { Pressed } from './presses.ts';
import { questionIn } from './previous.ts';
import { mayAttach, promise, respond, tellPrivately } from './respond.ts';

/** Answers an example question as if the one who pressed had asked it. */
export async function askExample(pressed: Pressed, number: number): Promise<void> {
  const { bot, interaction, words, seed } = pressed;
  const question = seed?.examples[number];
  if (question === undefined) return tellPrivately(interaction, words.indexChanged);
  const hidden = interaction.message.flags.has(MessageFlags.Ephemeral);
  await promise(interaction, hidden);
  const answer = await ask(bot, question, {}, interaction.channelId);
  await respond(interaction, answerPage(answer, { ...viewOf(pressed, hidden), only: '' }), hidden);
}

/** Opens the second page of quotes beside the answer, for the one who pressed. */
export async function showMore(pressed: Pressed): Promise<void> {
  await promised(pressed, true, (answer) => moreQuotesPage(answer, 1, viewOf(pressed, true)));
}

/** Turns the pages opened by `showMore`. */
export async function turnQuotes(pressed: Pressed, number: number): Promise<void> {
  const question = questionIn(pressed.interaction.message);
  if (question === null) return tellPrivately(pressed.interaction, pressed.words.expired);
  await pressed.interaction.deferUpdate();
  const page = moreQuotesPage(await askAgain(pressed, question), number, viewOf(pressed, true));
  await pressed.interaction.editReply(page);
}

export async function explain(pressed: Pressed): Promise<void> {
  await promised(pressed, true, (answer) => whyPage(answer, pressed));
}

/** Shows a private answer to all, if it is still the same; else the new one to the asker alone. */
export async function share(pressed: Pressed, print: string): Promise<void> {
  const { interaction, words, bot } = pressed;
  const question = questionIn(interaction.message);
  if (question === null) return tellPrivately(interaction, words.expired);
  // A promise would have to say now whether all will see it.
  await interaction.deferUpdate();
  const now = await askAgain(pressed, question);
  const same = printOf(now, bot.library.seeds) === print;
  const note = same ? words.sharedBy(`<@${interaction.user.id}>`) : words.indexChanged;
  const page = answerPage(now, { ...viewOf(pressed, !same), note });
  await interaction.followUp(same ? page : { ...page, flags: [page.flags, MessageFlags.Ephemeral] });
}

/** Promises a private answer, asks the message's question again, and shows what `render` makes of it. */
async function promised(
  pressed: Pressed,
  hidden: boolean,
  render: (answer: Answer) => ReturnType<typeof answerPage>,
): Promise<void> {
  const { interaction, words } = pressed;
  const question = questionIn(interaction.message);
  if (question === null) return tellPrivately(interaction, words.expired);
  await promise(interaction, hidden);
  await respond(interaction, render(await askAgain(pressed, question)), hidden);
}

/** The answer that the message shows, with all its quotes. */
function askAgain({ bot, seed }: Pressed, question: string): Promise<Answer> {
  return bot.library.ask(question, { limit: MAX_QUOTES, ...(seed && { seed: seed.id }) });
}

function viewOf({ bot, interaction, words, seed }: Pressed, hidden: boolean): AnswerView {
  return {
    words,
    seeds: bot.library.seeds,
    asker: interaction.user.id,
    only: seed === undefined ? '' : markOf(seed),
    hidden,
    mayAttach: mayAttach(interaction as ButtonInteraction),
  };
}
