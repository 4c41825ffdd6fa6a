import { describe, expect, it } from 'vitest';
import { buttonOf, componentsIn, quotesIn, textOf } from './reading.ts';
import { runBot } from './running.ts';
import { permission } from './stand-in/permissions.ts';
import { EPHEMERAL, type WireMessage } from './stand-in/wire.ts';

const at = runBot();

async function answered(question = 'What will the roof cost?'): Promise<WireMessage> {
  const { discord, alice, channel } = at;
  discord.say(alice, channel, `${discord.mention} ${question}`);
  return discord.nextMessage(channel);
}

describe('the buttons of an answer', () => {
  it('Context shows the paragraph between its neighbours, for the one who pressed, and turns', async () => {
    const { discord, alice } = at;
    const answer = await answered();
    const opened = discord.click(alice, answer, buttonOf(answer, 'context:'));
    const context = await opened.final();
    expect(opened.ephemeral).toBe(true);
    expect(quotesIn(context)).toHaveLength(3);
    expect(quotesIn(context)[1]).toContain(quotesIn(answer)[0]);
    const bold = componentsIn(context).filter(({ content }) => content?.includes('**'));
    expect(bold).toHaveLength(1);
    const later = componentsIn(context).filter(({ custom_id: id }) => id?.startsWith('around:'))[1];
    const turned = await discord.click(alice, context, later?.custom_id ?? '').final();
    expect(turned.id).toBe(context.id);
    expect(quotesIn(turned)[0]).toBe(quotesIn(context)[1]);
  });

  it('More quotes opens a second page and turns', async () => {
    const { discord, alice } = at;
    const answer = await answered();
    const opened = discord.click(alice, answer, buttonOf(answer, 'more:'));
    const more = await opened.final();
    expect(opened.ephemeral).toBe(true);
    for (const quote of quotesIn(more)) expect(quotesIn(answer)).not.toContain(quote);
    const back = await discord.click(alice, more, buttonOf(more, 'quotes:0')).final((message) => {
      return quotesIn(message)[0] === quotesIn(answer)[0];
    });
    expect(quotesIn(back)).toEqual(quotesIn(answer));
  });

  it('Why this? names the words and the closeness', async () => {
    const { discord, alice } = at;
    const answer = await answered();
    const why = await discord.click(alice, answer, buttonOf(answer, 'why:')).final();
    expect(textOf(why)).toMatch(/words found in it: .*roof/);
    expect(textOf(why)).toMatch(/closeness of meaning: 0\.\d\d/);
  });

  it('Dismiss is for the asker and moderators', async () => {
    const { discord, alice, owner, guild } = at;
    const bob = discord.user();
    discord.join(guild, bob);
    const answer = await answered();
    const refused = await discord.click(bob, answer, buttonOf(answer, 'dismiss:')).final();
    expect(textOf(refused)).toContain('Only the one who asked');
    discord.click(alice, answer, buttonOf(answer, 'dismiss:'));
    await discord.until(() => !discord.world.messages.has(answer.id));
    const other = await answered();
    discord.click(owner, other, buttonOf(other, 'dismiss:'));
    await discord.until(() => !discord.world.messages.has(other.id));
  });

  it('Dismiss works for moderators by role', async () => {
    const { discord, guild } = at;
    const moderator = discord.user();
    discord.join(guild, moderator, [discord.role(guild, 'moderators', permission.manageMessages)]);
    const answer = await answered();
    discord.click(moderator, answer, buttonOf(answer, 'dismiss:'));
    await discord.until(() => !discord.world.messages.has(answer.id));
  });

  it.each([
    ['of another version', 'older:1:2'],
    ['that somebody forged', 'context:zzzzzzzzzzzz:0:1'],
  ])('one %s gets a kind word', async (_, customId) => {
    const { discord, alice } = at;
    const click = discord.click(alice, await answered(), customId, { forged: true });
    expect(textOf(await click.final())).toContain('no longer works');
    expect(click.ephemeral).toBe(true);
  });

  it('one for an article that has changed says so', async () => {
    const { discord, alice } = at;
    const click = discord.click(alice, await answered(), 'context:0123456789ab:10:20', { forged: true });
    expect(textOf(await click.final())).toContain('The articles have changed');
  });

  it('one for a place outside of the article says so', async () => {
    const { discord, alice } = at;
    const answer = await answered();
    const [, seed] = buttonOf(answer, 'context:').split(':');
    const click = discord.click(alice, answer, `context:${seed}:999999:999999999`, { forged: true });
    expect(textOf(await click.final())).toContain('The articles have changed');
  });

  it('pressed twice at once, both presses are answered', async () => {
    const { discord, alice, owner } = at;
    const answer = await answered();
    const id = buttonOf(answer, 'why:');
    const both = [discord.click(alice, answer, id), discord.click(owner, answer, id)];
    for (const message of await Promise.all(both.map((click) => click.final()))) {
      expect(message.flags & EPHEMERAL).not.toBe(0);
    }
  });
});
