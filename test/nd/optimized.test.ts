/** What is left of arrays of any dimension in optimised code: loops over them read no fields and check no indices. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compileProject } from '../../compiler/front-end.ts';
import type { IrFunction, Node } from '../../compiler/ir/types.ts';
import { regionsOf, walkOps } from '../../compiler/ir/walk.ts';
import { makeProject } from '../support/project.ts';

const source = `
import { ndarray, vectorize, type NdArray } from 'tsnative/nd';

/** @native */
export function total(a: NdArray<Float64Array>): number {
  let sum = 0;
  for (let i = 0; i < a.shape[0]!; i++)
    for (let j = 0; j < a.shape[1]!; j++) sum += a.get(i, j);
  return sum;
}

/** @native */
export function scale(a: NdArray<Float64Array>, b: NdArray<Float64Array>, by: number): void {
  for (let i = 0; i < a.shape[0]!; i++)
    for (let j = 0; j < a.shape[1]!; j++) b.set(i, j, a.get(i, j) * by);
}

/** @native */
export function checked(a: NdArray<Float64Array>, indices: Int32Array): number {
  let sum = 0;
  for (let i = 0; i < indices.length; i++) sum += a.get(indices[i]!);
  return sum;
}

const add = vectorize((a: number, b: number) => a + b);
const twice = vectorize((a: number) => 2 * a);

/** @native */
export const hyp = vectorize((b: number, c: number) => Math.sqrt(b * b + c * c));

/** @native */
export function fused(a: NdArray<Float64Array>, b: Float64Array): NdArray<Float64Array> {
  return add(twice(a), twice(b));
}
`;

const project = makeProject({ 'src/main.ts': source });
test.after(() => project.remove());

const compiled = compileProject(project.tsconfig, 3);
const functions = new Map(compiled.module?.functions.map((fn) => [fn.name, fn]));

/** The names of the operations inside of loops, but for the copies that run where a test before a loop has failed. */
function inLoops(name: string): string[] {
  const found: string[] = [];
  const visit = (nodes: readonly Node[], isInside: boolean): void => {
    for (const node of nodes) {
      if (node.kind === 'op') {
        if (isInside) found.push(node.op);
        continue;
      }
      if (node.kind === 'loop' && node.rare) continue;
      for (const region of regionsOf(node)) visit(region, isInside || node.kind === 'loop');
    }
  };
  visit(of(name).body, false);
  return found;
}

function of(name: string): IrFunction {
  const fn = functions.get(name);
  if (!fn) throw new Error(`no function ${name}`);
  return fn;
}

test('it compiles', () => assert.equal(compiled.diagnostics, []));

test('loops up to the sizes of an array', () => {
  for (const name of ['total', 'scale']) {
    const ops = inLoops(name);
    assert.ok(ops.includes('view.load'), name);
    for (const op of ['check.bounds', 'rec.get', 'call', 'retain'])
      assert.not(ops.includes(op), `${name}: ${op}`);
  }
});

test('indices that nobody knows stay checked', () => {
  const ops = inLoops('checked');
  assert.ok(ops.includes('check.bounds'));
  assert.not(ops.includes('rec.get'));
});

test('an expression makes one array', () => {
  const made = [...functions.values()].flatMap(({ name, body }) => {
    const count = (nodes: readonly Node[]): number =>
      nodes.reduce(
        (sum, node) =>
          sum +
          (node.kind === 'op'
            ? Number(node.op === 'view.new' && node.results[0]?.type === 'view.f64')
            : regionsOf(node).reduce((all, region) => all + count(region), 0)),
        0,
      );
    // Elsewhere are copies of what is put in the place of calls.
    return count(body) > 0 && name.startsWith('$') ? [[name, count(body)]] : [];
  });
  // The result.
  assert.equal(made, [['$arrays0', 1]]);
});

test('a kernel has a loop for each way in which arrays may lie, and none twice', () => {
  const [piece = ''] = [...functions.keys()].filter((name) => name.startsWith('$kernel_hyp.'));
  let [innermost, rare] = [0, 0];
  const visit = (nodes: readonly Node[]): number =>
    nodes.reduce((sum, node) => {
      const inside = node.kind === 'op' ? 0 : regionsOf(node).reduce((n, one) => n + visit(one), 0);
      if (node.kind === 'loop' && inside === 0) innermost++;
      if (node.kind === 'loop' && node.rare) rare++;
      return sum + inside + Number(node.kind === 'loop');
    }, 0);
  visit(of(piece).body);
  // All one after the other, each of them staying at one element, the result alone, and nothing.
  assert.equal([innermost, rare], [5, 0]);
  for (const op of ['check.bounds', 'view.apart', 'rec.get', 'call'])
    assert.not(inLoops(piece).includes(op), op);
  let asks = false;
  walkOps(of('$kernel_hyp').body, ({ op }) => (asks ||= op === 'view.apart'));
  assert.not(asks, 'what divides it among threads asks for nothing');
});

test.run();
