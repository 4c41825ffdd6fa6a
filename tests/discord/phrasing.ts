/** Numbers of these without a common divisor: one question has 323 forms, more than the bot remembers. */
const OPENINGS = [
  ...[
    '',
    'Hello! ',
    'Hi there. ',
    'Good morning. ',
    'Good evening. ',
    'Please tell me: ',
    'Tell me, please: ',
  ],
  ...[
    'I wonder: ',
    'One question. ',
    'A question: ',
    'May I ask? ',
    'Quick question: ',
    'Excuse me. ',
    'Sorry, ',
  ],
  ...['So, ', 'Well, ', 'Now: '],
];
const ENDINGS = [
  ...[
    '',
    ' Thanks!',
    ' Thank you.',
    ' Many thanks.',
    ' Please.',
    ' Please?',
    ' Pretty please.',
    ' Thanks a lot.',
  ],
  ...[' Thank you very much.', ' Thanks in advance.', ' Cheers.', ' Cheers!', ' Regards.', ' Kind regards.'],
  ...[' Bye.', ' See you.', ' Anybody?', ' Do tell.', ' Go on.'],
];

/** A question as somebody else would put it: one that is asked again need not go through the model. */
export function phrased(question: string, turn: number): string {
  return `${OPENINGS[turn % OPENINGS.length]}${question}${ENDINGS[turn % ENDINGS.length]}`;
}
