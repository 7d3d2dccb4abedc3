/** The packages from npm that are compiled as they are installed. */

export interface Package {
  readonly name: string;
  /** Modules to copy, from `node_modules`. */
  readonly modules?: readonly string[];
  /** The module of a project that imports the package: `work/NAME/` has its tsconfig, and the hints for it. */
  readonly project?: string;
}

/**
 * Of each there is `work/NAME.hints.d.ts`, and `work/NAME.mjs` that uses all it exports on real data; of a project
 * `work/NAME/NAME.hints.d.ts` and `work/NAME/work.mjs`.
 */
export const packages: readonly Package[] = [
  { name: 'kdbush', modules: ['kdbush/index.js'] },
  { name: 'delaunator', modules: ['delaunator/index.js'] },
  { name: 'fflate', modules: ['fflate/esm/index.mjs'] },
  {
    name: 'noble-hashes',
    modules: ['sha2', 'sha3', 'blake2', 'blake3'].map((name) => `@noble/hashes/${name}.js`),
  },
  { name: 'simplex-noise', project: 'maps.js' },
  { name: 'alea', project: 'samples.js' },
];
