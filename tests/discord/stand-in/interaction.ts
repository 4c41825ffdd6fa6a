import type { ModalBody } from './command-limits.ts';
import type { Core } from './core.ts';
import { refusals } from './rest-error.ts';
import { EPHEMERAL, LOADING, type WireMessage } from './wire.ts';
import type { Channel, User } from './world.ts';

const ACKNOWLEDGE_WITHIN_MS = 3_000;
const TOKEN_LIVES_MS = 15 * 60_000;

/** Discord's interaction types: 2 command, 3 component, 4 autocomplete, 5 modal. */
export type InteractionType = 2 | 3 | 4 | 5;

/** The first answer to an interaction. */
export interface Answer {
  /** Discord's callback type: 4 message, 5 deferred, 6 deferred update, 7 update, 8 choices, 9 modal. */
  readonly type: number;
  readonly ephemeral: boolean;
  /** The message as it was answered, for types 4, 5 and 7. */
  readonly message: WireMessage | undefined;
  /** For type 8. */
  readonly choices: readonly { readonly name: string; readonly value: string | number }[];
  /** For type 9. */
  readonly modal: ModalBody | undefined;
}

/** One interaction, as Discord keeps it, and a test's view of what became of it. */
export class Interaction {
  readonly id: string;
  readonly token: string;
  readonly type: InteractionType;
  readonly user: User;
  readonly channel: Channel;
  /** Who brought the app here: `{0: server}` and `{1: user}`. */
  readonly owners: Readonly<Record<string, string>>;
  /** The message that was clicked on or chosen. */
  readonly source: string | null;
  /** True where every answer is shown to the user only, as for apps from outside without leave. */
  readonly forcedEphemeral: boolean;
  /** The first answer, once it has come. */
  answer: Answer | undefined;
  /** Id of the message that `@original` names. */
  originalId: string | null = null;
  /** How often the original was edited. */
  edits = 0;
  readonly followupIds: string[] = [];
  readonly #core: Core;
  readonly #createdAt: number;

  constructor(
    core: Core,
    about: Pick<Interaction, 'type' | 'user' | 'channel' | 'owners' | 'source' | 'forcedEphemeral'>,
  ) {
    this.#core = core;
    this.#createdAt = core.clock.now();
    this.id = core.clock.snowflake();
    this.token = `interaction-${this.id}`;
    this.type = about.type;
    this.user = about.user;
    this.channel = about.channel;
    this.owners = about.owners;
    this.source = about.source;
    this.forcedEphemeral = about.forcedEphemeral;
  }

  /** True when the first answer was for the user's eyes only. */
  get ephemeral(): boolean {
    return this.answer?.ephemeral ?? false;
  }

  /** The original message now, deferred ones included. */
  get original(): WireMessage | undefined {
    return this.originalId === null ? undefined : this.#core.world.messages.get(this.originalId)?.wire;
  }

  get followups(): WireMessage[] {
    return this.followupIds.flatMap((id) => this.#core.world.messages.get(id)?.wire ?? []);
  }

  /** Waits for the first answer. */
  response(): Promise<Answer> {
    return this.#core.changes.until(() => this.answer, `an answer to interaction ${this.id}`);
  }

  /**
   * Waits for the message that the user ends up with: one that is no longer "thinking", after a deferred
   * update one that was edited; with `wanted`, the first state of which it is true.
   */
  final(wanted: (message: WireMessage) => boolean = () => true): Promise<WireMessage> {
    const probe = () => {
      const message = this.original;
      const waiting = !message || message.flags & LOADING || (this.answer?.type === 6 && this.edits === 0);
      return !waiting && wanted(message) && message;
    };
    return this.#core.changes.until(probe, `the final message of interaction ${this.id}`);
  }

  /** Waits for the follow-up number `index`, from 0. */
  followup(index = 0): Promise<WireMessage> {
    return this.#core.changes.until(
      () => this.followups[index],
      `follow-up ${index} of interaction ${this.id}`,
    );
  }

  /** @throws 40060 when answered before, 10062 after 3 s */
  checkAcknowledgeable(): void {
    if (this.answer) throw refusals.alreadyAcknowledged();
    if (this.#core.clock.now() - this.#createdAt > ACKNOWLEDGE_WITHIN_MS) throw refusals.unknownInteraction();
  }

  /** @throws 50027 after 15 minutes, 10015 before the first answer */
  checkToken(): void {
    if (this.#core.clock.now() - this.#createdAt > TOKEN_LIVES_MS) throw refusals.tokenExpired();
    if (!this.answer) throw refusals.unknownWebhook();
  }

  /** `interaction_metadata` of the messages that answer it. */
  metadata(user: unknown): Record<string, unknown> {
    const base = { id: this.id, user, authorizing_integration_owners: this.owners };
    if (this.type === 3) return { ...base, type: 3, interacted_message_id: this.source };
    return { ...base, type: 2 };
  }

  /** The flag that hides an answer, where the request or the place asks for it. */
  ephemeralFlag(flags: number | null | undefined): number {
    return this.forcedEphemeral ? EPHEMERAL : (flags ?? 0) & EPHEMERAL;
  }
}
