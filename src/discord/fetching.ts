import type { FetchRules } from '../seeds/fetch-file.ts';
import type { BotConfig } from './bot.ts';

/** Where Discord keeps the files that people attach. */
const ATTACHMENT_HOSTS = ['https://cdn.discordapp.com/', 'https://media.discordapp.net/'];

type Config = Pick<BotConfig, 'discordApiUrl' | 'seedUrls'>;

/** Attachments come from Discord only, or from the Discord on loopback that the bot talks to. */
export function attachmentRules(config: Config): FetchRules {
  const local = loopbackOrigin(config);
  return { allowed: local === null ? ATTACHMENT_HOSTS : [`${local}/`], loopback: local !== null };
}

/** Pages come from where the operator allowed. */
export function pageRules(config: Config): FetchRules {
  return { allowed: config.seedUrls, loopback: loopbackOrigin(config) !== null };
}

function loopbackOrigin({ discordApiUrl }: Config): string | null {
  if (discordApiUrl === undefined) return null;
  const { hostname, origin } = new URL(discordApiUrl);
  return ['127.0.0.1', '[::1]', 'localhost'].includes(hostname) ? origin : null;
}
