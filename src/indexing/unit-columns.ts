import type { IndexedPassage, IndexedSentence } from './corpus.ts';
import { type PackedArrays, packArrays } from './number-arrays.ts';

const SENTENCE = ['seed', 'block', 'passage', 'start', 'end'] as const satisfies (keyof IndexedSentence)[];
const PASSAGE = [
  'seed',
  'start',
  'end',
  'firstSentence',
  'endSentence',
] as const satisfies (keyof IndexedPassage)[];

const NONE = new Uint32Array();

/** As much of an array as is asked of the units of a corpus. */
export interface UnitList<Unit> {
  readonly length: number;
  at(id: number): Unit | undefined;
  slice(start: number, end: number): readonly Unit[];
}

interface Units {
  readonly sentences: UnitList<IndexedSentence>;
  readonly passages: UnitList<IndexedPassage>;
}

/** The units by columns: hundreds of thousands of objects would take long to make, and longer to be kept. */
export function writeUnits({ sentences, passages }: Units): Uint8Array {
  const columns = {
    ...columnsOf('sentences', sentences, SENTENCE),
    ...columnsOf('passages', passages, PASSAGE),
  };
  return packArrays(columns, null);
}

/** Reads what `writeUnits` gave. */
export function readUnits(packed: PackedArrays): Units {
  const column = (kind: string) => (name: string) => packed.uint32(`${kind}.${name}`);
  return {
    sentences: new UnitColumns(SENTENCE, column('sentences'), (columns, id) => {
      const [seed = NONE, block = NONE, passage = NONE, start = NONE, end = NONE] = columns;
      return {
        seed: seed[id] ?? 0,
        block: block[id] ?? 0,
        passage: passage[id] ?? 0,
        start: start[id] ?? 0,
        end: end[id] ?? 0,
      };
    }),
    passages: new UnitColumns(PASSAGE, column('passages'), (columns, id) => {
      const [seed = NONE, start = NONE, end = NONE, first = NONE, last = NONE] = columns;
      return {
        seed: seed[id] ?? 0,
        start: start[id] ?? 0,
        end: end[id] ?? 0,
        firstSentence: first[id] ?? 0,
        endSentence: last[id] ?? 0,
      };
    }),
  };
}

/** One number of each unit. */
export function columnOf<Name extends string>(
  units: UnitList<Readonly<Record<Name, number>>>,
  name: Name,
): Uint32Array {
  if (units instanceof UnitColumns) return units.column(name);
  const all = units.slice(0, units.length);
  return Uint32Array.from(all, (unit) => unit[name]);
}

/** Units that are made when they are asked for. */
class UnitColumns<Unit> implements UnitList<Unit> {
  readonly length: number;
  readonly #names: readonly string[];
  readonly #columns: readonly Uint32Array[];
  readonly #make: (columns: readonly Uint32Array[], id: number) => Unit;

  constructor(
    names: readonly string[],
    read: (name: string) => Uint32Array,
    make: (columns: readonly Uint32Array[], id: number) => Unit,
  ) {
    this.#names = names;
    this.#columns = names.map(read);
    this.#make = make;
    this.length = this.#columns[0]?.length ?? 0;
  }

  column(name: string): Uint32Array {
    return this.#columns[this.#names.indexOf(name)] ?? NONE;
  }

  at(id: number): Unit | undefined {
    return id >= 0 && id < this.length ? this.#make(this.#columns, id) : undefined;
  }

  slice(start: number, end: number): Unit[] {
    const length = Math.max(0, Math.min(end, this.length) - start);
    return Array.from({ length }, (_, i) => this.#make(this.#columns, start + i));
  }
}

function columnsOf<Name extends string>(
  kind: string,
  units: UnitList<Readonly<Record<Name, number>>>,
  names: readonly Name[],
): Record<string, Uint32Array> {
  return Object.fromEntries(names.map((name) => [`${kind}.${name}`, columnOf(units, name)]));
}
