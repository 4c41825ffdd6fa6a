import { allComponents } from './components.ts';
import { channelPermissions, permission } from './permissions.ts';
import { COMPONENTS_V2, type MessageBody, type WireMessage, type WireUser } from './wire.ts';
import type { Channel, User, World } from './world.ts';
import { userWire } from './world-wire.ts';

/** The part of a message that says whom it pings. */
export type Pings = Pick<WireMessage, 'mentions' | 'mention_roles' | 'mention_everyone'>;

/**
 * Whom a message pings: what `allowed_mentions` lets through of its content and its text displays, and
 * the author replied to. Without `allowed_mentions` that is everything. Text in code counts as well,
 * which is stricter than Discord.
 */
export function pingedBy(
  world: World,
  channel: Channel,
  author: User,
  body: MessageBody,
  replyTo: WireMessage | undefined,
): Pings {
  const displays = allComponents(body.components ?? []).filter(({ type }) => type === 10);
  const text = [body.content ?? '', ...displays.map(({ content }) => content ?? '')].join('\n');
  const allowed = body.allowed_mentions;
  const parses = (kind: 'users' | 'roles' | 'everyone') =>
    !allowed || (allowed.parse?.includes(kind) ?? false);
  const users = idsIn(text, /<@!?(\d{1,20})>/g).filter(
    (id) => parses('users') || allowed?.users?.includes(id),
  );
  const roles = idsIn(text, /<@&(\d{1,20})>/g).filter(
    (id) => parses('roles') || allowed?.roles?.includes(id),
  );
  const permitted = (channelPermissions(world, channel, author.id) & permission.mentionEveryone) !== 0n;
  const mentions: WireUser[] = users.flatMap((id) => {
    const user = world.users.get(id);
    return user ? [userWire(user)] : [];
  });
  const pingsReplied = allowed ? (allowed.replied_user ?? false) : true;
  if (replyTo && pingsReplied && !mentions.some(({ id }) => id === replyTo.author.id))
    mentions.push(replyTo.author);
  return {
    mentions,
    mention_roles: roles,
    mention_everyone: permitted && parses('everyone') && /@(?:everyone|here)/.test(text),
  };
}

function idsIn(text: string, pattern: RegExp): string[] {
  return [...new Set([...text.matchAll(pattern)].flatMap((match) => match[1] ?? []))];
}

/** The message as an app without the Message Content intent sees it: emptied unless it concerns the app. */
export function withoutContent(message: WireMessage, botId: string): WireMessage {
  const { referenced_message: replied } = message;
  const inner = replied ? { referenced_message: withoutContent(replied, botId) } : {};
  const concerns = message.author.id === botId || message.mentions.some(({ id }) => id === botId);
  if (concerns || message.guild_id === undefined) return { ...message, ...inner };
  const flags = message.flags & ~COMPONENTS_V2;
  return { ...message, ...inner, content: '', embeds: [], attachments: [], components: [], flags };
}
