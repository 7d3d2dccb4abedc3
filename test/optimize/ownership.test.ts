/** Each view is freed exactly when nothing refers to it any more: no leak, no use after it. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ownership } from '../../compiler/3-optimize/ownership.ts';
import { passContext } from '../../compiler/3-optimize/pass.ts';
import { IrBuilder } from '../../compiler/ir/build.ts';
import { parseModule } from '../../compiler/ir/parse.ts';
import { printModule } from '../../compiler/ir/print.ts';
import type { IrFunction, IrModule, Value } from '../../compiler/ir/types.ts';
import { verifyModule } from '../../compiler/ir/verify.ts';
import { walkOps } from '../../compiler/ir/walk.ts';
import { random } from './random.ts';
import { CountingMachine, type CountedView } from './reference-counts.ts';

const view = 'view.f64';

function counted(module: IrModule): IrModule {
  const context = passContext(module);
  for (const fn of module.functions) ownership(fn, context);
  assert.equal(verifyModule(module), []);
  return module;
}

/** Calls `f` with views and bools; checks that only what it gives is left. Returns the results' names. */
function run(module: IrModule, args: (string | boolean)[]): (string | null)[] {
  const machine = new CountingMachine(module);
  const passed = args.map((arg) => (typeof arg === 'string' ? machine.make(arg) : arg));
  const results = machine.call('f', passed).filter((held) => typeof held === 'object');
  const expected = new Map<CountedView, number>();
  const add = (held: unknown): void => {
    if (typeof held !== 'object' || held === null) return;
    const made = held as CountedView;
    expected.set(made, (expected.get(made) ?? 0) + 1);
  };
  passed.forEach(add);
  results.forEach(add);
  for (const made of machine.made)
    assert.is(made.references, expected.get(made) ?? 0, `${made.name} in\n${printModule(module)}`);
  return results.map((held) => (held as CountedView | null)?.name ?? null);
}

const parse = (text: string): IrModule => counted(parseModule(text));

const count = (module: IrModule, name: string): number => {
  let found = 0;
  for (const fn of module.functions) walkOps(fn.body, ({ op }) => (found += op === name ? 1 : 0));
  return found;
};

test('a view that is made and returned is counted nowhere', () => {
  // const a = new Float64Array(3); return a;
  const module = parse(`func f() -> view.f64 {
  %0: i64 = const 3n
  %1: view.f64 = view.new %0
  return %1
}`);
  assert.equal(run(module, []), ['view.new#0']);
  assert.is(count(module, 'retain') + count(module, 'release'), 0);
});

test('a temporary is freed behind its last use', () => {
  // new Float64Array(3).subarray(1, 2).length
  const module = parse(`func f() -> i64 {
  %0: i64 = const 3n
  %1: view.f64 = view.new %0
  %2: view.f64 = view.sub %1, %0, %0
  %3: i64 = view.length %2
  return %3
}`);
  run(module, []);
  assert.is(count(module, 'release'), 2);
  assert.equal(module.functions[0]?.locals, []);
});

test('a result that nothing uses is freed', () => {
  const module = parse(`func f(%0.a: view.f64) {
  %1: view.f64 = call g, %0
}
func g(%0.a: view.f64) -> view.f64 {
  return %0
}`);
  run(module, ['a']);
});

test('a swap keeps both', () => {
  // let a = x, b = new Float64Array(3); for (…) [t = a, a = b, b = t]; return a;
  const module = parse(`func f(%0.x: view.f64) -> view.f64 {
  local a: view.f64
  local b: view.f64
  local t: view.f64
  local i: i64
  %1: i64 = const 3n
  %2: view.f64 = view.new %1
  local.set a, %0
  local.set b, %2
  loop l {
    %3: i64 = local.get i
    %4: bool = ge %3, %1
    if %4 {
      break l
    }
    %5: i64 = const 1n
    %6: i64 = add %3, %5
    local.set i, %6
    %7: view.f64 = local.get a
    local.set t, %7
    %8: view.f64 = local.get b
    local.set a, %8
    %9: view.f64 = local.get t
    local.set b, %9
  }
  %10: view.f64 = local.get a
  return %10
}`);
  assert.equal(run(module, ['x']), ['view.new#1']);
});

test('a value outlives the local it was read from', () => {
  // length of (t = a, a = new Float64Array(1), t), read where `a` has already changed
  const module = parse(`func f(%0.x: view.f64) -> i64 {
  local a: view.f64
  %1: i64 = const 1n
  %2: view.f64 = view.new %1
  local.set a, %2
  %3: view.f64 = local.get a
  %4: view.f64 = view.new %1
  local.set a, %4
  %5: i64 = view.length %3
  return %5
}`);
  run(module, ['x']);
});

test('a value read outside a loop that sets its local stays', () => {
  const module = parse(`func f() -> i64 {
  local a: view.f64
  local n: i64
  %1: i64 = const 1n
  %2: view.f64 = view.new %1
  local.set a, %2
  %3: view.f64 = local.get a
  loop l {
    %4: i64 = view.length %3
    %5: i64 = local.get n
    %6: bool = gt %5, %1
    if %6 {
      break l
    }
    %7: i64 = add %5, %1
    local.set n, %7
    %8: view.f64 = view.new %1
    local.set a, %8
  }
  %9: i64 = view.length %3
  return %9
}`);
  run(module, []);
});

test('what a select gives keeps its operands', () => {
  const module = parse(`func f(%0.c: bool) -> view.f64 {
  local a: view.f64
  local b: view.f64
  %1: i64 = const 1n
  %2: view.f64 = view.new %1
  %3: view.f64 = view.new %1
  local.set a, %2
  local.set b, %3
  %4: view.f64 = local.get a
  %5: view.f64 = local.get b
  %6: view.f64 = select %0, %4, %5
  %7: view.f64 = null
  local.set a, %7
  local.set b, %7
  return %6
}`);
  assert.equal(run(module, [true]), ['view.new#0']);
  assert.equal(run(module, [false]), ['view.new#1']);
});

test('locals that only hold parameters are not counted', () => {
  // function f(x, y) { while (…) [x, y] = [y, x]; return x }
  const module = parse(`func f(%0.x: view.f64, %1.y: view.f64, %2.c: bool) -> view.f64 {
  local a: view.f64
  local b: view.f64
  local.set a, %0
  local.set b, %1
  loop l {
    %3: view.f64 = local.get a
    %4: view.f64 = local.get b
    local.set a, %4
    local.set b, %3
    if %2 {
      break l
    }
  }
  %5: view.f64 = local.get a
  return %5
}`);
  assert.equal(run(module, ['x', 'y', true]), ['y#1']);
  assert.is(count(module, 'release'), 0);
  assert.is(count(module, 'retain'), 1);
});

/** A function that moves views around at random; each `pick` of a bool parameter decides a branch. */
function randomFunction(next: (below: number) => number): IrFunction {
  const b = new IrBuilder('f');
  const params = [b.param('x', view), b.param('y', view)];
  const flags = ['p', 'q', 'r'].map((name) => b.param(name, 'bool'));
  b.fn.results.push(view);
  const locals = ['a', 'b', 'c'].map((name) => b.local(name, view));
  const pick = <T>(items: readonly T[]): T => items[next(items.length)] as T; // never empty
  let budget = 25;
  const body = (depth: number, visible: readonly Value[], labels: readonly string[]): void => {
    const seen = [...visible];
    const add = (value: Value): number => seen.push(value);
    for (let n = next(7); n >= 0 && --budget > 0; n--) {
      switch (next(13)) {
        case 0:
          add(b.op('view.new', [b.const('i64', 1n)], view));
          break;
        case 1: {
          const zero = b.const('i64', 0n);
          add(b.op('view.sub', [pick(seen), zero, zero]));
          break;
        }
        case 2:
          seen.push(...b.call('g', [pick(seen), pick(seen)], [view]));
          break;
        case 3:
        case 4:
          add(b.get(pick(locals)));
          break;
        case 5:
        case 6:
        case 7:
          b.set(pick(locals), pick(seen));
          break;
        case 8:
          add(b.op('select', [pick(flags), pick(seen), pick(seen)]));
          break;
        case 9:
          b.op('view.length', [pick(seen)]);
          break;
        case 10:
          if (depth > 3) break;
          b.if(
            pick(flags),
            () => body(depth + 1, seen, labels),
            () => body(depth + 1, seen, labels),
          );
          break;
        case 11: {
          if (depth > 3) break;
          const label = b.label('l');
          const rounds = b.local('n', 'i64');
          b.loop(label, () => {
            const round = b.get(rounds);
            b.if(b.op('gt', [round, b.const('i64', 2n)]), () => b.break(label));
            b.set(rounds, b.op('add', [round, b.const('i64', 1n)]));
            body(depth + 1, seen, [...labels, label]);
          });
          break;
        }
        case 12:
          if (depth === 0) break;
          if (labels.length > 0 && next(2) === 0) b.break(pick(labels));
          else b.return([pick(seen)]);
          return;
      }
    }
    if (depth === 0) b.return([pick(seen)]);
  };
  body(0, params, []);
  return b.fn;
}

function callee(): IrFunction {
  const b = new IrBuilder('g');
  b.param('x', view);
  const y = b.param('y', view);
  b.fn.results.push(view);
  b.return([y]);
  return b.fn;
}

test('random functions neither leak nor use what is freed', () => {
  for (let seed = 1; seed <= 800; seed++) {
    const fn = randomFunction(random(seed));
    const module = counted({ records: [], functions: [fn, callee()], globals: [], exports: [] });
    for (let flags = 0; flags < 8; flags++) {
      const bools = [0, 1, 2].map((bit) => ((flags >> bit) & 1) === 1);
      try {
        run(module, ['x', 'y', ...bools]);
      } catch (error) {
        if (error instanceof assert.Assertion) throw error;
        assert.unreachable(`seed ${seed}: ${String(error)} in\n${printModule(module)}`);
      }
    }
  }
});

test.run();
