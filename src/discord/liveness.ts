import { type Client, Status } from 'discord.js';

/** Discord asks for a heartbeat about every 41 s; after three without an answer the connection is dead. */
const MAX_HEARTBEAT_AGE_MS = 125_000;

/**
 * Whether a client hears and is heard, by socket and heartbeat: discord.js calls itself ready for ever once it was.
 * @param since when it was logged in, in milliseconds since 1970; the first heartbeat comes later
 */
export function isLive({ ws }: Client, since: number): boolean {
  const shards = [...ws.shards.values()];
  return (
    shards.length > 0 &&
    shards.every(({ status, lastPingTimestamp }) => {
      const heard = Math.max(lastPingTimestamp, since);
      return status === Status.Ready && Date.now() - heard < MAX_HEARTBEAT_AGE_MS;
    })
  );
}
