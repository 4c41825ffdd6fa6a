import {
  type Client,
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayCloseCodes,
} from 'discord.js';
import { OperatorError } from '../operator-error.ts';

const PORTAL = 'https://discord.com/developers/applications';
const TOKEN_REFUSED = `the token is refused; copy the right one from ${PORTAL} (Bot → Reset Token) into DISCORD_TOKEN`;
const INTENT_REFUSED = `an intent is refused; see ${PORTAL} (Bot → Privileged Gateway Intents): this bot needs none of them`;

/** Discord does not take this bot as it is set up; no other login, and no other shard, would fare better. */
export class DiscordRefusal extends OperatorError {}

/** What a close code means after which Discord takes the bot no more, and what to do. */
export function refusalOf(code: number): string {
  if (code === GatewayCloseCodes.AuthenticationFailed) return TOKEN_REFUSED;
  if (code === GatewayCloseCodes.DisallowedIntents || code === GatewayCloseCodes.InvalidIntents)
    return INTENT_REFUSED;
  if (code === GatewayCloseCodes.ShardingRequired)
    return 'the bot is in too many servers for its shards; put SHARDS=auto into .env (or a higher number), and start it again';
  return `Discord takes this bot no more; check the token and the intents at ${PORTAL}`;
}

/** For a token that is refused while the bot runs. */
export function tokenRefused(): DiscordRefusal {
  return new DiscordRefusal(`Discord: ${TOKEN_REFUSED}`);
}

/**
 * Logs in and waits until the servers are known.
 * @throws {OperatorError} in one line with its remedy, when the token or an intent is refused
 * @throws what another attempt may mend, as it is
 */
export async function login(client: Client, token: string): Promise<Client<true>> {
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  try {
    await client.login(token);
  } catch (cause) {
    const refusal = refusalIn(cause);
    throw refusal === null ? cause : new DiscordRefusal(`Discord: ${refusal}`, { cause });
  }
  return ready;
}

function refusalIn(error: unknown): string | null {
  const message = error instanceof Error ? error.message : String(error);
  const refused = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
  const unauthorised = error instanceof DiscordAPIError && error.status === 401;
  if (refused || unauthorised || /authentication failed/i.test(message)) return TOKEN_REFUSED;
  if (/disallowed intents|invalid intents/i.test(message)) return INTENT_REFUSED;
  if (/sharding is required/i.test(message)) return refusalOf(GatewayCloseCodes.ShardingRequired);
  return /invalid (?:shard|API version)/i.test(message)
    ? refusalOf(GatewayCloseCodes.InvalidAPIVersion)
    : null;
}
