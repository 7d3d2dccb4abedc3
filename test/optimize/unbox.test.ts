/** Objects that needn't be in memory aren't: the lines of the source say what becomes of what they make. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { calledBy } from '../../compiler/3-optimize/pass.ts';
import { lowerSources, optimized } from '../../compiler/front-end.ts';
import { verify } from '../../compiler/ir/verify.ts';
import { walkOps } from '../../compiler/ir/walk.ts';
import { makeProject } from '../support/project.ts';

const source = `import type { f64, i32 } from 'tsnative';

class Vec {
  constructor(public x: f64, public y: f64) {}
  plus(v: Vec): Vec {
    return new Vec(this.x + v.x, this.y + v.y); // registers
  }
  move(by: f64): void {
    this.x += by;
  }
}
class Ray {
  constructor(readonly origin: Vec, readonly direction: Vec) {}
}
interface Range {
  low: f64;
  high: f64;
}

/** @native */
export function temporary(x: f64): f64 {
  const v = new Vec(x, 1).plus(new Vec(2, x)); // registers
  return v.x * v.y;
}

/** @native */
export function carried(n: i32): f64 {
  let v = new Vec(0, 1); // registers
  for (let i = 0; i < n; i++) v = v.plus(new Vec(1, i)); // registers
  return v.x;
}

/** @native */
export function changed(n: i32): f64 {
  const v = new Vec(0, 1); // registers
  for (let i = 0; i < n; i++) v.move(i);
  let range: Range = { low: 0, high: 1 }; // registers
  for (let i = 0; i < n; i++) {
    if (i === 5) range = { low: 1, high: 2 }; // registers
    range.high += i;
  }
  return v.x + range.high;
}

/** @native */
export function absent(values: Float64Array): f64 {
  let best: Range | null = null;
  for (let i = 0; i < values.length; i++)
    if (best === null || values[i]! > best.high) best = { low: i, high: values[i]! }; // registers
  return best === null ? 0 : best.low;
}

/** @native */
export function inside(x: f64): f64 {
  const ray = new Ray(new Vec(x, 1), new Vec(1, x)); // registers
  return ray.origin.x + ray.direction.plus(ray.origin).y;
}

/** @native */
export function shared(flag: boolean): f64 {
  const a = new Vec(1, 2); // memory
  const b = new Vec(3, 4); // memory
  const c = flag ? a : b;
  c.x += 1;
  return a.x + b.x;
}

/** @native */
export function kept(x: f64): f64 {
  const all = [new Vec(x, 1)]; // memory
  return all[0]!.x;
}

/** @native */
export function compared(x: f64): boolean {
  const a = new Vec(x, 1); // memory
  let b = a;
  if (x > 2) b = new Vec(2, 2); // memory
  return a === b;
}

function trace(ray: Ray, depth: i32): Vec {
  if (depth === 0) return new Vec(ray.origin.x, ray.direction.y); // registers
  const origin = ray.origin.plus(ray.direction);
  return trace(new Ray(origin, ray.direction), depth - 1).plus(origin); // registers
}

/** @native */
export function traced(x: f64): f64 {
  return trace(new Ray(new Vec(x, 1), new Vec(1, x)), 3).x; // registers
}

function grow(range: Range, depth: i32): void {
  range.high += 1;
  if (depth > 0) grow(range, depth - 1);
}

/** @native */
export function grown(): f64 {
  const range: Range = { low: 0, high: 0 }; // memory
  grow(range, 3);
  return range.high;
}
`;

test('objects stay in registers, or in memory', () => {
  const project = makeProject({ 'src/objects.ts': source });
  try {
    const lowered = lowerSources(project.tsconfig);
    assert.equal(lowered.diagnostics, []);
    const module = optimized(lowered, 3, {
      verify: (fn, around) => assert.equal(verify(fn, around), []),
    });
    const made = new Set<number>();
    // What was put in the place of all its calls is still there.
    const called = new Set(module.exports.map(({ callee }) => callee));
    for (const name of called)
      for (const fn of module.functions.filter((candidate) => candidate.name === name))
        for (const callee of calledBy(fn)) called.add(callee);
    for (const { body } of module.functions.filter(({ name }) => called.has(name)))
      walkOps(body, ({ op, span }) => {
        if (op === 'rec.new') made.add(span?.line ?? 0);
      });
    const wrong = source.split('\n').flatMap((text, index) => {
      const mark = /\/\/ (registers|memory)$/.exec(text)?.[1];
      const is = made.has(index + 1) ? 'memory' : 'registers';
      return mark === undefined || mark === is ? [] : [`${index + 1} in ${is}: ${text}`];
    });
    assert.equal(wrong, []);
    assert.not.ok(made.has(0), 'an object is made that no line makes');
  } finally {
    project.remove();
  }
});

test.run();
