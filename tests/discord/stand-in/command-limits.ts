import { allComponents } from './components.ts';
import { Form } from './form.ts';
import type { CommandBody, CommandOption, WireComponent } from './wire.ts';

/** Discord's rule for the names of slash commands and their options. */
const CHAT_NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const CHAT_INPUT = 1;
const MAX_COMMAND_CHARACTERS = 8_000;
/** How many commands of each type (slash, user, message) one place may have. */
const MAX_COMMANDS = [0, 100, 15, 15] as const;

type Path = (string | number)[];

/** Checks one command at `path`, as `['0']` in a bulk overwrite. @throws 50035 */
export function checkCommands(commands: readonly CommandBody[], bulk: boolean): void {
  const form = new Form();
  const names = new Set<string>();
  for (const [index, command] of commands.entries()) {
    const path = bulk ? [index] : [];
    checkCommand(form, command, path);
    const key = `${command.type ?? CHAT_INPUT} ${command.name}`;
    if (names.has(key)) form.refuse(path, 'APPLICATION_COMMANDS_DUPLICATE_NAME', 'Names must be unique');
    names.add(key);
  }
  for (const [type, most] of MAX_COMMANDS.entries()) {
    const held = commands.filter((command) => (command.type ?? CHAT_INPUT) === type);
    if (type > 0) form.count([], held, 0, most);
  }
  form.check();
}

function checkCommand(form: Form, command: CommandBody, path: Path): void {
  const chat = (command.type ?? CHAT_INPUT) === CHAT_INPUT;
  for (const name of [command.name, ...Object.values(command.name_localizations ?? {})]) {
    if (chat) checkChatName(form, name, [...path, 'name']);
    else form.text([...path, 'name'], name, 1, 32);
  }
  const descriptions = [command.description, ...Object.values(command.description_localizations ?? {})];
  for (const text of descriptions) form.text([...path, 'description'], text, chat ? 1 : 0, chat ? 100 : 0);
  checkOptions(form, command.options ?? [], [...path, 'options']);
  if (weight(command) > MAX_COMMAND_CHARACTERS) {
    form.refuse(path, 'APPLICATION_COMMAND_TOO_LARGE', `Over ${MAX_COMMAND_CHARACTERS} characters in all`);
  }
}

function checkChatName(form: Form, name: string, path: Path): void {
  if (CHAT_NAME.test(name) && name === name.toLowerCase()) return;
  form.refuse(path, 'APPLICATION_COMMAND_INVALID_NAME', 'Command name is invalid');
}

function checkOptions(form: Form, options: readonly CommandOption[], path: Path): void {
  form.count(path, options, 0, 25);
  let optional = false;
  const names = new Set<string>();
  for (const [index, option] of options.entries()) {
    const at = [...path, index];
    for (const name of [option.name, ...Object.values(option.name_localizations ?? {})]) {
      checkChatName(form, name, [...at, 'name']);
    }
    for (const text of [option.description, ...Object.values(option.description_localizations ?? {})]) {
      form.text([...at, 'description'], text, 1, 100);
    }
    if (names.has(option.name))
      form.refuse(at, 'APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS', option.name);
    if (option.required && optional) {
      form.refuse(
        at,
        'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID',
        'Required options come before optional ones',
      );
    }
    if (option.autocomplete && option.choices?.length)
      form.refuse(at, 'BASE_TYPE_CHOICES', 'autocomplete or choices');
    names.add(option.name);
    optional ||= !option.required;
    checkChoices(form, option.choices ?? [], [...at, 'choices']);
    checkOptions(form, option.options ?? [], [...at, 'options']);
  }
}

/** Checks choices of a command's option or of an autocomplete answer: at most 25, of 1 to 100 characters. */
export function checkChoices(
  form: Form,
  choices: readonly {
    name: string;
    value: string | number;
    name_localizations?: Record<string, string> | null;
  }[],
  path: Path,
): void {
  form.count(path, choices, 0, 25);
  for (const [index, { name, value, name_localizations: names }] of choices.entries()) {
    for (const text of [name, ...Object.values(names ?? {})])
      form.text([...path, index, 'name'], text, 1, 100);
    if (typeof value === 'string') form.text([...path, index, 'value'], value, 1, 100);
  }
}

/** Characters of names, descriptions and values, options and choices included. */
function weight({
  name,
  description,
  options,
}: Pick<CommandBody, 'name' | 'description' | 'options'>): number {
  let sum = name.length + (description?.length ?? 0);
  for (const option of options ?? []) {
    sum += weight({ ...option, options: option.options ?? null });
    for (const choice of option.choices ?? []) sum += choice.name.length + String(choice.value).length;
  }
  return sum;
}

export interface ModalBody {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly WireComponent[];
}

/** Checks a modal. @throws 50035 */
export function checkModal(modal: ModalBody): void {
  const form = new Form();
  form.text(['data', 'custom_id'], modal.custom_id, 1, 100);
  form.text(['data', 'title'], modal.title, 1, 45);
  form.count(['data', 'components'], modal.components, 1, 5);
  const customIds = new Set<string>();
  for (const component of allComponents(modal.components)) {
    const path = ['data', 'components'];
    if (component.type === 18) form.text([...path, 'label'], component.label, 1, 45);
    if (component.custom_id === undefined) continue;
    form.text([...path, 'custom_id'], component.custom_id, 1, 100);
    if (customIds.has(component.custom_id)) form.refuse(path, 'COMPONENT_CUSTOM_ID_DUPLICATED', 'custom_id');
    customIds.add(component.custom_id);
    if (component.type !== 4) continue;
    form.text([...path, 'value'], component.value, 0, component.max_length ?? 4000);
    form.text([...path, 'placeholder'], component.placeholder, 0, 100);
    if ((component.max_length ?? 1) > 4000)
      form.refuse(path, 'NUMBER_TYPE_MAX', 'max_length is at most 4000');
  }
  form.check();
}
