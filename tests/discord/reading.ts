import type { WireComponent, WireMessage } from './stand-in/wire.ts';

/** All components of a message, nested ones included, in order. */
export function componentsIn(message: WireMessage): WireComponent[] {
  const walk = (component: WireComponent): WireComponent[] => [
    component,
    ...(component.components ?? []).flatMap(walk),
    ...(component.accessory ? walk(component.accessory) : []),
  ];
  return message.components.flatMap(walk);
}

/** Everything written in a message, a line a text display. */
export function textOf(message: WireMessage): string {
  return componentsIn(message)
    .flatMap(({ content }) => content ?? [])
    .join('\n');
}

/** Custom id of the first button whose id starts with `prefix`. @throws when there is none */
export function buttonOf(message: WireMessage, prefix: string): string {
  const found = componentsIn(message).find(({ custom_id: id }) => id?.startsWith(prefix));
  if (found?.custom_id === undefined) throw new Error(`no button "${prefix}" in:\n${textOf(message)}`);
  return found.custom_id;
}

/** What a message quotes, as its reader sees it. */
export function quotesIn(message: WireMessage): string[] {
  return componentsIn(message)
    .flatMap(({ content }) => /(?:^|\n)>>> ([\s\S]*)$/.exec(content ?? '')?.[1] ?? [])
    .map((quote) => quote.replaceAll('**', '').replace(/\\([^0-9A-Za-z\s])/g, '$1'));
}
