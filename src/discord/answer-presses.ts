import { type ButtonInteraction, type Message, MessageFlags } from 'discord.js';
import type { Answer } from '../answering/answer.ts';
import type { Seed } from '../seeds/seed.ts';
import { ask, MAX_QUOTES } from './asking.ts';
import { markOf } from './custom-ids.ts';
import type { Page } from './page.ts';
import { type AnswerView, answerPage, moreQuotesPage, printOf, whyPage } from './pages/answer.ts';
import { noticePage } from './pages/lists.ts';
import type { Pressed } from './presses.ts';
import { questionIn, quotedIn } from './previous.ts';
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
  await aboutAnswer(pressed, (answer) => moreQuotesPage(answer, 1, viewOf(pressed, true)));
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
  await aboutAnswer(pressed, (answer) => whyPage(answer, pressed));
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

/** Asks the message's question again, and shows what `render` makes of the answer to the one who pressed. */
async function aboutAnswer(pressed: Pressed, render: (answer: Answer) => Page): Promise<void> {
  const { interaction, words, bot } = pressed;
  const question = questionIn(interaction.message);
  if (question === null) return tellPrivately(interaction, words.expired);
  await promise(interaction, true);
  const answer = await askAgain(pressed, question);
  const same = stillQuotes(answer, interaction.message, bot.library.seeds);
  await respond(interaction, same ? render(answer) : noticePage(words.indexChanged), true);
}

/** Whether all that the message quotes is in the answer as it is now; else something was indexed since. */
function stillQuotes(answer: Answer, message: Message, seeds: readonly Seed[]): boolean {
  const marks = new Map(seeds.map((seed) => [seed.id, markOf(seed)]));
  return quotedIn(message).every(({ seed, span }) =>
    answer.quotes.some((quote) => {
      return marks.get(quote.seed) === seed && quote.start === span.start && quote.end === span.end;
    }),
  );
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
