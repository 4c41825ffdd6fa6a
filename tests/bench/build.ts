import { rebuild } from '../../src/answering/rebuild.ts';
import { loadEmbedder } from '../../src/embedding/transformers-embedder.ts';
import { buildGeneration } from '../../src/indexing/build.ts';
import { loadSeeds } from '../../src/seeds/load.ts';
import { KnownTexts } from './copies.ts';
import { placesIn } from './places.ts';

// A process of its own: brings the index in a folder up to date with the articles in it, and says how long that took.
// When there are more than `realArticles`, the first of them go through the model, and of the others' texts those that
// occur in these; the rest gets noisy copies.
const [, , folder = '', realArticles = ''] = process.argv;
const places = placesIn(folder, () => undefined);
const known = new KnownTexts(await loadEmbedder(places));
const { counts } = known;
const started = performance.now();
const seeds = await loadSeeds(places.seedsFolder);
const loadSeconds = (performance.now() - started) / 1000;
const all = seeds.length <= Number(realArticles);
const report = (line: string) => process.stderr.write(`· ${line}\n`);
if (!all) {
  report(`${realArticles} articles through the model`);
  await buildGeneration(seeds.slice(0, Number(realArticles)), known.recording);
}

let tenths = 0;
const before = counts.seconds;
const building = performance.now();
const { rebuilt } = await rebuild(places, seeds, all ? known.recording : known.copying, {
  full: false,
  publishAnyway: true,
  progress(now) {
    if (now.phase === 'chunked') report(`cut into ${now.texts} texts`);
    if (now.phase !== 'embedded' || Math.floor((10 * now.done) / now.all) <= tenths) return;
    tenths = Math.floor((10 * now.done) / now.all);
    report(`vectors ${tenths}0 %`);
  },
});
const seconds = loadSeconds + (performance.now() - building) / 1000;
const { sentences, passages } = rebuilt;
const peakMb = (process.resourceUsage().maxRSS * 1024) / 1e6;
const indexSeconds = seconds - (counts.seconds - before);
process.stdout.write(
  `${JSON.stringify({ seconds, indexSeconds, sentences, passages, peakMb, model: counts })}\n`,
);
