/** Typed arrays of instances are got before loops: the lines of the source say where. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { lowerSources, optimized } from '../../compiler/front-end.ts';
import { regionsOf } from '../../compiler/ir/walk.ts';
import type { Node } from '../../compiler/ir/types.ts';
import { makeProject } from '../support/project.ts';

const source = `import type { f64, i32 } from 'tsnative';

/** @native */
export class Grid {
  cells: Float64Array;
  other: Float64Array;
  maybe: Float64Array | null = null;
  next: Grid | null = null;
  constructor(n: i32) {
    this.cells = new Float64Array(n);
    this.other = new Float64Array(n);
  }
  total(): f64 {
    let sum = 0;
    for (let i = 0; i < this.cells.length; i++) sum += this.cells[i]!; // before
    return sum;
  }
  nested(n: i32): void {
    for (let i = 0; i < n; i++)
      for (let k = 0; k < n; k++)
        this.other[k] = this.cells[k]! + this.other[i]!; // before
  }
  swapped(n: i32): void {
    for (let i = 0; i < n; i++) {
      for (let k = 0; k < n; k++) this.other[k] = this.cells[k]!; // inside
      const cells = this.cells;
      this.cells = this.other;
      this.other = cells;
    }
  }
  called(n: i32, visit: (x: f64) => f64): void {
    for (let i = 0; i < n; i++) this.cells[i] = visit(i); // inside
  }
  absent(n: i32): f64 {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += this.maybe ? this.maybe[i]! : 1; // inside
    return sum;
  }
  chained(n: i32): f64 {
    let sum = 0;
    for (let grid: Grid | null = this; grid; grid = grid.next) sum += grid.cells[0]!; // inside
    return sum + n;
  }
}

/** @native */
export class Sums {
  values = new Float64Array(4);
}

/** @native */
export function local(n: i32): f64 {
  const sums = new Sums();
  for (let i = 0; i < n; i++) sums.values[i & 3] = i; // none
  return sums.values[0]!; // none
}

/** @native */
export function all(grids: Grid[]): f64 {
  let sum = 0;
  for (const grid of grids)
    for (let i = 0; i < grid.cells.length; i++) // inside
      sum += grid.cells[i]!; // none
  return sum;
}
`;

test('arrays are got before loops where nothing may have another one kept', () => {
  const project = makeProject({ 'src/grid.ts': source });
  try {
    const lowered = lowerSources(project.tsconfig);
    assert.equal(lowered.diagnostics, []);
    const found = new Map<number, Set<string>>();
    const visit = (nodes: readonly Node[], isInLoop: boolean): void => {
      for (const node of nodes) {
        if (node.kind !== 'op') {
          for (const region of regionsOf(node)) visit(region, isInLoop || node.kind === 'loop');
          continue;
        }
        if (node.op !== 'view.kept' || !node.span) continue;
        const places = found.get(node.span.line) ?? new Set();
        found.set(node.span.line, places.add(isInLoop ? 'inside' : 'before'));
      }
    };
    for (const { body } of optimized(lowered, 3).functions) visit(body, false);
    source.split('\n').forEach((line, index) => {
      const [, mark] = / \/\/ (before|inside|none)$/.exec(line) ?? [];
      if (mark === undefined) return;
      const places = [...(found.get(index + 1) ?? [])];
      assert.equal(places, mark === 'none' ? [] : [mark], line);
    });
  } finally {
    project.remove();
  }
});

test.run();
