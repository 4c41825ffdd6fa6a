import { ApplicationCommandOptionType, ChannelType, type ChatInputCommandInteraction } from 'discord.js';
import { isAdmin } from '../admins.ts';
import { MAX_LISTED, type Policy } from '../answering-places.ts';
import { noticePage } from '../pages/lists.ts';
import { respond } from '../respond.ts';
import type { Words } from '../words/words.ts';
import type { SlashCommand } from './command.ts';
import { described, forAdmins } from './define.ts';

type Step = 'everywhere' | 'nowhere' | 'add' | 'remove' | 'show';

const PLACES = [
  ChannelType.GuildText,
  ChannelType.GuildAnnouncement,
  ChannelType.GuildForum,
  ChannelType.PublicThread,
  ChannelType.PrivateThread,
] as const;

function step(key: Step) {
  const place = {
    type: ApplicationCommandOptionType.Channel as const,
    ...described('place'),
    required: true,
    channel_types: [...PLACES],
  };
  return {
    type: ApplicationCommandOptionType.Subcommand as const,
    ...described(key),
    options: key === 'add' || key === 'remove' ? [place] : [],
  };
}

export const channel = {
  data: forAdmins('channel', [
    step('everywhere'),
    step('nowhere'),
    step('add'),
    step('remove'),
    step('show'),
  ]),

  async execute(bot, interaction, words) {
    const { guildId } = interaction;
    if (guildId === null || !isAdmin(bot, interaction)) {
      return respond(interaction, noticePage(words.adminsOnly), true);
    }
    const before = bot.places.policyOf(guildId);
    const after = changed(before, interaction);
    if (after.channels.length > MAX_LISTED) {
      return respond(interaction, noticePage(words.channelListFull(MAX_LISTED)), true);
    }
    if (after !== before) await bot.places.set(guildId, after);
    await respond(interaction, noticePage(told(after, words)), true);
  },
} satisfies SlashCommand;

function changed(before: Policy, { options }: ChatInputCommandInteraction): Policy {
  const place = String(options.get('place')?.value ?? '');
  const others = before.channels.filter((id) => id !== place);
  switch (options.getSubcommand() as Step) {
    case 'everywhere':
      return { mode: 'everywhere', channels: [] };
    case 'nowhere':
      return { mode: 'nowhere', channels: [] };
    case 'add':
      return { mode: 'listed', channels: [...others, place] };
    case 'remove':
      return { mode: others.length > 0 ? 'listed' : 'nowhere', channels: others };
    case 'show':
      return before;
  }
}

function told({ mode, channels }: Policy, words: Words): string {
  if (mode === 'everywhere') return words.channelEverywhere;
  if (mode === 'nowhere') return words.channelNowhere;
  return words.channelListed(channels.map((id) => `<#${id}>`).join(' '));
}
