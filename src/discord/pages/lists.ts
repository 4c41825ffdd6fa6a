import { ButtonStyle } from 'discord.js';
import type { Library } from '../../answering/library.ts';
import type { Seed } from '../../seeds/seed.ts';
import { markOf } from '../custom-ids.ts';
import { MAX_TEXT_UNITS } from '../limits.ts';
import { inert } from '../markdown.ts';
import { button, COLOUR, line, type Page, type Part, page, row, text } from '../page.ts';
import { SUBTEXT } from '../previous.ts';
import type { Words } from '../words/words.ts';
import { sourceLine } from './quotes.ts';

/** Left free in a list for its title and its last line. */
const RESERVED_UNITS = 300;
const SHOWN_EXAMPLES = 3;

/** One sentence: a refusal, a wait, something that changed. It comes in inert or with no foreign text. */
export function noticePage(sentence: string, colour: number = COLOUR.absent): Page {
  return page(colour, [text(sentence)]);
}

/** Several lines under a title. */
export function linesPage(title: string, lines: readonly string[]): Page {
  return page(COLOUR.plain, [text(`### ${title}\n${lines.join('\n')}`)]);
}

export function seedsPage({ seeds, index }: Library, words: Words): Page {
  const lines: string[] = [];
  let units = 0;
  for (const seed of seeds) {
    const count = index.sentencesBySeed.get(seed.id) ?? 0;
    const entry = `**${sourceLine(seed)}**\n${SUBTEXT}${inert(seed.id.slice(0, 100))} · ${words.seedLine(count, day(index.builtAt))}`;
    units += entry.length + 1;
    if (units > MAX_TEXT_UNITS - RESERVED_UNITS) break;
    lines.push(entry);
  }
  const more = seeds.length - lines.length;
  return linesPage(words.seedsTitle(seeds.length), [
    ...lines,
    ...(more > 0 ? [`${SUBTEXT}${words.moreSeeds(more)}`] : []),
  ]);
}

export function aboutPage({ seeds, index }: Library, version: string, words: Words): Page {
  return linesPage(words.aboutTitle, [
    words.aboutBody(version, inert(index.model)),
    words.aboutIndex(seeds.length, index.sentences, inert(index.generation), day(index.builtAt)),
    words.aboutStored,
  ]);
}

export function helpPage({ seeds }: Library, words: Words): Page {
  const lines = words.helpLines.map((each) => `• ${each}`).join('\n');
  return page(COLOUR.plain, [text(`### ${words.helpTitle}\n${lines}`), ...exampleRows(seeds)]);
}

/** What an empty mention gets. */
export function invitationPage({ seeds }: Library, words: Words): Page {
  const parts: Part[] = [text(`### ${words.emptyTitle}\n${words.emptyBody}`), ...exampleRows(seeds)];
  return page(COLOUR.plain, [...parts, line(), text(`${SUBTEXT}/help`)]);
}

/** Three example questions as buttons, of as many different seeds as there are. */
function exampleRows(seeds: readonly Seed[]): Part[] {
  const buttons: Part[] = [];
  for (let number = 0; number < SHOWN_EXAMPLES && buttons.length < SHOWN_EXAMPLES; number++) {
    for (const seed of seeds) {
      const example = seed.examples[number];
      if (example === undefined || buttons.length >= SHOWN_EXAMPLES) continue;
      const press = { does: 'example', seed: markOf(seed), number } as const;
      buttons.push(...row(button(press, example, ButtonStyle.Primary)));
    }
  }
  return buttons;
}

/** `2026-01-31 12:00 UTC` */
function day(iso: string): string {
  return `${iso.slice(0, 16).replace('T', ' ')} UTC`;
}
