const weights = halves(3);
const counts = [1, 2, 3];
const title = { text: 'x', size: 1 };
export const limits = [10, 20];

function halves(n: number): number[] {
  return new Array<number>(n).fill(0.5);
}

export function count(i: number): void {
  counts[i]!++;
}
export function change(other: { text: string }): void {
  other.text += '!';
}
change(title);

/** @native */
export function weighted(x: number): number {
  return weights[1]! * x + counts[0]! + title.size + limits[0]!;
}
// rewritten:
const weights = Float64Array.from(halves(3));
const limits = [10, 20];

function halves(n: number): number[] {
  return new Array<number>(n).fill(0.5);
}

/** @native */
export function weighted(x: number, counts: number[], title: { text: string; size: number }): number {
  return weights[1]! * x + counts[0]! + title.size + limits[0]!;
}
