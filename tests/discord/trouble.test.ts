import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { SEEDS } from './bot-process.ts';
import { buttonOf, quotesIn, textOf } from './reading.ts';
import { runBot } from './running.ts';
import { permission } from './stand-in/permissions.ts';

const QUESTION = 'What will the roof cost?';

const seeds = mkdtempSync(path.join(tmpdir(), 'liaison-seeds-'));
cpSync(SEEDS, seeds, { recursive: true });
afterAll(() => rmSync(seeds, { recursive: true, force: true }));
const at = runBot(() => ({ seeds }));

describe('a place that is shut', () => {
  it('is noted once for a question, and the bot goes on', async () => {
    const { discord, alice, guild, channel, bot } = at;
    const shut = discord.channel(guild);
    discord.overwrite(shut, discord.bot, { deny: permission.sendMessages });
    discord.say(alice, shut, `${discord.mention} ${QUESTION}`);
    await bot.logged('the place is gone or shut; not answered');
    discord.say(alice, channel, `${discord.mention} ${QUESTION}`);
    await discord.nextMessage(channel);
    expect(discord.messagesIn(shut)).toHaveLength(1);
  });
});

describe('a place where the bot may not read what was written before', () => {
  it('gets the answer as a message of its own, for Discord takes no reply there', async () => {
    const { discord, alice, guild } = at;
    const place = discord.channel(guild);
    discord.overwrite(place, discord.bot, { deny: permission.readMessageHistory });
    discord.say(alice, place, `${discord.mention} ${QUESTION}`);
    const answer = await discord.nextMessage(place);
    expect(quotesIn(answer)[0]).toContain('£86,000');
    expect(answer.referenced_message).toBeUndefined();
    discord.say(alice, place, discord.mention);
    expect(textOf(await discord.nextMessage(place))).toContain('Ask me something');
  });
});

describe('something that fails', () => {
  it('is told with an id that is in the log', async () => {
    const { discord, alice, channel, bot } = at;
    discord.faults.onRest(new RegExp(`^POST /channels/${channel.id}/messages$`), { status: 400, code: 1 });
    discord.say(alice, channel, `${discord.mention} ${QUESTION}`);
    const told = textOf(await discord.nextMessage(channel));
    const { id } = await bot.logged('a reaction failed');
    expect(told).toContain(`noted as ${id}`);
  });
});

describe('an article that changes under the bot', () => {
  it('is not quoted until the index is rebuilt; buttons of before say so', async () => {
    const { discord, owner, channel } = at;
    discord.say(owner, channel, `${discord.mention} ${QUESTION}`);
    const before = await discord.nextMessage(channel);
    const file = path.join(seeds, 'tarnbeck-library-vote.txt');
    writeFileSync(file, readFileSync(file, 'utf8').replace('£86,000', '£99,000'));

    discord.say(owner, channel, `${discord.mention} ${QUESTION}`);
    const refused = await discord.nextMessage(channel);
    expect(quotesIn(refused)).toEqual([]);
    expect(textOf(refused)).toContain('has changed since it was read in');

    discord.command(owner, channel, 'reembed');
    const said = () => discord.messagesIn(channel).find((one) => textOf(one).includes('is rebuilt'));
    const report = await discord.until(said);
    await discord.nextMessage(channel, ({ id }) => id === report.id);
    expect(textOf(report)).toContain('0 added, 1 updated, 0 removed, 1 unchanged');
    discord.say(owner, channel, `${discord.mention} ${QUESTION}`);
    expect(quotesIn(await discord.nextMessage(channel))[0]).toContain('£99,000');

    for (const prefix of ['context:', 'why:', 'more:']) {
      const old = discord.click(owner, before, buttonOf(before, prefix));
      expect(textOf(await old.final())).toContain('The articles have changed');
      expect(old.ephemeral).toBe(true);
    }
  });
});
