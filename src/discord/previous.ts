import { ComponentType, type Message } from 'discord.js';
import type { Exchange } from '../answering/library.ts';
import type { Seed, Span } from '../seeds/seed.ts';
import { readCustomId, seedOfMark } from './custom-ids.ts';
import { shown } from './markdown.ts';

/** Opens Discord's small grey text. */
export const SUBTEXT = '-# ';
/** Opens the line that says how a follow-up was read. */
export const READ_AS = `${SUBTEXT}↪ `;
/** Component ids of the lines by which a message says what was asked; nothing else remembers it. */
export const QUESTION_ID = 9001;
export const READ_AS_ID = 9002;

/** A component as the bot gets its own messages back; every field may be missing. */
interface Returned {
  readonly type: number;
  readonly id?: number;
  readonly content?: string;
  readonly custom_id?: string | null;
  readonly accessory?: Returned;
  readonly components?: readonly Returned[];
}

/** The question that a message of the bot answers, as it was read; null when it answers none. */
export function questionIn(message: Message): string | null {
  const lines = flat(message).filter(({ type }) => type === ComponentType.TextDisplay);
  const lineOf = (id: number, prefix: string) => {
    const content = lines.find((component) => component.id === id)?.content;
    return content?.startsWith(prefix) ? shown(content.slice(prefix.length)) : null;
  };
  return lineOf(READ_AS_ID, READ_AS) ?? lineOf(QUESTION_ID, SUBTEXT);
}

/** What a message of the bot answered, as the context of a follow-up; null when it is no answer. */
export function exchangeIn(message: Message, seeds: readonly Seed[]): Exchange | null {
  const question = questionIn(message);
  return question === null ? null : { question, quote: firstQuote(message, seeds) };
}

/** The passages that a message of the bot quotes, as its buttons name them. */
export function quotedIn(message: Message): { readonly seed: string; readonly span: Span }[] {
  return flat(message).flatMap(({ custom_id: id }) => {
    const press = id ? readCustomId(id) : null;
    return press?.does === 'context' ? [press] : [];
  });
}

/** The first quote, cut out of its seed again; null when the seed has changed. */
function firstQuote(message: Message, seeds: readonly Seed[]): string | null {
  const [first] = quotedIn(message);
  if (first === undefined) return null;
  return seedOfMark(first.seed, seeds)?.text.slice(first.span.start, first.span.end) || null;
}

function flat(message: Message): Returned[] {
  const walk = (component: Returned): Returned[] => [
    component,
    ...(component.components ?? []).flatMap(walk),
    ...(component.accessory ? walk(component.accessory) : []),
  ];
  return message.components.flatMap((component) => walk(component.toJSON() as Returned));
}
