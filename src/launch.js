import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// node src/launch.js ENTRY.ts …: runs an entry file as if Node.js had been called with it. The TypeScript, and the packages
// that every start needs, are bundled when they have changed, and run from node_modules/.cache: a start takes a third of
// the processor time that it takes with a loader, and a process some 40 MB less (docs/performance.md).

const PROJECT = fileURLToPath(new URL('..', import.meta.url));
/** Written anew whenever packages are. */
const PACKAGES = 'node_modules/.package-lock.json';
const CACHE = path.join(PROJECT, 'node_modules', '.cache', 'liaison');
/** Packages that a first answer needs; all others are loaded as they are, when they are asked for. */
const BUNDLED = new Set([
  '@huggingface/jinja',
  '@xenova/transformers',
  'cli-progress',
  'diff',
  'fastest-levenshtein',
  'picocolors',
  'stemmer',
  'zod',
]);
/** Bundles of one entry file that stay: what runs from an older one may have parts of it yet to load. */
const KEPT_BUNDLES = 3;
/** What is younger may be a bundle that another process is making. */
const MAKING_MS = 24 * 60 * 60 * 1000;
/** What @xenova/transformers loads and does not use here: the runtime for browsers, and pictures. */
const LEFT_OUT = new Set(['onnxruntime-web', 'sharp']);

const [, , given = ''] = process.argv;
const entry = path.resolve(given);
process.argv.splice(1, 2, entry);
process.setSourceMapsEnabled(true);
await import(pathToFileURL(await compiled()).href);

/** The file to run: the bundle, or where there cannot be one, the entry itself. */
async function compiled() {
  const record = path.join(CACHE, `${createHash('sha256').update(entry).digest('hex').slice(0, 16)}.json`);
  const known = readKnown(record);
  if (known !== null) return known;
  try {
    mkdirSync(CACHE, { recursive: true });
    return await bundle(record);
  } catch (error) {
    // What esbuild has to say has no code.
    if (error.code === undefined) throw error;
    const { register } = await import('tsx/esm/api');
    register();
    return entry;
  }
}

/** The bundle that was made, or null when a file that is in it has changed since. */
function readKnown(record) {
  try {
    const { inputs, output } = JSON.parse(readFileSync(record, 'utf8'));
    const fresh = Object.entries(inputs).every(([file, state]) => stateOf(file) === state);
    return fresh && existsSync(output) ? output : null;
  } catch {
    return null;
  }
}

/** The files of an entry's last bundles, the newest first. */
function bundlesIn(record) {
  try {
    return JSON.parse(readFileSync(record, 'utf8')).bundles ?? [];
  } catch {
    return [];
  }
}

/** Removes what no entry's last bundles have. Where that fails it fails again next time, and does no harm. */
function tidy() {
  try {
    const names = readdirSync(CACHE);
    const records = names.filter((name) => name.endsWith('.json'));
    const kept = new Set([
      ...records,
      ...records.flatMap((name) => bundlesIn(path.join(CACHE, name)).flat()),
    ]);
    for (const name of names) {
      const file = path.join(CACHE, name);
      const age = Date.now() - (statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      if (!kept.has(name) && age > MAKING_MS) rmSync(file, { force: true });
    }
  } catch (error) {
    if (error.code === undefined) throw error;
  }
}

function stateOf(file) {
  const state = statSync(path.join(PROJECT, file), { throwIfNoEntry: false });
  return `${state?.size} ${state?.mtimeMs}`;
}

/** Files are called after what is in them: what another process runs from stays as it is. */
async function bundle(record) {
  const { build, stop } = await import('esbuild');
  const began = Date.now();
  const { metafile, outputFiles } = await build({
    entryPoints: [entry],
    absWorkingDir: PROJECT,
    outdir: CACHE,
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    sourcemap: 'linked',
    sourcesContent: false,
    // Less to read at every start; with the maps, errors go on naming the sources' own lines.
    minifyWhitespace: true,
    minifySyntax: true,
    metafile: true,
    write: false,
    logLevel: 'silent',
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    plugins: [{ name: 'liaison', setup: setUp }],
  });
  // Else its process stays as long as this one.
  await stop();
  for (const { path: file, contents } of outputFiles) if (!existsSync(file)) writeWhole(file, contents);
  const [output] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => isEntry(entryPoint)) ?? [];
  const own = Object.keys(metafile.inputs).filter((file) => !/^node_modules\/|:/.test(file));
  const inputs = ['src/launch.js', PACKAGES, ...own];
  const states = Object.fromEntries(inputs.map((file) => [file, stateOf(file)]));
  // What is written meanwhile may or may not be in it: then it is bundled again next time.
  const isSettled = Object.values(states).every((state) => !(Number(state.split(' ')[1]) >= began));
  if (isSettled) {
    const files = outputFiles.map(({ path: file }) => path.basename(file));
    const bundles = [files, ...bundlesIn(record)].slice(0, KEPT_BUNDLES);
    writeWhole(record, JSON.stringify({ inputs: states, output: path.join(PROJECT, output), bundles }));
    tidy();
  }
  return path.join(PROJECT, output);
}

/** What is imported when it is needed has an entry point of its own. */
function isEntry(entryPoint) {
  return entryPoint !== undefined && path.resolve(PROJECT, entryPoint) === realpathSync(entry);
}

function setUp(build) {
  build.onResolve({ filter: /^[^./]/ }, ({ path: name, kind }) => {
    const [scope, rest] = name.split('/');
    const pack = scope.startsWith('@') ? `${scope}/${rest}` : scope;
    if (LEFT_OUT.has(pack)) return { path: name, namespace: 'left-out' };
    return kind === 'entry-point' || BUNDLED.has(pack) ? undefined : { external: true };
  });
  build.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({
    contents: "export default () => { throw new Error('left out of the bundle'); }",
  }));
  // A file goes on knowing where it lies.
  build.onLoad({ filter: /\.[mc]?[jt]s$/ }, ({ path: file }) => {
    const contents = readFileSync(file, 'utf8');
    if (!contents.includes('import.meta.url')) return undefined;
    const here = JSON.stringify(pathToFileURL(file).href);
    return {
      contents: contents.replaceAll('import.meta.url', here),
      loader: file.endsWith('ts') ? 'ts' : 'js',
    };
  });
}

function writeWhole(file, contents) {
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, contents);
  renameSync(temporary, file);
}
