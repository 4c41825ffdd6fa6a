import type { BlockKind } from '../../seeds/seed.ts';
import { dateIn, moment } from './dates.ts';
import { REBUILDING } from './rebuilding.ts';
import { SEED_CHANGES } from './seed-changes.ts';

/** `3 articles`, `1 article` */
function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Every fixed word of the bot's replies. Texts that people or articles wrote come in inert. */
export const en = {
  answered: 'Answered',
  related: 'Related passages, not an answer',
  notInSources: 'Not in the articles',
  further: 'Further passages:',
  nearest: 'This is the nearest passage; it is not an answer.',
  noQuotes: 'No passage is near.',
  sure: (percent: number) => `${percent}% sure`,
  foreign:
    'This does not look like English. It was searched by its names, numbers and words; the model reads English only.',
  date: dateIn('en'),
  kinds: {
    headline: 'headline',
    dateline: 'dateline',
    body: '',
    caption: 'caption',
    credit: 'credit',
    noise: '',
  } as Record<BlockKind, string>,
  link: 'source',
  inFile: (count: number) =>
    count === 1
      ? 'One passage is too long to be shown here; it is in the file.'
      : `${count} passages are too long to be shown here; they are in the file.`,
  cannotAttach: (count: number) =>
    `${count === 1 ? 'One passage is' : `${count} passages are`} too long to be shown here, and files may not be attached.`,
  sharedBy: (user: string) => `shared by ${user}`,

  context: 'Context',
  moreQuotes: 'More quotes',
  quotesOf: (first: number, last: number, all: number) =>
    first === last ? `Quote ${first} of ${all}` : `Quotes ${first} to ${last} of ${all}`,
  why: 'Why this?',
  share: 'Share',
  dismiss: 'Dismiss',
  earlier: 'Earlier',
  later: 'Later',

  whyTitle: 'Why these passages?',
  whyIntro:
    'Each sentence of the articles is compared with the question: by the words that both have, and by meaning, as a search model measures it (1 is the same, 0 is unrelated). The model writes nothing.',
  whyWords: (words: string) => `words found in it: ${words}`,
  whyNoWords: 'no word of the question is in it',
  whyCloseness: (closeness: string) => `closeness of meaning: ${closeness}`,

  emptyTitle: 'Ask me something',
  emptyBody:
    'Mention me with a question, or use /ask. I answer only in the articles’ own words. For example:',
  emptyMore: '/help says what else you can do.',
  tooLong: (length: number, most: number) =>
    `The question has ${length} characters; at most ${most} are taken. Please ask a shorter one.`,
  wait: (seconds: number) => `That is quick! Please ask again in ${seconds} s.`,
  waitServer: (seconds: number) => `Many people here are asking. Please ask again in ${seconds} s.`,
  indexChanged: 'The articles have changed since that was sent. Please ask again.',
  expired: 'This button no longer works. Please ask again.',
  notYours: 'Only the one who asked, or a moderator, can dismiss this.',
  failed: (id: string) => `Something failed here; it has been noted as ${id}. Please try again.`,
  cannotAnswer: (reason: string) => `The articles cannot be quoted just now: ${reason}`,
  articleChanged: (title: string) =>
    `“${title}” has changed since it was read in; an admin can run /reembed.`,
  unknownSeed: 'There is no such article; /seeds list shows them.',
  stopping: 'I am about to restart. Please ask again in a minute.',

  foundExactly: (count: number) =>
    count === 0
      ? 'Not found word for word'
      : count === 1
        ? 'Found once, word for word'
        : `Found ${count} times, word for word`,
  foundByMeaning: 'Nearest in meaning',
  firstShown: (count: number) => `The first ${count} are shown.`,
  byMeaning: 'By meaning',
  wordForWord: 'Word for word',
  nothingToFind: 'That message has no text to look for.',

  chooseSeed: 'There are several articles; name one under “seed”.',
  noParagraph: (last: number) => `There is no such paragraph; they go from 1 to ${last}.`,
  paragraphOf: (paragraph: number, last: number) => `paragraph ${paragraph} of ${last}`,

  verdictExact: (places: number) =>
    places === 1
      ? 'Stands in the articles, word for word'
      : `Stands in the articles, word for word, ${places} times`,
  verdictOmission: 'Something is left out where the dots are; here is the whole passage.',
  verdictAltered: 'Altered: the article has other words',
  redline: 'Struck out: not in the article. Bold: in the article, but not in the claim.',
  verdictStitched: 'Put together from pieces that do not stand together',
  verdictAbsent: 'These words are not in the articles',
  changed: (from: string, to: string) => `claimed “${to}”, article “${from}”`,
  leftOut: (from: string) => `left out “${from}”`,
  putIn: (to: string) => `put in “${to}”`,
  moreChanges: (count: number) => `and ${count} more`,

  checkTitle: 'Checked against the articles',
  checkNote:
    'Only words are compared: “supported” means that the sentence stands in an article, “related” that an article speaks of it and may say something else.',
  supported: 'Supported by this quote',
  relatedTo: 'Related',
  notMentioned: 'Not mentioned',
  checkedSome: (checked: number, all: number) => `The first ${checked} of ${all} sentences were checked.`,
  nothingToCheck: 'That message has no sentence to check.',

  articles: (count: number) => counted(count, 'article'),
  sentences: (count: number) => counted(count, 'sentence'),
  embedded: (when: string) => `Embedded ${when}`,
  moreSeeds: (count: number) => `and ${count} more`,

  aboutTitle: 'About liaison',
  aboutBody: (version: string, model: string) =>
    `Version ${version}. Answers are quotes from the articles, letter for letter; no text is generated. Search model: ${model}.`,
  aboutIndex: (articles: number, sentences: number, generation: string, builtAt: string) =>
    `Index ${generation}: ${counted(articles, 'article')}, ${counted(sentences, 'sentence')}, embedded ${moment(builtAt)}.`,
  aboutStored:
    'What is stored about users: nothing. Who changes an article is written, by id, into the log of changes.',

  helpTitle: 'What you can do',
  helpLines: [
    'Mention me, message me, or reply to an answer to ask on',
    '**/ask** answers a question',
    '**/find** shows where words stand, or what is near in meaning',
    '**/read** shows a paragraph',
    '**/verify** checks whether a quote stands in the articles',
    '**/seeds list** shows the articles, **/about** says what this is',
    'On a message: Apps → **Check against the articles** or **Find in the articles**',
  ],

  helpAdmins:
    '**/status**, **/reembed**, **/rollback** and **/channel** are for those who manage the server, as you do',

  adminsOnly: 'This is for those who manage the server.',
  statusTitle: 'Status',
  statusLines: (s: {
    upMinutes: number;
    pingMs: number;
    servers: number;
    memoryMb: number;
    done: number;
    inHand: number;
    rebuilding: boolean;
    shards: number;
    liveShards: number;
  }) => [
    `Up ${s.upMinutes} min · gateway ${s.pingMs} ms · ${counted(s.servers, 'server')} · ${s.memoryMb} MB`,
    `${counted(s.done, 'request')} answered · ${s.inHand} in hand${s.rebuilding ? ' · the index is being rebuilt' : ''}`,
    ...(s.shards > 1 ? [`${s.liveShards} of ${s.shards} shards online`] : []),
  ],
  reembedStarted: 'The index is being rebuilt; the present one answers meanwhile.',
  reembedJoined: 'The index is already being rebuilt; this waits for it.',
  rebuilding: REBUILDING.en,
  channelEverywhere: 'I answer mentions everywhere in this server.',
  channelNowhere: 'I answer mentions nowhere in this server; commands still work.',
  channelListed: (places: string) => `I answer mentions in: ${places}`,
  channelListFull: (most: number) => `At most ${most} places can be listed.`,

  changes: SEED_CHANGES.en,
};

export type Words = typeof en;
