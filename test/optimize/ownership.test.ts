/** Each object is freed exactly when nothing refers to it any more: no leak, no use after it. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ownership } from '../../compiler/3-optimize/ownership.ts';
import { passContext } from '../../compiler/3-optimize/pass.ts';
import { IrBuilder } from '../../compiler/ir/build.ts';
import { parseModule } from '../../compiler/ir/parse.ts';
import { printModule } from '../../compiler/ir/print.ts';
import type { IrFunction, IrModule, Value } from '../../compiler/ir/types.ts';
import { verifyModule } from '../../compiler/ir/verify.ts';
import { cloneFunction, walkOps } from '../../compiler/ir/walk.ts';
import { random } from './random.ts';
import { CountingMachine, isReferenceTo, Thrown, type Counted } from './reference-counts.ts';

const view = 'view.f64';

function counted(module: IrModule): IrModule {
  const context = passContext(module);
  for (const fn of module.functions) ownership(fn, context);
  assert.equal(verifyModule(module), []);
  return module;
}

/** Calls `f` with objects and bools; checks that only what it gives is left. Returns the results' names, nothing after an error. */
function run(
  module: IrModule,
  args: (string | boolean)[],
  machine = new CountingMachine(module),
): (string | null)[] {
  const { params = [] } = module.functions.find(({ name }) => name === 'f') ?? {};
  const passed = args.map((arg, index) =>
    typeof arg === 'string' ? machine.sample(params[index]?.value.type ?? view, arg) : arg,
  );
  let results: unknown[] = [];
  try {
    results = machine.call('f', passed).filter((held) => typeof held === 'object');
  } catch (error) {
    if (!(error instanceof Thrown)) throw error;
  }
  const expected = new Map<Counted, number>();
  const add = (held: unknown): void => {
    if (!isReferenceTo(held)) return;
    const known = expected.get(held.to) ?? 0;
    expected.set(held.to, known + 1);
    if (known === 0) for (const inner of held.to.held.values()) add(inner);
  };
  passed.forEach(add);
  results.forEach(add);
  // What views an error leaves behind is freed by the wrapper around the call.
  const isExact = ({ name, references }: Counted): boolean =>
    references !== Infinity && !(machine.threw && name.startsWith('view'));
  for (const made of machine.made.filter(isExact))
    assert.is(made.references, expected.get(made) ?? 0, `${made.name} in\n${printModule(module)}`);
  return results.map((held) => (isReferenceTo(held) ? held.to.name : null));
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

test('where a local holds nothing yet, nothing is released', () => {
  const module = parse(`func f(%0.early: bool, %1.twice: bool) -> i64 {
  local $made: view.f64
  %2: i64 = const 3n
  if %0 {
    return %2
  }
  if %1 {
    %3: view.f64 = view.new %2
    local.set $made, %3
  }
  %4: view.f64 = view.new %2
  local.set $made, %4
  %5: view.f64 = local.get $made
  %6: i64 = view.length %5
  return %6
}`);
  for (const early of [true, false]) for (const twice of [true, false]) run(module, [early, twice]);
  // What is there before the second view, and that at the end.
  assert.is(count(module, 'release'), 2);
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

const records = `record A "A" object(b: rec.B, u: rec.U, items: list.rec.B)
record B "B" object(c: rec.C, s: str)
record C "C" object(v: view.f64)
record U "U" union = B, C
`;

const counts = (module: IrModule): number => count(module, 'retain') + count(module, 'release');

test('walking through what a parameter holds needs no counts', () => {
  // let n = list; while (n) { …; n = n.next }
  const module = parse(`record N "N" object(next: rec.N | null)
func f(%0.x: rec.N) -> i64 {
  local n: rec.N
  local i: i64
  local.set n, %0
  loop l {
    %1: rec.N = local.get n
    %2: bool = is.null %1
    if %2 {
      break l
    }
    %3: rec.N = rec.get next, %1
    local.set n, %3
  }
  %4: i64 = local.get i
  return %4
}`);
  assert.is(counts(module), 0);
});

/** Walks along a list of which the function makes the first object, and does something in the loop. */
const walk = (inside: string): string => `record N "N" object(next: rec.N | null)
func f() {
  local list: rec.N
  local n: rec.N
  %0: rec.N = rec.new
  %1: rec.N = rec.new %0
  local.set list, %1
  %2: rec.N = local.get list
  local.set n, %2
  loop l {
    %3: rec.N = local.get n
    %4: bool = is.null %3
    if %4 {
      break l
    }
    ${inside}
    %5: rec.N = rec.get next, %3
    local.set n, %5
  }
  %6: rec.N = local.get list
  %7: rec.N = null
  %9: bool = is.null %6
  if %9 {
    return
  }
  rec.set next, %6, %7
  return
}`;

test('what walks along objects that others keep is not counted', () => {
  const retainsOf = (inside: string): number => {
    const module = parse(walk(inside));
    run(module, []);
    return count(module, 'retain');
  };
  assert.is(retainsOf(''), 0);
  const changes = [
    '%8: rec.N = null\n  rec.set next, %3, %8',
    '%8: rec.N = null\n  local.set list, %8',
    '%8: rec.N = rec.new %3\n  local.set list, %8',
  ];
  for (const change of changes) assert.ok(retainsOf(change) > 0, change);
});

test('what is read from a slot has its reference once the slot holds something else', () => {
  const text = (
    between: string,
  ): string => `${records}func f(%0.x: rec.A, %1.y: rec.B, %2.p: bool) -> str {
  %3: rec.B = rec.get b, %0
  ${between}
  rec.set b, %0, %1
  %4: str = rec.get s, %3
  if %2 {
    throw Error "p"
  }
  %5: str = rec.get s, %3
  %6: str = str.concat %4, %5
  return %6
}`;
  const retainsOf = (between: string): number => {
    const module = parse(text(between));
    for (const flag of [false, true]) run(module, ['x', 'y', flag]);
    return count(module, 'retain');
  };
  const alone = retainsOf('');
  assert.is(retainsOf('if %2 {\n  throw Error "q"\n  }'), alone);
  // One more for what is stored before, and one for what was read where that may be stored elsewhere.
  assert.is(retainsOf('rec.set b, %0, %1'), alone + 1);
  assert.is(retainsOf('rec.set b, %0, %3'), alone + 1);
  assert.is(retainsOf('%7: rec.A = rec.new\n  rec.set b, %7, %1'), alone + 2);
});

test('objects are handed over to what holds them', () => {
  // return { b: { c: { v: new Float64Array(1) }, s: 'x' }, … }
  const module = parse(`${records}func f() -> rec.A {
  %0: i64 = const 1n
  %1: view.f64 = view.new %0
  %2: rec.C = rec.new %1
  %3: str = str.const "x"
  %4: rec.B = rec.new %2, %3
  %5: list.rec.B = list.new %0
  list.push %5, %4
  %6: rec.U = rec.as %4
  %7: rec.A = rec.new %4, %6, %5
  return %7
}`);
  run(module, []);
  // Of the three references to %4 two are new ones.
  assert.is(count(module, 'retain'), 2);
});

test('a slot that is replaced before its last use keeps its object until then', () => {
  const module = parse(`${records}func f(%0.x: rec.A, %1.y: rec.B) -> str {
  %2: rec.B = rec.get b, %0
  rec.set b, %0, %1
  %3: str = rec.get s, %2
  return %3
}`);
  run(module, ['x', 'y']);
  assert.is(count(module, 'release'), 1);
});

test('a callee that replaces a slot is known', () => {
  const text = (set: string): string => `${records}func f(%0.x: rec.A, %1.y: rec.B) -> str {
  %2: rec.B = rec.get b, %0
  call g, %0, %1
  %3: str = rec.get s, %2
  return %3
}
func g(%0.x: rec.A, %1.y: rec.B) {
  ${set}
}`;
  const replacing = parse(text('rec.set b, %0, %1'));
  run(replacing, ['x', 'y']);
  assert.is(count(replacing, 'release'), 1);
  const other = parse(text('%2: rec.U = rec.as %1\n  rec.set u, %0, %2'));
  run(other, ['x', 'y']);
  assert.is(count(other, 'release'), 0);
});

test('text grows where it is', () => {
  const module = parse(`func f() -> str {
  local s: str
  local n: i64
  %0: i64 = const 5n
  %1: str = str.const "ab"
  local.set s, %1
  loop l {
    %2: i64 = local.get n
    %3: bool = ge %2, %0
    if %3 {
      break l
    }
    %4: i64 = const 1n
    %5: i64 = add %2, %4
    local.set n, %5
    %6: str = local.get s
    %7: str = str.concat %6, %1
    local.set s, %7
  }
  %8: str = local.get s
  return %8
}`);
  const machine = new CountingMachine(module);
  run(module, [], machine);
  assert.is(machine.grown, 4);
});

test('an error releases what its function owns', () => {
  const module = parse(`${records}func f(%0.p: bool) -> str {
  local s: str
  %1: str = str.const "a"
  %2: str = str.concat %1, %1
  local.set s, %2
  %3: str = str.concat %2, %1
  %4: str = call g, %3, %0
  %5: str = str.concat %4, %3
  return %5
}
func g(%0.s: str, %1.p: bool) -> str {
  %2: str = str.concat %0, %0
  if %1 {
    throw Error "p"
  }
  return %2
}`);
  run(module, [true]);
  run(module, [false]);
});

/** A function that moves objects around at random; each `pick` of a bool parameter decides a branch. */
function randomObjects(next: (below: number) => number): IrFunction {
  const b = new IrBuilder('f');
  const types = ['rec.A', 'rec.B', 'rec.C', 'rec.U', 'list.rec.B', 'str', view] as const;
  type Type = (typeof types)[number];
  const params = [b.param('x', 'rec.A'), b.param('y', 'rec.B'), b.param('t', 'str')];
  const flags = ['p', 'q', 'r'].map((name) => b.param(name, 'bool'));
  b.fn.results.push('rec.A', 'str');
  const locals = types.flatMap((type) =>
    [1, 2].map((n) => ({ name: b.local(`l${n}`, type), type })),
  );
  const pick = <T>(items: readonly T[]): T => items[next(items.length)] as T; // never empty
  const int = (n: bigint): Value => b.const('i64', n);
  let budget = 40;
  const body = (
    depth: number,
    visible: readonly Value[],
    labels: readonly string[],
    unset: Set<string>,
  ): void => {
    const seen = [...visible];
    const add = (value: Value): Value => {
      seen.push(value);
      return value;
    };
    /** A value of a type: mostly one that is there, else one that is made or read. */
    const some = (type: Type): Value => {
      const known = seen.filter((value) => value.type === type);
      if (known.length > 0 && next(5) > 0) return pick(known);
      return add(made(type));
    };
    const made = (type: Type): Value => {
      const from = locals.filter((local) => local.type === type && !unset.has(local.name));
      if (from.length > 0 && next(3) === 0) return b.get(pick(from).name);
      switch (type) {
        case 'rec.A':
          return next(4) === 0
            ? (b.call('g', [some('rec.A'), some('rec.B'), pick(flags)], ['rec.A'])[0] as Value)
            : b.op('rec.new', [some('rec.B'), some('rec.U'), some('list.rec.B')], type);
        case 'rec.B':
          if (next(3) === 0) return b.op('rec.get', [some('rec.A')], type, { slot: 'b' });
          if (next(3) === 0) return b.op('list.load', [some('list.rec.B'), int(0n)], type);
          return b.op('rec.new', [some('rec.C'), some('str')], type);
        case 'rec.C':
          if (next(2) === 0) return b.op('rec.get', [some('rec.B')], type, { slot: 'c' });
          return b.op('rec.new', [some(view)], type);
        case 'rec.U':
          if (next(3) === 0) return b.op('rec.get', [some('rec.A')], type, { slot: 'u' });
          return b.op('rec.as', [some(next(2) === 0 ? 'rec.B' : 'rec.C')], type);
        case 'list.rec.B': {
          if (next(2) === 0) return b.op('rec.get', [some('rec.A')], type, { slot: 'items' });
          const element = some('rec.B');
          const list = b.op('list.new', [int(1n)], type);
          b.effect('list.push', [list, element]);
          return list;
        }
        case 'str':
          if (next(3) === 0) return b.op('rec.get', [some('rec.B')], type, { slot: 's' });
          if (next(4) === 0) return b.op('str.const', [], type, { text: 'c' });
          return b.op('str.concat', [some('str'), some('str')]);
        default:
          if (next(2) === 0) return b.op('rec.get', [some('rec.C')], type, { slot: 'v' });
          return b.op('view.new', [int(1n)], type);
      }
    };
    const inner = (more: readonly string[]): void =>
      body(depth + 1, seen, [...labels, ...more], new Set(unset));
    for (let n = next(7); n >= 0 && --budget > 0; n--) {
      switch (next(15)) {
        case 0:
        case 1:
          add(made(pick(types)));
          break;
        case 2:
        case 3: {
          const { name, type } = pick(locals);
          b.set(name, some(type));
          unset.delete(name);
          break;
        }
        case 4:
          b.effect('rec.set', [some('rec.A'), some('rec.B')], { slot: 'b' });
          break;
        case 5:
          b.effect('rec.set', [some('rec.A'), some('rec.U')], { slot: 'u' });
          break;
        case 6:
          b.effect('rec.set', [some('rec.B'), some('str')], { slot: 's' });
          break;
        case 7: {
          const list = some('list.rec.B');
          b.effect('list.store', [list, int(0n), some('rec.B')]);
          break;
        }
        case 8: {
          const list = some('list.rec.B');
          if (next(2) === 0) b.effect('list.push', [list, some('rec.B')]);
          else b.effect('list.truncate', [list, int(1n)]);
          break;
        }
        case 9: {
          const type = pick(types);
          add(b.op('select', [pick(flags), some(type), some(type)]));
          break;
        }
        case 10: {
          // text += …
          const object = some('rec.B');
          const text = b.op('rec.get', [object], 'str', { slot: 's' });
          b.effect('rec.set', [object, b.op('str.concat', [text, some('str')])], { slot: 's' });
          break;
        }
        case 11:
          if (depth < 4)
            b.if(
              pick(flags),
              () => inner([]),
              () => inner([]),
            );
          break;
        case 12: {
          if (depth > 3) break;
          const label = b.label('l');
          const rounds = b.local('n', 'i64');
          b.loop(label, () => {
            const round = b.get(rounds);
            b.if(b.op('gt', [round, int(2n)]), () => b.break(label));
            b.set(rounds, b.op('add', [round, int(1n)]));
            inner([label]);
          });
          break;
        }
        case 13:
          if (depth < 4)
            b.try(
              () => inner([]),
              () => inner([]),
            );
          break;
        case 14:
          if (depth === 0) break;
          if (labels.length > 0 && next(2) === 0) b.break(pick(labels));
          else if (next(2) === 0) b.throw('Error', []);
          else b.return([some('rec.A'), some('str')]);
          return;
      }
    }
    if (depth === 0) b.return([some('rec.A'), some('str')]);
  };
  body(0, params, [], new Set(locals.map(({ name }) => name)));
  return b.fn;
}

const objectCallee = `func g(%0.x: rec.A, %1.y: rec.B, %2.p: bool) -> rec.A {
  local kept: rec.B
  %3: rec.B = rec.get b, %0
  local.set kept, %3
  rec.set b, %0, %1
  if %2 {
    throw Error "p"
  }
  %4: rec.B = local.get kept
  %5: list.rec.B = rec.get items, %0
  list.push %5, %4
  return %0
}`;

test('random functions of objects neither leak nor use what is freed', () => {
  const base = parseModule(records + objectCallee);
  let grown = 0;
  for (let seed = 1; seed <= Number(process.env['OWNERSHIP_FUNCTIONS'] ?? 400); seed++) {
    const fn = randomObjects(random(seed));
    const raw: IrModule = { ...base, functions: [fn, ...base.functions.map(cloneFunction)] };
    const text = printModule(raw);
    const module = counted(raw);
    for (let flags = 0; flags < 8; flags++) {
      const bools = [0, 1, 2].map((bit) => ((flags >> bit) & 1) === 1);
      const machine = new CountingMachine(module);
      try {
        run(module, ['x', 'y', 't', ...bools], machine);
      } catch (error) {
        if (error instanceof assert.Assertion && error.generated === false) throw error;
        assert.unreachable(
          `seed ${seed}, flags ${flags}: ${String(error)} in\n${printModule(module)}\nof\n${text}`,
        );
      }
      grown += machine.grown;
    }
  }
  assert.ok(grown > 10, 'strings grow');
});

test.run();
