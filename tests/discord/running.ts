import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { type BotOptions, type BotProcess, startBotProcess } from './bot-process.ts';
import { builtIndex } from './built-index.ts';
import { type StandIn, startStandIn } from './stand-in/stand-in.ts';
import type { Channel, Guild, User } from './stand-in/world.ts';

/** A bot that runs for a whole file of tests, and for each of them a reader in a fresh channel. */
export interface Running {
  discord: StandIn;
  bot: BotProcess;
  guild: Guild;
  /** The server's owner, who may do everything. */
  owner: User;
  alice: User;
  channel: Channel;
}

/**
 * Starts the bot before a file's tests; ends it after them, when nothing may have broken Discord's rules.
 * @param prepare gives the bot's options, once there are a server and its owner
 */
export function runBot(prepare: (running: Running) => BotOptions = () => ({})): Running {
  const running = {} as Running;
  beforeAll(async () => {
    running.discord = await startStandIn();
    running.owner = running.discord.user({ name: 'owner' });
    running.guild = running.discord.guild({ name: 'readers', owner: running.owner });
    const indexFolder = await builtIndex();
    running.bot = await startBotProcess(running.discord, { indexFolder, ...prepare(running) });
    await running.bot.logged('ready');
  });
  beforeEach(() => {
    const { discord, guild } = running;
    running.alice = discord.user({ name: 'alice' });
    discord.join(guild, running.alice);
    running.channel = discord.channel(guild);
  });
  afterAll(async () => {
    expect(running.discord.violations).toEqual([]);
    expect(await running.bot.stop()).toBe(0);
    await running.discord.close();
  });
  return running;
}
