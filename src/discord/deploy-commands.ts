import { REST, type RESTGetCurrentApplicationResult, Routes } from 'discord.js';
import { readConfig } from '../config.ts';
import { OperatorError } from '../operator-error.ts';
import { inviteLink } from './invite.ts';
import { REGISTERED, registerCommands } from './register.ts';

/** Registers the commands by hand, and tells the link by which a server adds the bot. */
async function deployCommands(): Promise<string> {
  const { discordToken, discordApiUrl } = readConfig();
  if (discordToken === undefined) throw new OperatorError('DISCORD_TOKEN is missing; put it into .env');
  const rest = new REST(discordApiUrl === undefined ? {} : { api: discordApiUrl }).setToken(discordToken);
  try {
    const { id } = (await rest.get(Routes.currentApplication())) as RESTGetCurrentApplicationResult;
    const changed = await registerCommands(rest, id);
    const told = changed
      ? `${REGISTERED.length} commands registered`
      : 'nothing to do: the commands are registered';
    return `${told}\nadd the bot to a server: ${inviteLink(id)}`;
  } catch (cause) {
    throw new OperatorError(
      `Discord refused the commands (${(cause as Error).message}); check DISCORD_TOKEN`,
      {
        cause,
      },
    );
  }
}

try {
  process.stdout.write(`${await deployCommands()}\n`);
} catch (error) {
  if (!(error instanceof OperatorError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
