/** `Republic of Korea (ROK)`: initials in brackets, and the run of capitalised words before them. */
const INITIALS = / \((\p{Lu}{2,8})\)/gu;
const RUN = /(?:\p{Lu}[\p{L}’'-]{0,40} (?:(?:of|the|and|for|de|du|la) ){0,2}){1,8}\p{Lu}[\p{L}’'-]{0,40}$/u;
/** Nine words of a run, and what joins them. */
const LONGEST_RUN_UNITS = 500;

/** The pairs of names for one thing that a text gives itself: a name and its initials. */
export function definedNames(text: string): string[][] {
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
