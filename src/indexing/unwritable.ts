import { OperatorError } from '../operator-error.ts';

/** A folder of the index that cannot be written, and what to do about it. */
export function unwritable(indexFolder: string, cause: unknown): OperatorError {
  const reason = (cause as Error).message;
  return new OperatorError(
    `index: cannot write ${indexFolder} (${reason}); free space, mend its permissions, or name another with --index`,
    { cause },
  );
}
