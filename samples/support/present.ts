/** What every sample does around its kernel: times it, and tells a person or the demo what came out. */
import { createHash } from 'node:crypto';
import { info } from 'tsnative';

export interface Presentation<Result> {
  readonly title: string;
  /** The work to time; called several times, and must give the same each time. */
  readonly work: () => Result;
  /** All of a result, to compare it with others. */
  readonly bytes: (result: Result) => ArrayBufferView;
  /** Lines for a person about the last result. */
  readonly describe: (result: Result) => string[];
  /** Writes a picture of the last result and returns its path. */
  readonly picture?: (result: Result) => string;
}

const rounds = 7;

/**
 * Runs a sample. With `--json` it prints `{ title, milliseconds, digest, native, picture }`, where
 * `milliseconds` is the median of the rounds and `digest` the SHA-256 of the result's bytes.
 */
export function present<Result>({
  title,
  work,
  bytes,
  describe,
  picture,
}: Presentation<Result>): void {
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
    const digest = createHash('sha256')
      .update(contents(bytes(result)))
      .digest('hex');
    console.log(JSON.stringify({ title, milliseconds, digest, native, picture: path }));
    return;
  }
  console.log(title);
  for (const line of describe(result)) console.log(`  ${line}`);
  if (path !== undefined) console.log(`  picture: ${path}`);
  console.log(`  ${milliseconds.toFixed(1)} ms as ${native ? 'native code' : 'JavaScript'}`);
}

const contents = ({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
