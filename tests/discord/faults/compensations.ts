/** What the bot does about a fault that discord.js does not deal with, and how it is taken out. */
export interface Compensation {
  /** Rows of the table of faults whose tests must fail without it. */
  readonly row: number;
  readonly what: string;
  /** Below src/; `find` stands there once. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** Below tests/discord/faults/, and the start of the name of a test there. */
  readonly tests: string;
  readonly name: string;
}

/** Rows that discord.js itself deals with: there is nothing to take out. */
export const BY_DISCORD_JS: Readonly<Record<number, string>> = {
  2: 'discord.js reconnects and resumes; what comes twice is told by its id, as in row 1',
  4: 'discord.js takes the connection for dead, reconnects and resumes',
};

const of = (
  row: number,
  what: string,
  file: string,
  find: string,
  replace: string,
  tests: string,
  name = `row ${row}:`,
): Compensation => ({ row, what, file, find, replace, tests, name });

const ON_MESSAGE = 'discord/on-message.ts';
const DELIVERY = 'discord/delivery.ts';
const RESPOND = 'discord/respond.ts';
const START = 'discord/start.ts';
const WATCHDOG = 'discord/watchdog.ts';
const BOUNDARY = 'discord/boundary.ts';

export const COMPENSATIONS: readonly Compensation[] = [
  of(1, 'a message is known by its id', ON_MESSAGE, ' || !seen.take(message.id)', '', 'sessions'),
  of(3, 'the gap is read back', START, 'gap.read(client, hear)', 'Promise.resolve()', 'sessions'),
  of(
    3,
    'a RESUMED of a session that is over is left alone',
    'discord/client.ts',
    '  catchWhatHandlersThrow(client);\n',
    '',
    'sessions',
    'row 3: op 9 false right',
  ),
  of(5, 'a deaf session is left', WATCHDOG, 'deafFor >= deafMs', 'false', 'sessions', 'row 5: shows'),
  of(
    5,
    'a dead connection is left after a while',
    'discord/client.ts',
    'setTimeout(LEAVING_MS, undefined, { ref: false })',
    'new Promise(() => undefined)',
    'sessions',
    'row 5: the bot does not',
  ),
  of(
    5,
    '/live goes by socket and heartbeat',
    'discord/liveness.ts',
    'status === Status.Ready && Date.now() - heard < MAX_HEARTBEAT_AGE_MS',
    'true',
    'sessions',
  ),
  of(
    6,
    'a refused login is not tried again',
    'discord/stay-online.ts',
    'error instanceof OperatorError || ',
    '',
    'logins',
  ),
  of(
    7,
    'a session closed for good ends the bot',
    WATCHDOG,
    'client.on(Events.ShardDisconnect,',
    "client.on('nothing',",
    'logins',
  ),
  of(8, 'reconnecting in vain is given up', WATCHDOG, 'reconnects > MAX_RECONNECTS', 'false', 'sessions'),
  of(
    8,
    'a line is written once a minute',
    'discord/repeats.ts',
    'last !== undefined && this.#now() - last.at < this.#everyMs',
    'false',
    'sessions',
  ),
  of(
    9,
    'the login is tried again',
    'discord/stay-online.ts',
    'if (error instanceof OperatorError || stop.aborted) throw error;',
    'throw error;',
    'logins',
  ),
  of(10, 'a lost session opens the gap', START, 'gap.open();\n      metrics', 'metrics', 'sessions'),
  of(11, 'a 401 is tried again', DELIVERY, 'status === UNAUTHORISED && signed', 'false', 'logins'),
  of(12, 'a message has a nonce', ON_MESSAGE, 'enforceNonce: true', 'enforceNonce: false', 'requests'),
  of(13, 'a 5xx is tried again', DELIVERY, 'status >= 500', 'status >= 600', 'requests', 'row 13: 5xx once'),
  of(
    13,
    'a direct message is opened again',
    DELIVERY,
    '|\\/users\\/@me\\/channels$/',
    '/',
    'requests',
    'row 13: 5xx when a direct message',
  ),
  of(
    14,
    'a request has an end',
    DELIVERY,
    '{ ...init, signal }',
    'init',
    'requests',
    'row 14: a request that hangs',
  ),
  of(
    14,
    'a callback has time for a second attempt',
    DELIVERY,
    'callbackAttemptMs: attemptMs',
    'callbackMs: attemptMs',
    'logins',
  ),
  of(
    15,
    'a reset is tried again',
    DELIVERY,
    'return { reason, outcome: cause };',
    'throw cause;',
    'requests',
  ),
  of(
    16,
    'what comes too late is said in the channel',
    RESPOND,
    'await answerElsewhere(interaction, page, hidden, interaction.id);',
    'throw error;',
    'requests',
    'row 16: 429 on a callback',
  ),
  of(
    17,
    'an answer that may have been stored is written again',
    RESPOND,
    'if (!(error instanceof DiscordAPIError) || isTooLate(error)) return false;',
    'if (!isTooLate(error)) return true;',
    'requests',
    'row 17: a callback that is stored',
  ),
  of(
    18,
    'what comes too late is said in the channel',
    RESPOND,
    'await answerElsewhere(interaction, page, hidden, interaction.id);',
    'throw error;',
    'requests',
    'row 18: more than',
  ),
  of(
    18,
    'an answer is promised before it is looked for',
    'discord/commands/ask.ts',
    'await promise(interaction, hidden);',
    '',
    'index',
    'row 18: a model',
  ),
  of(
    18,
    'what came while the bot was held up is read before it is called late',
    'discord/deadline.ts',
    'performance.now() - due < HELD_MS',
    'true',
    'held-up',
    'row 18: a bot',
  ),
  of(
    18,
    'a held event loop is told of',
    'discord/loop-delay.ts',
    'ms > ALERT_MS',
    'false',
    'requests',
    'row 18: an event loop',
  ),
  of(19, 'each message has a nonce of its own', RESPOND, '.id}a`', '.id}`', 'people'),
  of(
    20,
    'an interaction is known by its id',
    'discord/on-interaction.ts',
    '!seen.take(interaction.id)',
    'false',
    'people',
  ),
  of(
    20,
    'a button of another version is said to be expired',
    'discord/presses.ts',
    'if (wanted === null) return tellPrivately(interaction, words.expired);',
    'if (wanted === null) return;',
    'people',
  ),
  of(
    21,
    'a page is filled up to the limit',
    'discord/page.ts',
    'nextUnits > MAX_TEXT_UNITS || ',
    '',
    'index',
  ),
  of(
    22,
    'a shut place is no failure',
    BOUNDARY,
    'error instanceof DiscordAPIError && GONE.has(error.code)',
    'false',
    'people',
  ),
  of(
    22,
    'a place that goes while the answer is looked for is no failure',
    BOUNDARY,
    'error instanceof PlaceGone',
    'false',
    'people',
  ),
  of(23, 'a page of HTML is no answer', DELIVERY, 'ok && response.body !== null', 'false', 'requests'),
  of(
    23,
    'no event ends the process',
    BOUNDARY,
    "bot.repeats.tell('error', { err }, 'an event could not be taken', (err as Error).message);",
    'throw err;',
    'people',
  ),
  of(
    23,
    "what discord.js's own handlers throw is caught",
    'discord/client.ts',
    'client.emit(Events.Error, error as Error);',
    'throw error;',
    'people',
    'row 23: a dispatch',
  ),
  of(24, 'bots are not answered', ON_MESSAGE, 'message.author.bot || ', '', 'people'),
  of(
    24,
    'a direct message need not say what it is',
    'discord/client.ts',
    '  nameDirectMessages(client);\n',
    '',
    'people',
  ),
  of(24, 'nothing to read gets help', ON_MESSAGE, 'isBlank(question)', 'false', 'people'),
  of(
    25,
    'what is not as it was written is passed over',
    'indexing/generation.ts',
    'if (!isWhole) throw',
    'if (false) throw',
    'index',
  ),
  of(
    26,
    'what the model failed at is tried once more',
    'embedding/child-embedder.ts',
    'if (!(first instanceof ModelFailure)) throw first;',
    'throw first;',
    'index',
    'row 26: the process of the model killed',
  ),
  of(
    26,
    'a second /reembed joins the first',
    'discord/commands/reembed.ts',
    'if (bot.rebuild.running)',
    'if (false)',
    'index',
    'row 26: the process of the model two',
  ),
];
