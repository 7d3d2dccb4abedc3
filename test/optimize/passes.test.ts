/** The table of passes, and the two small ones that every build needs. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { optimize, passes } from '../../compiler/3-optimize/index.ts';
import { parseFunction, parseModule } from '../../compiler/ir/parse.ts';
import { printFunction } from '../../compiler/ir/print.ts';
import type { IrModule } from '../../compiler/ir/types.ts';
import { verifyModule } from '../../compiler/ir/verify.ts';

const library: Record<string, string> = {
  'std.rem': `func std.rem(%0.x: f64, %1.y: f64) -> f64 {
  %2: f64 = call std.step, %0, %1
  return %2
}`,
  'std.step': `func std.step(%0.x: f64, %1.y: f64) -> f64 {
  return %0
}`,
};

function optimized(text: string, level: 0 | 2 = 0): IrModule {
  const module = parseModule(text);
  optimize(module, {
    level,
    libraryFunction: (name) => parseFunction(library[name] ?? (assert.unreachable(name) as never)),
  });
  assert.equal(verifyModule(module), []);
  return module;
}

const checksStack = (module: IrModule): string[] =>
  module.functions
    .filter(({ body: [first] }) => first?.kind === 'op' && first.op === 'check.stack')
    .map(({ name }) => name);

test('each pass stands behind those it names', () => {
  const before = new Set<string>();
  for (const { name, after } of passes) {
    for (const earlier of after) assert.ok(before.has(earlier), `${name} before ${earlier}`);
    assert.not.ok(before.has(name), `${name} twice`);
    before.add(name);
  }
});

test('functions on a cycle of calls check the stack, once, at each level', () => {
  const call = (name: string, callees: string[]): string =>
    `func ${name}() {\n${callees.map((callee) => `  call ${callee}\n`).join('')}}\n`;
  const text = [
    call('main', ['even', 'leaf', 'self']),
    call('even', ['odd', 'leaf']),
    call('odd', ['leaf', 'even']),
    call('leaf', []),
    call('self', ['self']),
    call('caller', ['main']),
  ].join('\n');
  for (const level of [0, 2] as const)
    assert.equal(checksStack(optimized(text, level)), ['even', 'odd', 'self']);
});

test('remainders become calls of the library, which is linked with all it needs', () => {
  const module = optimized(`func f(%0.x: f64, %1.y: f64, %2.z: f32) -> f32 {
  %3: f64 = rem %0, %1
  %4: f32 = conv %3
  %5: f32 = rem %4, %2
  return %5
}`);
  assert.equal(
    module.functions.map(({ name }) => name),
    ['f', 'std.rem', 'std.step'],
  );
  const text = module.functions[0] ? printFunction(module.functions[0]) : '';
  assert.is(text.match(/call std\.rem/g)?.length, 2);
  assert.not.match(text, ' rem ');
});

test('a remainder of integers stays', () => {
  const module = optimized(`func f(%0.x: i32, %1.y: i32) -> i32 {
  %2: i32 = rem %0, %1
  return %2
}`);
  assert.equal(
    module.functions.map(({ name }) => name),
    ['f'],
  );
});

test.run();
