/** Loops whose rounds stand one after the other in WebAssembly: which they are, and that they end where they should. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { buildProject, makeProject } from '../support/project.ts';

const source = `
/** @native */
export function escape(x0: number, y0: number, most: number): number {
  let x = 0;
  let y = 0;
  let step = 0;
  while (step < most && x * x + y * y <= 4) {
    const next = x * x - y * y + x0;
    y = 2 * x * y + y0;
    x = next;
    step++;
  }
  return x + step * 1000;
}

/** @native */
export function find(values: Float64Array, wanted: number): number {
  let index = 0;
  while (index < values.length && values[index]! !== wanted) index++;
  return index;
}
`;
type Escape = (x: number, y: number, most: number) => number;

const project = makeProject({ 'src/a.ts': source });
const test = suite('unrolled loops');
test.after(() => project.remove());

test('a chain of floats is unrolled for WebAssembly, and ends in the round in which JavaScript ends', async () => {
  const own = `${process.platform}-${process.arch}`;
  const { diagnostics } = await buildProject(project, { targets: [own, 'wasm32'], emit: ['ll'] });
  assert.equal(diagnostics, []);
  const unrolled = (platform: string): number =>
    readFileSync(join(project.folder, `out/native/test-project.${platform}.ll`), 'utf8').split(
      'llvm.loop.unroll.count',
    ).length - 1;
  assert.is(unrolled(own), 0);
  assert.is(unrolled('wasm32'), 1, 'all of them share one node, and loops over memory have none');

  process.env['TSNATIVE'] = 'wasm';
  const path = join(project.folder, 'out/a.js');
  const { escape: compiled } = (await import(pathToFileURL(path).href)) as { escape: Escape };
  const plain = new Function(
    `${source.slice(source.indexOf('function escape'), source.indexOf('/** @native */\nexport function find')).replace(/: number/g, '')} return escape;`,
  )() as Escape;
  for (let most = -1; most < 70; most++)
    for (const [x, y] of [
      [0, 0],
      [-0.75, 0.05],
      [0.3, 0.5],
      [-0.1, 0.9],
      [2, 2],
      [NaN, 0],
      [0.26, 0],
    ] as const)
      assert.ok(Object.is(compiled(x, y, most), plain(x, y, most)), `${x} ${y} ${most}`);
});

test.run();
