import type { Core } from './core.ts';
import { editMessage, removeMessage, storeMessage } from './messages.ts';
import type { Places } from './places.ts';
import type { WireAttachment, WireMessage } from './wire.ts';
import { type Channel, isThread, type StoredMessage, type User } from './world.ts';

export interface SayOptions {
  /** Mentioned before the text, where the text does not mention them itself. */
  readonly mentions?: readonly User[];
  readonly replyTo?: WireMessage;
  /** False for a reply with its ping switched off. */
  readonly ping?: boolean;
  readonly attachments?: readonly {
    readonly name: string;
    readonly contentType?: string;
    readonly data: Buffer;
  }[];
  /** True for a message that a webhook posts in the user's name. */
  readonly webhook?: boolean;
}

/** What users write, and how a test hears what the bot writes. */
export function talk(
  core: Core,
  { addToThread, updateThread }: Pick<Places, 'addToThread' | 'updateThread'>,
) {
  const { world, changes } = core;

  function stored({ id }: WireMessage): StoredMessage {
    const found = world.messages.get(id);
    if (!found) throw new Error(`message ${id} is gone`);
    return found;
  }

  /** Posts a message; the bot hears of it as its intents and its rights allow. */
  function say(author: User, channel: Channel, text: string, options: SayOptions = {}): WireMessage {
    const { mentions = [], replyTo, attachments = [], ping = true } = options;
    const missing = mentions.map(({ id }) => `<@${id}>`).filter((mention) => !text.includes(mention));
    const content = [...missing, text].join(' ');
    if (channel.archived) updateThread(channel, { archived: false });
    if (isThread(channel) && content.includes(`<@${world.bot.id}>`)) addToThread(channel, world.bot);
    const files = attachments.map(({ name, contentType = 'application/octet-stream', data }, index) => ({
      index: String(index),
      name,
      contentType,
      bytes: data,
    }));
    const allowed = { parse: ['users', 'roles', 'everyone'] as const, replied_user: ping };
    const body = {
      content,
      allowed_mentions: { ...allowed, parse: [...allowed.parse] },
      ...(replyTo && { message_reference: { message_id: replyTo.id } }),
    };
    const extra = options.webhook ? { webhook_id: core.clock.snowflake() } : {};
    return storeMessage(core, { author, channel, body, files, type: 0, extra });
  }

  /** The author edits a message. */
  function edit(message: WireMessage, text: string): WireMessage {
    return editMessage(core, stored(message), { content: text }, []);
  }

  function remove(message: WireMessage): void {
    removeMessage(core, stored(message));
    changes.notify();
  }

  /** The message as it is now. @throws when it is gone */
  function now(message: WireMessage): WireMessage {
    return stored(message).wire;
  }

  /** What everybody in the channel sees, oldest first. */
  function messagesIn(channel: Channel): WireMessage[] {
    const all = [...world.messages.values()].filter(
      ({ wire, onlyFor }) => wire.channel_id === channel.id && !onlyFor,
    );
    return all.map(({ wire }) => wire);
  }

  const heard = new Set<string>();

  /** The first message of the bot in the channel that no earlier call returned and that `wanted` takes. */
  async function nextMessage(
    channel: Channel,
    wanted: (message: WireMessage) => boolean = () => true,
  ): Promise<WireMessage> {
    const probe = () =>
      messagesIn(channel).find((m) => m.author.id === world.bot.id && !heard.has(m.id) && wanted(m));
    const message = await changes.until(probe, `a message in #${channel.name || channel.id}`);
    heard.add(message.id);
    return message;
  }

  /** Waits until `probe` is neither false nor undefined; it is looked at after everything that happens. */
  function until<T>(
    probe: () => T | false | undefined,
    what = 'a condition',
    patienceMs?: number,
  ): Promise<T> {
    return changes.until(probe, what, patienceMs);
  }

  /** The bytes of an attachment. @throws when there is none of that id */
  function file({ id }: Pick<WireAttachment, 'id'>): Buffer {
    const bytes = world.files.get(id);
    if (!bytes) throw new Error(`no attachment ${id}`);
    return bytes;
  }

  return { say, edit, remove, now, messagesIn, nextMessage, until, file };
}

export type Talk = ReturnType<typeof talk>;
