/** What a build did, in seeds. */
export interface IndexReport {
  readonly added: number;
  readonly updated: number;
  readonly removed: number;
  readonly unchanged: number;
  /** Sentences and passages in the new generation. */
  readonly sentences: number;
  readonly passages: number;
  /** Texts that went through the model. */
  readonly embedded: number;
  readonly seconds: number;
}
