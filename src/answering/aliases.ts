import { termsOf } from '../indexing/terms.ts';
import type { AliasGroup } from '../retrieval/question.ts';
import { namesDefinedIn } from '../seeds/load.ts';
import type { Seed } from '../seeds/seed.ts';

/** A group of more names than this is no list of aliases. */
const MAX_NAMES = 20;

/** The names that stand for one another in a seed: those of its sidecar, and those that its text defines. */
export function aliasesOf(seed: Seed): AliasGroup[] {
  return mergeGroups([...seed.aliases, ...namesDefinedIn(seed)]).map((group) =>
    group
      .slice(0, MAX_NAMES)
      .map((written) => ({ written, stems: termsOf(written).map(({ stem }) => stem) })),
  );
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
