/** Types of `graphs-work.mjs`, which workers import as it is. */
export function next(x: number): number;
export function addAll(parts: readonly number[]): number;
export function long(x: number): number;
