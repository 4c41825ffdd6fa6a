import { openLibrary } from './answering/open-library.ts';
import { OperatorError } from './operator-error.ts';
import { Chat, runChat } from './terminal/chat.ts';
import { runCommand } from './terminal/command.ts';
import { styleOf } from './terminal/render.ts';

await runCommand('usage: npm start', {}, async ({ config, library: options }) => {
  if (config.discordToken !== undefined) {
    throw new OperatorError(
      'DISCORD_TOKEN is set, but the Discord side is not built yet; unset it to ask in the terminal',
    );
  }
  const { stdin, stdout } = process;
  stdout.write('liaison answers questions about the articles in seeds/, only in their own words.\n');
  stdout.write(
    'It is offline: a Discord bot is in the making, and will start once DISCORD_TOKEN is in .env. /help shows the commands.\n\n',
  );
  const library = await openLibrary(options);
  const chat = new Chat(library, styleOf(stdout));
  const lines = await runChat(chat, stdin, stdout);
  if (lines > 0 || stdin.isTTY) return;
  for (const question of library.seeds.flatMap(({ examples }) => examples)) {
    stdout.write(`> ${question}\n${await chat.reply(question)}\n\n`);
  }
});
