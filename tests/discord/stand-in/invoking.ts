import { optionsWire, type Value } from './command-options.ts';
import { allComponents } from './components.ts';
import type { Core } from './core.ts';
import { Interaction, type InteractionType } from './interaction.ts';
import { MAX_FILES_BYTES } from './message-limits.ts';
import { channelPermissions, guildPermissions, OUTSIDE, permission } from './permissions.ts';
import type { WireCommand, WireComponent, WireMessage } from './wire.ts';
import type { Channel, User } from './world.ts';
import { channelWire, holds, interactionMemberWire, userWire } from './world-wire.ts';

export interface ClickOptions {
  /** True to send a custom id that the message does not have, as only an attacker or old client would. */
  readonly forged?: boolean;
}

/** What users do with commands, buttons and modals; each gives the interaction to follow. */
export function invocations(core: Core) {
  const { world } = core;

  /** Who brought the app to this place: the server (0), the user (1), or both. */
  function ownersFor(user: User, channel: Channel, kinds: readonly number[]): Record<string, string> {
    const owners: Record<string, string> = {};
    if (kinds.includes(0) && world.botIsIn(channel)) owners[0] = channel.guildId ?? '0';
    if (kinds.includes(1) && user.installed) owners[1] = user.id;
    return owners;
  }

  function contextOf(channel: Channel): 0 | 1 | 2 {
    if (channel.guildId !== null) return 0;
    return world.botIsIn(channel) ? 1 : 2;
  }

  /** The registered command, when this user can reach it here. @throws naming what forbids it */
  function reach(user: User, channel: Channel, name: string, type: number): WireCommand {
    const guild = world.guildOf(channel);
    const command = [...world.commands.values()].find(
      (candidate) =>
        candidate.name === name &&
        candidate.type === type &&
        (candidate.guild_id ?? channel.guildId) === channel.guildId,
    );
    if (!command) throw new Error(`no command "${name}" of type ${type} is registered here`);
    if (command.contexts && !command.contexts.includes(contextOf(channel))) {
      throw new Error(`"${name}" is not for context ${contextOf(channel)}`);
    }
    if (Object.keys(ownersFor(user, channel, command.integration_types ?? [0])).length === 0) {
      throw new Error(`"${name}" is neither in this place nor installed by ${user.name}`);
    }
    const needed = BigInt(command.default_member_permissions ?? 0);
    const hidden =
      command.default_member_permissions !== null && guild && !holds(guild, user, needed || 1n << 3n);
    if (hidden && !guild.openCommands.has(name)) throw new Error(`"${name}" is hidden from ${user.name}`);
    return command;
  }

  function send(
    type: InteractionType,
    user: User,
    channel: Channel,
    owners: Record<string, string>,
    data: unknown,
    message: WireMessage | null,
  ): Interaction {
    const guild = world.guildOf(channel);
    const outsider = guild !== undefined && owners[0] === undefined;
    const mayShow = !guild || (guildPermissions(guild, user.id) & permission.useExternalApps) !== 0n;
    const forcedEphemeral = outsider && !mayShow;
    const source = message?.id ?? null;
    const interaction = new Interaction(core, { type, user, channel, owners, source, forcedEphemeral });
    core.interactions.set(interaction.token, interaction);
    const member = world.botIsIn(channel) && guild;
    core.gateway.dispatch(channel.guildId, 'INTERACTION_CREATE', {
      id: interaction.id,
      application_id: world.bot.id,
      type,
      data,
      token: interaction.token,
      version: 1,
      channel_id: channel.id,
      channel: channelWire(world, channel),
      locale: user.locale,
      ...(guild
        ? {
            guild_id: guild.id,
            guild: { id: guild.id, locale: guild.locale, features: [] },
            guild_locale: guild.locale,
            member: interactionMemberWire(world, guild, channel, user),
          }
        : { user: userWire(user) }),
      app_permissions: String(member ? channelPermissions(world, channel, world.bot.id) : OUTSIDE),
      entitlements: [],
      authorizing_integration_owners: owners,
      context: contextOf(channel),
      attachment_size_limit: MAX_FILES_BYTES,
      ...(message && { message }),
    });
    return interaction;
  }

  /** Uses a slash command; subcommands are written with blanks: `config set`. */
  function command(
    user: User,
    channel: Channel,
    name: string,
    options: Record<string, Value> = {},
  ): Interaction {
    return slash(2, user, channel, name, options, null);
  }

  /** Types into option `focused` of a slash command. */
  function autocomplete(
    user: User,
    channel: Channel,
    name: string,
    focused: string,
    options: Record<string, Value>,
  ): Interaction {
    return slash(4, user, channel, name, options, focused);
  }

  function slash(
    type: 2 | 4,
    user: User,
    channel: Channel,
    path: string,
    options: Record<string, Value>,
    focused: string | null,
  ): Interaction {
    const [name = '', ...subcommands] = path.split(' ');
    const found = reach(user, channel, name, 1);
    const { options: wire, resolved } = optionsWire(core, found.options ?? [], subcommands, options, focused);
    const owners = ownersFor(user, channel, found.integration_types ?? [0]);
    const data = { ...commandData(found), options: wire, ...(resolved && { resolved }) };
    return send(type, user, channel, owners, data, null);
  }

  function commandData({ id, name, type, guild_id }: WireCommand) {
    return { id, name, type, ...(guild_id && { guild_id }) };
  }

  /** Chooses a command from a message's context menu. */
  function menu(user: User, channel: Channel, name: string, target: WireMessage): Interaction {
    const found = reach(user, channel, name, 3);
    const resolved = { messages: { [target.id]: world.messages.get(target.id)?.wire ?? target } };
    const data = { ...commandData(found), target_id: target.id, resolved };
    return send(2, user, channel, ownersFor(user, channel, found.integration_types ?? [0]), data, null);
  }

  /** Clicks a button. @throws when the message has no such button, or it is disabled or out of sight */
  function click(
    user: User,
    message: WireMessage,
    customId: string,
    options: ClickOptions = {},
  ): Interaction {
    return use(user, message, customId, { component_type: 2 }, options);
  }

  /** Chooses values of a select menu. */
  function select(
    user: User,
    message: WireMessage,
    customId: string,
    values: readonly string[],
  ): Interaction {
    return use(user, message, customId, { component_type: 3, values }, {});
  }

  function use(
    user: User,
    shown: WireMessage,
    customId: string,
    data: object,
    { forged }: ClickOptions,
  ): Interaction {
    const stored = world.messages.get(shown.id);
    const message = stored?.wire;
    const channel = message && world.channels.get(message.channel_id);
    if (!message || !channel) throw new Error(`message ${shown.id} is gone`);
    if (stored.onlyFor !== null && stored.onlyFor !== user.id)
      throw new Error(`${user.name} does not see the message`);
    const component = allComponents(message.components).find((candidate) => candidate.custom_id === customId);
    if (!component && !forged) throw new Error(`the message has no component "${customId}"`);
    if (component?.disabled && !forged) throw new Error(`"${customId}" is disabled`);
    const owners = message.interaction_metadata?.authorizing_integration_owners;
    const by = (owners as Record<string, string> | undefined) ?? ownersFor(user, channel, [0, 1]);
    return send(3, user, channel, by, { id: component?.id ?? 1, custom_id: customId, ...data }, message);
  }

  /**
   * Sends the modal of this custom id that the user was last shown.
   * @param forged whose it was, to send another user's modal, as only an attacker would
   * @throws when there was none, or a value is none that Discord's client would let through
   */
  function submit(
    user: User,
    customId: string,
    values: Record<string, string>,
    { forged = user }: { readonly forged?: User } = {},
  ): Interaction {
    const shown = [...core.interactions.values()].findLast(
      (candidate) => candidate.user.id === forged.id && candidate.answer?.modal?.custom_id === customId,
    );
    const modal = shown?.answer?.modal;
    if (!shown || !modal) throw new Error(`${user.name} was shown no modal "${customId}"`);
    const ids = allComponents(modal.components).map(({ custom_id: id }) => id);
    const unknown = Object.keys(values).find((id) => !ids.includes(id));
    if (unknown !== undefined) throw new Error(`the modal has no field "${unknown}"`);
    const message = world.messages.get(shown.source ?? '')?.wire ?? null;
    const data = {
      custom_id: customId,
      components: modal.components.map((each, at) => filled(each, at + 1, values)),
    };
    return send(5, user, shown.channel, shown.owners, data, message);
  }

  return { command, autocomplete, menu, click, select, submit };
}

/** A modal's component as it comes back: type, id, custom id and what was written. */
function filled(component: WireComponent, id: number, values: Record<string, string>): WireComponent {
  const { type, custom_id: customId, components, component: inner } = component;
  return {
    type,
    id,
    ...(customId !== undefined && { custom_id: customId, value: writtenIn(component, values[customId]) }),
    ...(components && { components: components.map((child, at) => filled(child, id * 10 + at, values)) }),
    ...(inner && { component: filled(inner, id * 10, values) }),
  };
}

function writtenIn(component: WireComponent, written = component.value ?? ''): string {
  const { custom_id: id, required = true, min_length: least = 0, max_length: most = 4000 } = component;
  if (required && written === '') throw new Error(`"${id}" must be filled in`);
  if (written !== '' && (written.length < least || written.length > most)) {
    throw new Error(`"${id}" takes ${least} to ${most} characters`);
  }
  return written;
}

export type Invocations = ReturnType<typeof invocations>;
