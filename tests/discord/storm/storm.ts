import { phrased } from '../phrasing.ts';
import { startStandIn } from '../stand-in/stand-in.ts';
import { StormBot } from './bot.ts';
import type { Figures } from './bot-child.ts';
import { Chance } from './chance.ts';
import { type Asked, type Fate, Ledger } from './ledger.ts';
import { Town } from './town.ts';
import { Weather } from './weather.ts';

export interface StormOptions {
  readonly seed: number;
  readonly questions: number;
  /** Open at a time. */
  readonly inFlight: number;
  /** Over the articles of the tests. */
  readonly indexFolder: string;
}

export interface StormReport {
  readonly seed: number;
  readonly questions: number;
  readonly seconds: number;
  readonly fates: Readonly<Partial<Record<Fate, number>>>;
  readonly wrong: Ledger['wrong'];
  /** Milliseconds from a question to its answer, waits for a new session included. */
  readonly waits: { readonly p50: number; readonly p95: number; readonly max: number };
  /** How often each fault struck. */
  readonly faults: Readonly<Record<string, number>>;
  /** At the start, at each tenth, and after the storm. */
  readonly figures: readonly (Figures & { readonly asked: number })[];
  /** Warnings of Node's, a leak of listeners among them; what came on stderr; what broke Discord's rules. */
  readonly complaints: readonly string[];
  /** Lines of the bot's log, by their words. */
  readonly lines: Readonly<Record<string, number>>;
  readonly exit: number | null;
}

/** Articles of tests/questions/seeds answer these. */
const TEXTS = ['What was the result of the vote?', 'What will the roof cost?', 'How old is Dorothea Finch?'];
/** Between two faults that are not of a request, questions at least and at most. */
const LULL = [2, 16] as const;
/** Without any question closed. */
const PATIENCE_MS = 30_000;

/** Asks so many questions while faults befall the bot by chance, and tells what became of each. */
export async function storm({ seed, questions, inFlight, indexFolder }: StormOptions): Promise<StormReport> {
  const discord = await startStandIn({ heartbeatIntervalMs: 1000 });
  const chance = new Chance(seed);
  const town = new Town(discord);
  const bot = new StormBot(discord, indexFolder);
  const ledger = new Ledger(discord, bot);
  const weather = new Weather(discord, new Chance(seed + 1), town, bot);
  await bot.ready();
  // The bot reads back the direct messages of those whom it knows.
  for (const user of town.users.slice(0, 40)) discord.say(user, discord.dm(user), discord.mention);
  const figures = [{ ...(await bot.figures()), asked: 0 }];
  const started = performance.now();
  weather.begin();
  let nextStrike = chance.between(...LULL);
  for (let asked = 1; asked <= questions; asked++) {
    await room(inFlight - 1);
    if (bot.process.exitCode !== null) break;
    ledger.open.add(ask(asked));
    if (asked === nextStrike) {
      weather.strike();
      nextStrike += chance.between(...LULL);
    }
    if (asked % Math.ceil(questions / 10) === 0) figures.push({ ...(await bot.figures()), asked });
  }
  weather.end();
  await room(0);
  const seconds = (performance.now() - started) / 1000;
  ledger.close();
  if (bot.process.exitCode === null) figures.push({ ...(await bot.figures()), asked: questions });
  const exit = await bot.stop();
  const violations = discord
    .takeViolations()
    .map(({ method, path, message }) => `${method} ${path}: ${message}`);
  await discord.close();
  return {
    seed,
    questions,
    seconds,
    fates: Object.fromEntries(ledger.fates),
    wrong: ledger.wrong,
    waits: percentiles(ledger.waits),
    faults: Object.fromEntries([...weather.counts].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    figures,
    complaints: [...bot.warnings, ...(bot.stderr === '' ? [] : [bot.stderr]), ...violations],
    lines: Object.fromEntries(bot.lines),
    exit,
  };

  /** Waits until at most so many questions are open, or nothing happens any more. */
  async function room(most: number): Promise<void> {
    const enough = () => {
      ledger.look();
      return ledger.open.size <= most || bot.process.exitCode !== null;
    };
    let since = Date.now();
    let open = ledger.open.size;
    while (!enough() && Date.now() - since < PATIENCE_MS) {
      if (ledger.open.size < open) since = Date.now();
      open = ledger.open.size;
      // A message that was held back goes out with the next one.
      discord.say(town.owner, chance.pick(town.places).channel, 'hello');
      await discord.until(enough, 'answers', 2000).catch(() => undefined);
    }
  }

  function ask(turn: number): Asked {
    const kind = chance.pick(['mention', 'mention', 'ask', 'ask', 'dm'] as const);
    const place = kind === 'dm' ? null : chance.pick(town.places);
    const { user, channel } =
      place === null ? town.inPrivate(chance) : { user: chance.pick(town.users), channel: place.channel };
    const text = phrased(chance.pick(TEXTS), turn);
    const interaction =
      kind === 'ask'
        ? discord.command(user, channel, 'ask', { question: text, private: chance.of(0.2) })
        : null;
    const id = interaction?.id ?? discord.say(user, channel, `${discord.mention} ${text}`).id;
    return { kind, id, user, channel, place, interaction, at: Date.now() };
  }
}

function percentiles(values: readonly number[]) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), max: at(1) };
}
