/** What the benchmarks should show. */
import type { Peer } from './contenders/index.ts';
import type { Measurement } from './run-kernel.ts';
import { geometricMean, ratiosOf } from './summary.ts';

export interface Aim {
  readonly text: string;
  readonly actual: number;
  readonly isMet: boolean;
}

/** Those aims for which something was measured. */
export function aims(measurements: readonly Measurement[]): Aim[] {
  const polybench = measurements.filter(({ kernel }) => kernel.suite === 'polybench');
  const million = measurements.filter(
    ({ kernel, size }) => (kernel.approximate ?? false) && size === 'large',
  );
  const mean = (of: readonly Measurement[], peer: Peer): number =>
    geometricMean(ratiosOf(of, peer));
  // Of nothing these are infinite.
  const least = (of: readonly Measurement[], peer: Peer): number => Math.min(...ratiosOf(of, peer));
  const most = (values: readonly number[]): number => Math.max(...values);
  const atLeast = (text: string, actual: number, limit: number): Aim => ({
    text: `${text} ≥ ${limit}`,
    actual,
    isMet: actual >= limit,
  });
  const numeric = measurements.filter(({ kernel }) => kernel.suite !== 'heap');
  const heap = measurements.filter(({ kernel }) => kernel.suite === 'heap');
  const plain = mean(polybench, 'plain');
  const all: Aim[] = [
    atLeast('PolyBench: geometric mean × clang', mean(polybench, 'clang'), 1),
    atLeast('PolyBench: least × clang', least(polybench, 'clang'), 0.85),
    {
      text: 'PolyBench without hints: time over that with hints, geometric mean within 5 % of 1',
      actual: plain,
      isMet: Math.abs(plain - 1) <= 0.05,
    },
    atLeast(
      'PolyBench: geometric mean × unchecked (1 ÷ 1.03)',
      mean(polybench, 'unchecked'),
      0.971,
    ),
    atLeast('all: least × V8', least(measurements, 'v8'), 1),
    atLeast('typed arrays: geometric mean × V8', mean(numeric, 'v8'), 3),
    atLeast('objects: geometric mean × V8', mean(heap, 'v8'), 1.5),
    atLeast('all: geometric mean × AssemblyScript', mean(measurements, 'assemblyscript'), 1.5),
    atLeast('black-scholes or softmax over 1M elements × V8', most(ratiosOf(million, 'v8')), 4),
  ];
  return all.filter(({ actual }) => Number.isFinite(actual));
}
