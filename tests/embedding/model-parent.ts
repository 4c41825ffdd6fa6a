import { fileURLToPath } from 'node:url';
import { startModel } from '../../src/embedding/child-embedder.ts';

/**
 * A process that runs the model in a child, to be ended in every way. Says `starting` once there is a child, `asked`
 * with a question in hand, and the length of its vector; whatever goes wrong stands between. `stay` as an argument: it does not end then.
 */
const starting = startModel({
  model: 'all-MiniLM-L6-v2',
  modelsFolder: fileURLToPath(new URL('../../embeddings/models', import.meta.url)),
  report: (line) => process.stdout.write(`${line}\n`),
});
process.stdout.write('starting\n');
process.on('SIGINT', () => undefined);
const model = await starting;
const answer = model.embedder.embed(['Where is Kaesong?']);
process.stdout.write('asked\n');
const [embedding] = await answer;
process.stdout.write(`${embedding?.vector.length}\n`);
if (process.argv[2] === 'stay') setInterval(() => undefined, 60_000);
