import { afterAll, beforeAll, expect, it } from 'vitest';
import { type BotProcess, startBotProcess } from './bot-process.ts';
import { builtIndex } from './built-index.ts';
import { freePort } from './free-port.ts';
import { textOf } from './reading.ts';
import { type StandIn, startStandIn } from './stand-in/stand-in.ts';

let discord: StandIn;
let bot: BotProcess;
let origin: string;

beforeAll(async () => {
  const port = await freePort();
  origin = `http://127.0.0.1:${port}`;
  discord = await startStandIn();
  const env = { HEALTH_PORT: String(port) };
  bot = await startBotProcess(discord, { env, indexFolder: await builtIndex() });
  await bot.logged('ready');
});

afterAll(async () => {
  expect(await bot.stop()).toBe(0);
  await discord.close();
});

it('tells that it lives, that it can answer, and what it has done', async () => {
  const reader = discord.user();
  discord.say(reader, discord.dm(reader), 'What will the roof cost?');
  await discord.nextMessage(discord.dm(reader));
  for (const path of ['/live', '/ready']) {
    const response = await fetch(`${origin}${path}`);
    expect([response.status, await response.json()]).toMatchObject([200, { live: true, ready: true }]);
  }
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  expect(metrics).toContain('liaison_questions_total{outcome="answered"} 1');
  expect(metrics).toContain('liaison_reconnects_total 0');
  expect((await fetch(`${origin}/else`)).status).toBe(404);
});

it('counts outcomes, times answers, and notes rebuilds and lost connections', async () => {
  const owner = discord.user();
  const channel = discord.channel(discord.guild({ owner }));
  await discord.command(owner, channel, 'ask', { question: 'What is the capital of Peru?' }).final();
  discord.command(owner, channel, 'reembed', { mode: 'all' });
  await discord.until(() => discord.messagesIn(channel).some((one) => textOf(one).includes('is rebuilt')));
  discord.faults.dropSocket();
  await bot.logged('resumed');
  const metrics = await (await fetch(`${origin}/metrics`)).text();
  expect(metrics).toContain('liaison_questions_total{outcome="answered"} 1');
  expect(metrics).toContain('liaison_questions_total{outcome="not-in-sources"} 1');
  expect(metrics).toContain('liaison_answer_seconds_count 2');
  expect(metrics).toContain('liaison_rebuilds_total 1');
  expect(metrics).toContain('liaison_reconnects_total 1');
});

it('tells in one line that its port is taken', async () => {
  const env = { HEALTH_PORT: new URL(origin).port };
  const second = await startBotProcess(discord, { env, indexFolder: bot.indexFolder });
  const { status, stderr } = await second.ended();
  expect(status).toBe(1);
  expect(stderr).toMatch(/^HEALTH_PORT \d+ cannot be used \(EADDRINUSE\); choose another\n$/);
});
