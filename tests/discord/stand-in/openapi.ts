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

/** Where `value` breaks `schema`, as complaints with paths; empty when it holds. */
export function breaches(schema: ZodMiniType, value: unknown): Complaint[] {
  const result = schema.safeParse(value);
  return result.success ? [] : flatten(result.error.issues as Issue[], []);
}

/** Of a union's branches only the likeliest one is told: the one whose `type` fits, then the least wrong. */
function flatten(issues: readonly Issue[], above: readonly (string | number)[]): Complaint[] {
  return issues.flatMap((issue) => {
    const path = [...above, ...issue.path.map((step) => (typeof step === 'number' ? step : String(step)))];
    const branch = [...(issue.errors ?? [])].sort((a, b) => wrongness(a) - wrongness(b))[0];
    if (branch && branch.length > 0) return flatten(branch, path);
    return [{ path, code: `OPENAPI_${(issue.code ?? 'invalid').toUpperCase()}`, message: issue.message }];
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
