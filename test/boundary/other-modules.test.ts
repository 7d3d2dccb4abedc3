/** Constants of modules that JavaScript hasn't loaded, which only methods and functions of those modules read. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildProject, makeProject } from '../support/project.ts';

const test = suite('constants of modules that are not loaded');

const project = makeProject({
  'src/shapes.ts': `
export abstract class Shape {
  abstract area(): number;
  get twice(): number { return 2 * this.area(); }
}
export class Square extends Shape {
  constructor(private readonly side: number) { super(); }
  area(): number { return this.side ** 2; }
}
export function total(shapes: readonly Shape[]): number {
  let sum = 0;
  for (const shape of shapes) sum += shape.twice;
  return sum;
}
export function called(f: (x: number) => number, x: number): number { return f(f(x)); }
/** @native */
export function squares(n: number): number { return total([new Square(n), new Square(1)]); }
/** @native */
export function doubled(x: number): number { return called((y) => 2 * y, x); }
/** @native */
export function sameOf(a: Float64Array, b: Float64Array): boolean { return total([]) === 0 && a === b && called((y) => y, 1) === 1; }
/** @native */
export async function later(a: Float64Array): Promise<number> {
  a[0] = total([new Square(a[0]!)]);
  return called((y) => y + 1, a[0]!);
}
`,
  'src/tables.ts': `
import { called, Shape, total } from './shapes.js';
/** @native */
export function early(i: number): number { return called((x) => TABLE[i]! + x, 1); }
let tooEarly = '';
try { early(0); } catch (error) { tooEarly = String(error); }
export const before = tooEarly;
const TABLE = new Float64Array([10, 20, 30]);
const FACTOR = Math.sqrt(TABLE[2]! * 30);
class Listed extends Shape {
  constructor(private readonly index: number) { super(); }
  area(): number { return TABLE[this.index]! * FACTOR; }
}
/** @native */
export function listed(): number { return total([new Listed(0), new Listed(2)]); }
/** @native */
export async function lateListed(): Promise<number> { return total([new Listed(1)]) + called((x) => x * FACTOR, 2); }
/** @native */
export function changed(x: number): number { TABLE[1] = x; return called((y) => y + TABLE[1]!, 0); }
`,
});
test.after(() => project.remove());

type Module = Readonly<Record<string, (...args: unknown[]) => unknown>>;

for (const level of [0, 3] as const) {
  test(`at level ${level}`, async () => {
    const outDir = join(project.folder, `out-O${level}`);
    const { diagnostics } = await buildProject(project, { level, outDir });
    assert.equal(diagnostics, []);
    process.env['TSNATIVE'] = 'require';
    const load = async (name: string): Promise<Module> =>
      (await import(pathToFileURL(join(outDir, `${name}.js`)).href)) as Module;
    const shapes = await load('shapes');
    const array = Float64Array.of(3);
    const alone = async (): Promise<void> => {
      assert.is(shapes['squares']?.(3), 20);
      assert.is(shapes['doubled']?.(5), 20);
      assert.is(shapes['sameOf']?.(array, array), true);
      assert.is(shapes['sameOf']?.(array, Float64Array.of(3)), false);
      const own = Float64Array.of(3);
      assert.is(await shapes['later']?.(own), 20);
      assert.is(own[0], 18);
    };
    await alone();
    const tables = await load('tables');
    assert.is(tables['before'], "ReferenceError: Cannot access 'TABLE' before initialization");
    assert.is(tables['early']?.(2), 61);
    assert.is(tables['listed']?.(), 2 * (10 + 30) * 30);
    assert.is(await tables['lateListed']?.(), 2 * 20 * 30 + 2 * 30 * 30);
    assert.is(tables['changed']?.(7), 14);
    await alone();
  });
}

test.run();
