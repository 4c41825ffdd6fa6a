import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { SEEDS, startBotProcess } from '../bot-process.ts';
import { startStandIn } from '../stand-in/stand-in.ts';
import { pageHtml } from './page-html.ts';
import { hasChromium, takePicture } from './pictures.ts';
import { playScenes } from './scenes.ts';
import type { Shot } from './shot.ts';

/**
 * `npm run gallery`: drives the real bot through every kind of reply over a Discord on loopback, writes what it
 * sent as one page into `gallery/`, and takes the pictures of `docs/images/` from it.
 */

const PROJECT = fileURLToPath(new URL('../../..', import.meta.url));
const OUT = path.join(PROJECT, 'gallery');
const IMAGES = path.join(PROJECT, 'docs', 'images');

const DESKTOP_PX = 680;
const PHONE_PX = 380;
const MARGINS_PX = 32;
const GAP_PX = 24;

/** Replies in one picture of the whole gallery, and columns that they stand in. */
const ON_A_SHEET = 12;
const COLUMNS = 3;

/** What the README shows, a list a column. */
const CHOSEN = [
  ['answered', 'context'],
  ['not in the sources', 'verify: altered', 'check against the articles'],
];
const CHOSEN_PHONE = [['follow-up'], ['find, word for word'], ['ko: answered']];

const seeds = await mkdtemp(path.join(tmpdir(), 'liaison-gallery-'));
try {
  await laySeeds();
  const shots = await playAll();
  await mkdir(OUT, { recursive: true });
  await mkdir(IMAGES, { recursive: true });
  await writeFile(path.join(OUT, 'payloads.json'), `${JSON.stringify(shots, null, 2)}\n`);
  const page = path.join(OUT, 'index.html');
  await writeFile(page, pageHtml([shots], { width: DESKTOP_PX, named: true }));
  console.log(`${shots.length} replies: ${page}`);
  if (await hasChromium()) await takeAll(shots);
  else console.error('NO PICTURE WAS MADE: chromium is not on PATH (Debian: apt-get install chromium).');
} finally {
  await rm(seeds, { recursive: true, force: true });
}

/** The project's article, two more with a link and a table of contents, and one with very long paragraphs. */
async function laySeeds(): Promise<void> {
  await cp(path.join(PROJECT, 'seeds'), seeds, { recursive: true });
  await cp(SEEDS, seeds, { recursive: true });
  const paragraph = (about: string) =>
    Array.from({ length: 90 }, (_, n) => `Under item ${n + 1} the members spoke of the ${about}.`).join(' ');
  const long = ['Minutes of the spring meeting', paragraph('harbour wall'), paragraph('mill roof')];
  await writeFile(path.join(seeds, 'minutes.txt'), `${long.join('\n\n')}\n`);
  await writeFile(
    path.join(seeds, 'minutes.json'),
    JSON.stringify({ title: long[0], publisher: 'Mill Street Society', url: 'https://example.org/minutes' }),
  );
}

async function playAll(): Promise<Shot[]> {
  const discord = await startStandIn();
  const owner = discord.user({ name: 'owner' });
  const guild = discord.guild({ name: 'newsroom', owner });
  const bot = await startBotProcess(discord, { seeds });
  try {
    await bot.logged('ready');
    const shots = await playScenes({ discord, bot, guild, owner, seeds });
    if (discord.violations.length > 0) throw new Error(JSON.stringify(discord.violations, null, 2));
    return shots;
  } finally {
    await bot.stop();
    await discord.close();
  }
}

async function takeAll(shots: readonly Shot[]): Promise<void> {
  const chosen = (kinds: readonly string[]) =>
    kinds.map((kind) => {
      const shot = shots.find((each) => each.kind === kind);
      if (shot === undefined) throw new Error(`no reply of kind "${kind}"`);
      return shot;
    });
  for (let first = 0; first < shots.length; first += ON_A_SHEET) {
    const sheet = columnsOf(shots.slice(first, first + ON_A_SHEET));
    const number = 1 + first / ON_A_SHEET;
    await take(sheet, DESKTOP_PX, true, path.join(OUT, `desktop-${number}.png`));
    await take(sheet, PHONE_PX, true, path.join(OUT, `phone-${number}.png`));
  }
  await take(CHOSEN.map(chosen), DESKTOP_PX, false, path.join(IMAGES, 'discord.png'));
  await take(CHOSEN_PHONE.map(chosen), PHONE_PX, false, path.join(IMAGES, 'discord-phone.png'));
}

function columnsOf(shots: readonly Shot[]): Shot[][] {
  const height = Math.ceil(shots.length / COLUMNS);
  return Array.from({ length: COLUMNS }, (_, n) => shots.slice(n * height, (n + 1) * height));
}

async function take(columns: readonly (readonly Shot[])[], width: number, named: boolean, file: string) {
  const whole = columns.length * width + (columns.length - 1) * GAP_PX + MARGINS_PX;
  await takePicture(pageHtml(columns, { width, named }), whole, file);
  console.log(file);
}
