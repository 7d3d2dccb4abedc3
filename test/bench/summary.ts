/** What the measurements come to. */
import { peers, type Peer } from './contenders/index.ts';
import type { Suite } from './kernels/case.ts';
import type { Spread } from './measure.ts';
import type { Measurement } from './run-kernel.ts';

/** NaN of no values. */
export const geometricMean = (values: readonly number[]): number =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

/** The median ratios against a peer, where it took part. */
export const ratiosOf = (measurements: readonly Measurement[], peer: Peer): number[] =>
  measurements.flatMap(({ pairs }) => pairs[peer]?.ratio.median ?? []);

/** A kernel over its sizes. */
export interface KernelSummary {
  readonly name: string;
  readonly suite: Suite;
  readonly identical: boolean;
  /** Geometric means over the sizes. */
  readonly ratios: Partial<Readonly<Record<Peer, Spread>>>;
}

export function summarize(measurements: readonly Measurement[]): KernelSummary[] {
  const kernels = [...new Set(measurements.map(({ kernel }) => kernel))];
  return kernels.map(({ name, suite }) => {
    const sizes = measurements.filter(({ kernel }) => kernel.name === name);
    const ratios: Partial<Record<Peer, Spread>> = {};
    for (const peer of peers) {
      const spreads = sizes.flatMap(({ pairs }) => pairs[peer]?.ratio ?? []);
      const mean = (end: keyof Spread): number => geometricMean(spreads.map((one) => one[end]));
      if (spreads.length > 0)
        ratios[peer] = { median: mean('median'), low: mean('low'), high: mean('high') };
    }
    return { name, suite, identical: sizes.every((one) => one.differences.length === 0), ratios };
  });
}

/** `{kernels: [{name, suite, identical, ratios: {clang, v8, assemblyscript: {median, low, high}}}]}` */
export function asJson(summaries: readonly KernelSummary[]): string {
  const kernels = summaries.map(({ name, suite, identical, ratios }) => {
    const { clang, v8, assemblyscript } = ratios;
    return { name, suite, identical, ratios: { clang, v8, assemblyscript } };
  });
  const rounded = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? Number(value.toPrecision(6)) : value;
  return `${JSON.stringify({ kernels }, rounded, 2)}\n`;
}
