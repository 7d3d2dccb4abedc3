/** Types of `work.mjs`, which workers import as it is. */
export function add(a: number, b: number): number;
export function square(x: number): number;
export function sum(parts: readonly number[]): number;
export function total(order: {
  readonly prices: readonly number[];
  readonly discount: number;
}): number;
export function mixed(seed: number, parts: readonly number[]): number;
export function later<T>(milliseconds: number, value?: T): Promise<T>;
export function unlucky(milliseconds: number, x: number): Promise<number>;
export function noted(file: string, x: number): number;
export function slowly(file: string, x: number): Promise<number>;
export function exits(): number;
export function instance(): object;
export function multiplier(factor: number): (x: number) => number;
export function variable(name: string): string | undefined;
export function passed<T>(x: T): T;
export function applied(fn: (x: number) => number, x: number): number;
export function forever(): never;
export interface Shape {
  readonly x: number;
  readonly list: readonly (number | undefined)[];
  readonly map: ReadonlyMap<number, ReadonlySet<number>>;
}
export function shape(x: number): Shape;
export function keys(shape: Shape): [number[], number, boolean];
export function half(array: Float64Array): Float64Array;
export function bufferLength(array: Float64Array): number;
export function root(x: number): number;
export function ramp(from: number, to: number): Float64Array;
export function weighted(a: Float64Array, b: Float64Array, weight: number): Float64Array;
export function shorter(a: Float64Array): Float64Array;
export function sumOf(array: Float64Array): number;
