import type { IncomingMessage, ServerResponse } from 'node:http';
import { ErrorSchema } from 'discord-api-spec/zod';
import type { Core } from './core.ts';
import type { Faults } from './faults.ts';
import {
  matchPath,
  misbehave,
  needsNoToken,
  type RestAnswer,
  type RestRequest,
  type Route,
  readRequest,
  send,
} from './http.ts';
import { breaches, inWords } from './openapi.ts';
import { queryBreaches } from './queries.ts';
import { invalidForm, RestError, refusals } from './rest-error.ts';

/** Something that Discord's description or its limits forbid, or that the stand-in itself got wrong. */
export interface Violation {
  readonly method: string;
  readonly path: string;
  /** `request` is the client's doing, `response` the stand-in's. */
  readonly kind: 'request' | 'response';
  readonly message: string;
}

/** The codes of refusals that only a wrong body can bring about. */
const WRONG_BODY = new Set([50035, 50006, 40005]);

/** Discord's REST API: reads, checks, routes, answers, and writes down what happened. */
export class Rest {
  readonly requests: RestRequest[] = [];
  readonly violations: Violation[] = [];
  readonly #core: Core;
  readonly #faults: Faults;
  readonly #routes: readonly Route[];

  constructor(core: Core, faults: Faults, routes: readonly Route[]) {
    this.#core = core;
    this.#faults = faults;
    this.#routes = routes;
  }

  async serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    if (incoming.url?.startsWith('/attachments/')) {
      this.#serveFile(incoming.url, response);
      return;
    }
    const request = await readRequest(incoming, this.#core.clock.now());
    this.requests.push(request);
    this.#core.changes.notify();
    const fault = this.#faults.takeFor(request);
    if (typeof fault === 'object' && 'delayMs' in fault) {
      await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
    } else if (fault !== undefined) {
      if (typeof fault === 'string' && fault.startsWith('store-then-')) this.#answer(request);
      request.status = misbehave(response, fault);
      this.#core.changes.notify();
      return;
    }
    const { answer, bucket } = this.#answer(request);
    request.status = answer.status;
    send(response, answer, bucket);
    this.#core.changes.notify();
  }

  #answer(request: RestRequest): { answer: RestAnswer; bucket: string } {
    for (const route of this.#routes) {
      const values = route.method === request.method ? matchPath(route.template, request.path) : undefined;
      if (!values) continue;
      const answer = this.#guarded(request, () => this.#checked(request, route, values));
      return { answer, bucket: `${route.method}${route.template}`.replace(/\W+/g, '-') };
    }
    this.#blame(request, 'request', 'the stand-in knows no such route');
    return { answer: { status: 404, body: refusals.noRoute().body }, bucket: 'none' };
  }

  #checked(request: RestRequest, route: Route, values: readonly string[]): RestAnswer {
    if (!needsNoToken(request.path) && request.authorization !== `Bot ${this.#core.token}`) {
      throw refusals.unauthorized();
    }
    const wrong = [...queryBreaches(route, request.query), ...breaches(route.bodies.request, request.body)];
    if (wrong.length > 0) throw invalidForm(wrong);
    const answer = route.answer(request, values[0] ?? '', values[1] ?? '', values[2] ?? '');
    const ours = answer.status === 204 ? [] : breaches(route.bodies.response, answer.body);
    if (ours.length > 0) this.#blame(request, 'response', inWords(ours));
    return answer;
  }

  #guarded(request: RestRequest, answer: () => RestAnswer): RestAnswer {
    try {
      return answer();
    } catch (error) {
      if (!(error instanceof RestError)) {
        this.#blame(
          request,
          'response',
          `the stand-in failed: ${error instanceof Error ? error.stack : error}`,
        );
        return { status: 500, body: { message: 'Internal Server Error', code: 0 } };
      }
      if (WRONG_BODY.has(error.code)) {
        this.#blame(
          request,
          'request',
          `${error.code} ${error.message} ${JSON.stringify(error.errors ?? {})}`,
        );
      }
      // `errors` is left out: the description has numbers for the codes in it, Discord's reference names.
      const { errors: _, ...told } = error.body;
      const wrong = breaches(ErrorSchema, told);
      if (wrong.length > 0) this.#blame(request, 'response', inWords(wrong));
      return { status: error.status, body: error.body };
    }
  }

  #blame({ method, path }: RestRequest, kind: Violation['kind'], message: string): void {
    this.violations.push({ method, path, kind, message });
  }

  #serveFile(url: string, response: ServerResponse): void {
    const file = this.#core.world.files.get(url.split('/')[3] ?? '');
    response.writeHead(file ? 200 : 404, { 'content-type': 'application/octet-stream' }).end(file);
  }
}
