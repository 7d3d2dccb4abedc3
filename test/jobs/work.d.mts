/** Types of `work.mjs`, which worker threads import as it is. */
export function square(x: number): number;
export function later(milliseconds: number): Promise<number>;
export function odd(x: number): number;
export function third(x: number): number;
export function exitsAt(x: number): number;
export function noted(what: { readonly file: string; readonly x: number }): number;
export function thread(): number;
export function count(cells: Int32Array): number;
export function functionOf(x: number): () => number;
export function forever(): never;
