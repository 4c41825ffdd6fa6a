import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { shown } from '../../src/discord/markdown.ts';
import { buttonOf, quotesIn, textOf } from './reading.ts';
import { runBot } from './running.ts';
import { permission } from './stand-in/permissions.ts';

/** Longer than all that a message may hold. */
const LONG = Array.from({ length: 90 }, (_, n) => `Under item ${n + 1} they spoke of the harbour wall.`).join(
  ' ',
);
const SHORT = 'The meeting was opened by Ada Quill.';
const MINUTES = `Minutes of the spring meeting\n\n${SHORT}\n\n${LONG}\n`;

const at = runBot(() => {
  const seeds = path.join(inject('runFolder'), 'one-article');
  mkdirSync(seeds);
  writeFileSync(path.join(seeds, 'minutes.txt'), MINUTES);
  const about = {
    title: 'Minutes',
    publisher: 'Harbour Trust',
    updated: '2024-03-05',
    url: 'https://harbour.example/minutes?of=(spring)',
  };
  writeFileSync(path.join(seeds, 'minutes.json'), JSON.stringify(about));
  return { seeds };
});

describe('where there is one article', () => {
  it('/read takes it without being told', async () => {
    const { discord, alice, channel } = at;
    const read = await discord.command(alice, channel, 'read', { paragraph: 2 }).final();
    expect(quotesIn(read)).toEqual([SHORT]);
  });

  it('/read offers the paragraphs of that number, then those that have it in their text', async () => {
    const { discord, alice, channel } = at;
    const typed = discord.autocomplete(alice, channel, 'read', 'paragraph', { paragraph: '2' });
    const { choices } = await typed.response();
    expect(choices.map(({ value }) => value)).toEqual([2, 3]);
    expect(choices[0]?.name).toBe(`¶2 ${SHORT}`);
  });
});

describe('/find of a phrase that stands in many places', () => {
  it('counts all of them, and pages through the first fifty', async () => {
    const { discord, alice, channel } = at;
    let found = await discord.command(alice, channel, 'find', { text: 'the harbour wall' }).final();
    expect(textOf(found)).toContain('### Found 90 times, word for word\n-# The first 50 are shown.');
    const quotes = quotesIn(found);
    for (let page = 1; page < 10; page++) {
      const turned = `[${page * 5 + 1}]`;
      const click = discord.click(alice, found, buttonOf(found, `find:exact:${page}`));
      found = await click.final((message) => shown(textOf(message)).includes(turned));
      quotes.push(...quotesIn(found));
    }
    expect(new Set(quotes).size).toBe(50);
  });
});

describe('a citation', () => {
  it('names article, outlet, date and paragraph, and links to the source', async () => {
    const { discord, alice, channel } = at;
    discord.say(alice, channel, `${discord.mention} Who opened the meeting?`);
    const answer = textOf(await discord.nextMessage(channel));
    expect(answer.replaceAll('\u00a0', ' ')).toContain(
      '-# \\[1\\] Minutes · Harbour Trust · Mar 5, 2024 · ¶2 · [source](https://harbour.example/minutes?of=%28spring%29)',
    );
  });
});

describe('a paragraph that is too long for a message', () => {
  it('is attached whole, with its place', async () => {
    const { discord, alice, channel } = at;
    const read = await discord.command(alice, channel, 'read', { paragraph: 3 }).final();
    expect(quotesIn(read)).toEqual([]);
    expect(textOf(read)).toContain('it is in the file');
    const [attached] = read.attachments;
    const start = MINUTES.indexOf(LONG);
    const file = attached && discord.file(attached).toString();
    expect(file).toBe(`¶3 · one-article/minutes.txt ${start}–${start + LONG.length}\n\n${LONG}\n`);
  });

  it('is said to be too long where no file may be attached', async () => {
    const { discord, alice, guild } = at;
    const place = discord.channel(guild);
    discord.overwrite(place, discord.bot, { deny: permission.attachFiles });
    const read = await discord.command(alice, place, 'read', { paragraph: 3 }).final();
    expect(textOf(read)).toContain('files may not be attached');
    expect(read.attachments).toEqual([]);
  });
});
