import { rulesExtended, SimpleMarkdown } from 'discord-markdown-parser';

type Node = ReturnType<ReturnType<typeof SimpleMarkdown.parserFor>>[number];

const MOMENT = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

/** Lists, which the parser leaves out: one item a match, at the start of a line. */
const item = {
  order: SimpleMarkdown.defaultRules.heading.order - 0.4,
  match: (source: string, { prevCapture }: { readonly prevCapture?: readonly string[] | null }) =>
    prevCapture?.[0]?.endsWith('\n') === false ? null : /^ *[-*] +([^\n]+)(\n|$)/.exec(source),
  parse: (capture: string[], parse: (source: string, state: object) => unknown, state: object) => ({
    content: parse(capture[1] ?? '', state),
  }),
};

/** Discord shows the link of a message by its channel. */
const MESSAGE = /^https:\/\/discord\.com\/channels\/\d+\/\d+\/\d+$/;

const parser = SimpleMarkdown.parserFor({ ...rulesExtended, item } as never);

/** A text display's Markdown as HTML, by a parser that goes by the rules of Discord's client. */
export function htmlOf(markdown: string): string {
  return write(parser(markdown, { inline: true }));
}

export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** @throws {Error} for what the bot does not write on purpose, such as a ping: better no page than a wrong one */
function write(nodes: Node | Node[]): string {
  if (Array.isArray(nodes)) return nodes.map(write).join('');
  const { type, content } = nodes;
  const inside = () => write(content);
  switch (type) {
    case 'text':
      return escaped(content);
    case 'twemoji':
      return escaped(nodes.name);
    case 'br':
    case 'newline':
      return '<br>';
    case 'strong':
      return `<strong>${inside()}</strong>`;
    case 'strikethrough':
      return `<s>${inside()}</s>`;
    case 'timestamp':
      return `<time>${MOMENT.format(Number(nodes.timestamp) * 1000)}</time>`;
    case 'inlineCode':
      return `<code>${escaped(content)}</code>`;
    case 'heading':
      return `<h${nodes.level}>${inside()}</h${nodes.level}>`;
    case 'subtext':
      return `<small>${inside()}</small>`;
    case 'item':
      return `<div class="item">${inside()}</div>`;
    case 'blockQuote':
      return `<blockquote><div>${inside()}</div></blockquote>`;
    case 'link':
      return `<a href="${escaped(nodes.target)}">${inside()}</a>`;
    case 'url':
      if (!MESSAGE.test(nodes.target)) throw new Error(`the bot writes no bare link: ${nodes.target}`);
      return '<span class="mention"># operators › message</span>';
    case 'channel':
      return '<span class="mention"># articles</span>';
    case 'user':
      return '<span class="mention">@alice</span>';
    default:
      throw new Error(`no HTML for "${type}"`);
  }
}
