import { stripVTControlCharacters } from 'node:util';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { toJson } from '../../compiler/diagnostics/list.ts';
import { renderDiagnostics } from '../../compiler/diagnostics/render.ts';
import type { Diagnostic, Place } from '../../compiler/diagnostics/types.ts';

const source = [
  "import type { i32 } from 'tsnative';",
  '\tconst total = 日本 + x; // tab and wide characters',
  'for (;;) {',
  '  a();',
  '  b();',
  '  c();',
  '}',
].join('\n');

function place(line: number, column: number, endLine: number, endColumn: number): Place {
  return { file: '/project/src/a.ts', line, column, endLine, endColumn };
}

function error(at: Place | undefined, more: Partial<Diagnostic> = {}): Diagnostic {
  return { code: 'TSN1234', severity: 'error', place: at, message: 'that is wrong', ...more };
}

function render(diagnostics: Diagnostic[], text = source, colour = false): string {
  return renderDiagnostics(diagnostics, { colour, cwd: '/project', readSource: () => text });
}

test('the source line with carets, why, a one-line rewrite', () => {
  const diagnostic = error(place(1, 15, 1, 18), { why: 'because.', rewrite: 'write f64' });
  assert.is(
    render([diagnostic]),
    `error[TSN1234]: that is wrong
 --> src/a.ts:1:15
  |
1 | import type { i32 } from 'tsnative';
  |               ^^^
  |
  = why: because.
  = rewrite: write f64

1 error
`,
  );
});

test('carets stand right below after tabs and wide characters', () => {
  const shown = render([error(place(2, 16, 2, 18)), error(place(2, 21, 2, 22))]);
  const lines = shown.split('\n').filter((line) => /const total|\^/.test(line));
  assert.equal(lines, [
    '2 |     const total = 日本 + x; // tab and wide characters',
    '  |                   ^^^^',
    '2 |     const total = 日本 + x; // tab and wide characters',
    '  |                          ^',
  ]);
});

test('a place of several lines shows its ends', () => {
  assert.is(
    render([error(place(3, 1, 7, 2))]),
    `error[TSN1234]: that is wrong
 --> src/a.ts:3:1
  |
3 | for (;;) {
  | ^^^^^^^^^^
4 |   a();
...
7 | }
  | ^

1 error
`,
  );
});

test('related places and code of several lines', () => {
  const related = [{ place: place(3, 1, 3, 4), message: 'called from here' }];
  assert.is(
    render([error(place(4, 3, 4, 6), { rewrite: 'first();\n\nsecond();', related })]),
    `error[TSN1234]: that is wrong
 --> src/a.ts:4:3
  |
4 |   a();
  |   ^^^
  |
  = rewrite:
      first();

      second();
  = note: called from here
 --> src/a.ts:3:1
  |
3 | for (;;) {
  | ^^^

1 error
`,
  );
});

test('without a place, without a source, and an end beyond the line', () => {
  assert.is(render([error(undefined)]), 'error[TSN1234]: that is wrong\n\n1 error\n');
  const unread = renderDiagnostics([error(place(9, 1, 9, 2))], {
    colour: false,
    cwd: '/project',
    readSource: () => undefined,
  });
  assert.is(unread, 'error[TSN1234]: that is wrong\n --> src/a.ts:9:1\n\n1 error\n');
  assert.match(render([error(place(7, 2, 7, 2))]), '7 | }\n  |  ^\n');
});

test('the order is that of the places, and the last line counts', () => {
  const warning = error(place(1, 1, 1, 7), { severity: 'warning' });
  const shown = render([
    error(place(4, 3, 4, 4)),
    warning,
    error(undefined),
    error(place(3, 1, 3, 4)),
  ]);
  assert.equal(shown.match(/a\.ts:\d/g), ['a.ts:1', 'a.ts:3', 'a.ts:4']);
  assert.ok(shown.startsWith('error[TSN1234]: that is wrong\n\nwarning'));
  assert.ok(shown.endsWith('\n3 errors and 1 warning\n'));
  assert.is(render([]), '');
});

test('colours change nothing but the colour', () => {
  const diagnostics = [error(place(3, 1, 7, 2), { why: 'w', rewrite: 'r' })];
  const coloured = render(diagnostics, source, true);
  assert.is.not(coloured, render(diagnostics));
  assert.is(stripVTControlCharacters(coloured), render(diagnostics));
});

test('a long line is cut around the place', () => {
  const long = `${'a'.repeat(400)}BAD${'c'.repeat(400)}`;
  const [, , , line = '', carets = ''] = render([error(place(1, 401, 1, 404))], long).split('\n');
  assert.ok(line.length < 180);
  assert.is(line.slice(carets.indexOf('^'), carets.lastIndexOf('^') + 1), 'BAD');
});

test("a file's escape sequences don't reach the terminal", () => {
  assert.not.match(render([error(place(1, 1, 1, 2))], 'x\x1b[31m'), '\x1b');
});

test('as JSON the place is flat and nothing is undefined', () => {
  const related = [{ place: place(3, 1, 3, 4), message: 'here' }];
  assert.equal(JSON.parse(JSON.stringify(toJson([error(place(1, 2, 3, 4), { related })]))), [
    {
      code: 'TSN1234',
      severity: 'error',
      file: '/project/src/a.ts',
      line: 1,
      column: 2,
      endLine: 3,
      endColumn: 4,
      message: 'that is wrong',
      related: [
        {
          file: '/project/src/a.ts',
          line: 3,
          column: 1,
          endLine: 3,
          endColumn: 4,
          message: 'here',
        },
      ],
    },
  ]);
});

test.run();
