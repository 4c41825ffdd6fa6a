import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openLibrary } from '../../src/answering/open-library.ts';
import { previewSeed } from '../../src/answering/preview-seed.ts';
import { sampleQuestions } from '../../src/answering/sample-questions.ts';
import { chunkSeed } from '../../src/chunks/chunk-seed.ts';
import type { Embedder } from '../../src/embedding/embedder.ts';
import { loadEmbedder } from '../../src/embedding/transformers-embedder.ts';
import { loadSeeds } from '../../src/seeds/load.ts';
import type { Seed } from '../../src/seeds/seed.ts';
import { LIGHTHOUSE } from '../discord/offered.ts';
import { fakeEmbedder } from '../indexing/fake-embedder.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
let embedder: Embedder;
const MODEL = {
  modelsFolder: path.join(PROJECT, 'embeddings', 'models'),
  model: 'all-MiniLM-L6-v2',
  report: () => undefined,
};
const options = () => ({ ...MODEL, seedsFolder: folder, indexFolder: path.join(folder, '.index') });
beforeAll(async () => {
  embedder = await loadEmbedder(MODEL);
});
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-preview-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function only(text: string): Promise<Seed> {
  await writeFile(path.join(folder, 'article.txt'), text);
  const [seed] = await loadSeeds(folder);
  if (seed === undefined) throw new Error('no seed');
  return seed;
}
const questionsOf = async (text: string) => {
  const chunks = chunkSeed(await only(text), fakeEmbedder.countTokens, fakeEmbedder.maxTokens);
  return sampleQuestions(chunks).map(({ question }) => question);
};

describe('how an article would be read', () => {
  it('counts its pieces, sentences and passages', async () => {
    const seen = await previewSeed(folder, await only(LIGHTHOUSE), embedder);
    expect(seen).toMatchObject({
      blocks: { headline: 1, dateline: 2, body: 3, caption: 1, credit: 0, noise: 1 },
      beginningOnly: false,
    });
    const library = await openLibrary(options(), embedder);
    expect([seen.sentences, seen.passages]).toEqual([library.index.sentences, library.index.passages]);
  });

  it.each(['inter-korean-liaison-office', 'tarnbeck-library-vote', 'vellmar-sound-ferry'])(
    'shows two or three questions that the article surely answers, once it is saved too: %s',
    async (id) => {
      const from = path.join(PROJECT, id.startsWith('inter') ? 'seeds' : 'tests/questions/seeds');
      await cp(from, folder, { recursive: true });
      const seed = (await loadSeeds(folder)).find((each) => each.id === id);
      if (seed === undefined) throw new Error(`no seed ${id}`);
      const { samples } = await previewSeed(folder, seed, embedder);
      expect([2, 3]).toContain(samples.length);
      const library = await openLibrary(options(), embedder);
      for (const { question, quote } of samples) {
        const answer = await library.ask(question);
        expect(answer.outcome).toBe('answered');
        expect(answer.quotes[0]).toMatchObject({ seed: id, text: quote });
      }
    },
  );

  it('tries only the beginning of a long article, and nothing of one without an end', async () => {
    const lines = Array.from(
      { length: 300 },
      (_, n) => `The bridge at Orrin ${n} was built by Hallam in 1861.`,
    );
    const long = await previewSeed(folder, await only(`Bridges\n\n${lines.join('\n\n')}\n`), fakeEmbedder);
    expect(long.beginningOnly).toBe(true);
    expect(long.sentences).toBe(301);
    let embedded = 0;
    const counting: Embedder = {
      ...fakeEmbedder,
      embed: (texts) => {
        embedded += texts.length;
        return fakeEmbedder.embed(texts);
      },
    };
    const endless = lines.concat(lines).join(' ');
    const one = await previewSeed(folder, await only(`Bridges\n\n${endless}\n`), counting);
    expect(one).toMatchObject({ samples: [], beginningOnly: true });
    expect(embedded).toBe(0);
  });
});

describe('questions made of an article', () => {
  it.each([
    [
      'The lighthouse was built by Hallam and Sons in 1861.',
      ['When was the lighthouse built?', 'By whom was the lighthouse built?'],
    ],
    ['The office was opened in Kaesong.', ['Where was the office opened?']],
    ['Harbour master Ruth Pell said that the lamp is new.', ['What did Ruth Pell say?']],
    ['Ruth Pell, 48, was there.', ['How old is Ruth Pell?']],
    ['Ruth Pell is the harbour master.', ['Who or what is Ruth Pell?']],
    ['The lamp will cost £4,200.', ['What will the lamp cost?']],
  ])('only repeat its words: %s', async (sentence, questions) => {
    expect(await questionsOf(`Lamp lit again at the harbour\n\n${sentence}\n`)).toEqual(questions);
  });

  it.each([
    'It was built in 1861.',
    'They said that this was so.',
    'Nothing happened, and nobody came.',
    'There was held in 1861 a fair.',
  ])('are none where a sentence does not say by itself what it is about: %s', async (sentence) => {
    expect(await questionsOf(`Lamp lit again at the harbour\n\n${sentence}\n`)).toEqual([]);
  });

  it('are made of prose only, and are bounded', async () => {
    const names = Array.from({ length: 60 }, (_, n) => `The bridge number ${n} was built by Hallam in 1861.`);
    expect(await questionsOf(`Bridges\n\n${names.join('\n\n')}\n`)).toHaveLength(24);
    expect(
      await questionsOf('The bridge was built by Hallam in 1861\n\nNothing else is known of it.\n'),
    ).toEqual([]);
  });
});
