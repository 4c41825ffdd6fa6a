import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { COLOUR } from '../../src/discord/page.ts';
import { SEEDS } from './bot-process.ts';
import { render } from './discord-markdown.ts';
import { buttonOf, componentsIn, quotesIn, textOf } from './reading.ts';
import { runBot } from './running.ts';
import { permission } from './stand-in/permissions.ts';
import { COMPONENTS_V2, EPHEMERAL } from './stand-in/wire.ts';

const FERRY = readFileSync(path.join(SEEDS, 'vellmar-sound-ferry.md'), 'utf8');
const VOTE = readFileSync(path.join(SEEDS, 'tarnbeck-library-vote.txt'), 'utf8');
const VOTE_QUESTION = 'How many councillors abstained in the vote?';

const at = runBot();

describe('a mention', () => {
  it('is answered in one reply that quotes the article and pings nobody', async () => {
    const { discord, alice, channel } = at;
    const question = discord.say(alice, channel, `${discord.mention} ${VOTE_QUESTION}`);
    const reply = await discord.nextMessage(channel);
    expect(reply.referenced_message?.id).toBe(question.id);
    expect(reply.flags & COMPONENTS_V2).not.toBe(0);
    expect(reply.mentions).toEqual([]);
    expect(textOf(reply)).toMatch(/^### ✓ Answered · \d+% sure/);
    expect(reply.components[0]?.accent_color).toBe(COLOUR.answered);
    expect(quotesIn(reply)[0]).toContain('The vote was nine to six');
    for (const quote of quotesIn(reply)) expect(VOTE + FERRY).toContain(quote);
    expect(textOf(reply)).toContain('Tarn Valley Courier');
    expect(discord.requests.some(({ path: called }) => called === `/channels/${channel.id}/typing`)).toBe(
      true,
    );
  });

  it('in a thread is answered there', async () => {
    const { discord, alice, channel } = at;
    const thread = discord.thread(channel, { members: [alice] });
    discord.say(alice, thread, `${discord.mention} ${VOTE_QUESTION}`);
    expect(quotesIn(await discord.nextMessage(thread))[0]).toContain('nine to six');
  });

  it('is answered in the language of its server, or of its own script', async () => {
    const { discord, alice } = at;
    const channel = discord.channel(discord.guild({ members: [alice], locale: 'ja' }));
    discord.say(alice, channel, `${discord.mention} ${VOTE_QUESTION}`);
    expect(textOf(await discord.nextMessage(channel))).toMatch(/^### ✓ 回答が見つかりました/);
    discord.say(alice, channel, `${discord.mention} 몇 명이 기권했나요?`);
    expect(textOf(await discord.nextMessage(channel))).toContain('영어 질문이 아닌 것 같습니다');
  });

  it('without words gets help, whose buttons ask', async () => {
    const { discord, alice, channel } = at;
    discord.say(alice, channel, `${discord.mention} \u200b`);
    const help = await discord.nextMessage(channel);
    const examples = componentsIn(help).filter(({ custom_id: id }) => id?.startsWith('example:'));
    expect(examples).toHaveLength(3);
    const answer = await discord.click(alice, help, examples[0]?.custom_id ?? '').final();
    expect(textOf(answer)).toContain('Answered');
  });

  it('with nothing but an attachment gets help', async () => {
    const { discord, alice, channel } = at;
    discord.say(alice, channel, discord.mention, {
      attachments: [{ name: 'a.txt', data: Buffer.from('a') }],
    });
    expect(textOf(await discord.nextMessage(channel))).toContain('Ask me something');
  });

  it('that is too long is told so', async () => {
    const { discord, alice, channel } = at;
    discord.say(alice, channel, `${discord.mention} ${'why '.repeat(300)}`);
    expect(textOf(await discord.nextMessage(channel))).toContain('at most 1000');
  });

  it('that comes twice, or is edited, is answered once', async () => {
    const { discord, alice, channel } = at;
    discord.faults.duplicateDispatch();
    const question = discord.say(alice, channel, `${discord.mention} ${VOTE_QUESTION}`);
    await discord.nextMessage(channel);
    discord.edit(question, `${discord.mention} How old is Dorothea Finch?`);
    discord.say(alice, channel, `${discord.mention} How old is Jonah Pryce?`);
    await discord.nextMessage(channel);
    expect(discord.messagesIn(channel).filter(({ author }) => author.id === discord.bot.id)).toHaveLength(2);
  });

  it('of everyone, of a role, by a bot or a webhook is not answered', async () => {
    const { discord, guild, alice, channel } = at;
    const machine = discord.user({ bot: true });
    discord.join(guild, machine);
    discord.say(alice, channel, '@everyone what was the result?');
    discord.say(alice, channel, `<@&${guild.id}> what was the result?`);
    discord.say(machine, channel, `${discord.mention} ${VOTE_QUESTION}`);
    discord.say(alice, channel, `${discord.mention} ${VOTE_QUESTION}`, { webhook: true });
    const question = discord.say(alice, channel, `${discord.mention} How old is Jonah Pryce?`);
    expect((await discord.nextMessage(channel)).referenced_message?.id).toBe(question.id);
  });

  it('whose question is deleted meanwhile, or whose channel is locked, is survived', async () => {
    const { discord, guild, alice, channel } = at;
    discord.remove(discord.say(alice, channel, `${discord.mention} ${VOTE_QUESTION}`));
    await discord.nextMessage(channel);
    const gone = discord.channel(guild);
    discord.say(alice, gone, `${discord.mention} ${VOTE_QUESTION}`);
    discord.removeChannel(gone);
    discord.say(alice, channel, `${discord.mention} ${VOTE_QUESTION}`);
    await discord.nextMessage(channel);
  });
});

describe('a hostile question', () => {
  it('pings nobody, though the bot may ping everybody, and is shown as it is', async () => {
    const { discord, alice } = at;
    const server = discord.guild({ members: [alice], botPermissions: permission.administrator });
    const place = discord.channel(server);
    const text = `@everyone @here <@${alice.id}> <@&${server.id}> **who** [is](https://a.b) \`it\` ||\\?`;
    discord.say(alice, place, `${discord.mention} ${text}`);
    const reply = await discord.nextMessage(place);
    expect([reply.mentions, reply.mention_roles, reply.mention_everyone]).toEqual([[], [], false]);
    const line = componentsIn(reply).find(({ id }) => id === 9001)?.content ?? '';
    expect(render(line.slice('-# '.length))).toEqual({ text, constructs: [] });
    const asked = discord.command(alice, place, 'ask', { question: text, private: true });
    const answer = await asked.final();
    const shared = await discord.click(alice, answer, buttonOf(answer, 'share:')).followup();
    expect([shared.mentions, shared.mention_roles, shared.mention_everyone]).toEqual([[], [], false]);
  });
});

describe('a reply to an answer', () => {
  it('asks on: the answer itself is the context', async () => {
    const { discord, alice, channel } = at;
    discord.say(alice, channel, `${discord.mention} Who is Graham Stoll?`);
    const first = await discord.nextMessage(channel);
    discord.say(alice, channel, 'How old is he?', { replyTo: first });
    const second = await discord.nextMessage(channel);
    expect(quotesIn(second)[0]).toContain('Graham Stoll, 67');
    expect(textOf(second)).toContain('↪ How old is he?');
    const why = await discord.click(alice, second, buttonOf(second, 'why:')).final();
    expect(textOf(why)).toContain('Why these passages?');
  });

  it('without a ping is left alone', async () => {
    const { discord, alice, channel } = at;
    discord.say(alice, channel, `${discord.mention} ${VOTE_QUESTION}`);
    const first = await discord.nextMessage(channel);
    discord.say(alice, channel, 'And then?', { replyTo: first, ping: false });
    const next = discord.say(alice, channel, `${discord.mention} How old is Jonah Pryce?`);
    expect((await discord.nextMessage(channel)).referenced_message?.id).toBe(next.id);
  });
});

describe('a direct message', () => {
  it('is answered without a mention', async () => {
    const { discord, alice } = at;
    const dm = discord.dm(alice);
    discord.say(alice, dm, 'How old is Dorothea Finch?');
    expect(quotesIn(await discord.nextMessage(dm))[0]).toContain('Dorothea Finch, 88');
  });

  it.each([
    ['ko', '몇 명이 기권했나요? (nine to six)', '관련 구절'],
    ['zh-CN', '投票结果是什么？(nine to six)', '相关段落'],
    ['ja', '投票の結果は？(nine to six)', '関連する箇所'],
  ])('in %s is answered in that language around the quotes', async (_, question, word) => {
    const { discord, alice } = at;
    const dm = discord.dm(alice);
    discord.say(alice, dm, question);
    const answer = textOf(await discord.nextMessage(dm));
    expect(answer).toContain(word);
  });

  it('with a question that the articles do not answer says so', async () => {
    const { discord, alice } = at;
    const dm = discord.dm(alice);
    discord.say(alice, dm, 'What is the capital of Peru?');
    const absent = await discord.nextMessage(dm);
    expect(textOf(absent)).toMatch(/^### ∅ Not in the articles/);
    expect(absent.components[0]?.accent_color).toBe(COLOUR.absent);
    expect(quotesIn(absent)).toHaveLength(1);
  });

  it('about what the articles speak of without saying it gets related passages, said to be no answer', async () => {
    const { discord, alice } = at;
    const dm = discord.dm(alice);
    discord.say(alice, dm, 'Who painted the ceiling of the library?');
    const related = await discord.nextMessage(dm);
    expect(textOf(related)).toMatch(/^### ≈ Related passages, not an answer\n/);
    expect(related.components[0]?.accent_color).toBe(COLOUR.related);
  });
});

describe('/ask', () => {
  it('is promised at once, then answered for all', async () => {
    const { discord, alice, channel } = at;
    const asked = discord.command(alice, channel, 'ask', { question: VOTE_QUESTION });
    expect((await asked.response()).type).toBe(5);
    expect(quotesIn(await asked.final())[0]).toContain('nine to six');
    expect(asked.ephemeral).toBe(false);
  });

  it('looks into one article only', async () => {
    const { discord, alice, channel } = at;
    const options = { question: VOTE_QUESTION, seed: 'vellmar-sound-ferry' };
    const answer = await discord.command(alice, channel, 'ask', options).final();
    for (const quote of quotesIn(answer)) expect(FERRY).toContain(quote);
    const unknown = discord.command(alice, channel, 'ask', { question: VOTE_QUESTION, seed: 'nothing' });
    expect(textOf(await unknown.final())).toContain('no such article');
    expect(unknown.ephemeral).toBe(true);
  });

  it('answers in private, and shares that answer', async () => {
    const { discord, alice, channel } = at;
    const asked = discord.command(alice, channel, 'ask', { question: VOTE_QUESTION, private: true });
    const answer = await asked.final();
    expect(answer.flags & EPHEMERAL).not.toBe(0);
    const shared = await discord.click(alice, answer, buttonOf(answer, 'share:')).followup();
    expect(shared.flags & EPHEMERAL).toBe(0);
    expect(textOf(shared)).toContain(`shared by <@${alice.id}>`);
    expect(shared.mentions).toEqual([]);
    expect(quotesIn(shared)).toEqual(quotesIn(answer));
  });

  it('offers example questions and articles while one types', async () => {
    const { discord, alice, channel } = at;
    const questions = discord.autocomplete(alice, channel, 'ask', 'question', { question: 'roof' });
    expect((await questions.response()).choices.map(({ value }) => value)).toContain(
      'How much will the roof cost?',
    );
    const seeds = discord.autocomplete(alice, channel, 'ask', 'seed', { question: 'x', seed: 'ferry' });
    expect((await seeds.response()).choices.map(({ value }) => value)).toEqual(['vellmar-sound-ferry']);
  });

  it('answers a user who brought the app to a server without it', async () => {
    const { discord } = at;
    const bob = discord.user({ installed: true });
    const elsewhere = discord.channel(discord.guild({ members: [bob], bot: false }));
    const answer = await discord.command(bob, elsewhere, 'ask', { question: VOTE_QUESTION }).final();
    expect(quotesIn(answer)[0]).toContain('nine to six');
  });

  it.each([
    ['ko', '답'],
    ['zh-CN', '回答'],
    ['ja', '回答'],
  ])('speaks %s around the quotes', async (locale, word) => {
    const { discord, guild, channel } = at;
    const reader = discord.user({ locale });
    discord.join(guild, reader);
    const answer = await discord.command(reader, channel, 'ask', { question: VOTE_QUESTION }).final();
    expect(textOf(answer).split('\n')[0]).toContain(word);
    expect(quotesIn(answer)[0]).toContain('nine to six');
  });
});

describe('politeness', () => {
  it('tells the exact wait after many questions', async () => {
    const { discord, alice } = at;
    const dm = discord.dm(alice);
    for (let asked = 0; asked < 10; asked++) {
      discord.say(alice, dm, 'How old is Dorothea Finch?');
      await discord.nextMessage(dm);
    }
    discord.say(alice, dm, 'How old is Dorothea Finch?');
    expect(textOf(await discord.nextMessage(dm))).toMatch(/ask again in \d+ s/);
  });
});
