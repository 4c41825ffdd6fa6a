import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';

const run = promisify(execFile);

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--hide-scrollbars',
  '--force-color-profile=srgb',
];
/** Told by a page about itself, and cut out of its dumped DOM again. */
const MEASURE = '<script>document.title = "height " + document.documentElement.scrollHeight</script>';

/** Whether there is a Chromium to take pictures with. */
export async function hasChromium(): Promise<boolean> {
  return run('chromium', ['--version']).then(
    () => true,
    () => false,
  );
}

/** Takes a picture of a whole page, `width` CSS pixels wide, into a PNG file. */
export async function takePicture(html: string, width: number, file: string): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'liaison-picture-'));
  try {
    const page = path.join(folder, 'page.html');
    await writeFile(page, html + MEASURE);
    const flags = [...FLAGS, `--user-data-dir=${path.join(folder, 'profile')}`];
    const url = pathToFileURL(page).href;
    const measured = await run('chromium', [...flags, `--window-size=${width},600`, '--dump-dom', url], {
      maxBuffer: 2 ** 26,
    });
    const height = /<title>height (\d+)/.exec(measured.stdout)?.[1];
    if (height === undefined) throw new Error(`chromium did not load ${page}: ${measured.stderr}`);
    const shot = path.join(folder, 'shot.png');
    await run('chromium', [...flags, `--window-size=${width},${height}`, `--screenshot=${shot}`, url]);
    // A page has few colours: with a palette a picture has a quarter of the bytes.
    await sharp(shot).png({ palette: true, effort: 10 }).toFile(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
