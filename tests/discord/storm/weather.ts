import type { RestFault } from '../stand-in/faults.ts';
import { needsNoToken, type RestRequest } from '../stand-in/http.ts';
import type { StandIn } from '../stand-in/stand-in.ts';
import type { StormBot } from './bot.ts';
import type { Chance } from './chance.ts';
import type { Town } from './town.ts';

const anywhere = () => true;
const withToken = ({ path }: RestRequest) => !needsNoToken(path);
const callbacks = ({ path }: RestRequest) => path.endsWith('/callback');

/** What befalls requests, how many of them, and which. */
const REST: readonly [
  name: string,
  share: number,
  fault: RestFault,
  which: (request: RestRequest) => boolean,
][] = [
  ['429 on a route', 0.02, { status: 429, retryAfterS: 0.1 }, anywhere],
  ['429 shared', 0.005, { status: 429, retryAfterS: 0.1, scope: 'shared' }, anywhere],
  ['429 everywhere', 0.002, { status: 429, retryAfterS: 0.2, scope: 'global' }, withToken],
  ['401', 0.004, { status: 401 }, withToken],
  ['500', 0.01, { status: 500 }, anywhere],
  ['502', 0.01, { status: 502 }, anywhere],
  ['503', 0.01, { status: 503 }, anywhere],
  ['stored, then 502', 0.01, 'store-then-502', anywhere],
  ['stored, then reset', 0.01, 'store-then-reset', anywhere],
  ['reset', 0.01, 'reset', anywhere],
  ['HTML', 0.005, 'html', anywhere],
  ['hang', 0.003, 'hang', anywhere],
  ['delay', 0.03, { delayMs: 150 }, anywhere],
  ['delay past 3 s', 0.004, { delayMs: 3500 }, callbacks],
];

type Squall = readonly [name: string, often: number, strike: () => void];

/** Lets faults befall the bot by chance, and counts them. */
export class Weather {
  readonly counts = new Map<string, number>();
  readonly #discord: StandIn;
  readonly #chance: Chance;
  readonly #town: Town;
  readonly #squalls: readonly Squall[];
  #ends: (() => void)[] = [];
  #calm = false;

  constructor(discord: StandIn, chance: Chance, town: Town, bot: StormBot) {
    this.#discord = discord;
    this.#chance = chance;
    this.#town = town;
    const { faults } = discord;
    const somewhere = () => chance.pick(town.places);
    this.#squalls = [
      ['TCP drop', 6, () => faults.dropSocket()],
      ['op 7', 6, () => faults.reconnect()],
      ['op 9, resumable', 3, () => faults.invalidSession(true)],
      ['op 9', 2, () => faults.invalidSession(false)],
      ['no memory', 2, () => faults.forget()],
      ['ACKs stop', 3, () => faults.stopAcks()],
      ['close 4000', 3, () => faults.close(4000)],
      ['close 4009', 2, () => faults.close(4009)],
      ['RESUME unanswered', 1, () => this.#ignoreResume()],
      ['refused after HELLO', 1, () => this.#refuse()],
      ['5xx on all', 3, () => this.#ends.push(faults.onRest(/./, { status: 503 }, 20))],
      [
        'a dispatch twice',
        20,
        () => faults.duplicateDispatch(chance.of(0.7) ? 'MESSAGE_CREATE' : 'INTERACTION_CREATE'),
      ],
      ['dispatches in the wrong order', 10, () => faults.reorderDispatch()],
      ['a place shut', 4, () => town.shut(somewhere(), true)],
      ['a place opened', 6, () => this.#open()],
      ['a place deleted', 2, () => town.remove(somewhere())],
      ['a thread archived', 3, () => town.archive(somewhere())],
      ['the model killed', 1, () => bot.killModel()],
      ['the bot held up', 2, () => bot.hold(chance.between(100, 2500))],
      ['/reembed', 1, () => discord.command(town.owner, this.#openPlace(), 'reembed', { mode: 'all' })],
    ];
  }

  /** Lets requests fail from now on. */
  begin(): void {
    for (const [name, share, fault, which] of REST) {
      const strikes = (request: RestRequest) => {
        const strike = which(request) && this.#chance.of(share);
        if (strike) this.#count(name);
        return strike;
      };
      this.#ends.push(this.#discord.faults.onRest(strikes, fault, Number.POSITIVE_INFINITY));
    }
  }

  /** One fault of the session, of a place, of the model or of what is dispatched. */
  strike(): void {
    const lots = this.#squalls.flatMap((squall) => Array.from({ length: squall[1] }, () => squall));
    const [name, , strike] = this.#chance.pick(lots);
    this.#count(name);
    strike();
  }

  /** Ends all that goes on. */
  end(): void {
    this.#calm = true;
    for (const end of this.#ends) end();
    this.#discord.faults.ignoreResume = false;
    this.#discord.faults.refuseAfterHello = false;
    this.#open();
  }

  #count(name: string): void {
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1);
  }

  #open(): void {
    for (const place of this.#town.places) if (place.shut) this.#town.shut(place, false);
  }

  #openPlace() {
    return (this.#town.places.find(({ shut }) => !shut) ?? this.#chance.pick(this.#town.places)).channel;
  }

  /** Until the bot has logged in anew. */
  #ignoreResume(): void {
    const { faults, gateway } = this.#discord;
    const { identifies } = gateway.counts;
    faults.ignoreResume = true;
    faults.dropSocket();
    this.#when(() => gateway.counts.identifies > identifies).then(() => {
      faults.ignoreResume = false;
    });
  }

  /** For the next four connections. */
  #refuse(): void {
    const { faults, gateway } = this.#discord;
    const { connections } = gateway.counts;
    faults.refuseAfterHello = true;
    faults.dropSocket();
    this.#when(() => gateway.counts.connections >= connections + 4).then(() => {
      faults.refuseAfterHello = false;
    });
  }

  async #when(happened: () => boolean): Promise<void> {
    await this.#discord.until(() => happened() || this.#calm, 'the end of a squall', 60_000);
  }
}
