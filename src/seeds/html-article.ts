import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { readDate } from './dates.ts';
import { webAddress } from './front-matter.ts';
import { oneLine } from './lines.ts';
import type { Sidecar } from './sidecar.ts';

/** An article taken out of a page: plain text, a blank line between paragraphs, and what the page says about it. */
export interface PageArticle {
  readonly text: string;
  readonly sidecar: Sidecar;
}

/** Pages of more elements than this are no articles. Readability's own limit finds none in linkedom's documents. */
const MAX_ELEMENTS = 20_000;
/** An article may be short: Readability's own limit is 500 characters, and what has less is taken as well. */
const LEAST_CHARACTERS = 100;
const LONGEST_TITLE = 300;
const LONGEST_PUBLISHER = 100;
const LONGEST_ADDRESS = 2_000;
const ELEMENT = 1;
const TEXT = 3;
/** Elements whose words run on with those around them. */
const INLINE =
  /^(?:A|ABBR|B|BDI|BDO|CITE|CODE|DATA|DEL|DFN|EM|FONT|I|INS|KBD|MARK|Q|S|SAMP|SMALL|SPAN|STRONG|SUB|SUP|TIME|U|VAR|WBR)$/;

/**
 * Reduces a page to its article. Its time is not bounded: hostile pages take minutes; see `readPage`.
 * @returns null when there is no article in it
 * @throws {RangeError} when it has too many elements, or they are nested too deep
 */
export function articleOf(html: string): PageArticle | null {
  // A page may leave out the tags of its body, and linkedom makes none.
  const { document } = parseHTML(/<body[\s>]/i.test(html) ? html : `<html><body>${html}</body></html>`);
  // A page may be one open comment.
  if (document.firstElementChild === null || document.body === null) return null;
  const elements = document.querySelectorAll('*').length;
  if (elements > MAX_ELEMENTS) throw new RangeError(`${elements} elements`);
  const address = document.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? null;
  const headings = [...document.querySelectorAll('h1')].map((heading) => oneLine(heading.textContent ?? ''));
  const found = new Readability<PageNode>(document, {
    charThreshold: LEAST_CHARACTERS,
    serializer: (content) => content as unknown as PageNode,
  }).parse();
  if (!found?.content) return null;
  const paragraphs = paragraphsOf(found.content);
  if (paragraphs.join('').length < LEAST_CHARACTERS) return null;
  const title = headline(oneLine(found.title ?? ''), headings);
  const text = title === '' || paragraphs[0] === title ? paragraphs : [title, ...paragraphs];
  return { text: `${text.join('\n\n')}\n`, sidecar: about(title, found, address) };
}

/** The page's title without the site's name behind it, where a heading says which part that is. */
function headline(title: string, headings: readonly string[]): string {
  const named = headings.filter((heading) => heading !== '' && title.includes(heading));
  return (
    named.reduce((longest, heading) => (heading.length > longest.length ? heading : longest), '') || title
  );
}

function about(
  title: string,
  {
    siteName,
    publishedTime,
  }: { siteName?: string | null | undefined; publishedTime?: string | null | undefined },
  address: string | null,
): Sidecar {
  const publisher = oneLine(siteName ?? '').replace(/\p{Cc}/gu, '');
  const read = readDate((publishedTime ?? '').slice(0, LONGEST_PUBLISHER));
  const updated = read?.date ? `${read.date}${read.time ? `T${read.time}` : ''}` : null;
  const url = webAddress(address);
  return {
    ...(title !== '' && title.length <= LONGEST_TITLE && !/\p{Cc}/u.test(title) && { title }),
    ...(publisher !== '' && publisher.length <= LONGEST_PUBLISHER && { publisher }),
    ...(updated !== null && { updated }),
    ...(url !== null && url.length <= LONGEST_ADDRESS && { url }),
  };
}

/** What is needed of a node of the page. */
interface PageNode {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<PageNode>;
}

/** The words of each block, on one line. */
function paragraphsOf(content: PageNode): string[] {
  const paragraphs: string[] = [];
  let open = '';
  const close = () => {
    const words = oneLine(open);
    if (words !== '') paragraphs.push(words);
    open = '';
  };
  const take = (node: PageNode): void => {
    if (node.nodeType === TEXT) open += node.textContent ?? '';
    if (node.nodeType !== ELEMENT) return;
    const block = !INLINE.test(node.nodeName.toUpperCase());
    if (block) close();
    for (const child of node.childNodes) take(child);
    if (block) close();
  };
  take(content);
  close();
  return paragraphs;
}
