import { expect, test } from 'vitest';
import type { Embedder } from '../../src/embedding/embedder.ts';
import { remembering } from '../../src/embedding/remembering.ts';
import { fakeEmbedder } from '../indexing/fake-embedder.ts';

function counted(): { embedder: Embedder; asked: string[][] } {
  const asked: string[][] = [];
  return {
    asked,
    embedder: {
      ...fakeEmbedder,
      async embed(texts) {
        asked.push([...texts]);
        return fakeEmbedder.embed(texts);
      },
    },
  };
}

test('gives what the embedder gives, and asks it only for what is new', async () => {
  const { embedder, asked } = counted();
  const remembered = remembering(embedder);
  for (const texts of [['a ferry'], ['a ferry', 'the vote'], ['the vote', 'a ferry'], []]) {
    expect(await remembered.embed(texts)).toEqual(await fakeEmbedder.embed(texts));
  }
  expect(asked).toEqual([['a ferry'], ['the vote']]);
});

test('forgets the text that was not used for longest', async () => {
  const { embedder, asked } = counted();
  const remembered = remembering(embedder, 2);
  for (const text of ['one', 'two', 'one', 'three', 'one', 'two']) await remembered.embed([text]);
  expect(asked).toEqual([['one'], ['two'], ['three'], ['two']]);
});

test('remembers nothing of what failed', async () => {
  let fails = true;
  const remembered = remembering({
    ...fakeEmbedder,
    async embed(texts) {
      if (fails) throw new Error('the model failed');
      return fakeEmbedder.embed(texts);
    },
  });
  await expect(remembered.embed(['a ferry'])).rejects.toThrow('the model failed');
  fails = false;
  expect(await remembered.embed(['a ferry'])).toEqual(await fakeEmbedder.embed(['a ferry']));
});
