import { rebuild } from '../../src/answering/rebuild.ts';
import { loadEmbedder } from '../../src/embedding/transformers-embedder.ts';
import { loadSeeds } from '../../src/seeds/load.ts';
import { copying } from './copies.ts';
import { placesIn } from './places.ts';

// A process of its own: brings the index in a folder up to date with the articles in it, and says how long that took.
const [, , folder = '', realTexts = '0'] = process.argv;
const places = placesIn(folder, () => undefined);
const { embedder, counts } = copying(await loadEmbedder(places), Number(realTexts));
// What is copied is a copy of something: a few texts always go through the model.
await embedder.embed(['A first text.', 'A second text, to copy from.']);
Object.assign(counts, { texts: 0, tokens: 0, seconds: 0 });
const started = performance.now();
const seeds = await loadSeeds(places.seedsFolder);
const { rebuilt } = await rebuild(places, seeds, embedder, { full: false, publishAnyway: true });
const seconds = (performance.now() - started) / 1000;
const { sentences, passages } = rebuilt;
const peakMb = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ seconds, sentences, passages, peakMb, model: counts })}\n`);
