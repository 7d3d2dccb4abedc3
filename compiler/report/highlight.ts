/** TypeScript source as HTML, a line at a time, with its tokens marked for colours. */

/** Longest first: comments, strings, templates, numbers, words. What is in none of them is left plain. */
const token =
  /(?<comment>\/\/.*|\/\*[^]*?\*\/)|(?<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[^])*`)|(?<number>\b(?:0[xob])?\d[\d_a-fA-F]*(?:\.\d+)?(?:e[+-]?\d+)?n?\b)|(?<word>[\p{ID_Start}$_][\p{ID_Continue}$]*)/gu;

const keywords = new Set(
  'as async await break case catch class const continue default delete do else enum export extends false finally for from function if implements import in instanceof interface let new null of return static super switch this throw true try type typeof undefined var void while yield'.split(
    ' ',
  ),
);
const types = new Set(
  'number boolean bigint string void f32 f64 i8 u8 i16 u16 i32 u32 i64 u64 bool'.split(' '),
);

/** @returns the HTML of each line; elements never go on in the next one */
export function highlightLines(source: string): string[] {
  const text = source.replaceAll('\r\n', '\n');
  let html = '';
  let end = 0;
  for (const match of text.matchAll(token)) {
    html += escapeHtml(text.slice(end, match.index));
    end = match.index + match[0].length;
    html += marked(match[0], kindOf(match));
  }
  return (html + escapeHtml(text.slice(end))).split('\n');
}

function kindOf({ groups = {}, 0: text }: RegExpMatchArray): string | undefined {
  if (groups['comment'] !== undefined) return 'c';
  if (groups['string'] !== undefined) return 's';
  if (groups['number'] !== undefined) return 'n';
  if (keywords.has(text)) return 'k';
  return types.has(text) || /^[A-Z]\w*[a-z]/.test(text) ? 't' : undefined;
}

/** Each line of a token has its own element. */
const marked = (text: string, kind: string | undefined): string =>
  kind === undefined
    ? escapeHtml(text)
    : text
        .split('\n')
        .map((line) => `<i class=${kind}>${escapeHtml(line)}</i>`)
        .join('\n');

export const escapeHtml = (text: string): string =>
  text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
