import type { BlockKind } from '../../seeds/seed.ts';

/** Every fixed word of the bot's replies. Texts that people or articles wrote come in inert. */
export const en = {
  answered: 'Answered',
  related: 'Related passages, not an answer',
  notInSources: 'Not in the articles',
  nearest: 'The nearest passages are these; they are not an answer.',
  noQuotes: 'No passage is near.',
  sure: (percent: number) => `${percent} % sure`,
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
      ? 'One quote is too long to be shown here; it is in the file.'
      : `${count} quotes are too long to be shown here; they are in the file.`,
  cannotAttach: (count: number) =>
    `${count === 1 ? 'One quote is' : `${count} quotes are`} too long to be shown here, and files may not be attached.`,
  sharedBy: (user: string) => `shared by ${user}`,

  context: 'Context',
  moreQuotes: 'More quotes',
  why: 'Why this?',
  share: 'Share',
  dismiss: 'Dismiss',
  earlier: 'Earlier',
  later: 'Later',

  whyTitle: 'Why these passages?',
  whyIntro:
    'Each sentence of the articles is compared with the question: by words they share, and by meaning (a model turns both into directions; 1 is the same direction, 0 is unrelated). Nothing is written by a machine.',
  whyWords: (words: string) => `words found in it: ${words}`,
  whyNoWords: 'no word of the question is in it',
  whyCloseness: (closeness: string) => `closeness of meaning: ${closeness}`,

  emptyTitle: 'Ask me something',
  emptyBody:
    'Mention me with a question, or use /ask. I answer only in the articles’ own words. For example:',
  tooLong: (length: number, most: number) =>
    `The question has ${length} characters; at most ${most} are taken. Please ask a shorter one.`,
  wait: (seconds: number) => `That is quick! Please ask again in ${seconds} s.`,
  waitServer: (seconds: number) => `Many people here are asking. Please ask again in ${seconds} s.`,
  indexChanged: 'The articles have changed since that was sent. Please ask again.',
  expired: 'This button no longer works. Please ask again.',
  notYours: 'Only the one who asked, or a moderator, can dismiss this.',
  failed: (id: string) => `Something failed here; it has been noted as ${id}. Please try again.`,
  cannotAnswer: (reason: string) => `The articles cannot be quoted just now: ${reason}`,
  unknownSeed: 'There is no such article; /seeds lists them.',
  stopping: 'I am about to restart. Please ask again in a minute.',

  foundExactly: (count: number, phrase: string) =>
    count === 0
      ? `“${phrase}” stands nowhere word for word`
      : count === 1
        ? `“${phrase}” stands once`
        : `“${phrase}” stands ${count} times`,
  foundByMeaning: (phrase: string) => `Nearest in meaning to “${phrase}”`,
  firstShown: (count: number) => `The first ${count} are shown.`,
  byMeaning: 'By meaning',
  wordForWord: 'Word for word',
  nothingToFind: 'That message has no text to look for.',

  chooseSeed: 'There are several articles; name one with seed:.',
  noParagraph: (last: number) => `There is no such paragraph; they go from 1 to ${last}.`,
  paragraphOf: (paragraph: number, last: number) => `paragraph ${paragraph} of ${last}`,

  verdictExact: (places: number) =>
    places === 1
      ? 'Stands in the articles, word for word'
      : `Stands in the articles, word for word, ${places} times`,
  verdictOmission: 'Something is left out where the dots are; here is the whole passage.',
  verdictAltered: 'Altered: the articles have other words',
  verdictStitched: 'Put together from pieces that do not stand together',
  verdictAbsent: 'Not in the articles',
  changed: (from: string, to: string) => `article: “${from}” → claimed: “${to}”`,
  leftOut: (from: string) => `left out: “${from}”`,
  putIn: (to: string) => `put in: “${to}”`,
  moreChanges: (count: number) => `and ${count} more`,

  checkTitle: 'Checked against the articles',
  checkNote: 'Only words are compared: “supported” means that the sentence stands in an article.',
  supported: 'supported by this quote',
  relatedTo: 'related',
  notMentioned: 'not mentioned',
  checkedSome: (checked: number, all: number) => `The first ${checked} of ${all} sentences were checked.`,
  nothingToCheck: 'That message has no sentence to check.',

  seedsTitle: (count: number) => (count === 1 ? 'One article' : `${count} articles`),
  seedLine: (sentences: number, when: string) => `${sentences} sentences · embedded ${when}`,
  moreSeeds: (count: number) => `and ${count} more`,

  aboutTitle: 'About liaison',
  aboutBody: (version: string, model: string) =>
    `Version ${version}. Answers are quotes from the articles, letter for letter; no text is generated. Model for searching: ${model}.`,
  aboutIndex: (articles: number, sentences: number, generation: string, when: string) =>
    `Index ${generation}: ${articles} articles, ${sentences} sentences, embedded ${when}.`,
  aboutStored: 'What is stored about users: nothing.',

  helpTitle: 'What you can do',
  helpLines: [
    'Mention me, write me a direct message, or reply to one of my answers to ask on.',
    '/ask answers a question · /find looks words up · /read shows a paragraph · /verify checks a quote',
    '/seeds lists the articles · /about says what this is',
    'Message menu → Apps → “Check against the articles” or “Find in the articles”',
  ],

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
  }) => [
    `up ${s.upMinutes} min · gateway ${s.pingMs} ms · ${s.servers} servers · ${s.memoryMb} MB`,
    `${s.done} requests answered · ${s.inHand} in hand${s.rebuilding ? ' · the index is being rebuilt' : ''}`,
  ],
  reembedStarted: 'The index is being rebuilt; the present one answers meanwhile.',
  reembedJoined: 'The index is already being rebuilt; this waits for it.',
  reembedDone: (r: { added: number; updated: number; removed: number; unchanged: number; seconds: string }) =>
    `The index is rebuilt: ${r.added} added, ${r.updated} updated, ${r.removed} removed, ${r.unchanged} unchanged, in ${r.seconds} s.`,
  channelEverywhere: 'I answer mentions everywhere in this server.',
  channelNowhere: 'I answer mentions nowhere in this server; commands still work.',
  channelListed: (places: string) => `I answer mentions in: ${places}`,
  channelListFull: (most: number) => `At most ${most} places can be listed.`,
};

export type Words = typeof en;
