import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { textOf } from './reading.ts';
import { runBot } from './running.ts';
import type { Role, User } from './stand-in/world.ts';

let operator: User;
let editors: Role;
const at = runBot(({ discord, guild }) => {
  operator = discord.user({ name: 'operator' });
  editors = discord.role(guild, 'editors');
  return { env: { ADMIN_USER_IDS: operator.id, ADMIN_ROLE_IDS: editors.id } };
});

describe('the commands for admins', () => {
  it('are refused to others, though a server opened them', async () => {
    const { discord, alice, channel, guild } = at;
    for (const name of ['status', 'reembed', 'rollback', 'channel show']) {
      guild.openCommands.add(name.split(' ')[0] ?? '');
      const tried = discord.command(alice, channel, name);
      expect(textOf(await tried.final())).toContain('those who manage the server');
      expect(tried.ephemeral).toBe(true);
    }
  });

  it('are named by /help to those who may use them', async () => {
    const { discord, alice, owner, channel } = at;
    const help = async (user: User) => textOf(await discord.command(user, channel, 'help').final());
    expect(await help(owner)).toContain('**/reembed**');
    expect(await help(alice)).not.toContain('/reembed');
  });

  it('are open to the users and roles that the operator named', async () => {
    const { discord, alice, channel, guild } = at;
    guild.openCommands.add('status');
    discord.join(guild, operator);
    discord.join(guild, alice, [editors]);
    for (const user of [operator, alice]) {
      expect(textOf(await discord.command(user, channel, 'status').final())).toContain('Status');
    }
  });

  it('/status is private', async () => {
    const { discord, owner, channel } = at;
    const status = discord.command(owner, channel, 'status');
    expect(textOf(await status.final())).toMatch(/gateway \d+ ms · 1 server /);
    expect(status.ephemeral).toBe(true);
  });

  it('/channel says where mentions are answered, and it is kept', async () => {
    const { discord, owner, channel, guild, bot } = at;
    const other = discord.channel(guild);
    const listed = await discord.command(owner, channel, 'channel add', { place: channel.id }).final();
    expect(textOf(listed)).toContain(`<#${channel.id}>`);
    discord.say(owner, other, `${discord.mention} What will the roof cost?`);
    discord.say(owner, channel, `${discord.mention} What will the roof cost?`);
    await discord.nextMessage(channel);
    expect(discord.messagesIn(other)).toHaveLength(1);
    const thread = discord.thread(channel);
    discord.say(owner, thread, `${discord.mention} What will the roof cost?`);
    await discord.nextMessage(thread);
    const kept = JSON.parse(readFileSync(path.join(bot.indexFolder, 'answering-places.json'), 'utf8'));
    expect(kept).toEqual({ [guild.id]: { mode: 'listed', channels: [channel.id] } });
    const removed = await discord.command(owner, channel, 'channel remove', { place: channel.id }).final();
    expect(textOf(removed)).toContain('nowhere in this server');
    discord.say(owner, channel, `${discord.mention} What will the roof cost?`);
    await discord.command(owner, channel, 'channel everywhere').final();
    discord.say(owner, other, `${discord.mention} What will the roof cost?`);
    await discord.nextMessage(other);
    expect(discord.messagesIn(channel).filter(({ author }) => author.id === discord.bot.id)).toHaveLength(1);
    const shown = await discord.command(owner, channel, 'channel show').final();
    expect(textOf(shown)).toContain('everywhere in this server');
  });
});
