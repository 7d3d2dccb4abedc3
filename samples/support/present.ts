/** What every sample does around its kernel: times it, and tells a person or the demo what came out. */
import { createHash } from 'node:crypto';
import { info } from 'tsnative';

export interface Presentation {
  readonly title: string;
  /** The work to time; called several times, and must give the same each time. */
  readonly work: () => ArrayBufferView;
  /** Lines for a person about the last result. */
  readonly describe: (result: ArrayBufferView) => string[];
  /** Writes a picture of the last result and returns its path. */
  readonly picture?: (result: ArrayBufferView) => string;
}

const rounds = 7;

/**
 * Runs a sample. With `--json` it prints `{ title, milliseconds, digest, native, picture }`, where
 * `milliseconds` is the median of the rounds and `digest` the SHA-256 of the result's bytes.
 */
export function present({ title, work, describe, picture }: Presentation): void {
  let result = work();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    result = work();
    times.push(performance.now() - start);
  }
  const milliseconds = times.sort((a, b) => a - b)[rounds >> 1] ?? NaN;
  const native = info().modules.some((module) => module.native);
  const path = picture?.(result);
  if (process.argv.includes('--json')) {
    const bytes = new Uint8Array(result.buffer, result.byteOffset, result.byteLength);
    const digest = createHash('sha256').update(bytes).digest('hex');
    console.log(JSON.stringify({ title, milliseconds, digest, native, picture: path }));
    return;
  }
  console.log(title);
  for (const line of describe(result)) console.log(`  ${line}`);
  if (path !== undefined) console.log(`  picture: ${path}`);
  console.log(`  ${milliseconds.toFixed(1)} ms as ${native ? 'native code' : 'JavaScript'}`);
}
