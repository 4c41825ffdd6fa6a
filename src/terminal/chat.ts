import { createInterface } from 'node:readline';
import { checkQuestion } from '../answering/check-question.ts';
import type { Exchange, Library } from '../answering/library.ts';
import { OperatorError } from '../operator-error.ts';
import { inert, renderAnswer, renderFound, renderParagraphs, renderVerdict, type Style } from './render.ts';

const HELP = `ask a question, or
  /find PHRASE      where it stands, then what is near in meaning
  /read N [SEED]    paragraph N with its neighbours
  /verify QUOTE     whether a quote is exact, altered, stitched or absent
  /seeds            the articles
  /help  /quit`;

/** Questions and commands, a line each; remembers the last exchange for follow-ups. */
export class Chat {
  readonly #library: Library;
  readonly #style: Style;
  #previous: Exchange | undefined;
  #seed: string | undefined;

  constructor(library: Library, style: Style) {
    this.#library = library;
    this.#style = style;
  }

  /** @returns what to show, or null to leave */
  async reply(line: string): Promise<string | null> {
    const text = line.trim();
    if (text === '') return '';
    if (text === '/quit') return null;
    try {
      return await this.#replyTo(text);
    } catch (error) {
      if (error instanceof OperatorError || error instanceof RangeError) return error.message;
      throw error;
    }
  }

  async #replyTo(text: string): Promise<string> {
    const [command = '', ...words] = text.split(/\s+/);
    const rest = text.slice(command.length).trim();
    switch (command) {
      case '/help':
        return HELP;
      case '/seeds':
        return this.#library.seeds
          .map((seed) =>
            inert(
              `${seed.id} · ${seed.title} · ${seed.publisher ?? 'outlet unknown'} · ${seed.updated ?? 'date unknown'}`,
            ),
          )
          .join('\n');
      case '/find':
        return renderFound(await this.#library.find(checkQuestion(rest)), this.#style);
      case '/verify':
        return renderVerdict(this.#library.verify(checkQuestion(rest)), this.#style);
      case '/read':
        return this.#read(Number(words[0]), words[1]);
      default:
        return command.startsWith('/')
          ? `${inert(command)} is no command; /help shows them`
          : this.#ask(text);
    }
  }

  #read(paragraph: number, seed = this.#seed ?? this.#library.seeds[0]?.id ?? ''): string {
    const paragraphs = Number.isInteger(paragraph) ? this.#library.read(seed, paragraph, 1) : [];
    if (!paragraphs.some((found) => found.paragraph === paragraph))
      return `${seed} has no such paragraph; say /read 7`;
    return renderParagraphs(paragraphs, paragraph, this.#style);
  }

  async #ask(text: string): Promise<string> {
    const question = checkQuestion(text);
    const previous = this.#previous;
    const answer = await this.#library.ask(question, previous === undefined ? {} : { previous });
    this.#previous = { question: answer.readAs ?? question, quote: answer.quotes[0]?.text ?? null };
    this.#seed = answer.quotes[0]?.seed ?? this.#seed;
    return renderAnswer(answer, this.#style);
  }
}

/** Reads lines until there are no more, or one says to leave. @returns how many lines were read */
export async function runChat(
  chat: Chat,
  input: NodeJS.ReadStream,
  output: NodeJS.WriteStream,
): Promise<number> {
  const lines = createInterface({ input, output, terminal: input.isTTY, prompt: '> ' });
  if (input.isTTY) lines.prompt();
  let count = 0;
  for await (const line of lines) {
    count++;
    if (!input.isTTY && line.trim() !== '') output.write(`> ${inert(line)}\n`);
    const reply = await chat.reply(line);
    if (reply === null) break;
    output.write(reply === '' ? '' : `${reply}\n\n`);
    if (input.isTTY) lines.prompt();
  }
  lines.close();
  return count;
}
