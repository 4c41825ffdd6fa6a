const FUNCTION_WORDS = new Set(
  `a about above after again against all also am an and any are aren't as at be because been before being below
  between both but by can can't cannot could couldn't did didn't do does doesn't doing don't down during each few
  for from further had hadn't has hasn't have haven't having he her here hers herself him himself his how i if in
  into is isn't it its itself just me more most my myself no nor not now of off on once only or other our ours
  ourselves out over own same she should shouldn't so some such than that the their theirs them themselves then
  there these they this those through to too under until up upon very was wasn't we were weren't what what's when
  where which while who whom whose why will with won't would wouldn't you your yours yourself yourselves according
  please tell give know say said many much`.split(/\s+/),
);

/** Whether a word (lower case) says nothing about the subject of a question. */
export function isFunctionWord(word: string): boolean {
  return FUNCTION_WORDS.has(word.replace('’', "'"));
}
