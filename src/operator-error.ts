/**
 * A mistake that the operator can mend: a missing folder, a broken file, a full disk. The message is one line
 * (or one line a problem) that says what is wrong, where, and what to do; it is shown without a stack trace.
 */
export class OperatorError extends Error {
  override readonly name: string = 'OperatorError';
}
