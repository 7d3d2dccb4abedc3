/** The comment of a declaration in a header: the one right before it or, where there is none, right behind it. */

/** @param start of the declaration, and `end` of it, in UTF-16 units */
export function commentOf(text: string, start: number, end: number): string[] {
  const before = /\/\*((?:(?!\*\/)[\s\S])*)\*\/\s*$/.exec(startOfDeclaration(text, start));
  const own = before?.[1] ?? lineComments(startOfDeclaration(text, start)) ?? behind(text, end);
  return own === undefined ? [] : clean(own);
}

/** The text before the line that a declaration begins in, or the specifiers above. */
function startOfDeclaration(text: string, start: number): string {
  const line = text.lastIndexOf('\n', start - 1) + 1;
  return text.slice(0, line);
}

function lineComments(text: string): string | undefined {
  return /((?:^[ \t]*\/\/.*\n)+)$/m.exec(text)?.[1]?.replace(/^[ \t]*\/\/+/gm, '');
}

function behind(text: string, end: number): string | undefined {
  const rest = text.slice(end);
  const semicolon = rest.indexOf(';');
  if (semicolon < 0) return undefined;
  // With an empty line between them it is about something else.
  return /^[ \t]*\n?[ \t]*\/\*((?:(?!\*\/)[\s\S])*)\*\//.exec(rest.slice(semicolon + 1))?.[1];
}

/** The lines of a comment without what frames them, and so that they can stand in another one. */
function clean(comment: string): string[] {
  const lines = comment
    .split('\n')
    .map((line) => line.replace(/^\s*\*{1,2}(?![\w*])\s?/, '').trimEnd())
    .map((line) => line.replace(/\*\//g, '* /').replace(/@/g, '(at)'));
  const isFrame = (line: string | undefined): boolean => /^[\s*=_-]*$/.test(line ?? '');
  while (lines.length > 0 && isFrame(lines[0])) lines.shift();
  while (lines.length > 0 && isFrame(lines.at(-1))) lines.pop();
  const indent = Math.min(
    ...lines.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)?.[0].length ?? 0),
  );
  return lines.map((line) => line.slice(indent === Infinity ? 0 : indent));
}
