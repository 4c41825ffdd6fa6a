/** Something that takes what strangers send. */
export interface Target {
  readonly name: string;
  /** Share of the runs. */
  readonly weight: number;
  /** Good inputs, to be broken. */
  readonly corpus: readonly Buffer[];
  readonly mostBytes: number;
  /** Whether half of the inputs are texts of hostile pieces instead. */
  readonly texts: boolean;
  /** @throws when a promise is broken; what an operator or a user is told in a sentence is none */
  run(input: Buffer): void | Promise<void>;
}

/** Runs what may refuse its input; the refusal must be one sentence that can be shown. */
export function orRefused<T>(
  error: unknown,
  kinds: readonly (new (...args: never[]) => Error)[],
  otherwise: T,
): T {
  if (!kinds.some((kind) => error instanceof kind)) throw error;
  const { message } = error as Error;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not be in it.
  if (/[\u0000-\u0009\u000b-\u001f\u007f\u202e]/.test(message)) {
    throw new Error(`a refusal that cannot be shown: ${JSON.stringify(message)}`, { cause: error });
  }
  return otherwise;
}
