import { termsOf } from '../indexing/terms.ts';
import type { AliasGroup } from '../retrieval/question.ts';
import type { Seed } from '../seeds/seed.ts';

/** `Republic of Korea (ROK)`: initials in brackets, and the run of capitalised words before them. */
const INITIALS = / \((\p{Lu}{2,8})\)/gu;
const RUN = /(?:\p{Lu}[\p{L}’'-]{0,40} (?:(?:of|the|and|for|de|du|la) ){0,2}){1,8}\p{Lu}[\p{L}’'-]{0,40}$/u;
/** Nine words of a run, and what joins them. */
const LONGEST_RUN_UNITS = 500;
/** A group of more names than this is no list of aliases. */
const MAX_NAMES = 20;

/** By a seed's blocks, which stay while its text does: to look for definitions takes a look at every word. */
const definedNames = new WeakMap<Seed['blocks'], string[][]>();

/** The names that stand for one another in a seed: those of its sidecar, and those that its text defines. */
export function aliasesOf(seed: Seed): AliasGroup[] {
  const defined = definedNames.get(seed.blocks) ?? definedIn(seed.text);
  definedNames.set(seed.blocks, defined);
  return mergeGroups([...seed.aliases, ...defined]).map((group) =>
    group
      .slice(0, MAX_NAMES)
      .map((written) => ({ written, stems: termsOf(written).map(({ stem }) => stem) })),
  );
}

function definedIn(text: string): string[][] {
  return [...text.matchAll(INITIALS)].flatMap(({ 1: short = '', index }) => {
    const run = RUN.exec(text.slice(Math.max(0, index - LONGEST_RUN_UNITS), index))?.[0] ?? '';
    const name = endingWithInitials(run, short);
    return name === null ? [] : [[name, short]];
  });
}

/** The end of a run of words whose capitals are the initials: "the Republic of Korea", ROK → "Republic of Korea". */
function endingWithInitials(run: string, initials: string): string | null {
  const words = run.split(' ');
  for (let start = 0; start < words.length; start++) {
    const rest = words.slice(start);
    const capitals = rest.map((word) => word[0] ?? '').join('');
    if (capitals.toUpperCase() === initials || capitals.replace(/\p{Ll}/gu, '') === initials) {
      return rest.join(' ');
    }
  }
  return null;
}

function mergeGroups(groups: readonly (readonly string[])[]): string[][] {
  const merged: string[][] = [];
  for (const group of groups) {
    const known = merged.find((other) =>
      other.some((name) => group.some((candidate) => candidate.toLowerCase() === name.toLowerCase())),
    );
    if (known === undefined) merged.push([...group]);
    else known.push(...group.filter((name) => !known.includes(name)));
  }
  return merged;
}
