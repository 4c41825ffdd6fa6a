import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { SEEDS } from './bot-process.ts';
import { buttonOf, quotesIn, textOf } from './reading.ts';
import { runBot } from './running.ts';

const VOTE = readFileSync(path.join(SEEDS, 'tarnbeck-library-vote.txt'), 'utf8');

const at = runBot();

describe('/find', () => {
  it('counts where words stand and shows the sentences', async () => {
    const { discord, alice, channel } = at;
    const found = await discord.command(alice, channel, 'find', { text: 'nine to six' }).final();
    expect(textOf(found)).toContain('Found once, word for word');
    expect(quotesIn(found)[0]).toContain('The vote was nine to six');
  });

  it('turns pages and goes over to meaning', async () => {
    const { discord, alice, channel } = at;
    const found = await discord.command(alice, channel, 'find', { text: 'library', mode: 'exact' }).final();
    expect(quotesIn(found)).toHaveLength(5);
    const second = await discord.click(alice, found, buttonOf(found, 'find:exact:1')).final((message) => {
      return quotesIn(message)[0] !== quotesIn(found)[0];
    });
    expect(quotesIn(second).length).toBeGreaterThan(0);
    const near = await discord.click(alice, second, buttonOf(second, 'find:meaning')).final((message) => {
      return textOf(message).includes('Nearest in meaning');
    });
    for (const quote of quotesIn(near)) expect(quotesIn(found)).not.toContain(quote);
  });

  it('falls back to meaning where the words stand nowhere', async () => {
    const { discord, alice, channel } = at;
    const found = await discord.command(alice, channel, 'find', { text: 'price of a new roof' }).final();
    expect(textOf(found)).toContain('Not found word for word');
    expect(quotesIn(found).length).toBeGreaterThan(0);
  });
});

describe('/read', () => {
  it('shows a paragraph to the letter and turns to the next', async () => {
    const { discord, alice, channel } = at;
    const options = { paragraph: 3, seed: 'tarnbeck-library-vote' };
    const read = await discord.command(alice, channel, 'read', options).final();
    expect(VOTE).toContain(quotesIn(read)[0]);
    expect(textOf(read)).toMatch(/paragraph 3 of \d+/);
    const next = await discord
      .click(alice, read, buttonOf(read, 'read:').replace(/\d+$/, '4'))
      .final((message) => {
        return textOf(message).includes('paragraph 4 of');
      });
    expect(VOTE).toContain(quotesIn(next)[0]);
  });

  it('takes the article asked about last in that place, and asks for one where there is none', async () => {
    const { discord, alice, channel } = at;
    const before = await discord.command(alice, channel, 'read', { paragraph: 1 }).final();
    expect(textOf(before)).toContain('several articles');
    await discord.command(alice, channel, 'ask', { question: 'What will the roof cost?' }).final();
    const after = await discord.command(alice, channel, 'read', { paragraph: 1 }).final();
    expect(VOTE).toContain(quotesIn(after)[0]);
    const none = await discord.command(alice, channel, 'read', { paragraph: 9999 }).final();
    expect(textOf(none)).toMatch(/they go from 1 to \d+/);
  });

  it('offers paragraphs while one types', async () => {
    const { discord, alice, channel } = at;
    const options = { paragraph: '2', seed: 'tarnbeck-library-vote' };
    const typed = discord.autocomplete(alice, channel, 'read', 'paragraph', options);
    const { choices } = await typed.response();
    expect(choices[0]?.name).toMatch(/^¶2 /);
    expect(choices.every(({ name }) => name.length <= 100)).toBe(true);
  });
});

describe('/verify', () => {
  it.each([
    ['a quote that stands there', 'The vote was nine to six', 'word for word'],
    [
      'an altered one',
      'The vote was ten to six, with two councillors abstaining.',
      'was ~~ten~~ **nine** to six',
    ],
    [
      'one from nowhere',
      'The moon is made of green cheese and pearls.',
      'These words are not in the articles',
    ],
  ])('tells %s', async (_, quote, told) => {
    const { discord, alice, channel } = at;
    expect(textOf(await discord.command(alice, channel, 'verify', { quote }).final())).toContain(told);
  });
});

describe('the message menus', () => {
  const CLAIMS =
    'The vote was nine to six, with two councillors abstaining. Jonah Pryce is 99 years old. Ok.';

  it('check each sentence, in private', async () => {
    const { discord, alice, channel } = at;
    const target = discord.say(alice, channel, CLAIMS);
    const check = discord.menu(alice, channel, 'Check against the articles', target);
    const told = textOf(await check.final());
    expect(check.ephemeral).toBe(true);
    expect(told).toContain('✓ **Supported by this quote**');
    expect(told).toMatch(/(≈|∅) .*\n-# “Jonah Pryce is 99 years old\.”/);
  });

  it('call a sentence supported, related or not mentioned, each with the words that are there', async () => {
    const { discord, alice, channel } = at;
    const sentences = [
      'The vote was nine to six',
      'The vote was ten to six, with two councillors abstaining.',
      'Penguins breed on the ice of Antarctica in winter.',
    ];
    const target = discord.say(alice, channel, sentences.join('. '));
    const checked = await discord.menu(alice, channel, 'Check against the articles', target).final();
    const outcomes = [...textOf(checked).matchAll(/^([✓≈∅]) /gm)].map(([, mark]) => mark);
    expect(outcomes).toEqual(['✓', '≈', '∅']);
    const whole = 'The vote was nine to six, with two councillors abstaining.';
    expect(quotesIn(checked)).toEqual([expect.stringContaining(whole), expect.stringContaining(whole)]);
  });

  it('find a message, and say when there is no text', async () => {
    const { discord, alice, channel } = at;
    const target = discord.say(alice, channel, 'nine to six');
    const found = discord.menu(alice, channel, 'Find in the articles', target);
    expect(quotesIn(await found.final())[0]).toContain('nine to six');
    const empty = discord.say(alice, channel, '', { attachments: [{ name: 'a', data: Buffer.from('a') }] });
    const nothing = await discord.menu(alice, channel, 'Find in the articles', empty).final();
    expect(textOf(nothing)).toContain('no text');
    const unchecked = await discord.menu(alice, channel, 'Check against the articles', empty).final();
    expect(textOf(unchecked)).toContain('no sentence');
  });

  it('work for a user who brought the app along, in a direct message between two people', async () => {
    const { discord } = at;
    const bob = discord.user({ installed: true });
    const carol = discord.user();
    const dm = discord.dm(bob, carol);
    const check = discord.menu(bob, dm, 'Check against the articles', discord.say(carol, dm, CLAIMS));
    expect(textOf(await check.final())).toContain('Supported by this quote');
  });
});

describe('what a user brought along', () => {
  it('works in a server where the bot is not a member', async () => {
    const { discord } = at;
    const bob = discord.user({ installed: true });
    const elsewhere = discord.channel(discord.guild({ members: [bob], bot: false }));
    const target = discord.say(bob, elsewhere, 'nine to six');
    const found = discord.menu(bob, elsewhere, 'Find in the articles', target);
    expect(quotesIn(await found.final())[0]).toContain('nine to six');
    const checked = discord.menu(bob, elsewhere, 'Check against the articles', target);
    expect(textOf(await checked.final())).toContain('✓');
    const options = { paragraph: 3, seed: 'tarnbeck-library-vote' };
    expect(VOTE).toContain(quotesIn(await discord.command(bob, elsewhere, 'read', options).final())[0]);
  });
});

describe('what the bot says of itself', () => {
  it.each([
    ['seeds list', 'Tarn Valley Courier'],
    ['about', 'What is stored about users: nothing.'],
    ['help', '/verify'],
  ])('/%s', async (name, told) => {
    const { discord, alice, channel } = at;
    expect(textOf(await discord.command(alice, channel, name).final())).toContain(told);
  });
});
