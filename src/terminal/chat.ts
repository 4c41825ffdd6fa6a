import { createInterface } from 'node:readline';
import type { Answer } from '../answering/answer.ts';
import { checkQuestion } from '../answering/check-question.ts';
import { MAX_PHRASE_UNITS } from '../answering/find-phrase.ts';
import type { Exchange, Library } from '../answering/library.ts';
import { checked, mistakeOf } from './command.ts';
import { readLines } from './lines.ts';
import { renderAnswer, renderFound, renderParagraphs, renderSeeds } from './render.ts';
import { renderVerdict } from './render-verdict.ts';
import { type Style, setText } from './style.ts';

/** A follow-up to a follow-up keeps its context up to so much. */
const MAX_CONTEXT_UNITS = 400;

const HELP = `Ask a question, or

  /find PHRASE     where it stands word for word, then what is near in meaning
  /read N [SEED]   paragraph N of an article, as in ¶N, with its neighbours
  /read            the paragraph of the last answer
  /verify QUOTE    whether a quote is exact, altered, stitched or absent
  /seeds           the articles
  /help            this text
  /quit            leave (or Ctrl-D)`;

/** Questions and commands, a line each; remembers the last answer for follow-ups and for `/read`. */
export class Chat {
  readonly style: Style;
  readonly #library: Library;
  #previous: Exchange | undefined;
  #cited: { readonly seed: string; readonly paragraph: number } | undefined;

  constructor(library: Library, style: Style) {
    this.#library = library;
    this.style = style;
  }

  /** @returns what to show, empty for an empty line, or null to leave */
  async reply(line: string): Promise<string | null> {
    const text = line.trim();
    if (text === '' || text === '/quit') return text === '' ? '' : null;
    try {
      return await this.#replyTo(text);
    } catch (error) {
      const mistake = mistakeOf(error);
      if (mistake === null) throw error;
      return mistake;
    }
  }

  async #replyTo(text: string): Promise<string> {
    const [command = '', ...words] = text.split(/\s+/);
    const rest = text.slice(command.length);
    switch (command) {
      case '/help':
        return HELP;
      case '/seeds':
        return renderSeeds(this.#library, this.style);
      case '/find': {
        const phrase = checked(() => checkQuestion(rest, 'phrase'));
        return renderFound(await this.#library.find(phrase), this.style);
      }
      case '/verify': {
        const quote = checked(() => checkQuestion(rest, 'quote', MAX_PHRASE_UNITS));
        return renderVerdict(this.#library.verify(quote), this.style);
      }
      case '/read':
        return this.#read(words[0]?.replace(/^¶/, ''), words[1]);
      default:
        if (!command.startsWith('/')) return this.#ask(text);
        return setText(`${command.slice(0, 40)} is no command; /help shows them`, this.style).join('\n');
    }
  }

  #read(number: string | undefined, seed = this.#cited?.seed ?? this.#library.seeds[0]?.id ?? ''): string {
    const paragraph = number === undefined ? this.#cited?.paragraph : Number(number);
    if (paragraph === undefined || !Number.isSafeInteger(paragraph)) return 'Say which paragraph: /read 7';
    const found = this.#library.read(seed, paragraph, 1);
    if (found.some((one) => one.paragraph === paragraph)) {
      return renderParagraphs(found, paragraph, this.style);
    }
    const last = Math.max(
      0,
      ...this.#library.read(seed, 0, Number.MAX_SAFE_INTEGER).map((one) => one.paragraph),
    );
    return `There is no ¶${paragraph} in ${seed}; its paragraphs are ¶1 to ¶${last}`;
  }

  async #ask(text: string): Promise<string> {
    const question = checked(() => checkQuestion(text));
    const previous = this.#previous;
    const answer = await this.#library.ask(question, previous === undefined ? {} : { previous });
    this.#remember(answer);
    return renderAnswer(answer, this.style);
  }

  #remember({ question, readAs, outcome, quotes: [first] }: Answer): void {
    const inContext = readAs !== null && readAs.length <= MAX_CONTEXT_UNITS ? readAs : question;
    const given = outcome === 'not-in-sources' ? undefined : first;
    this.#previous = { question: inContext, quote: given?.text ?? null };
    this.#cited = first ?? this.#cited;
  }
}

/** Answers lines from a terminal until its end, Ctrl-C or `/quit`. */
export async function chatOnTerminal(
  chat: Chat,
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
): Promise<void> {
  const lines = createInterface({ input, output, prompt: '> ', terminal: output.isTTY });
  lines.prompt();
  for await (const line of lines) {
    const reply = await chat.reply(line);
    if (reply === null) break;
    if (reply !== '') output.write(`${reply}\n\n`);
    lines.prompt();
  }
  lines.close();
  output.write('\n');
}

/** Answers each line of a stream. @returns how many lines were not empty */
export async function chatOnLines(
  chat: Chat,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream,
): Promise<number> {
  let count = 0;
  for await (const line of readLines(input)) {
    if (line.trim() === '') continue;
    count++;
    if (!(await showExchange(chat, line, output))) break;
  }
  return count;
}

/** @returns whether the chat goes on */
export async function showExchange(
  chat: Chat,
  line: string,
  output: NodeJS.WritableStream,
): Promise<boolean> {
  const reply = await chat.reply(line);
  if (reply === null) return false;
  const asked = setText(line.trim(), chat.style, { first: '> ' });
  output.write(`${asked.join('\n')}\n${reply}\n\n`);
  return true;
}
