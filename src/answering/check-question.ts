/** Discord's own limit for a message; what is longer is no question. */
export const MAX_QUESTION_UNITS = 2000;

/**
 * @returns the question without surrounding white space
 * @throws {RangeError} in one line, when it is empty or too long
 */
export function checkQuestion(text: string): string {
  const question = text.trim();
  if (question === '') throw new RangeError('the question is empty; ask something');
  if (question.length > MAX_QUESTION_UNITS) {
    throw new RangeError(
      `the question has ${question.length} characters, more than ${MAX_QUESTION_UNITS}; ask a shorter one`,
    );
  }
  return question;
}
