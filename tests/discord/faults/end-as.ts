import { readConfig } from '../../../src/config.ts';
import { startBot } from '../../../src/discord/start.ts';
import { TIMINGS } from '../../../src/discord/timings.ts';
import { SEEDS } from '../bot-process.ts';

/** Starts the bot as `npm start` does, with a Discord that is not there, and ends it in the way that is named. */
const [, , way, indexFolder = ''] = process.argv;
const running = startBot(
  { ...readConfig(), seedsFolder: SEEDS, indexFolder },
  { ...TIMINGS, firstLoginWaitMs: 1, giveUpMs: 0 },
);
if (way === 'bug') {
  setImmediate(() => {
    throw new Error('a bug');
  });
}
await running;
