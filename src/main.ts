import { Chat, chatOnLines, chatOnTerminal, showExchange } from './terminal/chat.ts';
import { runCommand } from './terminal/command.ts';
import { setText, styleOf } from './terminal/style.ts';

const USAGE = `usage: npm start [-- options]

With DISCORD_TOKEN in .env: starts the Discord bot. Without: a chat here, about the articles; or, when stdin is no
terminal, answers to the questions on it, one a line. Without any, the articles' own example questions are answered.
`;

const WELCOME = [
  'liaison answers questions about the articles in seeds/, and only in their own words.',
  'To go online as a Discord bot, put DISCORD_TOKEN into .env; see README.md. Commands here: /help',
];

await runCommand(
  { usage: USAGE, options: {}, words: false },
  async ({ config, library: where, takeInterrupts }) => {
    if (config.discordToken !== undefined) {
      const { startBot } = await (config.shards === undefined
        ? import('./discord/start.ts')
        : import('./discord/shards/start-shards.ts'));
      takeInterrupts();
      return startBot({ ...config, ...where });
    }
    const { stdin, stdout } = process;
    const style = styleOf(stdout);
    stdout.write(`${WELCOME.flatMap((line) => setText(line, style)).join('\n')}\n\n`);
    const { LiveLibrary } = await import('./answering/live-library.ts');
    const library = await LiveLibrary.open(where);
    const chat = new Chat(library, style);
    const examples = library.seeds.flatMap((seed) => seed.examples);
    if (stdin.isTTY) {
      if (examples[0] !== undefined) stdout.write(`For example: ${examples[0]}\n\n`);
      return chatOnTerminal(chat, stdin, stdout);
    }
    if ((await chatOnLines(chat, stdin, stdout)) > 0) return;
    for (const question of examples) await showExchange(chat, question, stdout);
  },
);
