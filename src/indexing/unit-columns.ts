import { deserialize, serialize } from 'node:v8';
import type { IndexedPassage, IndexedSentence } from './corpus.ts';

const SENTENCE = ['seed', 'block', 'passage', 'start', 'end'] as const satisfies (keyof IndexedSentence)[];
const PASSAGE = [
  'seed',
  'start',
  'end',
  'firstSentence',
  'endSentence',
] as const satisfies (keyof IndexedPassage)[];

type Columns<Name extends string> = Readonly<Record<Name, Uint32Array>>;

interface Units {
  readonly sentences: readonly IndexedSentence[];
  readonly passages: readonly IndexedPassage[];
}

/** The units by columns: as objects in JSON, 50,000 of them would hold the event loop for a tenth of a second. */
export function writeUnits({ sentences, passages }: Units): Uint8Array {
  return serialize({ sentences: columnsOf(sentences, SENTENCE), passages: columnsOf(passages, PASSAGE) });
}

/** Reads what `writeUnits` gave. */
export function readUnits(bytes: Uint8Array): Units {
  const { sentences, passages } = deserialize(bytes) as {
    sentences: Columns<(typeof SENTENCE)[number]>;
    passages: Columns<(typeof PASSAGE)[number]>;
  };
  return { sentences: rowsOf(sentences, SENTENCE), passages: rowsOf(passages, PASSAGE) };
}

function columnsOf<Name extends string>(
  rows: readonly Readonly<Record<Name, number>>[],
  names: readonly Name[],
): Columns<Name> {
  const column = (name: Name) => {
    const values = new Uint32Array(rows.length);
    for (let i = 0; i < rows.length; i++) values[i] = rows[i]?.[name] ?? 0;
    return values;
  };
  return Object.fromEntries(names.map((name) => [name, column(name)])) as Columns<Name>;
}

function rowsOf<Name extends string>(
  columns: Columns<Name>,
  names: readonly Name[],
): Readonly<Record<Name, number>>[] {
  const [first] = names;
  const length = first === undefined ? 0 : columns[first].length;
  return Array.from({ length }, (_, i) => {
    const row = {} as Record<Name, number>;
    for (const name of names) row[name] = columns[name][i] ?? 0;
    return row;
  });
}
