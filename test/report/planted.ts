/** A project with one of each: what a report must flag, and on which line. */
import type { Item, Report } from '../../compiler/report/model.ts';

export const source = `import type { f64, i32 } from 'tsnative';

/** @native */
export function scale(a: Float64Array, factor: f64): void {
  for (let i = 0; i < a.length; i++) a[i]! *= factor; // vectorised, proven
}

/** @native */
export function product(a: Float64Array): f64 {
  let total = 1;
  for (let i = 0; i < a.length; i++) total *= a[i]!; // unvectorised, proven
  return total;
}

/** @native */
export function gather(a: Float64Array, at: Int32Array): f64 {
  let total = 0;
  for (let i = 0; i < at.length; i++) {
    total += a[at[i]!]!; // kept
  }
  return total;
}

/** @native */
export function rows(count: i32): f64 {
  let total = 0;
  for (let i = 0; i < count; i++) {
    const row = new Float64Array(i + 1); // allocation
    row.fill(i);
    total += row[0]!;
  }
  return total;
}

/** @native */
export function pick(a: Float64Array, index: number): f64 { // boxed
  return a[index]!;
}

/** @native */
export function middle(a: Float64Array): f64 {
  const half = a.length / 2; // boxed
  return a[half]!;
}
`;

/** The items of the line that has this text. */
export function itemsAt(report: Report, text: string): readonly Item[] {
  const [file] = report.files;
  const line = (file?.source.split('\n').findIndex((other) => other.includes(text)) ?? -1) + 1;
  return file?.lines.find((told) => told.line === line)?.items ?? [];
}
