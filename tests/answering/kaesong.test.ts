import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../src/answering/answer.ts';
import type { Library } from '../../src/answering/library.ts';
import { openLibrary } from '../../src/answering/open-library.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
/** 45 of 53 fair questions, the bar that this article was given. */
const LEAST_RIGHT = 45 / 53;

interface Case {
  readonly question: string;
  readonly kind: string;
  readonly outcome: string;
  readonly quote?: string;
  readonly quotes?: readonly string[];
}

let library: Library;
let index: string;
let cases: Case[];
const ask = (question: string): Promise<Answer> => library.ask(question);

beforeAll(async () => {
  index = await mkdtemp(path.join(tmpdir(), 'liaison-index-'));
  library = await openLibrary({
    seedsFolder: path.join(PROJECT, 'seeds'),
    indexFolder: index,
    modelsFolder: path.join(PROJECT, 'embeddings', 'models'),
    model: 'all-MiniLM-L6-v2',
    report: () => undefined,
  });
  const file = await readFile(path.join(PROJECT, 'tests/questions/inter-korean-liaison-office.json'), 'utf8');
  cases = (JSON.parse(file) as { cases: Case[] }).cases.filter(({ kind }) => kind !== 'follow-up');
});
afterAll(() => rm(index, { recursive: true }));

describe('the article about the liaison office, with the real model', () => {
  it('has the right first quote for the plain questions', async () => {
    const plain = cases.filter(
      ({ kind, outcome }) => ['direct', 'alias'].includes(kind) && outcome === 'answered',
    );
    const wrong: string[] = [];
    for (const { question, quote, quotes } of plain) {
      const first = (await ask(question)).quotes[0]?.text ?? '';
      if (!(quotes ?? [quote ?? '']).some((right) => first.includes(right))) wrong.push(question);
    }
    expect(1 - wrong.length / plain.length, wrong.join('\n')).toBeGreaterThanOrEqual(LEAST_RIGHT);
  });

  it('never calls an off-topic question answered', async () => {
    for (const { question } of cases.filter(({ kind }) => kind === 'off-topic')) {
      expect((await ask(question)).outcome, question).not.toBe('answered');
    }
  });

  it('says what the article says, and where', async () => {
    const { outcome, answer, quotes } = await ask('How often do the co-heads meet?');
    expect(outcome).toBe('answered');
    expect(answer).toBe('every week');
    expect(quotes[0]).toMatchObject({
      text: 'The co-heads will meet every week.',
      paragraph: 15,
      kind: 'body',
    });
  });

  it('quotes a caption once though the page has it twice', async () => {
    const { quotes } = await library.ask('pedestrians walk past a giant banner', { limit: 10 });
    expect(quotes.filter(({ text }) => text.startsWith('Pedestrians walk'))).toHaveLength(1);
  });

  it('reads an alias as the name that the article uses', async () => {
    const { quotes } = await ask('How many South Korean officials will be stationed at the office?');
    expect(quotes[0]?.text).toContain('around 20 officials');
  });

  it('says that a question in another language was searched by its words', async () => {
    expect((await ask('개성 연락사무소는 언제 열렸습니까?')).notice).toMatch(/does not look like English/);
    expect((await ask('Wann wurde das Büro in Kaesong eröffnet und wer war da?')).notice).not.toBeNull();
    expect((await ask('When was the Kaesong office opened?')).notice).toBeNull();
  });

  it('searches a question in another language by names, numbers and aliases, and calls nothing an answer', async () => {
    const { outcome, quotes } = await ask('Wer ist Ri Son Gwon und was hat er gesagt?');
    expect(outcome).toBe('related');
    expect(quotes[0]?.text).toContain('Ri Son Gwon');
    const foreign = await ask('Combien de personnes est-ce que Trump a vu en 2018 à Singapore?');
    expect(foreign.quotes[0]?.text).toContain('Singapore');
    expect((await ask('Wie wird das Wetter und wann ist der Regen da?')).outcome).toBe('not-in-sources');
  });
});
