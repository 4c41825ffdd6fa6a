/** What a text becomes in Discord's client: the text that is shown, and every construct that is more than text. */
export interface Rendered {
  readonly text: string;
  readonly constructs: readonly { readonly kind: string; readonly text: string }[];
}

interface Rule {
  readonly kind: string;
  readonly pattern: RegExp;
  /** Only where a line begins. */
  readonly opensLine?: boolean;
}

/**
 * A small model of Discord's Markdown, after the rules of its client as public parsers write them down
 * (discord-markdown, simple-markdown): in this order, at each place, the first that matches.
 */
const RULES: readonly Rule[] = [
  { kind: 'code block', pattern: /^```[\s\S]+?```/ },
  { kind: 'block quote', pattern: /^[^\S\n]*>(?:>>)? +[^\n]*/, opensLine: true },
  { kind: 'heading', pattern: /^[^\S\n]*#{1,3}[^\S\n]+(?=\S)/, opensLine: true },
  { kind: 'subtext', pattern: /^[^\S\n]*-#[^\S\n]+(?=\S)/, opensLine: true },
  { kind: 'list', pattern: /^[^\S\n]*(?:[*+-]|\d+\.)[^\S\n]+(?=\S)/, opensLine: true },
  { kind: 'mention', pattern: /^<(?:@[!&]?|#)\d+>/ },
  { kind: 'command, time or guide', pattern: /^<(?:\/[^:>\n]+:\d+|t:-?\d+(?::\w)?|id:\w+)>/ },
  { kind: 'custom emoji', pattern: /^<a?:\w+:\d+>/ },
  { kind: 'autolink', pattern: /^<[a-z][a-z0-9+.-]*:[^>\s]+>/i },
  { kind: 'email', pattern: /^<[^\s@>]+@[^\s@>]+>/ },
  { kind: 'masked link', pattern: /^\[(?:\\.|[^\\\]])+\]\([^)\s]+(?: [^)]*)?\)/ },
  { kind: 'link', pattern: /^(?:https?|steam|mailto|tel|discord):\S+/i },
  { kind: 'everyone', pattern: /^@(?:everyone|here)\b/ },
  { kind: 'emoji', pattern: /^:[^\s:]+?(?:::skin-tone-\d)?:/ },
  { kind: 'spoiler', pattern: /^\|\|([\s\S]+?)\|\|/ },
  { kind: 'bold', pattern: /^\*\*((?:\\[\s\S]|[^\\])+?)\*\*(?!\*)/ },
  { kind: 'underline', pattern: /^__((?:\\[\s\S]|[^\\])+?)__(?!_)/ },
  { kind: 'italics', pattern: /^\*(?=\S)((?:\\[\s\S]|[^\\*])+?)\*(?!\*)/ },
  { kind: 'italics', pattern: /^_((?:\\[\s\S]|[^\\_])+?)_(?![A-Za-z0-9_])/ },
  { kind: 'strike', pattern: /^~~([\s\S]+?)~~(?!_)/ },
  { kind: 'code', pattern: /^(`+)[\s\S]*?[^`]\1(?!`)/ },
];

const ESCAPE = /^\\([^0-9A-Za-z\s])/;

/** Renders Markdown as Discord's client would. */
export function render(markdown: string): Rendered {
  const constructs: { kind: string; text: string }[] = [];
  let text = '';
  let at = 0;
  while (at < markdown.length) {
    const rest = markdown.slice(at);
    const escaped = ESCAPE.exec(rest)?.[1];
    if (escaped !== undefined) {
      text += escaped;
      at += 2;
      continue;
    }
    const opens = at === 0 || markdown[at - 1] === '\n';
    const found = firstRule(rest, opens);
    if (found === undefined) {
      text += markdown[at];
      at += 1;
      continue;
    }
    const inside = render(found.match[1] ?? '');
    constructs.push({ kind: found.kind, text: inside.text }, ...inside.constructs);
    text += inside.text;
    at += found.match[0].length;
  }
  return { text, constructs };
}

function firstRule(rest: string, opens: boolean): { kind: string; match: RegExpExecArray } | undefined {
  for (const { kind, pattern, opensLine } of RULES) {
    const match = opensLine && !opens ? null : pattern.exec(rest);
    if (match !== null) return { kind, match };
  }
  return undefined;
}
