/** Algorithms of other kinds: physics, sorting, searching, bytes, images, statistics. */
import { zeros, type Cases } from '../case.ts';

const noInts = (length: number): Int32Array => new Int32Array(length);

/** The first bits of the fractional parts of roots of the first primes (FIPS 180-4, 4.2.2 and 5.3.3). */
const rootBits = (count: number, root: (x: number) => number): Int32Array => {
  const primes: number[] = [];
  for (let n = 2; primes.length < count; n++) if (primes.every((p) => n % p !== 0)) primes.push(n);
  return Int32Array.from(primes, (prime) => Math.floor((root(prime) % 1) * 2 ** 32) | 0);
};

export const other: Cases = {
  'n-body': {
    sizes: { test: 4, small: 7, large: 1000 },
    inputs: (n, r) => {
      const steps = n < 100 ? 60 : 2;
      return [steps, n, 0.01, r.doubles(3 * n, -9, 9), zeros(3 * n), r.doubles(n)];
    },
  },
  'spectral-norm': {
    sizes: { test: 9, small: 60, large: 600 },
    inputs: (n) => [n, 3, zeros(n), zeros(n), zeros(n)],
  },
  fannkuch: {
    sizes: { test: 5, small: 7, large: 9 },
    inputs: (n) => [n, noInts(n), noInts(n), noInts(n), noInts(2)],
  },
  mandelbrot: {
    sizes: { test: 9, small: 40, large: 450 },
    inputs: (n) => [n + 10, n, 50, noInts((n + 10) * n)],
  },
  sieve: {
    sizes: { test: 100, small: 30_000, large: 2_000_000 },
    inputs: (n) => [n, new Uint8Array(n)],
  },
  quicksort: {
    sizes: { test: 50, small: 3000, large: 150_000 },
    inputs: (n, r) => [r.doubles(n), 0, n - 1],
  },
  'heap-sort': {
    sizes: { test: 50, small: 3000, large: 150_000 },
    inputs: (n, r) => [n, r.doubles(n)],
  },
  'binary-search': {
    sizes: { test: 50, small: 2000, large: 400_000 },
    inputs: (n, r) => {
      const m = Math.ceil(n / 2);
      return [n, m, r.ints(n, 2 ** 24).sort(), r.ints(m, 2 ** 24), noInts(m)];
    },
  },
  histogram: {
    sizes: { test: 99, small: 50_000, large: 4_000_000 },
    inputs: (n, r) => [n, r.bytes(n), noInts(256)],
  },
  'crc-32': {
    sizes: { test: 99, small: 30_000, large: 2_000_000 },
    inputs: (n, r) => [n, r.bytes(n), noInts(256)],
  },
  'sha-256': {
    sizes: { test: 2, small: 200, large: 30_000 },
    inputs: (blocks, r) => {
      const [k, state] = [rootBits(64, Math.cbrt), rootBits(8, Math.sqrt)];
      return [blocks, r.bytes(64 * blocks), k, noInts(64), state];
    },
  },
  lz77: {
    sizes: { test: 99, small: 3000, large: 100_000 },
    inputs: (n, r) => [n, r.bytes(n, 12), noInts(4096), noInts(n), noInts(n), noInts(n)],
  },
  'edit-distance': {
    sizes: { test: 12, small: 300, large: 3000 },
    inputs: (n, r) => {
      const m = n - 5;
      return [m, n, r.bytes(m, 26), r.bytes(n, 26), noInts(n + 1)];
    },
  },
  'gaussian-blur': {
    sizes: { test: 12, small: 64, large: 450 },
    inputs: (height, r) => {
      const [width, radius] = [height + 14, 3];
      const weights = Float64Array.of(1, 6, 15, 20, 15, 6, 1).map((weight) => weight / 64);
      const pixels = width * height;
      return [width, height, radius, weights, r.doubles(pixels), zeros(pixels), zeros(pixels)];
    },
  },
  fft: {
    sizes: { test: 16, small: 1024, large: 65_536 },
    inputs: (n, r) => {
      const angles = Float64Array.from({ length: n / 2 }, (_, k) => (2 * Math.PI * k) / n);
      return [n, r.doubles(n), r.doubles(n), angles.map(Math.cos), angles.map(Math.sin)];
    },
  },
  'game-of-life': {
    sizes: { test: 9, small: 100, large: 1000 },
    inputs: (height, r) => {
      const width = height + 11;
      return [width, height, r.bytes(width * height, 2), new Uint8Array(width * height)];
    },
  },
  'black-scholes': {
    sizes: { test: 20, small: 2000, large: 1_000_000 },
    approximate: true,
    inputs: (n, r) => {
      const [spot, strike] = [r.doubles(n, 5, 30), r.doubles(n, 1, 100)];
      return [n, 0.02, 0.3, spot, strike, r.doubles(n, 0.25, 10), zeros(n), zeros(n)];
    },
  },
  'k-means': {
    sizes: { test: 20, small: 500, large: 50_000 },
    inputs: (n, r) => {
      const [d, k, rounds] = [4, 8, 4];
      const centres = r.doubles(k * d);
      return [n, d, k, rounds, r.doubles(n * d), centres, noInts(n), zeros(k * d), noInts(k)];
    },
  },
  softmax: {
    sizes: { test: 20, small: 3000, large: 1_000_000 },
    approximate: true,
    inputs: (n, r) => [n, r.doubles(n, -8, 8), zeros(n)],
  },
};
