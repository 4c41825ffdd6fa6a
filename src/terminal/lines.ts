/** What comes after so many UTF-16 units of one line is dropped: no question is as long, and memory stays bounded. */
export const MAX_LINE_UNITS = 65_536;

/**
 * Lines of a UTF-8 stream, read no faster than they are taken. Knows `\n` and `\r\n`, a byte order mark, and a last
 * line that does not end.
 */
export async function* readLines(input: NodeJS.ReadableStream): AsyncGenerator<string> {
  input.setEncoding('utf8');
  let line = '';
  let first = true;
  const take = () => {
    const taken = (first ? line.replace(/^\ufeff/, '') : line).replace(/\r$/, '');
    first = false;
    line = '';
    return taken;
  };
  for await (const chunk of input as AsyncIterable<string>) {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', from)) {
      line += chunk.slice(from, Math.min(end, from + MAX_LINE_UNITS - line.length));
      from = end + 1;
      yield take();
    }
    line += chunk.slice(from, from + Math.max(0, MAX_LINE_UNITS - line.length));
  }
  if (line !== '') yield take();
}
