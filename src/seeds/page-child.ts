import { runInNewContext } from 'node:vm';
import { articleOf } from './html-article.ts';

/** More than `readPage` waits: this is for a process whose parent is no more. */
const LONGEST_MS = 30_000;

/** The process behind `readPage`: takes one page, gives its article, and ends, whatever the page is. */
process.once('message', (html) => {
  const read = () => articleOf(String(html));
  const article: unknown = runInNewContext('read()', { read }, { timeout: LONGEST_MS });
  process.send?.(article, () => process.disconnect());
});
