import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { PassThrough, Readable } from 'node:stream';
import type { Library } from '../../src/answering/library.ts';
import { isBlank, tidy } from '../../src/discord/asking.ts';
import { checkText } from '../../src/discord/check.ts';
import { paragraphChoices, questionChoices, seedChoices } from '../../src/discord/commands/choices.ts';
import { readCustomId, writeCustomId } from '../../src/discord/custom-ids.ts';
import {
  MAX_ASKED_UNITS,
  MAX_CHOICE_UNITS,
  MAX_CHOICES,
  MAX_CUSTOM_ID_UNITS,
  MAX_OPTION_UNITS,
} from '../../src/discord/limits.ts';
import { answerPage, moreQuotesPage, whyPage } from '../../src/discord/pages/answer.ts';
import { checkedPage } from '../../src/discord/pages/checked.ts';
import { foundPage } from '../../src/discord/pages/found.ts';
import { verdictPage } from '../../src/discord/pages/verdict.ts';
import { wordsFor } from '../../src/discord/words/words.ts';
import { answerBatch } from '../../src/terminal/batch.ts';
import { render as rendered } from '../discord/discord-markdown.ts';
import { check } from '../discord/page-check.ts';
import { orRefused, type Target } from './target.ts';

const QUESTIONS = ['inter-korean-liaison-office', 'tarnbeck-library-vote', 'vellmar-sound-ferry'];
const LOCALES = ['en-US', 'ko', 'zh-CN', 'ja'];
const CUSTOM_IDS = [
  'context:0123456789ab:12:345',
  'around:0123456789ab:12:345:-3',
  'more:',
  'quotes:2:0123456789ab',
  'why:0123456789ab',
  'share:0123456789ab:0123456789ab',
  'dismiss:123456789012345678',
  'example:0123456789ab:1',
  'read:0123456789ab:7',
  'find:exact:3:',
];

/** The questions of the project's own set, which are good ones. */
export function goodQuestions(): Buffer[] {
  return QUESTIONS.flatMap((name) => {
    const file = new URL(`../questions/${name}.json`, import.meta.url);
    const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: { question: string }[] };
    return cases.map(({ question }) => Buffer.from(question));
  });
}

/** Everything that a user writes: questions, phrases, quotes, messages, names, custom ids, lines of a batch. */
export function textTargets(library: Library): Target[] {
  const { seeds } = library;
  const questions = goodQuestions();
  const sentences = seeds.flatMap(({ text, blocks }) =>
    blocks.map(({ start, end }) => Buffer.from(text.slice(start, end))),
  );
  const names = seeds.flatMap(({ id, title }) => [Buffer.from(id), Buffer.from(title)]);
  const viewOf = (input: Buffer) => ({
    words: wordsFor(LOCALES[input.length % LOCALES.length] ?? 'en-US'),
    seeds,
    asker: '1'.repeat(20),
    only: '',
    hidden: input.length % 2 === 0,
    mayAttach: input.length % 3 > 0,
  });
  return [
    {
      ...{ name: 'question', weight: 25, corpus: questions, mostBytes: 4 * MAX_ASKED_UNITS, texts: true },
      async run(input) {
        const question = tidy(input.toString()).slice(0, MAX_ASKED_UNITS).toWellFormed();
        if (isBlank(question)) return;
        const answer = await library.ask(question, { limit: 10 });
        assert(answer.confidence >= 0 && answer.confidence <= 1);
        const view = viewOf(input);
        for (const page of [
          answerPage(answer, view),
          moreQuotesPage(answer, 1, view),
          whyPage(answer, view),
        ]) {
          check(page, ...seeds);
        }
      },
    },
    {
      ...{ name: 'follow-up', weight: 5, corpus: questions, mostBytes: 2 * MAX_ASKED_UNITS, texts: true },
      async run(input) {
        const question = tidy(input.toString()).slice(0, MAX_ASKED_UNITS).toWellFormed();
        const half = Math.floor(question.length / 2);
        const [before, after] = [question.slice(0, half).toWellFormed(), question.slice(half).toWellFormed()];
        if (isBlank(before) || isBlank(after)) return;
        const answer = await library.ask(after, { previous: { question: before, quote: before } });
        check(answerPage(answer, viewOf(input)), ...seeds);
      },
    },
    {
      ...{ name: 'phrase', weight: 10, corpus: sentences, mostBytes: MAX_OPTION_UNITS, texts: true },
      async run(input) {
        const phrase = input.toString();
        if (isBlank(phrase)) return;
        const found = await library.find(phrase);
        for (const mode of ['exact', 'meaning'] as const)
          check(foundPage(found, mode, 0, viewOf(input)), ...seeds);
      },
    },
    {
      ...{ name: 'quote', weight: 15, corpus: sentences, mostBytes: MAX_OPTION_UNITS, texts: true },
      run(input) {
        const claim = input.toString();
        if (isBlank(claim)) return;
        // What is claimed and not there is shown too, so only its harmlessness is looked at.
        check(
          verdictPage(claim, library.verify(claim), viewOf(input)),
          ...seeds,
          { text: rendered(claim).text },
          { text: claim },
        );
      },
    },
    {
      ...{ name: 'message', weight: 4, corpus: sentences, mostBytes: MAX_OPTION_UNITS, texts: true },
      async run(input) {
        const checked = await checkText(input.toString(), library);
        if (checked.all > 0) check(checkedPage(checked, viewOf(input)), ...seeds);
      },
    },
    {
      ...{ name: 'name', weight: 10, corpus: names, mostBytes: 400, texts: true },
      run(input) {
        const typed = input.toString();
        const [seed] = seeds;
        const lists = [
          seedChoices(seeds, typed),
          questionChoices(seeds, typed),
          seed ? paragraphChoices(seed, typed) : [],
        ];
        for (const choices of lists) {
          assert(choices.length <= MAX_CHOICES);
          for (const { name, value } of choices) {
            assert(name.trim() !== '' && name.length <= MAX_CHOICE_UNITS);
            assert(String(value).length <= MAX_CHOICE_UNITS);
          }
        }
        try {
          library.read(typed, 1, 1);
        } catch (error) {
          orRefused(error, [Error], undefined);
        }
      },
    },
    {
      ...{
        name: 'custom id',
        weight: 15,
        corpus: CUSTOM_IDS.map((id) => Buffer.from(id)),
        mostBytes: 300,
        texts: true,
      },
      run(input) {
        const press = readCustomId(input.toString().slice(0, MAX_CUSTOM_ID_UNITS));
        if (press === null) return;
        const written = writeCustomId(press);
        assert(written.length <= MAX_CUSTOM_ID_UNITS);
        assert.deepEqual(readCustomId(written), press);
      },
    },
    {
      ...{ name: 'line of a batch', weight: 3, corpus: questions.map(asLine), mostBytes: 4000, texts: true },
      async run(input) {
        const output = new PassThrough();
        const written = output.toArray();
        await answerBatch(library, Readable.from([input], { objectMode: false }), output, undefined);
        output.end();
        const lines = Buffer.concat(await written)
          .toString()
          .split('\n')
          .slice(0, -1);
        for (const line of lines) assert('question' in JSON.parse(line));
      },
    },
  ];
}

function asLine(question: Buffer): Buffer {
  return Buffer.from(`${JSON.stringify({ question: question.toString(), seed: 'tarnbeck-library-vote' })}\n`);
}
