import { readFileSync } from 'node:fs';
import ts from 'typescript';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  generateCodes,
  parseMessages,
  readMessages,
} from '../../compiler/diagnostics/generate.mjs';

const entry = `## TSN9001 firstOne
message: \`{name}\` is {count} long
why: lines go on
  as far as the next field.
rewrite:
\`\`\`ts
const text = \`\${name}\`;

use({name});
\`\`\`
severity: warning
`;

test('codes.ts is what messages/*.md say', async () => {
  const written = readFileSync(
    new URL('../../compiler/diagnostics/codes.ts', import.meta.url),
    'utf8',
  );
  assert.is(
    written,
    await generateCodes(await readMessages()),
    'run compiler/diagnostics/generate.mjs',
  );
});

test('an entry has its fields, joined lines and fenced code', () => {
  const [first] = parseMessages(`# Introduction\n\n${entry}`, 'x.md');
  assert.is(first?.code, 'TSN9001');
  assert.is(first?.name, 'firstOne');
  assert.is(first?.why, 'lines go on as far as the next field.');
  assert.is(first?.rewrite, 'const text = `${name}`;\n\nuse({name});');
  assert.is(first?.severity, 'warning');
});

test('a constructor fills in placeholders and leaves template literals alone', async () => {
  const source = await generateCodes(parseMessages(entry, 'x.md'));
  const target = ts.ScriptTarget.ES2022;
  const { outputText } = ts.transpileModule(source, { compilerOptions: { target } });
  const { codes } = await import(`data:text/javascript,${encodeURIComponent(outputText)}`);
  const diagnostic = codes.firstOne(undefined, { name: 'a', count: 2 });
  assert.is(diagnostic.message, '`a` is 2 long');
  assert.is(diagnostic.rewrite, 'const text = `${name}`;\n\nuse(a);');
  assert.is(diagnostic.severity, 'warning');
  assert.match(source, /p: \{ readonly name: Text; readonly count: Text \}/);
});

const malformed: [string, string, RegExp][] = [
  ['a heading without a name', '## TSN9001\n', /^x\.md:1: a heading is/],
  ['no why', '\n## TSN9001 one\nmessage: m\n', /^x\.md:2: TSN9001 has no "why:"/],
  ['an unknown field', '## TSN9001 one\nmesage: m\n', /^x\.md:2: unknown field "mesage:"/],
  ['a field twice', '## TSN9001 one\nwhy: m\nwhy: n\n', /^x\.md:3: a second "why:"/],
  ['an open fence', '## TSN9001 one\nrewrite:\n```\nx\n', /^x\.md:3: the fenced block has no end/],
  ['stray text', '## TSN9001 one\nhello\n', /^x\.md:2: text that belongs to no field/],
  [
    'a wrong severity',
    '## TSN9001 one\nmessage: m\nwhy: w\nseverity: bad\n',
    /^x\.md:1: .*severity/,
  ],
];
for (const [name, text, expected] of malformed) {
  test(`refused with file and line: ${name}`, () => {
    assert.throws(
      () => parseMessages(text, 'x.md'),
      (error: Error) => expected.test(error.message),
    );
  });
}

test('a code or a name used twice is refused', async () => {
  const other = entry.replace('firstOne', 'secondOne');
  const problem = await generateCodes([
    ...parseMessages(entry, 'x.md'),
    ...parseMessages(other, 'y.md'),
  ]).catch((error: Error) => error.message);
  assert.is(problem, 'y.md:1: TSN9001 is taken by x.md:1');
});

test.run();
