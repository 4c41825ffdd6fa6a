import type { Interaction } from '../stand-in/interaction.ts';
import type { WireMessage } from '../stand-in/wire.ts';

/** A reply of the bot, and what it replies to. */
export interface Shot {
  /** What kind of reply it is; pictures name it by this. */
  readonly kind: string;
  /** What a user wrote, where the bot replies to a message. */
  readonly said: string | null;
  /** What a user did, where the bot replies to a command or a button. */
  readonly used: string | null;
  readonly message: WireMessage;
  readonly ephemeral: boolean;
  /** The reader's language. */
  readonly locale: string;
}

/** The final reply to a command, a menu or a button. */
export async function shotOf(
  kind: string,
  used: string,
  interaction: Interaction,
  wanted?: (message: WireMessage) => boolean,
): Promise<Shot> {
  const message = await interaction.final(wanted).catch((cause: unknown) => {
    throw new Error(`no reply of kind "${kind}"`, { cause });
  });
  const { ephemeral, user } = interaction;
  return { kind, said: null, used, message, ephemeral, locale: user.locale };
}
