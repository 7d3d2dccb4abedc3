/** What a build and its report say of what crosses the boundary, by the sources alone. */
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { explain } from '../../compiler/explain.ts';
import type { Report } from '../../compiler/report/model.ts';
import type { BuildResult } from '../../compiler/build-types.ts';
import { buildProject, makeProject } from '../support/project.ts';
import { itemsAt } from './planted.ts';

const source = `import { parallel } from 'tsnative';
import type { f64, i32 } from 'tsnative';
interface Point { x: f64; y: f64 }
interface Shape { points: Point[]; name: string }

/** @native */
export function area(shape: Shape, weights: Float64Array): f64 {
  let sum = 0;
  for (const { x, y } of shape.points) sum += x * y * (weights[0] ?? 1);
  return sum;
}

/** @native */
export function move(shape: Shape, by: f64, text?: string): Point[] {
  for (const point of shape.points) point.x += by;
  return shape.points;
}

/** @native */
export function scan(list: number[], each: (x: f64) => f64): f64 {
  let sum = 0;
  for (const value of list) sum += each(value);
  return sum;
}

/** @native */
export function rows(out: Float64Array, from: Float64Array, h: f64, w: f64): f64 {
  parallel.for(h, (y) => {
    for (let x = 0; x < w; x++) out[y * w + x] = from[x] ?? 0;
  });
  parallel.sort(out, (a, b) => b - a);
  return parallel.sum(out.length, (i) => out[i] ?? 0);
}

/** @native */
export class Counter {
  count: f64 = 0;
  add(step: f64): Counter { this.count += step; return this; }
}
`;

const project = makeProject({ 'src/planted.ts': source });
let built: BuildResult;
let report: Report;
test.before(async () => {
  built = await buildProject(project, { level: 0 });
  assert.equal(built.diagnostics, []);
  const explained = await explain(
    { project: project.tsconfig, toolchain: 'bundled', level: 1, cpu: 'baseline', version: '1' },
    { progress: () => {} },
  );
  assert.ok(explained.report);
  report = explained.report;
});
test.after(() => project.remove());

const crossing = (name: string): unknown =>
  built.functions.find((fn) => fn.name === name)?.crossing;

const value = { passage: 'value', isWrittenBack: false } as const;
const reference = { passage: 'reference', isWrittenBack: false } as const;

test('what is only read is copied in', () => {
  assert.equal(crossing('area'), {
    params: [
      { name: 'shape', type: 'Shape', passage: 'copy', isWrittenBack: false },
      { name: 'weights', type: 'Float64Array', ...reference },
    ],
    result: { type: 'number', passage: 'value' },
    isCompared: false,
  });
});

test('what is changed somewhere inside is written back', () => {
  assert.equal(crossing('move'), {
    params: [
      { name: 'shape', type: 'Shape', passage: 'copy', isWrittenBack: true },
      { name: 'by', type: 'number', ...value },
      { name: 'text', type: 'string | undefined', passage: 'copy', isWrittenBack: false },
    ],
    result: { type: 'Point[]', passage: 'copy' },
    isCompared: false,
  });
});

test('callbacks are named with their places, and copies compared', () => {
  assert.equal(crossing('scan'), {
    params: [
      { name: 'list', type: 'number[]', passage: 'copy', isWrittenBack: false },
      { name: 'each', type: '(x: f64) => f64', passage: 'function', isWrittenBack: false },
    ],
    result: { type: 'number', passage: 'value' },
    isCompared: true,
  });
  const line = source.split('\n').findIndex((text) => text.includes('each(value)')) + 1;
  const file = join(project.folder, 'src/planted.ts');
  assert.equal(built.callbacks, [{ name: 'each', file, line }]);
});

test('parallel loops are named, and when they run in order', () => {
  const lines = source.split('\n');
  const at = (text: string): number => lines.findIndex((one) => one.includes(text)) + 1;
  const file = join(project.folder, 'src/planted.ts');
  assert.equal(built.parallel, [
    {
      name: 'parallel.for',
      file,
      line: at('parallel.for'),
      inOrderWhere: ['`out` and `from` share memory', '`w` is no whole number above 0'],
    },
    { name: 'parallel.sort', file, line: at('parallel.sort'), inOrderWhere: [] },
    { name: 'parallel.sum', file, line: at('parallel.sum'), inOrderWhere: [] },
  ]);
  const told = itemsAt(report, 'parallel.sum').map(({ title }) => title);
  assert.ok(told.includes('`parallel.sum` runs on all cores'), told.join());
});

test('instances go by reference', () => {
  assert.equal(crossing('Counter.add'), {
    params: [
      { name: 'this', type: 'Counter', ...reference },
      { name: 'step', type: 'number', ...value },
    ],
    result: { type: 'Counter', passage: 'reference' },
    isCompared: false,
  });
});

test('the report tells it of each parameter, and of the line that calls JavaScript', () => {
  const titles = (text: string): string[] =>
    itemsAt(report, text)
      .filter(({ kind, tone }) => kind === 'boundary' && tone === 'cost')
      .map(({ title }) => title);
  assert.equal(titles('function area'), ['`shape` comes in']);
  assert.equal(titles('function move'), [
    '`shape` comes in',
    '`text` comes in, or `undefined`',
    'The result goes back',
  ]);
  const [moved] = itemsAt(report, 'function move').filter(({ title }) => /shape/.test(title));
  assert.match(moved?.text ?? '', /written back/);
  const [list] = itemsAt(report, 'function scan').filter(({ title }) => /list/.test(title));
  assert.match(list?.text ?? '', /compared/);
  const called = itemsAt(report, 'each(value)').find(({ kind }) => kind === 'call');
  assert.is(called?.title, '`each` may be a function of JavaScript');
  assert.is(called?.hot, true);
});

test.run();
