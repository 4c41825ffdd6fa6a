import type { Library } from '../../answering/library.ts';
import type { Seed } from '../../seeds/seed.ts';
import { markOf } from '../custom-ids.ts';
import { inert } from '../markdown.ts';
import { button, COLOUR, fitting, line, type Page, type Part, page, row, text } from '../page.ts';
import { SUBTEXT } from '../previous.ts';
import { moment } from '../words/dates.ts';
import type { Words } from '../words/words.ts';
import { DOT, outletAndDate, titleOf } from './quotes.ts';

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
  const entries = seeds.map((seed) => {
    const sentences = words.sentences(index.sentencesBySeed.get(seed.id) ?? 0);
    const about = [outletAndDate(seed, words), sentences].filter(Boolean).join(DOT);
    return { parts: [text(`**${titleOf(seed)}**\n${SUBTEXT}${about}`)] };
  });
  const title = text(`### ${words.articles(seeds.length)}`);
  const foot = (more: number) => {
    const embedded = `${SUBTEXT}${words.embedded(moment(index.builtAt))}`;
    return [line(), text(more > 0 ? `${SUBTEXT}${words.moreSeeds(more)}\n${embedded}` : embedded)];
  };
  const { taken, left } = fitting(entries, [title, ...foot(seeds.length)]);
  return page(COLOUR.plain, [title, ...taken.flatMap(({ parts }) => parts), ...foot(left.length)]);
}

export function aboutPage({ seeds, index }: Library, version: string, words: Words): Page {
  return linesPage(words.aboutTitle, [
    words.aboutBody(version, inert(index.model)),
    words.aboutIndex(seeds.length, index.sentences, inert(index.generation), index.builtAt),
    words.aboutStored,
  ]);
}

/** @param may what the reader may do besides asking */
export function helpPage(
  { seeds }: Library,
  words: Words,
  may: { readonly administer: boolean; readonly changeSeeds: boolean },
): Page {
  const told = [
    ...words.helpLines,
    ...(may.changeSeeds ? [words.changes.help] : []),
    ...(may.administer ? [words.helpAdmins] : []),
  ];
  const lines = told.map((each) => `- ${each}`).join('\n');
  return page(COLOUR.plain, [text(`### ${words.helpTitle}\n${lines}`), ...exampleRows(seeds)]);
}

/** What an empty mention gets. */
export function invitationPage({ seeds }: Library, words: Words): Page {
  const invitation = text(`### ${words.emptyTitle}\n${words.emptyBody}`);
  return page(COLOUR.plain, [invitation, ...exampleRows(seeds), text(`${SUBTEXT}${words.emptyMore}`)]);
}

/** Three example questions as buttons, of as many different seeds as there are; a copy of one has the same ids. */
function exampleRows(seeds: readonly Seed[]): Part[] {
  const buttons: Part[] = [];
  const marks = new Set<string>();
  for (let number = 0; number < SHOWN_EXAMPLES && buttons.length < SHOWN_EXAMPLES; number++) {
    for (const seed of seeds) {
      const example = seed.examples[number];
      const press = { does: 'example', seed: markOf(seed), number } as const;
      const mark = `${press.seed} ${number}`;
      if (example === undefined || buttons.length >= SHOWN_EXAMPLES || marks.has(mark)) continue;
      marks.add(mark);
      buttons.push(...row(button(press, example)));
    }
  }
  return buttons;
}
