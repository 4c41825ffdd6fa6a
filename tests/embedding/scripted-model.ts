import { appendFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Request } from '../../src/embedding/model-protocol.ts';

/**
 * Stands in for `model-child.ts` behind the same protocol. The model's name is its script: what it does with each
 * start and each batch, in order over all processes, as the last word does from then on. In its folder `heard` grows
 * by a line each.
 */
const MODELS_FOLDER = fileURLToPath(new URL('../../embeddings/models', import.meta.url));
const DIMENSIONS = 4;

process.on('disconnect', () => process.exit());
process.on('message', (request: Request) => {
  if ('load' in request) {
    const { model, modelsFolder } = request.load;
    state = { script: model.split(' '), file: path.join(modelsFolder, 'heard') };
    const step = next('start');
    if (step === 'exit') process.exit(3);
    const name = 'all-MiniLM-L6-v2';
    const place = { name, folder: path.join(MODELS_FOLDER, name), modelsFolder, digest: null };
    const fingerprint = step === 'other-model' ? 'other' : 'scripted';
    say({ ready: { place, fingerprint, dimensions: DIMENSIONS, maxTokens: 256 } });
    return;
  }
  const { id, texts } = request;
  const step = next(texts.join('|'));
  if (step === 'exit') process.exit(3);
  if (step === 'silence') return;
  if (step === 'garbage') return say('what?');
  const embeddings = texts.map(() => ({
    vector: Float32Array.from([1, 0, 0, step === 'nan' ? Number.NaN : 0]),
    tokenVectors: Float32Array.from([0, 1, 0, 0]),
    pieces: ['word'],
  }));
  const [first] = embeddings;
  if (step === 'few') embeddings.pop();
  if (step === 'many' && first !== undefined) embeddings.push(first);
  if (step === 'short' && first !== undefined) first.vector = first.vector.slice(1);
  if (step === 'pieces') first?.pieces.push('word');
  if (step === 'endless' && first !== undefined) first.tokenVectors = Float32Array.from([Infinity, 0, 0, 0]);
  // Somebody else's answer, ahead of the right one: it is passed over.
  if (step === 'stale') say({ id: id - 1, embeddings: [] });
  say({ id, embeddings });
});

let state = { script: [] as string[], file: '' };

function next(heard: string): string {
  appendFileSync(state.file, `${heard}\n`);
  const at = readFileSync(state.file, 'utf8').split('\n').length - 2;
  return state.script[at] ?? state.script.at(-1) ?? '';
}

function say(reply: unknown): void {
  process.send?.(reply);
}
