import { type Client, DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, Events } from 'discord.js';
import { OperatorError } from '../operator-error.ts';

const PORTAL = 'https://discord.com/developers/applications';

/**
 * Logs in and waits until the servers are known.
 * @throws {OperatorError} in one line with its remedy, when the token or an intent is refused or nobody answers
 */
export async function login(
  client: Client,
  token: string,
  apiUrl: string | undefined,
): Promise<Client<true>> {
  const ready = new Promise<Client<true>>((resolve) => client.once(Events.ClientReady, resolve));
  try {
    await client.login(token);
  } catch (cause) {
    throw new OperatorError(`Discord: ${reasonOf(cause, apiUrl)}`, { cause });
  }
  return ready;
}

function reasonOf(error: unknown, apiUrl: string | undefined): string {
  const message = error instanceof Error ? error.message : String(error);
  const refused = error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid;
  const unauthorised = error instanceof DiscordAPIError && error.status === 401;
  if (refused || unauthorised || /authentication failed/i.test(message)) {
    return `the token is refused; copy the right one from ${PORTAL} (Bot → Reset Token) into DISCORD_TOKEN`;
  }
  if (/disallowed intents/i.test(message)) {
    return `an intent is refused; see ${PORTAL} (Bot → Privileged Gateway Intents): this bot needs none of them`;
  }
  const { code } = error as NodeJS.ErrnoException;
  const where = apiUrl ?? 'https://discord.com/api';
  return `${where} does not answer (${code ?? message}); check the network, and start again`;
}
