import { z } from 'zod';
import { isNormalDate } from './dates.ts';
import { webAddress } from './front-matter.ts';
import { printable } from './seed-error.ts';

const name = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^[^\p{Cc}]*$/u, 'must be one line');

const sidecarSchema = z.strictObject({
  title: name(300).optional(),
  publisher: name(100).optional(),
  updated: z
    .string()
    .refine(isNormalDate, 'must be YYYY-MM-DD or YYYY-MM-DDTHH:MM, and a real day')
    .optional(),
  url: z
    .string()
    .max(2_000)
    .refine((value) => webAddress(value) !== null, 'must be an http:// or https:// address')
    .optional(),
  aliases: z
    .array(z.array(name(100)).min(2).max(20))
    .max(200)
    .optional(),
  examples: z.array(name(200)).max(50).optional(),
});

/** What `<id>.json` beside a seed may say; it wins over what the text says. */
export type Sidecar = z.infer<typeof sidecarSchema>;

const MOST_ISSUES = 5;

/**
 * @param json the sidecar file's decoded text
 * @throws {SyntaxError} when it is not JSON
 * @throws {RangeError} when keys or values are not those of a sidecar; its one-line message names each
 */
export function parseSidecar(json: string): Sidecar {
  const value: unknown = JSON.parse(json.replace(/^\uFEFF/, ''));
  const result = sidecarSchema.safeParse(value);
  if (result.success) return result.data;
  const issues = result.error.issues.slice(0, MOST_ISSUES).map(describe);
  throw new RangeError(issues.join('; '), { cause: result.error });
}

function describe(issue: z.core.$ZodIssue): string {
  const path = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.slice(0, MOST_ISSUES).map((key) => `"${printable(key)}"`);
    return `unknown key ${keys.join(', ')} (known are ${Object.keys(sidecarSchema.shape).join(', ')})`;
  }
  return `${path === '' ? 'the whole file' : path.replace(/^\./, '')}: ${printable(issue.message)}`;
}
