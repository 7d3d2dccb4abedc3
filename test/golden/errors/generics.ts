import type { f64, i32 } from 'tsnative';

interface Nested<T> {
  value: T;
  next: Nested<T[]> | null;
}
class Chain<T> {
  next: Chain<T[]> | null = null;
  constructor(readonly value: T) {}
}

function endless<T>(x: T, n: i32): f64 {
  return n > 0 ? endless([x], (n - 1) | 0) : 0;
}

function make<T>(): T[] {
  return [];
}

function largest<T extends { size: f64 }>(a: T, b: T): T {
  return a.size > b.size ? a : b;
}

/** @native */
export function growing(n: i32): f64 {
  return endless(1, n);
}

/** @native */
export function nested(x: f64): f64 {
  const made: Nested<f64> = { value: x, next: null };
  return made.value;
}

/** @native */
export function chain(x: f64): f64 {
  return new Chain(x).value;
}

/** @native */
export function untold(): f64 {
  return make().length;
}

/** @native */
export function mixed(x: f64): f64 {
  return largest<{ size: f64; text?: string }>({ size: x }, { size: 1 }).size + either<f64 | string>(x);
}

function either<T>(x: T): f64 {
  return typeof x === 'number' ? x : 0;
}

/** @native */
export function first<T>(items: T[]): T {
  return items[0]!;
}
// rewritten:
import type { f64, i32 } from 'tsnative';

interface Nested<T> {
  value: T;
  next: Nested<T> | null;
}
class Chain<T> {
  next: Chain<T> | null = null;
  constructor(readonly value: T) {}
}

function endless<T>(x: T, n: i32): f64 {
  return n > 0 ? endless(x, (n - 1) | 0) : 0;
}

function make<T>(): T[] {
  return [];
}

function largest<T extends { size: f64 }>(a: T, b: T): T {
  return a.size > b.size ? a : b;
}

/** @native */
export function growing(n: i32): f64 {
  return endless(1, n);
}

/** @native */
export function nested(x: f64): f64 {
  const made: Nested<f64> = { value: x, next: null };
  return made.value;
}

/** @native */
export function chain(x: f64): f64 {
  return new Chain(x).value;
}

/** @native */
export function untold(): f64 {
  return make<f64>().length;
}

/** @native */
export function mixed(x: f64): f64 {
  return largest<{ size: f64; text?: string }>({ size: x }, { size: 1 }).size + either<f64>(x);
}

function either<T>(x: T): f64 {
  return typeof x === 'number' ? x : 0;
}

export function first<T>(items: T[]): T {
  return items[0]!;
}

/** @native */
export function firstNumber(items: f64[]): f64 {
  return first<f64>(items);
}
