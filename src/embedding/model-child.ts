import { OperatorError } from '../operator-error.ts';
import type { Embedder } from './embedder.ts';
import type { Reply, Request } from './model-protocol.ts';

/** The parent gives a process up that says nothing for much longer. */
const LOADING_EVERY_MS = 1000;

// The entry file of the process that holds the model. It ends when the channel closes, however its parent ended, and
// leaves signals that are sent to both (Ctrl-C, a service's stop) to the parent, which has questions to finish.
process.on('disconnect', () => process.exit());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

let embedder: Embedder | undefined;
const loading = setInterval(() => say({ loading: true }), LOADING_EVERY_MS);
process.on('message', (request: Request) => {
  obey(request).catch((error: unknown) => {
    const failed = (error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '';
    say({ failed, expected: error instanceof OperatorError }, () => process.exit(1));
  });
});

async function obey(request: Request): Promise<void> {
  if ('load' in request) {
    const { loadEmbedderFrom, locateModel } = await import('./transformers-embedder.ts');
    const place = await locateModel({ ...request.load, report: (line) => say({ line }) });
    embedder = await loadEmbedderFrom(place);
    clearInterval(loading);
    const { fingerprint, dimensions, maxTokens } = embedder;
    say({ ready: { place, fingerprint, dimensions, maxTokens } });
  } else {
    if (embedder === undefined) throw new Error('asked before the model was loaded');
    say({ id: request.id, embeddings: await embedder.embed(request.texts) });
  }
}

function say(reply: Reply | { id: number; embeddings: unknown }, said?: () => void): void {
  process.send?.(reply, undefined, undefined, said);
}
