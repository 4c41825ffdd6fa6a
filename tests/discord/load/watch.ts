import type { RestRequest } from '../stand-in/http.ts';
import type { StandIn } from '../stand-in/stand-in.ts';
import { LOADING, type MessageBody, type WireMessage } from '../stand-in/wire.ts';
import type { Question } from './crowd.ts';

/** Past this a question counts as lost. */
const PATIENCE_MS = 30_000;

/**
 * Keeps questions in flight, reads from the bot's requests when each was answered, and from what stands in Discord in the
 * end how often: an answer that is sent again, as nobody said that it had come, stands there once.
 */
export class Watch {
  questions: Question[] = [];
  readonly #discord: StandIn;
  readonly #byId = new Map<string, Question>();
  /** In flight, by channel. */
  readonly #open = new Map<string, Set<Question>>();
  #inFlight = 0;
  /** Requests read so far. */
  #read = 0;

  constructor(discord: StandIn) {
    this.#discord = discord;
  }

  /** Forgets what was asked, not what is still to be heard of it. */
  forget(): void {
    this.questions = [];
  }

  /**
   * Asks `count` questions, so many at a time, and resolves when each is answered or lost.
   * @param done hears how many that are, whenever there are more
   */
  async run(
    count: number,
    inFlight: number,
    ask: () => Question,
    done: (count: number) => void = () => undefined,
  ): Promise<void> {
    let left = count;
    let asking = false;
    const step = (): boolean => {
      this.#hear();
      // To ask is a change as well, at which this is called again.
      if (asking) return false;
      asking = true;
      while (left > 0 && this.#inFlight < inFlight) {
        left -= 1;
        this.#add(ask());
      }
      asking = false;
      done(count - left - this.#inFlight);
      return left === 0 && this.#inFlight === 0;
    };
    while (!(await this.#step(step))) this.#giveUp();
    this.#count();
  }

  /** Counts the replies to each question that stand in Discord. */
  #count(): void {
    for (const question of this.#byId.values()) question.replies = 0;
    for (const { wire } of this.#discord.world.messages.values()) {
      if (wire.author.id !== this.#discord.bot.id || wire.flags & LOADING) continue;
      const question = this.#askedIn(wire);
      if (question) question.replies += 1;
    }
  }

  /** The question that a message answers; one that stands elsewhere has the question's id for a nonce. */
  #askedIn({ message_reference: reference, interaction_metadata: metadata, nonce }: WireMessage) {
    const ids = [reference?.message_id, metadata?.id, nonce];
    return ids.map((id) => this.#byId.get(String(id))).find((question) => question !== undefined);
  }

  /** Looks again at every change; false when nothing more came for long. @throws what `step` throws */
  async #step(step: () => boolean): Promise<boolean> {
    const failed: unknown[] = [];
    const look = () => {
      try {
        return step();
      } catch (error) {
        failed.push(error);
        return true;
      }
    };
    const over = await this.#discord.until(look, 'answers', PATIENCE_MS).catch(() => false);
    if (failed.length > 0) throw failed[0];
    return over;
  }

  #add(question: Question): void {
    this.questions.push(question);
    this.#byId.set(question.id, question);
    const here = this.#open.get(question.channelId) ?? new Set();
    this.#open.set(question.channelId, here.add(question));
    this.#inFlight += 1;
  }

  #close(question: Question): void {
    if (this.#open.get(question.channelId)?.delete(question)) this.#inFlight -= 1;
  }

  #giveUp(): void {
    for (const question of this.#byId.values()) {
      if (Date.now() - question.sentAt > PATIENCE_MS) this.#close(question);
    }
  }

  #hear(): void {
    const { requests } = this.#discord;
    for (
      let next = requests[this.#read];
      next !== undefined && next.status !== 0;
      next = requests[this.#read]
    ) {
      this.#read += 1;
      if (next.status < 300) this.#note(next);
    }
  }

  #note(request: RestRequest): void {
    const [, root, id = '', last = ''] = request.path.split('/');
    if (root === 'channels' && last === 'typing') {
      for (const question of this.#open.get(id) ?? []) question.firstAt ??= request.at;
    } else if (root === 'interactions') {
      const question = this.#byId.get(id);
      if (question) question.firstAt ??= request.at;
    } else {
      this.#reply(this.#repliedTo(request, root), request);
    }
  }

  #repliedTo({ path, body }: RestRequest, root: string | undefined): Question | undefined {
    if (root === 'webhooks') return this.#byId.get(/interaction-(\d+)/.exec(path)?.[1] ?? '');
    const { message_reference: reference, nonce } = (body ?? {}) as MessageBody;
    return this.#byId.get(reference?.message_id ?? String(nonce));
  }

  #reply(question: Question | undefined, { at, body }: RestRequest): void {
    if (question === undefined) return;
    question.firstAt ??= at;
    question.repliedAt ??= at;
    question.sent += 1;
    question.quoted ||= JSON.stringify(body).includes('>>> ');
    this.#close(question);
  }
}
