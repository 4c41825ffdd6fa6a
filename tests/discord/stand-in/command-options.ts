import type { Core } from './core.ts';
import type { CommandOption, WireOption } from './wire.ts';

/** What a user may give as an option: text, number, switch, a file, or a user, role or channel by its id. */
export type Value = string | number | boolean | Attached;

export interface Attached {
  readonly name: string;
  readonly data: Buffer;
  /** The content type that Discord says; it has none for a name that tells it nothing. */
  readonly type?: string;
}

interface Filled {
  readonly options: WireOption[];
  readonly resolved: Record<string, Record<string, unknown>> | undefined;
}

/**
 * The options of a slash command as Discord sends them, checked as Discord's own client would.
 * @throws when one is unknown, missing, out of its choices or its limits
 */
export function optionsWire(
  core: Core,
  declared: readonly CommandOption[],
  subcommands: readonly string[],
  values: Readonly<Record<string, Value>>,
  focused: string | null,
): Filled {
  const [subcommand, ...rest] = subcommands;
  if (subcommand !== undefined) {
    const found = declared.find(({ name, type }) => name === subcommand && (type === 1 || type === 2));
    if (!found) throw new Error(`no subcommand "${subcommand}"`);
    const inner = optionsWire(core, found.options ?? [], rest, values, focused);
    return {
      options: [{ type: found.type, name: subcommand, options: inner.options }],
      resolved: inner.resolved,
    };
  }
  const unknown = Object.keys(values).find((name) => !declared.some((option) => option.name === name));
  if (unknown !== undefined) throw new Error(`no option "${unknown}"`);
  const resolved: Record<string, Record<string, unknown>> = {};
  const options: WireOption[] = [];
  for (const option of declared) {
    const value = values[option.name];
    if (value === undefined) {
      if (option.required && focused === null) throw new Error(`option "${option.name}" is required`);
      continue;
    }
    const typing = option.name === focused;
    if (!typing) checkValue(option, value);
    const plain = typeof value === 'object' ? attach(core, value, resolved) : value;
    options.push({ type: option.type, name: option.name, value: plain, ...(typing && { focused: true }) });
  }
  return { options, resolved: Object.keys(resolved).length > 0 ? resolved : undefined };
}

function checkValue(option: CommandOption, value: Value): void {
  const { name, choices, min_length: shortest = 0, max_length: longest = 6000 } = option;
  if (choices?.length && !choices.some((choice) => choice.value === value)) {
    throw new Error(`option "${name}" has no choice "${value}"`);
  }
  if (typeof value === 'string' && (value.length < shortest || value.length > longest)) {
    throw new Error(`option "${name}" takes ${shortest} to ${longest} characters`);
  }
  if (
    typeof value === 'number' &&
    (value < (option.min_value ?? value) || value > (option.max_value ?? value))
  ) {
    throw new Error(`option "${name}" takes no ${value}`);
  }
}

function attach(core: Core, file: Attached, resolved: Record<string, Record<string, unknown>>): string {
  const id = core.clock.snowflake();
  core.world.files.set(id, file.data);
  const url = `${core.origin}/attachments/0/${id}/${encodeURIComponent(file.name)}`;
  const { name: filename, data, type } = file;
  const about = { id, filename, size: data.length, ephemeral: true, ...(type && { content_type: type }) };
  const wire = { ...about, url, proxy_url: url };
  resolved.attachments = { ...resolved.attachments, [id]: wire };
  return id;
}
