import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An article as it is pasted: a headline, a date line, an outlet, prose, a caption, and what is noise. */
export const LIGHTHOUSE = `Orrin lighthouse is lit again after nine years
Updated 09:15, 11-Jun-2024
Orrin Gazette
["coast"]
The Orrin lighthouse was lit again on Monday evening after nine years of darkness, and some 300 people watched from the pier.
The lighthouse was built by Hallam and Sons in 1861. It stood dark after the storm of 2015 had broken its lens.
Harbour master Ruth Pell, 48, said the new lamp will cost the harbour £4,200 a year.
The lighthouse at Orrin on Monday. /Gazette Photo
`;

/** The same as a web page, with a site around it. */
export const LIGHTHOUSE_PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>Orrin lighthouse is lit again after nine years | Orrin Gazette</title>
<meta property="og:site_name" content="Orrin Gazette">
<meta property="article:published_time" content="2024-06-11T09:15:00Z">
<script>document.title = 'stolen'</script></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a> <a href="/subscribe">Subscribe now for £1 a week</a></nav>
<article><h1>Orrin lighthouse is lit again after nine years</h1>
<p>The Orrin lighthouse was lit again on Monday evening after nine years of darkness, and some 300 people watched from
the pier.</p>
<p>The lighthouse was built by Hallam and Sons in 1861. It stood dark after the storm of 2015 had broken its lens.</p>
<p>Harbour master Ruth Pell, 48, said the new lamp will cost the harbour <b>£4,200</b> a year.</p></article>
<aside><h2>Most read</h2><ul><li>Ten tricks that dentists hate</li></ul></aside>
<footer>© Orrin Gazette. All rights reserved. Cookie settings</footer></body></html>`;

/** A web server on loopback, for pages that articles are fetched from. */
export interface Web {
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
  close(): Promise<void>;
}

export type Answer = (response: ServerResponse) => void;

/** Answers what `answers` has for a path, and 404 for others. */
export async function startWeb(answers: Readonly<Record<string, Answer>>): Promise<Web> {
  const asked: string[] = [];
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    asked.push(pathname);
    const answer = answers[pathname];
    if (answer === undefined) response.writeHead(404).end();
    else answer(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Answers with a body of some type. */
export function file(body: string | Buffer, type: string): Answer {
  return (response) => response.writeHead(200, { 'content-type': type }).end(body);
}

export function redirect(to: string): Answer {
  return (response) => response.writeHead(302, { location: to }).end();
}

/** Sends bytes until nobody takes them any more. */
export const endless: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'text/plain' });
  const more = () => {
    while (!response.destroyed && response.write('word '.repeat(10_000)));
  };
  response.on('drain', more);
  more();
};
