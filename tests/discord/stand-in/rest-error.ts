/** One thing wrong with a request's body: where, Discord's code for it, and its words. */
export interface Complaint {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly message: string;
}

interface ErrorTree {
  _errors?: { code: string; message: string }[];
  [key: string]: unknown;
}

/** An answer of Discord's that is not a success: HTTP status, JSON error code, message, errors tree. */
export class RestError extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: ErrorTree | undefined;

  constructor(status: number, code: number, message: string, errors?: ErrorTree) {
    super(message);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }

  get body(): { message: string; code: number; errors?: ErrorTree } {
    return { message: this.message, code: this.code, ...(this.errors && { errors: this.errors }) };
  }
}

/** 50035 with `complaints` as the nested tree that Discord sends: `errors.embeds.0.title._errors`. */
export function invalidForm(complaints: readonly Complaint[]): RestError {
  const root: ErrorTree = {};
  for (const { path, code, message } of complaints) {
    let node = root;
    for (const step of path) {
      node[step] ??= {};
      node = node[step] as ErrorTree;
    }
    node._errors = [...(node._errors ?? []), { code, message }];
  }
  return new RestError(400, 50035, 'Invalid Form Body', root);
}

/** Discord's JSON error codes by what they mean. */
export const refusals = {
  unauthorized: () => new RestError(401, 0, '401: Unauthorized'),
  noRoute: () => new RestError(404, 0, '404: Not Found'),
  unknownChannel: () => new RestError(404, 10003, 'Unknown Channel'),
  unknownGuild: () => new RestError(404, 10004, 'Unknown Guild'),
  unknownMessage: () => new RestError(404, 10008, 'Unknown Message'),
  unknownUser: () => new RestError(404, 10013, 'Unknown User'),
  unknownWebhook: () => new RestError(404, 10015, 'Unknown Webhook'),
  unknownInteraction: () => new RestError(404, 10062, 'Unknown interaction'),
  unknownCommand: () => new RestError(404, 10063, 'Unknown application command'),
  tooLarge: () => new RestError(413, 40005, 'Request entity too large'),
  alreadyAcknowledged: () => new RestError(400, 40060, 'Interaction has already been acknowledged.'),
  missingAccess: () => new RestError(403, 50001, 'Missing Access'),
  foreignMessage: () => new RestError(403, 50005, 'Cannot edit a message authored by another user'),
  emptyMessage: () => new RestError(400, 50006, 'Cannot send an empty message'),
  dmClosed: () => new RestError(403, 50007, 'Cannot send messages to this user'),
  missingPermissions: () => new RestError(403, 50013, 'Missing Permissions'),
  tokenExpired: () => new RestError(401, 50027, 'Invalid Webhook Token'),
  threadArchived: () => new RestError(400, 50083, 'Thread is archived'),
  noHistory: () => new RestError(403, 160002, 'Cannot reply without permission to read message history'),
  threadExists: () => new RestError(400, 160004, 'A thread has already been created for this message'),
  threadLocked: () => new RestError(403, 160005, 'Thread is locked'),
};
