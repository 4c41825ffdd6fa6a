import { allComponents } from './components.ts';
import type { WireComponent, WireMessage } from './wire.ts';

/** Everything that a reader sees as text: content, embeds, text displays, in order. */
export function textOf(message: WireMessage): string {
  const embeds = message.embeds.flatMap(({ title, description, fields }) => [
    title,
    description,
    ...(fields ?? []).flatMap(({ name, value }) => [name, value]),
  ]);
  const displays = allComponents(message.components).map(({ content }) => content);
  return [message.content, ...embeds, ...displays]
    .filter((text) => text !== undefined && text !== '')
    .join('\n');
}

/** The buttons, links included, in reading order. */
export function buttonsOf(message: WireMessage): WireComponent[] {
  return allComponents(message.components).filter(({ type }) => type === 2);
}
