import {
  type APIButtonComponent,
  type APIComponentInContainer,
  type APIContainerComponent,
  type APIMessageTopLevelComponent,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  SeparatorSpacingSize,
} from 'discord.js';
import { type Press, writeCustomId } from './custom-ids.ts';
import { MAX_COMPONENTS, MAX_LABEL_UNITS, MAX_TEXT_UNITS } from './limits.ts';
import { clip } from './markdown.ts';

/** One message in Components V2, ready to be sent or to take a message's place. */
export interface Page {
  readonly flags: MessageFlags.IsComponentsV2;
  readonly components: APIMessageTopLevelComponent[];
  readonly files: { readonly name: string; readonly attachment: Buffer }[];
  /** What an edit leaves of the files that the message had. */
  readonly attachments: [];
}

/** Accent colours of containers, 0xRRGGBB. */
export const COLOUR = {
  answered: 0x2e8b57,
  related: 0xd9a21b,
  absent: 0x7a8290,
  plain: 0x4a6fa5,
  error: 0xc0392b,
};

/** What a page is filled with; a row of buttons or a line counts as one part. */
export type Part = APIComponentInContainer;

export function text(content: string, id?: number): Part {
  return { type: ComponentType.TextDisplay, content, ...(id !== undefined && { id }) };
}

export function line(): Part {
  return { type: ComponentType.Separator, divider: true, spacing: SeparatorSpacingSize.Small };
}

/** A text with a button at its right. */
export function section(content: string, accessory: APIButtonComponent): Part {
  return {
    type: ComponentType.Section,
    components: [{ type: ComponentType.TextDisplay, content }],
    accessory,
  };
}

export function button(
  press: Press,
  label: string,
  style: ButtonStyle.Primary | ButtonStyle.Secondary | ButtonStyle.Danger = ButtonStyle.Secondary,
  disabled = false,
): APIButtonComponent {
  return {
    type: ComponentType.Button,
    style,
    label: clip(label, MAX_LABEL_UNITS),
    custom_id: writeCustomId(press),
    ...(disabled && { disabled }),
  };
}

/** Up to five buttons; nothing for none. */
export function row(...buttons: APIButtonComponent[]): Part[] {
  return buttons.length === 0 ? [] : [{ type: ComponentType.ActionRow, components: buttons }];
}

export function page(colour: number, parts: readonly Part[], attached: string | null = null): Page {
  const files = attached === null ? [] : [{ name: FILE_NAME, attachment: Buffer.from(attached) }];
  const container: APIContainerComponent = {
    type: ComponentType.Container,
    accent_color: colour,
    components: [...parts],
  };
  if (attached !== null) {
    const url = `attachment://${FILE_NAME}`;
    container.components.push({ type: ComponentType.File, file: { url } });
  }
  return { flags: MessageFlags.IsComponentsV2, components: [container], files, attachments: [] };
}

const FILE_NAME = 'quotes.txt';

/** UTF-16 units of all texts in these parts, as they count against a message's limit. */
function unitsOf(parts: readonly Part[]): number {
  let units = 0;
  for (const part of parts) {
    if (part.type === ComponentType.TextDisplay) units += part.content.length;
    if (part.type !== ComponentType.Section) continue;
    for (const { content } of part.components) units += content.length;
  }
  return units;
}

/** Components of these parts, nested ones included, as they count against a message's limit. */
function componentsOf(parts: readonly Part[]): number {
  return parts.reduce((count, part) => {
    if (part.type === ComponentType.Section) return count + 2 + part.components.length;
    return count + 1 + (part.type === ComponentType.ActionRow ? part.components.length : 0);
  }, 0);
}

/** The container, and the file below the quotes. */
const FRAME_COMPONENTS = 2;

/** Takes the blocks that fit beside what is `reserved`; one that does not fit is left out whole. */
export function fitting<T extends { readonly parts: readonly Part[] }>(
  blocks: readonly T[],
  reserved: readonly Part[],
): { readonly taken: T[]; readonly left: T[] } {
  let units = unitsOf(reserved);
  let components = FRAME_COMPONENTS + componentsOf(reserved);
  const taken: T[] = [];
  const left: T[] = [];
  for (const block of blocks) {
    const nextUnits = units + unitsOf(block.parts);
    const nextComponents = components + componentsOf(block.parts);
    if (nextUnits > MAX_TEXT_UNITS || nextComponents > MAX_COMPONENTS) {
      left.push(block);
      continue;
    }
    taken.push(block);
    units = nextUnits;
    components = nextComponents;
  }
  return { taken, left };
}
