/**
 * The 30 algorithms that PolyBench has (https://sourceforge.net/projects/polybench), written anew
 * from their mathematics: flat row-major arrays of doubles, sizes as arguments.
 */
import { zeros, type Cases } from '../case.ts';

/** The factors that several kernels take. */
const alpha = 1.5;
const beta = 1.2;

export const polybench: Cases = {
  '2mm': {
    sizes: { test: 9, small: 48, large: 256 },
    inputs: (n, r) => {
      const [ni, nj, nk, nl] = [n, n + 2, n - 1, n + 1];
      const [A, B] = [r.doubles(ni * nk), r.doubles(nk * nj)];
      const [C, D] = [r.doubles(nj * nl), r.doubles(ni * nl)];
      return [ni, nj, nk, nl, alpha, beta, A, B, C, D, zeros(ni * nj)];
    },
  },
  '3mm': {
    sizes: { test: 9, small: 44, large: 220 },
    inputs: (n, r) => {
      const [ni, nj, nk, nl, nm] = [n, n + 2, n - 1, n + 1, n + 3];
      const [A, B] = [r.doubles(ni * nk), r.doubles(nk * nj)];
      const [C, D] = [r.doubles(nj * nm), r.doubles(nm * nl)];
      return [ni, nj, nk, nl, nm, A, B, C, D, zeros(ni * nj), zeros(nj * nl), zeros(ni * nl)];
    },
  },
  adi: {
    sizes: { test: 10, small: 56, large: 250 },
    inputs: (n, r) => [6, n, r.doubles(n * n), zeros(n * n), zeros(n * n), zeros(n * n)],
  },
  atax: {
    sizes: { test: 9, small: 150, large: 900 },
    inputs: (n, r) => {
      const m = n - 3;
      return [m, n, r.doubles(m * n), r.doubles(n), zeros(n), zeros(m)];
    },
  },
  bicg: {
    sizes: { test: 9, small: 150, large: 900 },
    inputs: (n, r) => {
      const m = n - 3;
      return [m, n, r.doubles(n * m), zeros(m), zeros(n), r.doubles(m), r.doubles(n)];
    },
  },
  cholesky: {
    sizes: { test: 10, small: 80, large: 400 },
    inputs: (n, r) => [n, r.definite(n)],
  },
  correlation: {
    sizes: { test: 8, small: 60, large: 280 },
    inputs: (m, r) => {
      const n = m + 20;
      return [m, n, r.doubles(n * m), zeros(m * m), zeros(m), zeros(m)];
    },
  },
  covariance: {
    sizes: { test: 8, small: 60, large: 280 },
    inputs: (m, r) => {
      const n = m + 20;
      return [m, n, r.doubles(n * m), zeros(m * m), zeros(m)];
    },
  },
  deriche: {
    sizes: { test: 9, small: 64, large: 420 },
    inputs: (w, r) => {
      const h = w - 2;
      const [y1, y2] = [zeros(w * h), zeros(w * h)];
      return [w, h, 0.25, Math.exp(-0.25), r.doubles(w * h), zeros(w * h), y1, y2];
    },
  },
  doitgen: {
    sizes: { test: 5, small: 18, large: 60 },
    inputs: (n, r) => {
      const [nr, nq, np] = [n, n - 1, n + 2];
      return [nr, nq, np, r.doubles(nr * nq * np), r.doubles(np * np, 0, 2 / np), zeros(np)];
    },
  },
  durbin: {
    sizes: { test: 11, small: 200, large: 4000 },
    inputs: (n, r) => {
      const decaying = r.doubles(n).map((value, i) => (0.5 * value) / (1 + i));
      return [n, decaying, zeros(n), zeros(n)];
    },
  },
  'fdtd-2d': {
    sizes: { test: 9, small: 50, large: 320 },
    inputs: (ny, r) => {
      const nx = ny - 4;
      const field = (): Float64Array => r.doubles(nx * ny);
      return [8, nx, ny, field(), field(), field(), r.doubles(8)];
    },
  },
  'floyd-warshall': {
    sizes: { test: 12, small: 50, large: 400 },
    inputs: (n, r) => [n, r.ints(n * n, 1000)],
  },
  gemm: {
    sizes: { test: 9, small: 48, large: 300 },
    inputs: (n, r) => {
      const [ni, nj, nk] = [n, n + 2, n - 1];
      return [ni, nj, nk, alpha, beta, r.doubles(ni * nk), r.doubles(nk * nj), r.doubles(ni * nj)];
    },
  },
  gemver: {
    sizes: { test: 9, small: 120, large: 800 },
    inputs: (n, r) => {
      const vector = (): Float64Array => r.doubles(n);
      const vectors = Array.from({ length: 8 }, vector);
      return [n, alpha, beta, r.doubles(n * n), ...vectors];
    },
  },
  gesummv: {
    sizes: { test: 9, small: 120, large: 700 },
    inputs: (n, r) => {
      return [n, alpha, beta, r.doubles(n * n), r.doubles(n * n), r.doubles(n), zeros(n)];
    },
  },
  gramschmidt: {
    sizes: { test: 8, small: 48, large: 220 },
    inputs: (n, r) => {
      const m = n + 10;
      return [m, n, r.doubles(m * n), zeros(n * n), zeros(m * n)];
    },
  },
  'heat-3d': {
    sizes: { test: 6, small: 18, large: 60 },
    inputs: (n, r) => [6, n, r.doubles(n ** 3), zeros(n ** 3)],
  },
  'jacobi-1d': {
    sizes: { test: 20, small: 1500, large: 200_000 },
    inputs: (n, r) => [20, n, r.doubles(n), zeros(n)],
  },
  'jacobi-2d': {
    sizes: { test: 9, small: 48, large: 400 },
    inputs: (n, r) => [10, n, r.doubles(n * n), zeros(n * n)],
  },
  lu: {
    sizes: { test: 10, small: 64, large: 320 },
    inputs: (n, r) => [n, r.definite(n)],
  },
  ludcmp: {
    sizes: { test: 10, small: 64, large: 320 },
    inputs: (n, r) => [n, r.definite(n), r.doubles(n), zeros(n), zeros(n)],
  },
  mvt: {
    sizes: { test: 9, small: 120, large: 800 },
    inputs: (n, r) => {
      const vector = (): Float64Array => r.doubles(n);
      return [n, vector(), vector(), vector(), vector(), r.doubles(n * n)];
    },
  },
  nussinov: {
    sizes: { test: 12, small: 80, large: 420 },
    inputs: (n, r) => [n, r.ints(n, 4), new Int32Array(n * n)],
  },
  'seidel-2d': {
    sizes: { test: 9, small: 48, large: 400 },
    inputs: (n, r) => [6, n, r.doubles(n * n)],
  },
  symm: {
    sizes: { test: 9, small: 48, large: 260 },
    inputs: (m, r) => {
      const n = m + 3;
      return [m, n, alpha, beta, r.doubles(m * m), r.doubles(m * n), r.doubles(m * n)];
    },
  },
  syr2k: {
    sizes: { test: 9, small: 48, large: 280 },
    inputs: (n, r) => {
      const m = n - 2;
      return [m, n, alpha, beta, r.doubles(n * m), r.doubles(n * m), r.doubles(n * n)];
    },
  },
  syrk: {
    sizes: { test: 9, small: 48, large: 340 },
    inputs: (n, r) => {
      const m = n - 2;
      return [m, n, alpha, beta, r.doubles(n * m), r.doubles(n * n)];
    },
  },
  trisolv: {
    sizes: { test: 9, small: 200, large: 1000 },
    inputs: (n, r) => [n, r.definite(n), zeros(n), r.doubles(n)],
  },
  trmm: {
    sizes: { test: 9, small: 48, large: 300 },
    inputs: (m, r) => {
      const n = m + 3;
      return [m, n, alpha, r.doubles(m * m), r.doubles(m * n)];
    },
  },
};
