import { PassThrough, Readable } from 'node:stream';
import pc from 'picocolors';
import { describe, expect, it } from 'vitest';
import { Chat, chatOnLines } from '../../src/terminal/chat.ts';
import { answerOf, fakeLibrary, quoteFrom, seedOf } from './fake-library.ts';

const SAILS = 'The ferry sails every hour from the old quay.';
const FERRY = seedOf(
  'ferry',
  `Ferry returns to the sound\n\n${SAILS}\n\nIt was built in Oslo in 1962, and carries forty cars.`,
);
const OTHER = seedOf('other', 'Another article\n\nIt says something else entirely, at some length.');
const style = { colours: pc.createColors(false), columns: 100 };

function chatWith(more: Parameters<typeof answerOf>[2] = {}) {
  const library = fakeLibrary([FERRY, OTHER], (question) =>
    answerOf(question, [quoteFrom(FERRY, SAILS)], more),
  );
  return { library, chat: new Chat(library, style) };
}

describe('a chat', () => {
  it('answers with quotes, and gives the last exchange along for a follow-up', async () => {
    const { library, chat } = chatWith();
    expect(await chat.reply('  How often does it sail? ')).toContain(`  │ ${SAILS}`);
    await chat.reply('Since when?');
    expect(library.asked).toEqual([
      { question: 'How often does it sail?', options: {} },
      {
        question: 'Since when?',
        options: { previous: { question: 'How often does it sail?', quote: SAILS } },
      },
    ]);
  });

  it('keeps the context of a follow-up for the next one', async () => {
    const { library, chat } = chatWith({ readAs: 'Since when? (ferry sail)' });
    expect(await chat.reply('Since when?')).toContain('read as: Since when? (ferry sail)');
    await chat.reply('And why?');
    expect(library.asked[1]?.options.previous?.question).toBe('Since when? (ferry sail)');
  });

  it('lets no follow-up lean on a quote that was no answer', async () => {
    const { library, chat } = chatWith({ outcome: 'not-in-sources' });
    await chat.reply('Who won the cup?');
    await chat.reply('When?');
    expect(library.asked[1]?.options.previous).toEqual({ question: 'Who won the cup?', quote: null });
  });

  it('reads a paragraph: of the article last quoted, or of one that is named', async () => {
    const { chat } = chatWith();
    expect(await chat.reply('/read')).toBe('Say which paragraph: /read 7');
    await chat.reply('How often does it sail?');
    expect(await chat.reply('/read')).toContain('→ ¶2');
    expect(await chat.reply('/read ¶3')).toContain('→ ¶3');
    expect(await chat.reply('/read 1 other')).toContain('Another article (other)');
    expect(await chat.reply('/read 9')).toBe('There is no ¶9 in ferry; its paragraphs are ¶1 to ¶3');
    expect(await chat.reply('/read seven')).toBe('Say which paragraph: /read 7');
    expect(await chat.reply('/read 1 none')).toBe('seed none does not exist');
  });

  it('finds, verifies, lists and explains', async () => {
    const { chat } = chatWith();
    expect(await chat.reply('/find the old quay')).toMatch(/^Found word for word once:/);
    expect(await chat.reply('/verify The ferry sails every day from the old quay')).toMatch(/^Altered/);
    expect(await chat.reply('/seeds')).toContain('Another article');
    expect(await chat.reply('/help')).toContain('/read N');
  });

  it('says in one line what is wrong, and goes on', async () => {
    const { chat } = chatWith();
    expect(await chat.reply('/find')).toBe('the phrase is empty; put some words in');
    expect(await chat.reply('/verify  ')).toBe('the quote is empty; put some words in');
    expect(await chat.reply('x'.repeat(2001))).toBe(
      'the question is longer than 2000 characters; shorten it',
    );
    expect(await chat.reply('/\u001b[2Jwat')).toBe('/�[2Jwat is no command; /help shows them');
    expect(await chat.reply('')).toBe('');
  });
});

describe('a chat on a stream', () => {
  async function run(text: string) {
    const output = new PassThrough();
    const count = await chatOnLines(chatWith().chat, Readable.from([Buffer.from(text)]), output);
    return { count, shown: String(output.read() ?? '') };
  }

  it('answers line by line, with each question before its answer', async () => {
    const { count, shown } = await run('How often?\r\n\r\n/find forty');
    expect(count).toBe(2);
    expect(shown).toMatch(/^> How often\?\nAnswered .*\n\n {2}│ The ferry /);
    expect(shown).toContain('\n\n> /find forty\nFound word for word once:');
  });

  it('ends with /quit, and tells an empty stream from one with questions', async () => {
    expect((await run('/quit\nHow often?\n')).shown).toBe('');
    expect((await run('/quit\n')).count).toBe(1);
    expect((await run('\n \n')).count).toBe(0);
  });

  it('shows a hostile question without its effect', async () => {
    expect((await run('How\u001b[31m\u202e often?')).shown).toMatch(/^> How�\[31m� often\?\n/);
  });
});
