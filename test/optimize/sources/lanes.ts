/** Loops whose rounds are computed in lanes, and loops like them that are not: each says it on its line. */
import { parallel } from 'tsnative';
import type { i32 } from 'tsnative';

/** @native */
export function onAllCores(out: Float64Array, most: number): void {
  // lanes
  parallel.for(out.length, (i) => {
    let x = i + 2;
    while (x > most) x *= 0.5;
    out[i] = x;
  });
}

/** @native */
export async function offThread(out: Float64Array, most: number): Promise<void> {
  // lanes
  for (let i = 0; i < out.length; i++) {
    let x = i + 2;
    while (x > most) x *= 0.5;
    out[i] = x;
  }
}

/** The loop inside reads elements. */
/** @native */
export function reading(out: Float64Array, a: Float64Array, most: number): void {
  // order
  for (let i = 0; i < out.length; i++) {
    let x = i + 2;
    let k = 0;
    while (x > most && k < a.length) x = x * 0.5 + a[k++]!;
    out[i] = x;
  }
}

/** LLVM unrolls the loop inside, and vectorises the other. */
/** @native */
export function shortInside(out: Float64Array): void {
  // order
  for (let i = 0; i < out.length; i++) {
    let x = i + 2;
    for (let k = 0; k < 4; k++) x = x * 0.5 + 1;
    out[i] = x;
  }
}

/** Nothing in a round waits for floats. */
/** @native */
export function integersInside(out: Int32Array, most: i32): void {
  // order
  for (let i = 0; i < out.length; i++) {
    let x: i32 = i;
    let k: i32 = 0;
    while (k < most && (x & 1) === 0) {
      x = x >> 1;
      k++;
    }
    out[i] = k;
  }
}

/** A check that isn't proved may throw behind the loop inside: what later rounds compute may have no end. */
/** @native */
export function checkedBehind(out: Float64Array, at: Float64Array, most: number): void {
  // order
  for (let i = 0; i < at.length; i++) {
    let x = i + 2;
    while (x > most) x *= 0.5;
    out[x * 3] = x;
  }
}

/** @native */
export function returning(n: i32, most: number): number {
  // order
  for (let i = 0; i < n; i++) {
    let x = i + 2;
    while (x > most) x *= 0.5;
    if (x < 1) return i;
  }
  return n;
}

/** @native */
export function fromRoundToRound(n: i32, most: number): number {
  let x = 1;
  // order
  for (let i = 0; i < n; i++) {
    x += i;
    while (x > most) x *= 0.5;
  }
  return x;
}

/** What is summed behind the loop inside is, in order. */
/** @native */
export function summed(n: i32, most: number): number {
  let sum = 0;
  // lanes
  for (let i = 0; i < n; i++) {
    let x = i + 2;
    while (x > most) x *= 0.5;
    sum += x;
  }
  return sum;
}
