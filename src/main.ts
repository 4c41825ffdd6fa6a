import { OperatorError } from './operator-error.ts';
import { Chat, chatOnLines, chatOnTerminal, showExchange } from './terminal/chat.ts';
import { runCommand } from './terminal/command.ts';
import { styleOf } from './terminal/style.ts';

const USAGE = `usage: npm start [-- options]

With DISCORD_TOKEN in .env: starts the Discord bot. Without: a chat here, about the articles; or, when stdin is no
terminal, answers to the questions on it, one a line. Without any, the articles' own example questions are answered.
`;

const WELCOME = `liaison answers questions about the articles in seeds/, and only in their own words.
Offline for now: put DISCORD_TOKEN into .env to go online (see README.md). /help shows what else you can do here.

`;

await runCommand({ usage: USAGE, options: {}, words: false }, async ({ config, library: where }) => {
  if (config.discordToken !== undefined) {
    throw new OperatorError(
      'DISCORD_TOKEN is set, but the Discord side is not built yet; unset it to ask here in the terminal',
    );
  }
  const { stdin, stdout } = process;
  stdout.write(WELCOME);
  const { openLibrary } = await import('./answering/open-library.ts');
  const library = await openLibrary(where);
  const chat = new Chat(library, styleOf(stdout));
  const examples = library.seeds.flatMap((seed) => seed.examples);
  if (stdin.isTTY) {
    if (examples[0] !== undefined) stdout.write(`For example: ${examples[0]}\n\n`);
    return chatOnTerminal(chat, stdin, stdout);
  }
  if ((await chatOnLines(chat, stdin, stdout)) > 0) return;
  for (const question of examples) await showExchange(chat, question, stdout);
});
