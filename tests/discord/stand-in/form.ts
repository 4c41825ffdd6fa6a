import { type Complaint, invalidForm } from './rest-error.ts';

type Path = readonly (string | number)[];

/**
 * Gathers what is wrong with one body. Lengths are counted in UTF-16 code units, as discord.js and the
 * OpenAPI description do; Discord itself counts code points, which is never more.
 */
export class Form {
  readonly complaints: Complaint[] = [];

  refuse(path: Path, code: string, message: string): void {
    this.complaints.push({ path, code, message });
  }

  /** A text of `least` to `most` characters; null and undefined count as empty. */
  text(path: Path, value: string | null | undefined, least: number, most: number): void {
    const length = value?.length ?? 0;
    if (length < least && length === 0) this.refuse(path, 'BASE_TYPE_REQUIRED', 'This field is required');
    else if (length < least || length > most) {
      const [code, words] =
        least === 0
          ? ['BASE_TYPE_MAX_LENGTH', `Must be ${most} or fewer in length.`]
          : ['BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`];
      this.refuse(path, code, words);
    }
  }

  /** A list of `least` to `most` entries. */
  count(path: Path, value: readonly unknown[] | null | undefined, least: number, most: number): void {
    const length = value?.length ?? 0;
    if (length >= least && length <= most) return;
    this.refuse(path, 'BASE_TYPE_BAD_LENGTH', `Must be between ${least} and ${most} in length.`);
  }

  /** @throws 50035 with all complaints, if there is one. */
  check(): void {
    if (this.complaints.length > 0) throw invalidForm(this.complaints);
  }
}
