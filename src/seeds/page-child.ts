import { articleOf } from './html-article.ts';

/** The process behind `readPage`: takes one page, gives its article, and ends. */
process.once('message', (html) => {
  process.send?.(articleOf(String(html)), () => process.disconnect());
});
