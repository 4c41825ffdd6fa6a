/** Discord's own limit for a message; what is longer is no question. */
export const MAX_QUESTION_UNITS = 2000;

/**
 * What every question, phrase and claimed quote passes before anything is done with it.
 *
 * @param what how the message calls the text
 * @param mostUnits UTF-16 units that are accepted after trimming
 * @returns the text without surrounding white space
 * @throws {RangeError} in one line, when it is empty or too long
 */
export function checkQuestion(
  text: string,
  what: 'question' | 'phrase' | 'quote' = 'question',
  mostUnits = MAX_QUESTION_UNITS,
): string {
  const trimmed = text.trim();
  if (trimmed === '') throw new RangeError(`the ${what} is empty; put some words in`);
  if (trimmed.length > mostUnits) {
    throw new RangeError(`the ${what} is longer than ${mostUnits} characters; shorten it`);
  }
  return trimmed;
}
