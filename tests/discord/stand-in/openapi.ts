import type { ZodMiniType } from 'zod/mini';
import type { Complaint } from './rest-error.ts';

/** Discord's OpenAPI schemas of one route's bodies; none where the body is empty. */
export interface Bodies {
  readonly request?: ZodMiniType;
  readonly response?: ZodMiniType;
}

interface Issue {
  readonly code?: string | undefined;
  readonly path: PropertyKey[];
  readonly message: string;
  readonly errors?: Issue[][];
}

/**
 * Where `value` breaks `schema`, or has a key that the schema does not know, as complaints with paths; empty when
 * it holds. Without a schema there may be no value.
 */
export function breaches(schema: ZodMiniType | undefined, value: unknown): Complaint[] {
  if (schema === undefined) {
    return value === undefined ? [] : [complaint([], 'UNDESCRIBED', 'no body is described here')];
  }
  const result = schema.safeParse(value);
  return result.success ? strangers(value, result.data, []) : flatten(result.error.issues as Issue[], []);
}

type Path = readonly (string | number)[];

function complaint(path: Path, code: string, message: string): Complaint {
  return { path, code: `OPENAPI_${code}`, message };
}

/** What discord.js sends with every message, false where it was not asked for, also where Discord has no such key. */
const SENT_WITHOUT_NEED = new Set(['tts', 'enforce_nonce']);

/** Keys that the schema passed over: it lets them through, but such a key is a misspelt one. */
function strangers(given: unknown, known: unknown, path: Path): Complaint[] {
  if (typeof given !== 'object' || given === null || typeof known !== 'object' || known === null) return [];
  return Object.entries(given).flatMap(([key, value]) => {
    const at = [...path, Array.isArray(given) ? Number(key) : key];
    if (value === false && SENT_WITHOUT_NEED.has(key)) return [];
    return key in known
      ? strangers(value, known[key as keyof typeof known], at)
      : [complaint(at, 'UNKNOWN_KEY', 'unknown to the description')];
  });
}

/** Of a union's branches only the likeliest one is told: the one whose `type` fits, then the least wrong. */
function flatten(issues: readonly Issue[], above: Path): Complaint[] {
  return issues.flatMap((issue) => {
    const path = [...above, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
    const branch = [...(issue.errors ?? [])].sort((a, b) => wrongness(a) - wrongness(b))[0];
    if (branch && branch.length > 0) return flatten(branch, path);
    return [complaint(path, (issue.code ?? 'invalid').toUpperCase(), issue.message)];
  });
}

function wrongness(branch: readonly Issue[]): number {
  const otherType = branch.some(({ path }) => path.length === 1 && path[0] === 'type');
  return branch.length + (otherType ? 1000 : 0);
}

/** `data.embeds.0.title: Too big; …` */
export function inWords(complaints: readonly Complaint[]): string {
  return complaints.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; ');
}
