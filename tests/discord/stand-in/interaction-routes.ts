import * as spec from 'discord-api-spec/zod';
import { union } from 'zod/mini';
import { checkChoices, checkModal, type ModalBody } from './command-limits.ts';
import type { Core } from './core.ts';
import { Form } from './form.ts';
import type { RestAnswer, RestRequest, Route } from './http.ts';
import type { Answer, Interaction } from './interaction.ts';
import { checkNewMessage, editMessage, removeMessage, restWire, storeMessage } from './messages.ts';
import { invalidForm, refusals } from './rest-error.ts';
import { EPHEMERAL, LOADING, type MessageBody, type WireMessage } from './wire.ts';
import type { StoredMessage } from './world.ts';
import { userWire } from './world-wire.ts';

interface Callback {
  readonly type: number;
  readonly data?: MessageBody & ModalBody & { choices?: { name: string; value: string | number }[] };
}

/** Callback types that each interaction type may be answered with. */
const ALLOWED: Record<number, readonly number[]> = {
  2: [4, 5, 9],
  3: [4, 5, 6, 7, 9],
  4: [8],
  5: [4, 5, 6, 7],
};

/** What the bot does with an interaction's token: the first answer, then its message and follow-ups. */
export function interactionRoutes(core: Core): Route[] {
  const message = { response: spec.MessageResponseSchema };
  const edit = { request: spec.IncomingWebhookUpdateRequestPartialSchema, ...message };
  const hook = '/webhooks/{webhook_id}/{webhook_token}';
  const routes: Route[] = [
    {
      method: 'POST',
      template: '/interactions/{interaction_id}/{interaction_token}/callback',
      answer: (request, id, token) => callback(core, request, id, token),
      bodies: { request: callbackSchema, response: spec.InteractionCallbackResponseSchema },
    },
    {
      method: 'POST',
      template: hook,
      answer: (request, _, token) => followUp(core, request, open(core, token)),
      bodies: { request: spec.IncomingWebhookRequestPartialSchema, ...message },
    },
  ];
  for (const [method, bodies] of [
    ['GET', message],
    ['PATCH', edit],
    ['DELETE', {}],
  ] as const) {
    const answer = (request: RestRequest, token: string, id: string) =>
      onMessage(core, request, open(core, token), id);
    const template = `${hook}/messages/{message_id}`;
    routes.push({ method, template, bodies, answer: (request, _, token, id) => answer(request, token, id) });
  }
  return routes;
}

const callbackSchema = union([
  spec.CreateMessageInteractionCallbackRequestSchema,
  spec.UpdateMessageInteractionCallbackRequestSchema,
  spec.ApplicationCommandAutocompleteCallbackRequestSchema,
  spec.ModalInteractionCallbackRequestSchema,
]);

/** @throws 10015 for a token never given out or not yet answered, 50027 for one that is too old */
function open(core: Core, token: string): Interaction {
  const interaction = core.interactions.get(token);
  if (!interaction) throw refusals.unknownWebhook();
  interaction.checkToken();
  return interaction;
}

function callback(core: Core, request: RestRequest, id: string, token: string): RestAnswer {
  const interaction = core.interactions.get(token);
  if (interaction?.id !== id) throw refusals.unknownInteraction();
  interaction.checkAcknowledgeable();
  const { type, data } = request.body as Callback;
  const path = ['type'];
  if (
    !ALLOWED[interaction.type]?.includes(type) ||
    ((type === 6 || type === 7) && interaction.source === null)
  ) {
    throw invalidForm([
      { path, code: 'INTERACTION_CALLBACK_TYPE', message: `Type ${type} is not allowed here.` },
    ]);
  }
  const answered = answer(core, request, interaction, { type, ...(data && { data }) });
  interaction.answer = answered;
  core.changes.notify();
  if (request.query.get('with_response') !== 'true') return { status: 204 };
  return { status: 200, body: callbackWire(interaction, answered) };
}

function callbackWire(interaction: Interaction, { type, message, ephemeral }: Answer) {
  const shown = message && {
    response_message_id: message.id,
    response_message_loading: (message.flags & LOADING) !== 0,
    response_message_ephemeral: ephemeral,
  };
  const resource = message && { type: type === 7 ? 7 : 4, message: restWire(message) };
  const { id, type: kind, channel } = interaction;
  return { interaction: { id, type: kind, channel_id: channel.id, ...shown }, ...(resource && { resource }) };
}

/** Carries out the first answer; nothing is stored when it is refused. */
function answer(
  core: Core,
  request: RestRequest,
  interaction: Interaction,
  { type, data }: Callback,
): Answer {
  const none: Answer = { type, ephemeral: false, message: undefined, choices: [], modal: undefined };
  if (type === 8) {
    const form = new Form();
    checkChoices(form, data?.choices ?? [], ['data', 'choices']);
    form.check();
    return { ...none, choices: data?.choices ?? [] };
  }
  if (type === 9 && data) {
    checkModal(data);
    return { ...none, modal: data };
  }
  if (type === 6 || type === 7) {
    interaction.originalId = interaction.source;
    const stored = core.world.messages.get(interaction.source ?? '');
    if (type === 6) return none;
    if (!stored) throw refusals.unknownMessage();
    return { ...none, message: editMessage(core, stored, data ?? {}, request.files) };
  }
  const flags = interaction.ephemeralFlag(data?.flags);
  if (type === 4) checkNewMessage(data ?? {}, request.files);
  const body = type === 4 ? (data ?? {}) : {};
  const message = store(core, request, interaction, body, type === 5 ? flags | LOADING : flags);
  interaction.originalId = message.id;
  return { ...none, message, ephemeral: flags !== 0 };
}

function store(
  core: Core,
  request: RestRequest,
  interaction: Interaction,
  body: MessageBody,
  flags: number,
): WireMessage {
  const { bot } = core.world;
  return storeMessage(core, {
    author: bot,
    channel: interaction.channel,
    body,
    files: request.files,
    type: interaction.type === 2 ? 20 : 0,
    flags,
    extra: {
      application_id: bot.id,
      webhook_id: bot.id,
      interaction_metadata: interaction.metadata(userWire(interaction.user)),
    },
    onlyFor: flags & EPHEMERAL ? interaction.user.id : null,
  });
}

/** The first follow-up to a deferred answer takes its place, as on Discord. */
function followUp(core: Core, request: RestRequest, interaction: Interaction): RestAnswer {
  const body = request.body as MessageBody;
  const { original } = interaction;
  if (original && original.flags & LOADING) return onMessage(core, request, interaction, '@original');
  checkNewMessage(body, request.files);
  const message = store(core, request, interaction, body, interaction.ephemeralFlag(body.flags));
  interaction.followupIds.push(message.id);
  core.changes.notify();
  return { status: 200, body: restWire(message) };
}

function onMessage(core: Core, request: RestRequest, interaction: Interaction, id: string): RestAnswer {
  const stored = ownMessage(core, interaction, id);
  if (request.method === 'GET') return { status: 200, body: restWire(stored.wire) };
  if (request.method === 'DELETE') {
    removeMessage(core, stored);
    return { status: 204 };
  }
  const body = editMessage(core, stored, request.body as MessageBody, request.files, { clear: LOADING });
  if (body.id === interaction.originalId) interaction.edits += 1;
  core.changes.notify();
  return { status: 200, body: restWire(body) };
}

function ownMessage(core: Core, interaction: Interaction, id: string): StoredMessage {
  const wanted = id === '@original' ? interaction.originalId : id;
  const own = wanted === interaction.originalId || interaction.followupIds.includes(wanted ?? '');
  const stored = own ? core.world.messages.get(wanted ?? '') : undefined;
  if (!stored) throw refusals.unknownMessage();
  return stored;
}
