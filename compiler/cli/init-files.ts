/** What `tsnative init` puts into a new project. */

/** @param hasNode whether Node's types are installed: TypeScript 6 and later take those alone that are named. */
export const tsconfig = (hasNode: boolean): string => `{
  "compilerOptions": {
    "target": "ES2022",
    "module": "NodeNext",
    "moduleResolution": "NodeNext",
    "rootDir": "src",
    "outDir": "dist",
    "strict": true,
    "sourceMap": true,
    "declaration": true${hasNode ? ',\n    "types": ["node"]' : ''}
  },
  "include": ["src"]
}
`;

export const gitignore = `node_modules/
dist/
`;

export const nativeExample = `import type { i32 } from 'tsnative';

/**
 * Counts the primes below a limit with the sieve of Eratosthenes.
 * @native
 */
export function countPrimes(limit: i32): i32 {
  const composite = new Uint8Array(limit);
  let count = 0;
  for (let n = 2; n < limit; n++) {
    if (composite[n] === 1) continue;
    count++;
    for (let multiple = n * n; multiple < limit; multiple += n) composite[multiple] = 1;
  }
  return count;
}
`;

export const mainExample = `import { countPrimes } from './primes.js';

const limit = 5_000_000;
const start = performance.now();
const count = countPrimes(limit);
const milliseconds = (performance.now() - start).toFixed(1);

console.log(\`\${count} primes below \${limit}, counted in \${milliseconds} ms\`);
`;
