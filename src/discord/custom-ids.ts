import type { Seed, Span } from '../seeds/seed.ts';
import { MAX_CUSTOM_ID_UNITS } from './limits.ts';

/**
 * What a button does. All that it needs is in its custom id or in the message it stands in, so it works after a
 * restart; seeds are named by the start of their digest, so a changed seed is noticed.
 */
export type Press =
  /** Opens the surroundings of a quote. */
  | { readonly does: 'context'; readonly seed: string; readonly span: Span }
  /** In there, goes to those `shift` paragraphs from the quote. */
  | { readonly does: 'around'; readonly seed: string; readonly span: Span; readonly shift: number }
  /** Opens more quotes for the question in the message; `seed` is empty where all were asked. */
  | { readonly does: 'more'; readonly seed: string }
  /** In there, goes to a page, from 0. */
  | { readonly does: 'quotes'; readonly page: number; readonly seed: string }
  | { readonly does: 'why'; readonly seed: string }
  /** `print`: of the answer that the message shows. */
  | { readonly does: 'share'; readonly seed: string; readonly print: string }
  | { readonly does: 'dismiss'; readonly asker: string }
  /** Asks example question `number` of a seed. */
  | { readonly does: 'example'; readonly seed: string; readonly number: number }
  | { readonly does: 'read'; readonly seed: string; readonly paragraph: number }
  /** Cancels the rebuild `key`, or decides about the index that was held back, built at `key` (ms since 1970). */
  | { readonly does: 'rebuild'; readonly step: 'cancel' | 'publish' | 'discard'; readonly key: string }
  /** A step in changing the articles; `key` is a draft's token, or names an article to be removed. */
  | { readonly does: 'change'; readonly step: ChangeStep; readonly key: string }
  | { readonly does: 'find'; readonly mode: FindMode; readonly page: number; readonly seed: string };

export type ChangeStep = 'save' | 'discard' | 'remove' | 'keep';

export type FindMode = 'exact' | 'meaning';

/** Hexadecimal digits of a seed's digest in a custom id: 48 bits. */
const DIGEST_DIGITS = 12;

/** How a seed is named in custom ids. */
export function markOf(seed: Seed): string {
  return seed.digest.slice(0, DIGEST_DIGITS);
}

/** The seed named by `mark`, if it is still what it was. */
export function seedOfMark(mark: string, seeds: readonly Seed[]): Seed | undefined {
  return mark === '' ? undefined : seeds.find((seed) => markOf(seed) === mark);
}

/** @throws {RangeError} past Discord's limit; the parts are bounded, so that is a bug */
export function writeCustomId(press: Press): string {
  const id = fields(press).join(':');
  if (id.length > MAX_CUSTOM_ID_UNITS) throw new RangeError(`custom id of ${id.length} characters`);
  return id;
}

function fields(press: Press): (string | number)[] {
  switch (press.does) {
    case 'context':
      return [press.does, press.seed, press.span.start, press.span.end];
    case 'around':
      return [press.does, press.seed, press.span.start, press.span.end, press.shift];
    case 'quotes':
      return [press.does, press.page, press.seed];
    case 'more':
    case 'why':
      return [press.does, press.seed];
    case 'share':
      return [press.does, press.seed, press.print];
    case 'dismiss':
      return [press.does, press.asker];
    case 'example':
      return [press.does, press.seed, press.number];
    case 'read':
      return [press.does, press.seed, press.paragraph];
    case 'rebuild':
    case 'change':
      return [press.does, press.step, press.key];
    case 'find':
      return [press.does, press.mode, press.page, press.seed];
  }
}

const SEED = '(?<seed>[0-9a-f]{12})';
const SEED_OR_ALL = '(?<seed>[0-9a-f]{12}|)';
const PAGE = '(?<page>\\d{1,4})';

const SPAN = '(?<start>\\d{1,9}):(?<end>\\d{1,9})';

type Fields = Readonly<Record<string, string>>;

/** One form of custom id: its pattern, and the press that its named groups make. */
function form(pattern: string, press: (fields: Fields) => Press) {
  return { pattern: new RegExp(`^${pattern}$`), press };
}

function spanIn({ start, end }: Fields): Span {
  return { start: Number(start), end: Number(end) };
}

const FORMS = [
  form(`context:${SEED}:${SPAN}`, (fields) => ({
    does: 'context',
    seed: fields.seed ?? '',
    span: spanIn(fields),
  })),
  form(`around:${SEED}:${SPAN}:(?<shift>-?\\d{1,6})`, (fields) => ({
    does: 'around',
    seed: fields.seed ?? '',
    span: spanIn(fields),
    shift: Number(fields.shift),
  })),
  form(`more:${SEED_OR_ALL}`, ({ seed = '' }) => ({ does: 'more', seed })),
  form(`quotes:${PAGE}:${SEED_OR_ALL}`, ({ page, seed = '' }) => ({
    does: 'quotes',
    page: Number(page),
    seed,
  })),
  form(`why:${SEED_OR_ALL}`, ({ seed = '' }) => ({ does: 'why', seed })),
  form(`share:${SEED_OR_ALL}:(?<print>[0-9a-f]{12})`, ({ seed = '', print = '' }) => ({
    does: 'share',
    seed,
    print,
  })),
  form('dismiss:(?<asker>\\d{1,20})', ({ asker = '' }) => ({ does: 'dismiss', asker })),
  form(`example:${SEED}:(?<number>\\d{1,4})`, ({ seed = '', number }) => ({
    does: 'example',
    seed,
    number: Number(number),
  })),
  form(`read:${SEED}:(?<paragraph>\\d{1,9})`, ({ seed = '', paragraph }) => ({
    does: 'read',
    seed,
    paragraph: Number(paragraph),
  })),
  form('rebuild:cancel:(?<key>[0-9a-f]{8})', ({ key = '' }) => ({ does: 'rebuild', step: 'cancel', key })),
  form('rebuild:(?<step>publish|discard):(?<key>\\d{1,15})', ({ step, key = '' }) => ({
    does: 'rebuild',
    step: step === 'publish' ? 'publish' : 'discard',
    key,
  })),
  form('change:(?<step>save|discard|remove|keep):(?<key>[0-9a-f]{12})', ({ step, key = '' }) => ({
    does: 'change',
    step: step as ChangeStep,
    key,
  })),
  form(`find:(?<mode>exact|meaning):${PAGE}:${SEED_OR_ALL}`, ({ mode, page, seed = '' }) => ({
    does: 'find',
    mode: mode === 'exact' ? 'exact' : 'meaning',
    page: Number(page),
    seed,
  })),
];

/** @returns null for an id that this version did not write: an old message, or a forged one */
export function readCustomId(id: string): Press | null {
  for (const { pattern, press } of FORMS) {
    const groups = pattern.exec(id)?.groups;
    if (groups !== undefined) return press(groups);
  }
  return null;
}
