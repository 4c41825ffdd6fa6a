import assert from 'node:assert/strict';
import type { Page } from '../../src/discord/page.ts';
import type { Seed } from '../../src/seeds/seed.ts';
import { render } from './discord-markdown.ts';
import { componentsIn } from './reading.ts';
import { checkNewMessage } from './stand-in/messages.ts';
import type { MessageBody, UploadedFile, WireMessage } from './stand-in/wire.ts';

/** What foreign text must never become. */
const CONSTRUCTS = ['mention', 'everyone', 'emoji', 'code', 'spoiler', 'link'];

/**
 * What Discord would take: within every limit, pinging nobody, and quoting only what stands in a seed.
 * @throws telling what it would not take
 */
export function check(page: Page, ...seeds: readonly Pick<Seed, 'text'>[]): void {
  const files: UploadedFile[] = page.files.map(({ name, attachment }, index) => {
    return { index: String(index), name, contentType: 'text/plain', bytes: attachment };
  });
  const body = { components: page.components, flags: page.flags } as unknown as MessageBody;
  checkNewMessage(body, files);
  for (const { content } of componentsIn({ components: page.components } as unknown as WireMessage)) {
    const quote = /(?:^|\n)>>> ([\s\S]*)$/.exec(content ?? '')?.[1];
    if (quote !== undefined) {
      const { text } = render(quote);
      assert(
        seeds.some((seed) => seed.text.includes(text)),
        `stands in no seed: ${text}`,
      );
    }
    const { constructs } = render((content ?? '').replace(/^(?:>>> |-# |### )+/, ''));
    const wrong = constructs.filter(({ kind }) => CONSTRUCTS.includes(kind));
    assert.deepEqual(wrong, [], content ?? '');
  }
}
