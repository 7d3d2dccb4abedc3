/** What the benchmarks say of given times and results. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { aims } from './aims.ts';
import { asAssemblyScript } from './contenders/assemblyscript-source.ts';
import { chart } from './chart.ts';
import { difference } from './identity.ts';
import { kernels } from './kernels/index.ts';
import { readSignature } from './kernels/signature.ts';
import { unchecked, withoutHints } from './kernels/variants.ts';
import type { Pair } from './measure.ts';
import { report } from './report.ts';
import type { Measurement } from './run-kernel.ts';
import { asJson, summarize } from './summary.ts';

const pair = (median: number): Pair => ({
  ratio: { median, low: median / 2, high: median * 2 },
  ours: 1,
  theirs: median,
});

/** Two sizes of gemm, by ratios of the large one; those of the small one are four times as high. */
function measured(clang: number, v8: number, differences: readonly string[] = []): Measurement[] {
  const kernel = kernels.find(({ name }) => name === 'gemm');
  if (kernel === undefined) throw new Error('no gemm');
  return (['small', 'large'] as const).map((size) => {
    const factor = size === 'small' ? 4 : 1;
    const pairs = {
      clang: pair(clang * factor),
      v8: pair(v8 * factor),
      assemblyscript: pair(8 * factor),
    };
    return { kernel, size, bytes: 1024, differences, pairs };
  });
}

test('the JSON has the geometric means over the sizes', () => {
  assert.equal(JSON.parse(asJson(summarize(measured(0.5, 2)))), {
    kernels: [
      {
        name: 'gemm',
        suite: 'polybench',
        identical: true,
        ratios: {
          clang: { median: 1, low: 0.5, high: 2 },
          v8: { median: 4, low: 2, high: 8 },
          assemblyscript: { median: 16, low: 8, high: 32 },
        },
      },
    ],
  });
});

test('a difference in one size makes a kernel not identical', () => {
  const [small, large] = [measured(1, 1), measured(1, 1, ['gemm: 1 where 2 is expected'])];
  const mixed = [...small.slice(0, 1), ...large.slice(1)];
  assert.is(summarize(mixed)[0]?.identical, false);
  assert.match(report(mixed), 'RESULTS DIFFER');
});

test('every loss is told, and nothing else is', () => {
  const text = report(measured(0.5, 2));
  assert.match(text, '1 losses');
  assert.match(text, /gemm +large +clang +0\.50 +0\.25 to 1\.00/);
  assert.match(report(measured(1, 1)), 'No losses.');
});

test('aims are judged by each size', () => {
  const found = aims(measured(0.5, 2)).map(({ text, actual, isMet }) => [text, actual, isMet]);
  assert.equal(found.slice(0, 2), [
    ['PolyBench: geometric mean × clang ≥ 1', 1, true],
    ['PolyBench: least × clang ≥ 0.85', 0.5, false],
  ]);
});

test('the chart has a dot for each rival', () => {
  assert.is(chart(summarize(measured(1, 2))).match(/<title>gemm: /g)?.length, 3);
});

test('results differ by the sign of zero, not by a NaN', () => {
  assert.is(difference([[0], [NaN]], [[0], [NaN]]), undefined);
  assert.is(difference([[0]], [[-0]]), 'the result: -0 where 0 is expected');
  assert.is(difference([[1], [1, 2]], [[1], [1, 3]]), 'array 1, element 1: 3 where 2 is expected');
  assert.is(difference([[1]], [[1 + 1e-13]], 1e-12), undefined);
});

const source = `import type { f64, i32, u32 } from 'tsnative';

function half(x: f64): f64 {
  return x / 2;
}

/** @native */
export function f(n: i32, bytes: Uint8Array): u32 {
  let sum = 0;
  for (let i: i32 = 0; i < n; i++) bytes[i] = (bytes[i] + 1) | 0;
  for (let i: i32 = 0; i < n; i++) bytes[i] = i + 1;
  return (sum + half(n)) >>> 0;
}
`;

test('a source without hints has none', () => {
  const text = withoutHints(source);
  assert.not.match(text, /\b[iuf](8|16|32|64)\b/);
  assert.match(text, 'for (let i: number = 0;');
});

test('all functions of an unchecked source are so', () => {
  assert.is(unchecked(source).match(/@native bounds: unchecked/g)?.length, 2);
});

test('AssemblyScript gets its types where TypeScript infers number', () => {
  const text = asAssemblyScript(source, readSignature('f.ts', source));
  assert.match(text, 'let sum: f64 = 0;');
  assert.match(text, 'bytes[i] = u8(i + 1);');
  assert.match(text, 'return u32((sum + half(n)));');
});

test.run();
