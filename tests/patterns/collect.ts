import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'oxc-parser';

const SOURCE = fileURLToPath(new URL('../../src', import.meta.url));

/** A regular expression of the product. */
export interface Pattern {
  /** Within src/. */
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

/** Patterns as they stand in the code, and where one is put together while the program runs. */
export interface Collected {
  readonly patterns: readonly Pattern[];
  /** Files that put one together when they are loaded. */
  readonly atLoading: readonly string[];
  /** Files that put one together later, in a function. */
  readonly later: readonly string[];
}

/** A node of the syntax tree, or anything that hangs on one. */
type Node = Readonly<Record<string, unknown>>;

/** Finds every regular expression in src/ by its syntax tree. */
export function collectPatterns(): Collected {
  const patterns: Pattern[] = [];
  const atLoading = new Set<string>();
  const later = new Set<string>();
  for (const file of readdirSync(SOURCE, { recursive: true, encoding: 'utf8' }).filter(isCode).sort()) {
    const { program, errors } = parseSync(file, readFileSync(path.join(SOURCE, file), 'utf8'));
    if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
    walk(program, false, (node, inFunction) => {
      const regex = node.regex as { readonly pattern: string; readonly flags: string } | undefined;
      if (node.type === 'Literal' && regex)
        patterns.push({ file, source: regex.pattern, flags: regex.flags });
      if (buildsPattern(node)) (inFunction ? later : atLoading).add(file);
    });
  }
  return { patterns, atLoading: [...atLoading], later: [...later] };
}

/** Loads files of src/ and gives the patterns that they put together meanwhile. */
export async function patternsBuiltBy(files: readonly string[]): Promise<Pattern[]> {
  const built: Pattern[] = [];
  const plain = globalThis.RegExp;
  globalThis.RegExp = new Proxy(plain, {
    construct(target, args: [string | RegExp, string?]) {
      const pattern = new target(...args);
      // Packages that are loaded build theirs as well.
      const file = callerIn(new Error().stack ?? '');
      if (file !== null) built.push({ file, source: pattern.source, flags: pattern.flags });
      return pattern;
    },
  });
  try {
    for (const file of files) await import(path.join(SOURCE, file));
  } finally {
    globalThis.RegExp = plain;
  }
  return built;
}

/** The file of src/ that called for a pattern, or null for a package's own. */
function callerIn(stack: string): string | null {
  const caller = stack.split('\n')[2] ?? '';
  const at = caller.indexOf(SOURCE);
  return at < 0 ? null : (caller.slice(at + SOURCE.length + 1).split(':')[0] ?? null);
}

function isCode(file: string): boolean {
  return file.endsWith('.ts');
}

function buildsPattern({ type, callee }: Node): boolean {
  const name = (callee as Node | undefined)?.name;
  return (type === 'NewExpression' || type === 'CallExpression') && name === 'RegExp';
}

function walk(value: unknown, inFunction: boolean, take: (node: Node, inFunction: boolean) => void): void {
  if (typeof value !== 'object' || value === null) return;
  const node = value as Node;
  if (typeof node.type === 'string') take(node, inFunction);
  const within = inFunction || /Function/.test(String(node.type ?? ''));
  for (const child of Object.values(node)) walk(child, within, take);
}
