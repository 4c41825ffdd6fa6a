import { checkComponents } from './components.ts';
import { Form } from './form.ts';
import { refusals } from './rest-error.ts';
import {
  COMPONENTS_V2,
  type MessageBody,
  type UploadedFile,
  type WireComponent,
  type WireEmbed,
} from './wire.ts';

const MAX_CONTENT_CHARACTERS = 2_000;
const MAX_EMBED_CHARACTERS = 6_000;
const MAX_FILES = 10;
/** What a message's files may weigh in all, as interactions are told in `attachment_size_limit`. */
export const MAX_FILES_BYTES = 10 * 1024 * 1024;

/** What a message would hold after a request: an edit leaves what it does not name. */
export interface MessageState {
  readonly content: string;
  readonly embeds: readonly WireEmbed[];
  readonly components: readonly WireComponent[];
  readonly flags: number;
  readonly attachments: number;
}

/**
 * Holds a request for a message against Discord's limits.
 * @throws 50035 with the errors tree; 50006 for a message of nothing; 40005 for files that are too large.
 */
export function checkMessage(body: MessageBody, files: readonly UploadedFile[], after: MessageState): void {
  const form = new Form();
  const v2 = (after.flags & COMPONENTS_V2) !== 0;
  form.text(['content'], after.content, 0, MAX_CONTENT_CHARACTERS);
  if (v2) refuseLegacy(form, after);
  else checkEmbeds(form, after.embeds);
  checkComponents(form, after.components, v2);
  checkAllowedMentions(form, body);
  checkNonce(form, body);
  form.count(['attachments'], new Array(after.attachments), 0, MAX_FILES);
  checkFileReferences(form, after.components, files);
  form.check();
  if (files.reduce((sum, file) => sum + file.bytes.length, 0) > MAX_FILES_BYTES) throw refusals.tooLarge();
  const empty =
    after.content.trim() === '' && after.embeds.length + after.attachments + after.components.length === 0;
  if (empty) throw refusals.emptyMessage();
}

function refuseLegacy(form: Form, after: MessageState): void {
  const words = 'The field cannot be used when using MessageFlags.IS_COMPONENTS_V2';
  const code = 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2';
  if (after.content !== '') form.refuse(['content'], code, words);
  if (after.embeds.length > 0) form.refuse(['embeds'], code, words);
}

function checkEmbeds(form: Form, embeds: readonly WireEmbed[]): void {
  form.count(['embeds'], embeds, 0, 10);
  let characters = 0;
  for (const [index, embed] of embeds.entries()) {
    const at = ['embeds', index];
    const limits: [string[], string | undefined, number][] = [
      [['title'], embed.title, 256],
      [['description'], embed.description, 4096],
      [['footer', 'text'], embed.footer?.text, 2048],
      [['author', 'name'], embed.author?.name, 256],
    ];
    for (const [path, value, most] of limits) {
      form.text([...at, ...path], value, 0, most);
      characters += value?.length ?? 0;
    }
    form.count([...at, 'fields'], embed.fields, 0, 25);
    for (const [number, { name, value }] of (embed.fields ?? []).entries()) {
      form.text([...at, 'fields', number, 'name'], name, 1, 256);
      form.text([...at, 'fields', number, 'value'], value, 1, 1024);
      characters += name.length + value.length;
    }
  }
  if (characters <= MAX_EMBED_CHARACTERS) return;
  form.refuse(
    ['embeds'],
    'MAX_EMBED_SIZE_EXCEEDED',
    `Embed size exceeds maximum size of ${MAX_EMBED_CHARACTERS}`,
  );
}

function checkAllowedMentions(form: Form, { allowed_mentions: allowed }: MessageBody): void {
  const words = 'parse and the list of ids are mutually exclusive';
  for (const kind of ['users', 'roles'] as const) {
    form.count(['allowed_mentions', kind], allowed?.[kind], 0, 100);
    if (allowed?.parse?.includes(kind) && allowed[kind]?.length) {
      form.refuse(['allowed_mentions'], 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', words);
    }
  }
}

function checkNonce(form: Form, { nonce, enforce_nonce: enforced }: MessageBody): void {
  if (nonce !== undefined && nonce !== null) form.text(['nonce'], String(nonce), 1, 25);
  else if (enforced) form.refuse(['nonce'], 'BASE_TYPE_REQUIRED', 'enforce_nonce wants a nonce');
}

/** A file component may only show a file that comes with the same request. */
function checkFileReferences(
  form: Form,
  components: readonly WireComponent[],
  files: readonly UploadedFile[],
): void {
  for (const [index, component] of components.entries()) {
    const url = component.file?.url ?? '';
    const known =
      !url.startsWith('attachment://') || files.some(({ name }) => url === `attachment://${name}`);
    const words = `The referenced attachment was not found: ${url}`;
    if (!known)
      form.refuse(
        ['components', index, 'file'],
        'UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND',
        words,
      );
  }
}
