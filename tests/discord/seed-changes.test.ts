import { cp, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SEEDS, startBotProcess } from './bot-process.ts';
import { endless, file, LIGHTHOUSE, LIGHTHOUSE_PAGE, redirect, startWeb, type Web } from './offered.ts';
import { buttonOf, componentsIn, quotesIn, textOf } from './reading.ts';
import { runBot } from './running.ts';
import type { Attached } from './stand-in/command-options.ts';
import { allComponents } from './stand-in/components.ts';
import type { Interaction } from './stand-in/interaction.ts';
import type { WireMessage } from './stand-in/wire.ts';
import type { User } from './stand-in/world.ts';

const ASKED = 'How much will the new lamp cost the harbour a year?';
const COST = '£4,200 a year';

let folder: string;
let seeds: string;
let web: Web;
let elsewhere: Web;
let ada: User;
let ben: User;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'liaison-changes-'));
  seeds = path.join(folder, 'seeds');
  await laySeeds();
  elsewhere = await startWeb({ '/news/page.html': file(LIGHTHOUSE_PAGE, 'text/html') });
  web = await startWeb({
    '/news/page.html': file(LIGHTHOUSE_PAGE, 'text/html; charset=utf-8'),
    '/news/moved': redirect('/news/page.html'),
    '/news/away': redirect(`${elsewhere.origin}/news/page.html`),
    '/news/inside': redirect('https://169.254.169.254/latest/meta-data/'),
    '/news/round': redirect('/news/round'),
    '/news/endless.txt': endless,
    '/news/picture.png': file('PNG', 'image/png'),
    '/news/menu.html': file('<nav><a href="/">Home</a></nav>', 'text/html'),
  });
});
/**
 * Two articles without examples, under names of their own: no golden question is asked of them, and none can hold an
 * index back.
 */
async function laySeeds(): Promise<void> {
  await mkdir(seeds, { recursive: true });
  for (const [theirs, ours] of [
    ['tarnbeck-library-vote', 'library-vote'],
    ['vellmar-sound-ferry', 'ferry'],
  ] as const) {
    const extension = ours === 'ferry' ? '.md' : '.txt';
    await cp(path.join(SEEDS, `${theirs}${extension}`), path.join(seeds, `${ours}${extension}`));
    const about = JSON.parse(await readFile(path.join(SEEDS, `${theirs}.json`), 'utf8'));
    await writeFile(path.join(seeds, `${ours}.json`), JSON.stringify({ ...about, examples: [] }));
  }
}
const options = () => ({
  seeds,
  indexFolder: path.join(folder, 'index'),
  env: {
    ADMIN_USER_IDS: `${ada.id},${ben.id}`,
    SEED_URLS: `${web.origin}/news/,https://10.1.2.3/`,
  },
});
const at = runBot(({ discord, guild }) => {
  ada = discord.user({ name: 'ada' });
  ben = discord.user({ name: 'ben' });
  for (const admin of [ada, ben]) discord.join(guild, admin);
  return options();
});
afterAll(async () => {
  await web.close();
  await elsewhere.close();
  await rm(folder, { recursive: true });
});

const text = (words: string, name = 'lighthouse.txt'): Attached => {
  return { name, data: Buffer.from(words), type: 'text/plain; charset=utf-8' };
};
const use = (user: User, name: string, values: Parameters<typeof at.discord.command>[3] = {}) =>
  at.discord.command(user, at.channel, `seeds ${name}`, values);
const add = (file: Attached, user = ada) => use(user, 'add', { file }).final();
const press = (user: User, message: WireMessage, prefix: string) =>
  at.discord.click(user, message, buttonOf(message, prefix));
const says = (words: string) => (message: WireMessage) => textOf(message).includes(words);
const rebuilt = (interaction: Interaction) => interaction.final(says('The index is rebuilt'));
const save = (message: WireMessage, user = ada) => rebuilt(press(user, message, 'change:save:'));
const remove = async (article: string, user = ada) =>
  rebuilt(press(user, await use(user, 'remove', { article }).final(), 'change:remove:'));
async function ask(question: string): Promise<string | undefined> {
  const reader = at.discord.user();
  at.discord.say(reader, at.discord.dm(reader), question);
  return quotesIn(await at.discord.nextMessage(at.discord.dm(reader)))[0];
}
const log = async () => {
  const lines = (await readFile(path.join(seeds, '.changes.log'), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
};
const articles = async () => (await readdir(seeds)).filter((name) => !name.startsWith('.')).sort();
const BEFORE = ['ferry.json', 'ferry.md', 'library-vote.json', 'library-vote.txt'];
async function reembed(): Promise<void> {
  at.discord.command(at.owner, at.channel, 'reembed');
  const report = () => at.discord.messagesIn(at.channel).find(says('The index is rebuilt'));
  await at.discord.until(report, 'the report of the rebuild');
}
/** Takes out what a test added. */
async function tidyUp(): Promise<void> {
  for (const name of await articles()) {
    if (!BEFORE.includes(name) && !name.endsWith('.json')) await remove(name.replace(/\.\w+$/, ''));
  }
  expect(await articles()).toEqual(BEFORE);
}

describe('/seeds add', () => {
  afterEach(tidyUp);

  it('shows how a file would be read, and saves it only when told to', async () => {
    const offered = use(ada, 'add', { file: text(LIGHTHOUSE) });
    const preview = await offered.final();
    expect(offered.ephemeral).toBe(true);
    const shown = textOf(preview);
    expect(shown).toContain('Orrin lighthouse is lit again after nine years');
    expect(shown).toMatch(/Orrin Gazette\s· Jun\s11,\s2024/);
    expect(shown).toContain('name: lighthouse');
    expect(shown).toMatch(/1 headline\s· 2 datelines\s· 3 paragraphs\s· 1 caption\s· 1 piece of noise/);
    expect(shown).toMatch(/\d+ sentences, searched in \d+ passages?/);
    expect(shown).toContain('**Caption ¶');
    expect(shown).toContain('**Noise, never quoted** \\["coast"\\]');
    expect(await articles()).toEqual(BEFORE);
    expect(await ask(ASKED)).not.toContain(COST);

    const saved = await save(preview);
    expect(textOf(saved)).toMatch(
      /^Saved as lighthouse\.\n### The index is rebuilt\n- 1 added, 0 updated, 0 removed, 2 unchanged/,
    );
    expect(await ask(ASKED)).toContain(COST);
    expect(await readFile(path.join(seeds, 'lighthouse.txt'), 'utf8')).toBe(LIGHTHOUSE);
    expect((await log()).at(-1)).toMatchObject({ what: 'added', seed: 'lighthouse', by: ada.id });
  });

  it('shows sample questions, each of which the article answers as shown', async () => {
    const preview = await add(text(LIGHTHOUSE));
    const displays = componentsIn(preview).flatMap(({ content }) => content ?? []);
    const samples = displays.filter((each) => each.includes('\n>>> '));
    expect(samples.length).toBeGreaterThanOrEqual(2);
    await save(preview);
    for (const sample of samples) {
      const [question = '', quote = ''] = sample.split('\n>>> ');
      expect(await ask(question)).toContain(quote.replaceAll('\\', '').slice(0, 60));
    }
  });

  it('reads Markdown, and a web page without what stands around its article', async () => {
    const markdown = `---\ntitle: Lens returns\nurl: https://example.org/lens\n---\n# Lens returns\n\nThe lens was bought by the harbour in 2024.\n`;
    expect(textOf(await add({ name: 'Lens Returns!.md', data: Buffer.from(markdown) }))).toMatch(
      /Lens returns[\s\S]*name: lens-returns/,
    );
    const page = await add({ name: 'x.html', data: Buffer.from(LIGHTHOUSE_PAGE), type: 'text/html' });
    expect(textOf(page)).toContain('name: orrin-lighthouse-is-lit-again-after-nine-years');
    expect(textOf(page)).toMatch(/Orrin Gazette\s· Jun\s11,\s2024/);
    expect(textOf(await save(page))).toContain('1 added');
    const [written = ''] = (await articles()).filter(
      (name) => name.startsWith('orrin') && name.endsWith('.txt'),
    );
    const kept = await readFile(path.join(seeds, written), 'utf8');
    expect(kept).toContain('lamp will cost the harbour £4,200 a year.');
    for (const around of ['Subscribe', 'dentists', 'Cookie', 'stolen']) expect(kept).not.toContain(around);
  });

  it('takes a pasted text in a form', async () => {
    const form = use(ada, 'add');
    expect((await form.response()).modal?.title).toBe('Paste an article');
    const [headline = '', ...rest] = LIGHTHOUSE.split('\n');
    const sent = at.discord.submit(ada, 'paste', { text: headline, more: rest.join('\n') });
    const preview = await sent.final();
    expect(sent.ephemeral).toBe(true);
    expect(textOf(preview)).toContain('name: orrin-lighthouse-is-lit-again-after-nine-years');
    await save(preview);
    expect(await ask(ASKED)).toContain(COST);
  });

  it('fetches a page from where the operator allowed it, and names its address', async () => {
    const preview = await use(ada, 'add', { address: `${web.origin}/news/moved` }).final();
    expect(textOf(preview)).toContain('/news/page.html');
    await save(preview);
    const [sidecar = ''] = (await articles()).filter(
      (name) => name.startsWith('orrin') && name.endsWith('.json'),
    );
    expect(JSON.parse(await readFile(path.join(seeds, sidecar), 'utf8'))).toMatchObject({
      title: 'Orrin lighthouse is lit again after nine years',
      publisher: 'Orrin Gazette',
      updated: '2024-06-11T09:15',
      url: `${web.origin}/news/page.html`,
    });
  });

  it.each([
    ['of another place', () => `${elsewhere.origin}/news/page.html`, /articles are not fetched from there/],
    ['beside the allowed place', () => `${web.origin}/other`, /articles are not fetched from there/],
    ['out of it again', () => `${web.origin}/news/..%2fother`, /articles are not fetched from there/],
    ['that leads elsewhere', () => `${web.origin}/news/away`, /articles are not fetched from there/],
    ['that leads into the network', () => `${web.origin}/news/inside`, /articles are not fetched from there/],
    ['that is allowed and private', () => 'https://10.1.2.3/a.txt', /10\.1\.2\.3: a private address/],
    ['that leads round in circles', () => `${web.origin}/news/round`, /sent on too often/],
    ['with nothing behind it', () => `${web.origin}/news/none`, /answered with status 404/],
    ['without an end', () => `${web.origin}/news/endless.txt`, /larger than 2 MiB/],
    ['of a picture', () => `${web.origin}/news/picture.png`, /picture\.png: no article/],
    ['of a page without an article', () => `${web.origin}/news/menu.html`, /no article was found/],
    ['that is none', () => 'news', /news: no address/],
  ])('refuses with a reason an address %s', async (_, address, reason) => {
    const refused = textOf(await use(ada, 'add', { address: address() }).final()).replaceAll('\\', '');
    expect(refused).toMatch(/^Nothing was changed: /);
    expect(refused).toMatch(reason);
    expect(elsewhere.asked).toEqual([]);
  });

  it.each([
    ['a picture', { name: 'a.png', data: Buffer.from('PNG'), type: 'image/png' }, /a\.png: no article/],
    ['an empty file', text('', 'empty.txt'), /empty\.txt: an empty file/],
    ['bytes', { name: 'bytes.txt', data: Buffer.from([1, 0, 2]) }, /bytes\.txt: a binary file/],
    ['too much', text('word '.repeat(500_000)), /larger than 2 MiB/],
    ['an article that is there', text('', ''), /there already, as library-vote/],
  ])('refuses with a reason %s', async (_, file, reason) => {
    const there = await readFile(path.join(seeds, 'library-vote.txt'));
    const offered = file.name === '' ? { name: 'copy.txt', data: there } : file;
    const refused = textOf(await add(offered)).replaceAll('\\', '');
    expect(refused).toMatch(/^Nothing was changed: /);
    expect(refused).toMatch(reason);
    expect(refused).not.toContain(folder);
  });

  it('wants a file or an address, not both', async () => {
    const both = use(ada, 'add', { file: text(LIGHTHOUSE), address: `${web.origin}/news/page.html` });
    expect(textOf(await both.final())).toContain('not both');
  });

  it('makes nothing of what stands in a hostile article', async () => {
    const hostile = [
      '@everyone **free** <@1> [click](https://evil.example) `rm`',
      '\u202egnirts \u200bhidden ||spoiler|| <#2> :smile: </ask:3> https://evil.example',
      '# big\n-# small\n> quoted\n```js\ncode\n```',
      'The mill <@&4> was built by @here in 1911.',
    ].join('\n\n');
    const preview = await add(text(hostile, '@everyone.txt'));
    expect(textOf(preview)).toContain('name: everyone');
    expect(textOf(preview)).toContain('2 invisible characters (U+202E, U+200B)');
    expect(preview.mentions).toEqual([]);
    expect(preview.mention_everyone).toBe(false);
    const shown = textOf(preview);
    for (const bare of [
      /(?<!\\)@(?:everyone|here)/,
      /(?<!\\)<[@#]/,
      /(?<!\\)\[click/,
      /(?<!\\)`rm/,
      /https:\/\//,
    ]) {
      expect(shown).not.toMatch(bare);
    }
    await save(preview);
    expect(await articles()).toContain('everyone.txt');
  });

  it('is discarded when told to, and told kindly when it is gone or too old', async () => {
    const preview = await add(text(LIGHTHOUSE));
    expect(textOf(await press(ada, preview, 'change:discard:').final())).toBe(
      'Discarded; nothing was saved.',
    );
    const discarded = at.discord.click(ada, preview, buttonOf(preview, 'change:save:'), { forged: true });
    expect(textOf(await discarded.final())).toContain('no longer there');

    const old = await add(text(LIGHTHOUSE));
    const token = buttonOf(old, 'change:save:').split(':').at(-1) ?? '';
    const twoDaysAgo = Date.now() / 1000 - 2 * 86_400;
    await utimes(path.join(seeds, '.drafts', token), twoDaysAgo, twoDaysAgo);
    expect(textOf(await press(ada, old, 'change:save:').final())).toContain('no longer there');
    expect(await readdir(path.join(seeds, '.drafts'))).not.toContain(token);
  });

  it('is saved once when Save is pressed twice, and once when two admins bring the same', async () => {
    const before = (await log()).filter(({ what }) => what === 'added').length;
    const preview = await add(text(LIGHTHOUSE));
    const twin = await add(text(LIGHTHOUSE, 'other-name.txt'), ben);
    const id = buttonOf(preview, 'change:save:');
    const pressed = [1, 2].map(() => at.discord.click(ada, preview, id));
    await Promise.all(pressed.map((each) => each.final((message) => textOf(message).includes('rebuilt'))));
    expect((await log()).filter(({ what }) => what === 'added')).toHaveLength(before + 1);
    expect(textOf(await press(ben, twin, 'change:save:').final())).toContain('there already, as lighthouse');
    expect((await articles()).filter((name) => name.endsWith('.txt'))).toEqual([
      'library-vote.txt',
      'lighthouse.txt',
    ]);
  });

  it('serves two admins at once, each with a report and an article that answers', async () => {
    const bridge = 'Bridge opens\n\nThe bridge over the Arne was opened by Queen Maud in 1931.\n';
    const previews = await Promise.all([add(text(LIGHTHOUSE)), add(text(bridge, 'bridge.txt'), ben)]);
    const reports = await Promise.all([save(previews[0]), save(previews[1], ben)]);
    for (const report of reports)
      expect(textOf(report)).toMatch(/^Saved as (lighthouse|bridge)\.\n### The index is rebuilt/);
    expect(await ask(ASKED)).toContain(COST);
    expect(await ask('By whom was the bridge over the Arne opened?')).toContain('Queen Maud');
  });
});

it('saves an article also where the index is held back for golden questions, and asks what is to answer', async () => {
  const write = (name: string, words: string) => writeFile(path.join(seeds, name), words);
  await write('pier.txt', 'Pier opens\nThe pier at Orrin cost nine million pounds.');
  await write('pier.json', JSON.stringify({ examples: ['What did the pier at Orrin cost?'] }));
  await reembed();
  await write('pier.txt', 'Weather\nIt rained in the valley, and the wind blew from the west.');
  const held = await press(ada, await add(text(LIGHTHOUSE)), 'change:save:').final(says('Not published'));
  expect(textOf(held)).toMatch(/^Saved as lighthouse\.\n### Not published\n/);
  expect(await articles()).toContain('lighthouse.txt');
  // What is near may be the article that changed, which is not quoted then.
  expect(String(await ask(ASKED))).not.toContain(COST);
  await press(ada, held, 'rebuild:publish:').final(says('Published anyway'));
  expect(await ask(ASKED)).toContain(COST);
  for (const name of ['pier.txt', 'pier.json']) await rm(path.join(seeds, name));
  await tidyUp();
});

describe('/seeds remove', () => {
  it('asks first, keeps what is to be kept, and takes out what is to go until it is restored', async () => {
    await save(await add(text(LIGHTHOUSE)));
    const asked = use(ada, 'remove', { article: 'lighthouse' });
    const question = await asked.final();
    expect(asked.ephemeral).toBe(true);
    expect(textOf(question)).toMatch(/^### Remove this article\?\n\*\*Orrin lighthouse is lit again/);
    expect(textOf(await press(ada, question, 'change:keep:').final())).toBe('Kept; nothing was changed.');
    expect(await ask(ASKED)).toContain(COST);

    const removed = await remove('lighthouse');
    expect(textOf(removed)).toMatch(
      /^Removed: lighthouse\. \/seeds restore brings it back\.\n### The index is rebuilt\n- .* 1 removed/,
    );
    expect(await ask(ASKED)).not.toContain(COST);
    expect(await articles()).toEqual(BEFORE);

    const typed = at.discord.autocomplete(ada, at.channel, 'seeds restore', 'article', { article: 'LIGHT' });
    const [choice] = (await typed.response()).choices;
    expect(choice?.name).toMatch(/^lighthouse · \d{4}-\d\d-\d\d \d\d:\d\dZ$/);
    const restored = await rebuilt(use(ben, 'restore', { article: String(choice?.value) }));
    expect(textOf(restored)).toMatch(/^Restored as lighthouse\.\n### The index is rebuilt\n- 1 added/);
    expect(await ask(ASKED)).toContain(COST);
    expect((await log()).slice(-2)).toMatchObject([
      { what: 'removed', seed: 'lighthouse', by: ada.id },
      { what: 'restored', seed: 'lighthouse', by: ben.id },
    ]);
    await tidyUp();
  });

  it('takes out nothing twice, nothing that is none, and not what has changed since it asked', async () => {
    await save(await add(text(LIGHTHOUSE)));
    const questions = await Promise.all(
      [ada, ben].map((admin) => use(admin, 'remove', { article: 'lighthouse' }).final()),
    );
    await rebuilt(press(ada, questions[0] as WireMessage, 'change:remove:'));
    expect(textOf(await press(ben, questions[1] as WireMessage, 'change:remove:').final())).toContain(
      'changed',
    );
    expect(textOf(await use(ada, 'remove', { article: 'lighthouse' }).final())).toContain('no such article');
    expect(textOf(await use(ada, 'restore', { article: '../seeds' }).final())).toContain(
      'no article of that name was removed',
    );
    expect(await articles()).toEqual(BEFORE);
  });
});

/** Puts back what the tests edited. */
async function restoreSidecars(): Promise<void> {
  await laySeeds();
  await reembed();
}

describe('/seeds edit', () => {
  afterEach(restoreSidecars);
  const fill = async (values: Record<string, string>, user = ada, article = 'library-vote') => {
    const modal = (await use(user, 'edit', { article }).response()).modal;
    return at.discord.submit(user, modal?.custom_id ?? '', values);
  };
  const sidecar = async () =>
    JSON.parse(await readFile(path.join(seeds, 'library-vote.json'), 'utf8')) as Record<string, unknown>;

  it('shows what is known, changes what was changed, and keeps the rest', async () => {
    const before = await sidecar();
    const { modal } = await use(ada, 'edit', { article: 'library-vote' }).response();
    const values = allComponents(modal?.components ?? []).flatMap(({ custom_id: id, value }) =>
      id ? [[id, value]] : [],
    );
    expect(Object.fromEntries(values)).toMatchObject({
      publisher: 'Tarn Valley Courier',
      updated: '2024-03-05T22:48',
    });
    const edited = await rebuilt(await fill({ publisher: 'The Courier', updated: '6 March 2024, 9:15 pm' }));
    expect(textOf(edited)).toMatch(/^Edited: library-vote \(Outlet, Date\)\.\n### The index is rebuilt\n/);
    expect(await sidecar()).toEqual({ ...before, publisher: 'The Courier', updated: '2024-03-06T21:15' });
    const listed = textOf(await use(ada, 'list').final());
    expect(listed).toMatch(/The Courier\s· Mar\s6,\s2024/);
    expect((await log()).at(-1)).toMatchObject({
      what: 'edited',
      by: ada.id,
      keys: ['publisher', 'updated'],
    });
  });

  it('searches by new aliases at once', async () => {
    expect(await ask('What is Bibliotek Prime?')).not.toContain('library');
    await rebuilt(await fill({ aliases: 'the library = Bibliotek Prime\nTTC = Tarnbeck Town Council' }));
    expect((await sidecar()).aliases).toEqual([
      ['the library', 'Bibliotek Prime'],
      ['TTC', 'Tarnbeck Town Council'],
    ]);
    expect(await ask('Who voted to keep Bibliotek Prime open?')).toContain('library');
  });

  it.each([
    ['date', { updated: '2024-13-45' }, '2024-13-45 is no date'],
    ['date that may be two', { updated: '03/04/2024' }, '03/04/2024 is no date'],
    ['address', { url: 'javascript:alert(1)' }, 'javascript:alert(1) is no address'],
    ['group of one name', { aliases: 'ROK' }, 'ROK: write names for one thing'],
    ['group with a hole', { aliases: 'A = B\nC = = D' }, 'C = = D: write names for one thing'],
    ['title of invisible characters', { title: '\u200b\u0007' }, 'title: must be one line'],
  ])(
    'refuses a %s with the reason, and changes nothing',
    async (_, values: Record<string, string>, reason) => {
      const before = await sidecar();
      const refused = textOf(await (await fill(values)).final()).replaceAll('\\', '');
      expect(refused).toMatch(/^Nothing was changed: /);
      expect(refused).toContain(reason);
      expect(await sidecar()).toEqual(before);
    },
  );

  it('gives an emptied field back to the text, and says when nothing would change', async () => {
    expect(textOf(await (await fill({})).final())).toBe('Nothing was changed: it says that already.');
    await rebuilt(await fill({ publisher: 'Another' }));
    await rebuilt(await fill({ publisher: '' }));
    expect(await sidecar()).not.toHaveProperty('publisher');
  });

  it('takes nothing back that another admin wrote since the form was opened', async () => {
    const { modal } = await use(ada, 'edit', { article: 'library-vote' }).response();
    await rebuilt(await fill({ title: 'As Ben calls it' }, ben));
    const late = await at.discord
      .submit(ada, modal?.custom_id ?? '', { publisher: 'As Ada calls it' })
      .final();
    expect(textOf(late)).toContain('somebody edited that article meanwhile');
    expect(await sidecar()).toMatchObject({ title: 'As Ben calls it' });
    expect(JSON.stringify(await sidecar())).not.toContain('Ada');
  });
});

describe('who may change the articles', () => {
  it('is whom the operator named, and nobody else, the owner of the server neither', async () => {
    const { discord, alice, owner, channel } = at;
    for (const user of [alice, owner]) {
      for (const [name, options] of [
        ['add', { file: text(LIGHTHOUSE) }],
        ['add', {}],
        ['remove', { article: 'library-vote' }],
        ['restore', { article: 'lighthouse' }],
        ['edit', { article: 'library-vote' }],
      ] as const) {
        const tried = use(user, name, options);
        expect(textOf(await tried.final())).toContain('Only those whom the operator named');
        expect(tried.ephemeral).toBe(true);
      }
      for (const name of ['remove', 'restore', 'edit']) {
        const typed = discord.autocomplete(user, channel, `seeds ${name}`, 'article', { article: '' });
        expect((await typed.response()).choices).toEqual([]);
      }
    }
    expect(await articles()).toEqual(BEFORE);
  });

  it('is checked again when a button is pressed or a form is sent', async () => {
    const { discord, alice, channel } = at;
    const preview = await add(text(LIGHTHOUSE));
    const { modal } = await use(ada, 'edit', { article: 'library-vote' }).response();
    const public_ = discord.command(alice, channel, 'seeds list');
    const message = await public_.final();
    for (const id of [buttonOf(preview, 'change:save:'), buttonOf(preview, 'change:discard:')]) {
      const forged = discord.click(alice, message, id, { forged: true });
      expect(textOf(await forged.final())).toContain('Only those whom the operator named');
      expect(forged.ephemeral).toBe(true);
    }
    const sent = discord.submit(alice, modal?.custom_id ?? '', { title: 'Mine' }, { forged: ada });
    expect(textOf(await sent.final())).toContain('Only those whom the operator named');
    expect(await articles()).toEqual(BEFORE);
    await press(ada, preview, 'change:discard:').final();
  });
});

it('goes on with previews, questions and forms from before a restart', async () => {
  const [preview, question] = await Promise.all([
    add(text(LIGHTHOUSE)),
    use(ada, 'remove', { article: 'ferry' }).final(),
  ]);
  const { modal } = await use(ada, 'edit', { article: 'library-vote' }).response();
  expect(await at.bot.stop()).toBe(0);
  at.bot = await startBotProcess(at.discord, options());
  await at.bot.logged('ready');
  expect(textOf(await save(preview))).toContain('Saved as lighthouse');
  expect(
    textOf(await rebuilt(at.discord.submit(ada, modal?.custom_id ?? '', { title: 'Kept open' }))),
  ).toContain('Edited');
  expect(textOf(await rebuilt(press(ada, question, 'change:remove:')))).toContain('Removed: ferry');
  await rebuilt(use(ada, 'restore', { article: 'ferry' }));
  await tidyUp();
  await restoreSidecars();
});

it.each(['ko', 'ja', 'zh-CN'])('speaks %s, within the limits of Discord', async (locale) => {
  const admin = { ...ada, locale };
  const preview = await add(text(LIGHTHOUSE, `${locale}.txt`.toLowerCase()), admin);
  expect(textOf(preview)).not.toMatch(/Preview|paragraph|sentences/);
  expect(textOf(await press(admin, preview, 'change:discard:').final())).not.toContain('Discarded');
  const refused = textOf(await add({ name: 'a.png', data: Buffer.from('PNG') }, admin));
  expect(refused).toContain('a.png');
  expect(refused).not.toMatch(/Nothing|no article/);
  expect((await use(admin, 'add').response()).modal?.title).not.toContain('Paste');
  expect((await use(admin, 'edit', { article: 'ferry' }).response()).modal?.title).not.toContain('About');
});
