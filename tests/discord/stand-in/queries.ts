import type { Route } from './http.ts';
import type { Complaint } from './rest-error.ts';

const ID = /^\d{17,20}$/;
const BOOLEAN = /^(?:true|false)$/;

const COMMANDS = { with_localizations: BOOLEAN };
const HOOK = { wait: BOOLEAN, thread_id: ID, with_components: BOOLEAN };

/** What Discord's description lets stand behind the `?` of a route, by name; nothing where it names none. */
const QUERIES: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  'GET /channels/{channel_id}/messages': {
    limit: /^(?:[1-9]\d?|100)$/,
    before: ID,
    after: ID,
    around: ID,
  },
  'GET /applications/{application_id}/commands': COMMANDS,
  'GET /applications/{application_id}/guilds/{guild_id}/commands': COMMANDS,
  'POST /interactions/{interaction_id}/{interaction_token}/callback': { with_response: BOOLEAN },
  'POST /webhooks/{webhook_id}/{webhook_token}': HOOK,
  'GET /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}': { thread_id: ID },
  'PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}': HOOK,
  'DELETE /webhooks/{webhook_id}/{webhook_token}/messages/{message_id}': { thread_id: ID },
};

/** What is wrong with a query; empty when it holds. */
export function queryBreaches({ method, template }: Route, query: URLSearchParams): Complaint[] {
  const known = QUERIES[`${method} ${template}`] ?? {};
  return [...query].flatMap(([name, value]) => {
    const path = ['query', name];
    const pattern = known[name];
    if (pattern === undefined)
      return [{ path, code: 'QUERY_UNKNOWN', message: 'unknown to the description' }];
    return pattern.test(value) ? [] : [{ path, code: 'QUERY_INVALID', message: `not described: ${value}` }];
  });
}
