import { about } from './about.ts';
import { ask } from './ask.ts';
import { channel } from './channel.ts';
import { checkMenu } from './check-menu.ts';
import type { MenuCommand, SlashCommand } from './command.ts';
import { find } from './find.ts';
import { findMenu } from './find-menu.ts';
import { help } from './help.ts';
import { read } from './read.ts';
import { reembed } from './reembed.ts';
import { rollback } from './rollback.ts';
import { seeds } from './seeds.ts';
import { status } from './status.ts';
import { verify } from './verify.ts';

export const SLASH_COMMANDS: readonly SlashCommand[] = [
  ask,
  find,
  read,
  verify,
  seeds,
  about,
  help,
  status,
  reembed,
  rollback,
  channel,
];

export const MENU_COMMANDS: readonly MenuCommand[] = [checkMenu, findMenu];
