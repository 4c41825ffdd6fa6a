import { mistakeOf, runCommand } from './command.ts';
import { type Check, checksOf } from './doctor-checks.ts';
import { inert } from './wrap.ts';

const USAGE = `usage: npm run doctor [-- options]

Says what liaison needs, whether it is there, and what to do if not. Builds and changes nothing.
`;

await runCommand({ usage: USAGE, options: {}, words: false }, async ({ library, config }) => {
  for (const [name, check] of checksOf(library, config)) {
    const { state, lines } = await outcomeOf(check);
    if (state === 'problem') process.exitCode = 1;
    const [first = '', ...more] = lines;
    process.stdout.write(`${state.padEnd(8)} ${name}: ${first}\n`);
    for (const line of more) process.stdout.write(`${' '.repeat(9)}${line}\n`);
  }
});

async function outcomeOf(check: Check): Promise<{ state: string; lines: string[] }> {
  try {
    const { state, text } = await check();
    return { state, lines: [inert(text)] };
  } catch (error) {
    const message = mistakeOf(error) ?? inert(error instanceof Error ? error.message : String(error));
    return { state: 'problem', lines: message.split('\n') };
  }
}
