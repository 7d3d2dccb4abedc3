// Writes codes.ts from messages/*.md. Run `node compiler/diagnostics/generate.mjs` after editing a message.
//
// An entry of a messages file:
//
//     ## TSN1234 camelCaseName
//     message: `{name}` can't be called
//     why: one sentence, which may go on
//       in the lines below.
//     rewrite: one line, or nothing here and a fenced block below
//     severity: warning
//
// `message` and `why` are required; text in braces without spaces, as {name}, is a parameter of
// the constructor (not so after a dollar sign, so that template literals can be shown).
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { relative } from 'node:path';
import { format, resolveConfig } from 'prettier';

const messagesUrl = new URL('./messages/', import.meta.url);
const codesPath = fileURLToPath(new URL('./codes.ts', import.meta.url));
const fields = new Set(['message', 'why', 'rewrite', 'severity']);

/**
 * Reads the entries of one messages file.
 * @param {string} text the Markdown
 * @param {string} file what errors call the file
 * @returns {{code: string, name: string, line: number, file: string, message: string, why: string, rewrite?: string, severity: string}[]}
 * @throws {Error} with `file:line: what is wrong` for a malformed entry
 */
export function parseMessages(text, file) {
  const entries = [];
  let entry, field, fence;
  const fail = (line, problem) => {
    throw new Error(`${file}:${line}: ${problem}`);
  };
  const finish = () => {
    if (!entry) return;
    for (const name of ['message', 'why'])
      if (!entry[name]) fail(entry.line, `${entry.code} has no "${name}:"`);
    if (entry.rewrite === '') fail(entry.line, `${entry.code} has an empty "rewrite:"`);
    if (!['error', 'warning'].includes((entry.severity ??= 'error')))
      fail(entry.line, `${entry.code}: severity is "error" or "warning"`);
    entries.push(entry);
  };
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = index + 1;
    if (fence) {
      if (raw.trim() === '```') {
        entry.rewrite = fence.lines.join('\n');
        fence = undefined;
        field = undefined;
      } else fence.lines.push(raw);
      return;
    }
    if (/^##\s/.test(raw)) {
      finish();
      const heading = /^## (TSN\d{4}) ([a-z][A-Za-z0-9]*)$/.exec(raw.trimEnd());
      if (!heading) fail(line, 'a heading is "## TSN1234 camelCaseName"');
      entry = { code: heading[1], name: heading[2], file, line };
      field = undefined;
      return;
    }
    if (!entry) return; // the file's own introduction
    if (raw.startsWith('```')) {
      if (field !== 'rewrite' || entry.rewrite)
        fail(line, 'a fenced block only follows an empty "rewrite:"');
      fence = { line, lines: [] };
      return;
    }
    const start = /^([a-z]+):(?:\s+(.*))?$/.exec(raw.trimEnd());
    if (start) {
      field = start[1];
      if (!fields.has(field)) fail(line, `unknown field "${field}:"`);
      if (entry[field] !== undefined) fail(line, `a second "${field}:"`);
      entry[field] = start[2] ?? '';
    } else if (raw.trim() === '') {
      if (field !== 'rewrite' || entry.rewrite) field = undefined;
    } else if (field && field !== 'severity' && entry[field]) {
      entry[field] += ' ' + raw.trim();
    } else fail(line, 'text that belongs to no field');
  });
  if (fence) fail(fence.line, 'the fenced block has no end');
  finish();
  return entries;
}

/** The names in braces, in order of appearance. */
function placeholdersOf(text) {
  return [...text.matchAll(/(?<!\$)\{([a-zA-Z]\w*)\}/g)].map((match) => match[1]);
}

/** A TypeScript expression for a text with placeholders. */
function literal(text) {
  const escaped = text.replace(/[\\`]|\$(?=\{)/g, '\\$&');
  const filled = escaped.replace(/(?<!\$)\{([a-zA-Z]\w*)\}/g, '${p.$1}');
  return filled === text && !text.includes('\n') ? JSON.stringify(text) : `\`${filled}\``;
}

function constructorOf(entry) {
  const texts = [entry.message, entry.why, entry.rewrite ?? ''];
  const names = [...new Set(texts.flatMap(placeholdersOf))];
  const params =
    names.length === 0
      ? '_: NoParams = {}'
      : `p: { ${names.map((name) => `readonly ${name}: Text`).join('; ')} }`;
  const rewrite = entry.rewrite === undefined ? '' : `rewrite: ${literal(entry.rewrite)},`;
  return `
  /** ${entry.message.replaceAll('*/', '*\\/')} */
  ${entry.name}: (place: Place | undefined, ${params}): Diagnostic => ({
    code: '${entry.code}',
    severity: '${entry.severity}',
    place,
    message: ${literal(entry.message)},
    why: ${literal(entry.why)},
    ${rewrite}
  }),`;
}

/**
 * The text of codes.ts for these entries, sorted by code.
 * @throws {Error} for a code or a name used twice
 */
export async function generateCodes(entries) {
  for (const key of ['code', 'name']) {
    const seen = new Map();
    for (const entry of entries) {
      const first = seen.get(entry[key]);
      if (first)
        throw new Error(
          `${entry.file}:${entry.line}: ${entry[key]} is taken by ${first.file}:${first.line}`,
        );
      seen.set(entry[key], entry);
    }
  }
  const sorted = [...entries].sort((a, b) => (a.code < b.code ? -1 : 1));
  const source = `// Generated by generate.mjs from messages/*.md. Don't edit.
import type { Diagnostic, Place } from './types.ts';

type Text = string | number | bigint;
type NoParams = Readonly<Record<string, never>>;

/** A constructor for each entry of messages/*.md. */
export const codes = {${sorted.map(constructorOf).join('\n')}
} as const;
`;
  return format(source, { ...(await resolveConfig(codesPath)), parser: 'typescript' });
}

/** All entries of messages/*.md. */
export async function readMessages() {
  const files = (await readdir(messagesUrl)).filter((name) => name.endsWith('.md')).sort();
  const texts = await Promise.all(
    files.map(async (name) => {
      const url = new URL(name, messagesUrl);
      return parseMessages(
        await readFile(url, 'utf8'),
        relative(process.cwd(), fileURLToPath(url)),
      );
    }),
  );
  return texts.flat();
}

/** Writes codes.ts when it is not what the messages say. Returns whether it changed. */
export async function writeCodes() {
  const text = await generateCodes(await readMessages());
  if ((await readFile(codesPath, 'utf8').catch(() => '')) === text) return false;
  const beside = `${codesPath}.${process.pid}.tmp`;
  await writeFile(beside, text);
  await rename(beside, codesPath);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    console.log((await writeCodes()) ? 'codes.ts written' : 'codes.ts is fresh');
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
