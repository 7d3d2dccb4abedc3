/** Finds the functions and tables in a module's text without parsing them, so that each can be parsed when it is needed. */

const header = /^func (?:"((?:[^"\\]|\\.)*)"|([^"( ]+))\(/;

/**
 * The text of each function by name, each complete with the file table, as `parseFunction` takes it.
 * @throws Error for a function that doesn't end
 */
export function splitFunctions(text: string): Map<string, string> {
  const functions = new Map<string, string>();
  const files = fileTable(text);
  for (let start = nextFunction(text, 0); start >= 0;) {
    // Text inside quotes has no raw line ends, and inner lines are indented.
    const end = text.indexOf('\n}', start);
    const [, quoted, plain] = header.exec(text.slice(start, text.indexOf('\n', start))) ?? [];
    const name = plain ?? (JSON.parse(`"${quoted ?? ''}"`) as string);
    if (end < 0) throw new Error(`the text of function ${name} has no end`);
    functions.set(name, `${files}${text.slice(start, end + 2)}\n`);
    start = nextFunction(text, end);
  }
  return functions;
}

/** The text of each table by name, as `parseTable` takes it. */
export function splitTables(text: string): Map<string, string> {
  const lines = text.matchAll(/^table ([^": ]+): .*$/gm);
  return new Map([...lines].map(([line, name = '']) => [name, `${line}\n`]));
}

/** The index of the next line that starts a function, or −1. */
function nextFunction(text: string, from: number): number {
  if (from === 0 && text.startsWith('func ')) return 0;
  const lineEnd = text.indexOf('\nfunc ', from);
  return lineEnd < 0 ? -1 : lineEnd + 1;
}

/** The lines at the top that name files. */
function fileTable(text: string): string {
  return /^(?:file [^\n]*\n)*/.exec(text)?.[0] ?? '';
}
