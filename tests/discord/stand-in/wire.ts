/** Discord's JSON as it crosses the wire, as far as the stand-in speaks it. Ids are snowflakes in decimal. */

export interface WireUser {
  id: string;
  username: string;
  global_name: string | null;
  discriminator: string;
  avatar: null;
  bot?: boolean;
  public_flags: number;
  flags: number;
  primary_guild: null;
}

export interface WireEmoji {
  id?: string | null;
  name?: string | null;
  animated?: boolean;
}

/** A message or modal component, of any type; see `type` in Discord's component reference. */
export interface WireComponent {
  type: number;
  id?: number;
  custom_id?: string;
  label?: string;
  description?: string | null;
  style?: number;
  disabled?: boolean;
  url?: string;
  emoji?: WireEmoji;
  content?: string;
  accent_color?: number | null;
  spoiler?: boolean;
  placeholder?: string;
  value?: string;
  values?: string[];
  min_values?: number;
  max_values?: number;
  min_length?: number;
  max_length?: number;
  options?: { label: string; value: string; description?: string }[];
  components?: WireComponent[];
  component?: WireComponent;
  accessory?: WireComponent;
  file?: { url: string };
  media?: { url: string };
  items?: { media: { url: string }; description?: string | null; spoiler?: boolean }[];
  [key: string]: unknown;
}

export interface WireEmbed {
  type?: string;
  title?: string;
  description?: string;
  url?: string;
  color?: number;
  timestamp?: string;
  footer?: { text: string };
  author?: { name: string };
  fields?: { name: string; value: string; inline?: boolean }[];
  [key: string]: unknown;
}

export interface WireAttachment {
  id: string;
  filename: string;
  size: number;
  url: string;
  proxy_url: string;
  content_type?: string;
  description?: string;
  ephemeral?: boolean;
}

export interface WireReference {
  type: number;
  channel_id: string;
  message_id?: string;
  guild_id?: string;
}

export interface WireMember {
  roles: string[];
  joined_at: string;
  nick: string | null;
  avatar: null;
  banner: null;
  premium_since: null;
  communication_disabled_until: null;
  deaf: boolean;
  mute: boolean;
  pending: boolean;
  flags: number;
  permissions?: string;
  user?: WireUser;
}

export interface WireMessage {
  id: string;
  channel_id: string;
  guild_id?: string;
  channel_type?: number;
  author: WireUser;
  member?: WireMember;
  content: string;
  timestamp: string;
  edited_timestamp: string | null;
  tts: boolean;
  mention_everyone: boolean;
  mentions: WireUser[];
  mention_roles: string[];
  attachments: WireAttachment[];
  embeds: WireEmbed[];
  components: WireComponent[];
  pinned: boolean;
  type: number;
  flags: number;
  nonce?: string | number;
  webhook_id?: string;
  application_id?: string;
  message_reference?: WireReference;
  referenced_message?: WireMessage | null;
  interaction_metadata?: Record<string, unknown>;
  reactions?: { emoji: WireEmoji; me: boolean; count: number }[];
}

/** What a message may be asked to be, in POST and PATCH bodies. */
export interface MessageBody {
  content?: string | null;
  embeds?: WireEmbed[] | null;
  components?: WireComponent[] | null;
  flags?: number | null;
  tts?: boolean | null;
  nonce?: string | number | null;
  enforce_nonce?: boolean | null;
  allowed_mentions?: {
    parse?: ('users' | 'roles' | 'everyone')[] | null;
    users?: string[] | null;
    roles?: string[] | null;
    replied_user?: boolean | null;
  } | null;
  message_reference?: { message_id: string; fail_if_not_exists?: boolean | null } | null;
  attachments?: { id: string; filename?: string | null; description?: string | null }[] | null;
}

export interface UploadedFile {
  /** The `n` of `files[n]`. */
  readonly index: string;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

export interface WireOption {
  type: number;
  name: string;
  value?: string | number | boolean;
  focused?: boolean;
  options?: WireOption[];
}

export interface CommandOption {
  type: number;
  name: string;
  description: string;
  required?: boolean;
  autocomplete?: boolean;
  choices?: { name: string; value: string | number; name_localizations?: Record<string, string> | null }[];
  options?: CommandOption[];
  min_length?: number;
  max_length?: number;
  min_value?: number;
  max_value?: number;
  name_localizations?: Record<string, string> | null;
  description_localizations?: Record<string, string> | null;
}

export interface CommandBody {
  name: string;
  type?: number | null;
  description?: string | null;
  options?: CommandOption[] | null;
  default_member_permissions?: string | null;
  contexts?: number[] | null;
  integration_types?: number[] | null;
  name_localizations?: Record<string, string> | null;
  description_localizations?: Record<string, string> | null;
  nsfw?: boolean;
}

export interface WireCommand extends CommandBody {
  id: string;
  application_id: string;
  version: string;
  guild_id?: string;
  type: number;
  description: string;
}

/** `MessageFlags` that the stand-in knows. */
export const EPHEMERAL = 1 << 6;
export const LOADING = 1 << 7;
export const COMPONENTS_V2 = 1 << 15;
