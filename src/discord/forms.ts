import { createHash } from 'node:crypto';
import {
  type APIModalInteractionResponseCallbackData,
  ComponentType,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js';
import type { Seed } from '../seeds/seed.ts';

import { FIELDS, type Field, LONGEST, shownValue } from './edited.ts';
import { MAX_FORM_UNITS } from './limits.ts';
import { keyOf } from './seed-key.ts';
import type { Words } from './words/words.ts';

const PASTE = 'paste';
const EDIT = /^edit:(?<key>[0-9a-f]{12}):(?<print>[0-9a-f]{12})$/;
const PRINT_DIGITS = 12;
/** A text in a form is limited; a longer one goes on in the next. */
const PASTED = ['text', 'more', 'rest'] as const;
/** What a form that was sent is for; `print` says what stood in it when it was opened. */
export type Form =
  | { readonly is: 'paste'; readonly text: string }
  | { readonly is: 'edit'; readonly key: string; readonly print: string; readonly written: Written };

/** What stands in the fields of a form; one that it did not have is missing. */
export type Written = ReadonlyMap<Field, string>;

/** A form for an article's text. */
export function pasteForm({ changes }: Words): APIModalInteractionResponseCallbackData {
  return {
    custom_id: PASTE,
    title: changes.pasteTitle,
    components: PASTED.map((id, index) => {
      const label = index === 0 ? changes.pasteText : changes.pasteMore;
      return input(id, { label, required: index === 0, long: true });
    }),
  };
}

/** A form with what is known about an article. Aliases that it cannot hold are left out, and stay as they are. */
export function editForm(seed: Seed, { changes }: Words): APIModalInteractionResponseCallbackData {
  const hints: Partial<Record<Field, string>> = {
    updated: changes.updatedHint,
    aliases: changes.aliasesHint,
  };
  const shown = FIELDS.filter((field) => field !== 'aliases' || areWritable(seed));
  return {
    custom_id: `edit:${keyOf(seed)}:${printOf(seed)}`,
    title: changes.editTitle,
    components: shown.map((field) =>
      input(field, {
        label: changes[field],
        long: field === 'aliases',
        value: shownValue(seed, field),
        most: LONGEST[field],
        ...(hints[field] !== undefined && { hint: hints[field] }),
      }),
    ),
  };
}

/** Tells apart what is known about an article from what it was. */
export function printOf(seed: Seed): string {
  const values = FIELDS.map((field) => shownValue(seed, field));
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, PRINT_DIGITS);
}

/** @returns null for a form that this version did not make */
export function readForm({ customId, fields }: ModalSubmitInteraction): Form | null {
  if (customId === PASTE) {
    const written = PASTED.map((id) => (fields.fields.has(id) ? fields.getTextInputValue(id) : ''));
    return { is: 'paste', text: `${written.filter((part) => part.trim() !== '').join('\n')}\n` };
  }
  const { key, print } = EDIT.exec(customId)?.groups ?? {};
  if (key === undefined || print === undefined) return null;
  const there = FIELDS.filter((field) => fields.fields.has(field));
  const written = new Map(there.map((field) => [field, fields.getTextInputValue(field).trim()] as const));
  return { is: 'edit', key, print, written };
}

/** Whether aliases come out of the form as they went in. */
function areWritable(seed: Seed): boolean {
  const plain = seed.aliases.every((names) => names.every((name) => !name.includes('=')));
  return plain && shownValue(seed, 'aliases').length <= MAX_FORM_UNITS;
}

interface Input {
  readonly label: string;
  readonly hint?: string;
  readonly value?: string;
  readonly required?: boolean;
  readonly long?: boolean;
  readonly most?: number;
}

function input(
  id: string,
  { label, hint, value = '', required = false, long = false, most = MAX_FORM_UNITS }: Input,
) {
  return {
    type: ComponentType.Label as const,
    label,
    ...(hint !== undefined && { description: hint }),
    component: {
      type: ComponentType.TextInput as const,
      custom_id: id,
      style: long ? TextInputStyle.Paragraph : TextInputStyle.Short,
      required,
      max_length: most,
      ...(value !== '' && { value }),
    },
  };
}
