import { once } from 'node:events';
import {
  ApplicationCommandType,
  type ChatInputCommandInteraction,
  Client,
  ContextMenuCommandBuilder,
  DiscordAPIError,
  GatewayIntentBits,
  type Interaction,
  type Message,
  Partials,
  SlashCommandBuilder,
} from 'discord.js';
import type { Interaction as Invoked } from './interaction.ts';
import { type StandIn, type StandInOptions, startStandIn } from './stand-in.ts';
import type { Channel, Guild, User } from './world.ts';

/** A slash command that users can install, one for who manages the server, and a message menu. */
export const COMMANDS = [
  new SlashCommandBuilder()
    .setName('ask')
    .setDescription('Asks the articles')
    .setIntegrationTypes(0, 1)
    .setContexts(0, 1, 2)
    .addStringOption((option) =>
      option.setName('question').setDescription('What to ask').setRequired(true).setAutocomplete(true),
    ),
  new SlashCommandBuilder().setName('status').setDescription('Tells').setDefaultMemberPermissions(32n),
  new ContextMenuCommandBuilder().setName('Check').setType(ApplicationCommandType.Message),
].map((command) => command.toJSON());

/** A stand-in with a server, a member and a channel, and the real discord.js client in it. */
export interface Scene {
  readonly discord: StandIn;
  readonly alice: User;
  readonly guild: Guild;
  readonly channel: Channel;
  readonly client: Client;
  close(): Promise<void>;
}

/** Sets the scene and waits until the client is ready. */
export async function setScene(options: StandInOptions = {}): Promise<Scene> {
  const discord = await startStandIn(options);
  const alice = discord.user({ name: 'alice', locale: 'ko' });
  const guild = discord.guild({ members: [alice] });
  const channel = discord.channel(guild);
  const client = makeClient(discord);
  const ready = once(client, 'clientReady');
  await client.login(discord.token);
  await ready;
  const close = async () => {
    await client.destroy();
    await discord.close();
  };
  return { discord, alice, guild, channel, client, close };
}

export function makeClient(discord: StandIn, intents: readonly GatewayIntentBits[] = []): Client {
  const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits;
  const made = new Client({
    rest: { api: discord.apiUrl },
    intents: [Guilds, GuildMessages, DirectMessages, ...intents],
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
  });
  made.on('error', () => {});
  return made;
}

/** The next message that the client hears of. */
export async function received({ client }: Scene): Promise<Message> {
  const [message] = await once(client, 'messageCreate');
  return message;
}

/** The next interaction that the client hears of. */
export async function invoked({ client }: Scene): Promise<Interaction> {
  const [interaction] = await once(client, 'interactionCreate');
  return interaction;
}

/** Lets alice use `/ask`; both ends of the interaction. */
export async function asked(
  scene: Scene,
): Promise<{ readonly handle: Invoked; readonly interaction: ChatInputCommandInteraction }> {
  const arrival = invoked(scene);
  const handle = scene.discord.command(scene.alice, scene.channel, 'ask', { question: 'where?' });
  return { handle, interaction: (await arrival) as ChatInputCommandInteraction };
}

/** Discord's code of the refusal, undefined where there was none, or another error as it is. */
export async function codeOf(attempt: Promise<unknown>): Promise<unknown> {
  const error = await attempt.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof DiscordAPIError ? error.code : error;
}
