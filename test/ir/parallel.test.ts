/** The `parallel` operation: its text, its rules, and what the interpreter makes of it. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createInterpreter } from '../../compiler/ir/interpret.ts';
import { parseModule } from '../../compiler/ir/parse.ts';
import { printModule } from '../../compiler/ir/print.ts';
import { verifyModule } from '../../compiler/ir/verify.ts';

const test = suite('parallel');

const module = (operands: string, captured = 'view.f64'): string =>
  [
    'file 0 "a.ts"',
    '',
    'export run = run(out: view.f64, n: i32)',
    '',
    'func run(%0.out: view.f64, %1.n: i32) {',
    '  %2: i64 = conv %1',
    `  parallel run.piece, ${operands}`,
    '  return',
    '}',
    '',
    `func run.piece(%0.from: i64, %1.to: i64, %2.out: ${captured}) {`,
    '  local i: i64',
    '  local.set i, %0.from',
    '  loop each {',
    '    %3: i64 = local.get i',
    '    %4: bool = ge %3, %1.to',
    '    if %4 {',
    '      break each',
    '    }',
    '    %5: f64 = conv %3',
    ...(captured === 'view.f64' ? ['    view.store %2.out, %3, %5'] : []),
    '    %6: i64 = const 1n',
    '    %7: i64 = add %3, %6',
    '    local.set i, %7',
    '  }',
    '  return',
    '}',
    '',
  ].join('\n');

test('its text comes back, and it runs the whole range', () => {
  const parsed = parseModule(module('%2, %0.out'));
  assert.equal(verifyModule(parsed), []);
  assert.is(printModule(parseModule(printModule(parsed))), printModule(parsed));
  const [exported] = parsed.exports;
  if (!exported) throw new Error('no export');
  const interpreter = createInterpreter(parsed, { globals: {} });
  for (const count of [0, -1, 1, 4]) {
    const out = new Float64Array(4).fill(9);
    interpreter.callExport(exported, [out, count]);
    assert.equal(
      [...out],
      [0, 1, 2, 3].map((i) => (i < count ? i : 9)),
    );
  }
});

test('it passes what its function takes behind the range, and nothing that one thread owns', () => {
  const problems = (text: string): string => verifyModule(parseModule(text)).join('\n');
  assert.match(problems(module('%2')), /passes \(i64, i64\), the function has/);
  assert.match(problems(module('%1.n, %0.out')), /the count is i32, not i64/);
  const list = module('%2, %3').replace('  parallel', '  %3: list.f64 = list.new %2\n  parallel');
  assert.match(
    problems(list.replace('%2.out: view.f64', '%2.out: list.f64')),
    /list\.f64 in several/,
  );
});

test.run();
