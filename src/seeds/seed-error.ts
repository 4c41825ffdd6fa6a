import { OperatorError } from '../operator-error.ts';

/** What is wrong with one file or folder. */
export interface SeedProblem {
  /** One line: where, what, and what to do. */
  readonly message: string;
  readonly cause?: unknown;
}

/** The operator's folder of seeds cannot be used as it is; one line for each bad file. */
export class SeedError extends OperatorError {
  override readonly name = 'SeedError';
  readonly problems: readonly SeedProblem[];

  /** @param problems at least one */
  constructor(problems: readonly SeedProblem[]) {
    const causes = problems.flatMap(({ cause }) => (cause === undefined ? [] : [cause]));
    const cause = causes.length > 1 ? new AggregateError(causes, 'several seeds are unusable') : causes[0];
    super(problems.map(({ message }) => message).join('\n'), cause === undefined ? {} : { cause });
    this.problems = problems;
  }
}

const LONGEST_SHOWN = 120;

/** Text of unknown origin for one line of a message: control and invisible characters escaped, cut when long. */
export function printable(words: string): string {
  const cut = words.length > LONGEST_SHOWN ? `${words.slice(0, LONGEST_SHOWN)}…` : words;
  return cut.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (character) => {
    return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
  });
}
