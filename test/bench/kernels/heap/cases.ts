/** Programs with objects, plain arrays, strings and maps, which are only in TypeScript. */
import type { Case, Cases } from '../case.ts';

type HeapCase = Pick<Case, 'sizes' | 'inputs'>;

const cases = {
  'linked-list': {
    sizes: { test: 50, small: 1000, large: 200_000 },
    inputs: (n) => [n, 10],
  },
  'binary-trees': {
    sizes: { test: 4, small: 8, large: 16 },
    inputs: (n) => [n],
  },
  bodies: {
    sizes: { test: 4, small: 8, large: 1000 },
    inputs: (n, r) => [n < 100 ? 200 : 2, r.doubles(3 * n, -9, 9), r.doubles(n)],
  },
  'string-building': {
    sizes: { test: 5, small: 50, large: 10_000 },
    inputs: (n) => [n],
  },
  'string-search': {
    sizes: { test: 300, small: 10_000, large: 1_000_000 },
    inputs: (n, r) => [r.bytes(n)],
  },
  'word-count': {
    sizes: { test: 60, small: 3000, large: 300_000 },
    inputs: (n, r) => [r.ints(n, 100_000)],
  },
  'merge-sort': {
    sizes: { test: 50, small: 3000, large: 300_000 },
    inputs: (n, r) => [r.doubles(n)],
  },
  'matrix-rows': {
    sizes: { test: 7, small: 60, large: 400 },
    inputs: (n, r) => [n, r.doubles(1021)],
  },
  'priority-queue': {
    sizes: { test: 20, small: 1000, large: 300_000 },
    inputs: (n, r) => [2 * n, r.doubles(n)],
  },
  expression: {
    sizes: { test: 5, small: 50, large: 10_000 },
    inputs: (n) => [n, 10],
  },
  'lru-cache': {
    sizes: { test: 90, small: 5000, large: 1_000_000 },
    inputs: (n, r) => [r.ints(n, Math.min(Math.ceil(n / 3), 2000)), Math.min(n >> 3, 1000)],
  },
  points: {
    sizes: { test: 9, small: 1000, large: 100_000 },
    inputs: (n, r) => [10, r.doubles(4 * n, 0, 0.9)],
  },
  shapes: {
    sizes: { test: 9, small: 1000, large: 100_000 },
    inputs: (n, r) => [10, r.doubles(2 * n)],
  },
  'number-set': {
    sizes: { test: 90, small: 5000, large: 1_000_000 },
    inputs: (n, r) => [r.ints(n, 2 * n), 2 * n],
  },
} satisfies Readonly<Record<string, HeapCase>>;

const notInAssemblyScript = 'its classes and strings are others';

export const heap: Cases = Object.fromEntries(
  Object.entries<HeapCase>(cases).map(([name, one]) => [name, { ...one, notInAssemblyScript }]),
);
