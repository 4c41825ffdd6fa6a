import { z } from 'zod';

const id = z.number().int();

/** How one process of the bot is; what several say is added up. */
const report = z.object({
  live: z.boolean(),
  ready: z.boolean(),
  /** Name of the generation that answers there. */
  generation: z.string(),
  upSeconds: z.number(),
  pingMs: z.number(),
  servers: z.number(),
  memoryMb: z.number(),
  done: z.number(),
  inHand: z.number(),
  rebuilding: z.boolean(),
  /** As prom-client gives it; null where nothing is counted. */
  metrics: z.array(z.unknown()).nullable(),
});
export type Report = z.infer<typeof report>;

/** What a shard asks of the process that keeps the shards; each is answered once, by its `id`. */
const question = z.discriminatedUnion('ask', [
  /** To send a request to Discord. */
  z.object({ ask: z.literal('request'), id, message: z.boolean() }),
  /** To take a user's question: `Wait`, or null. */
  z.object({ ask: z.literal('turn'), id, user: z.string(), server: z.string().nullable() }),
  /** To log in. */
  z.object({ ask: z.literal('identify'), id }),
  /** Since when, in milliseconds since 1970, nobody heard of this shard's servers; null for never. */
  z.object({ ask: z.literal('since'), id }),
  /** How all the shards are: `Report`s, null for one that does not say. */
  z.object({ ask: z.literal('reports'), id }),
]);
export type Question = z.infer<typeof question>;

/** What a shard tells of itself. */
const news = z.discriminatedUnion('tell', [
  z.object({ tell: z.literal('opened') }),
  z.object({ tell: z.literal('online') }),
  /** What the operator must mend; `everywhere` when no other shard would fare better. It ends after this. */
  z.object({ tell: z.literal('mistake'), message: z.string(), everywhere: z.boolean() }),
  z.object({ tell: z.literal('report'), id, report }),
]);
export type News = z.infer<typeof news>;

export const fromShardShape = z.union([question, news]);

/** What a shard is told. */
export const toShardShape = z.union([
  z.object({ answer: id, value: z.unknown() }),
  z.object({ report: id }),
  z.object({ stop: z.literal(true) }),
]);
export type ToShard = z.infer<typeof toShardShape>;
