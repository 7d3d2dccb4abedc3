/**
 * Builds with much more stack, on a thread of their own: for code that is nested too deeply for the usual one, as a
 * generated parser's may be. The main thread's stack can't grow once Node runs.
 */
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ToolchainError } from './5-link/types.ts';
import type { BuildEvents, BuildOptions, BuildResult } from './build-types.ts';
import type { Diagnostic } from './diagnostics/types.ts';

/** Sixty times the usual. */
const stackMegabytes = 64;

/** What the thread tells. */
export type Told =
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'built'; readonly result: BuildResult }
  | { readonly kind: 'refused'; readonly diagnostic: Diagnostic }
  | { readonly kind: 'failed'; readonly error: unknown };

/** What the thread is told where the build is to end. */
export const abort = 'abort';

/** @throws as `Build` does; ToolchainError where this much stack is too little as well */
export async function deepBuild(
  options: BuildOptions,
  events: BuildEvents,
  signal: AbortSignal | undefined,
): Promise<BuildResult> {
  signal?.throwIfAborted();
  // Beside this module, which tests run as it is written.
  const script = `./deep-thread${extname(fileURLToPath(import.meta.url))}`;
  const thread = new Worker(new URL(script, import.meta.url), {
    workerData: options,
    resourceLimits: { stackSizeMb: stackMegabytes },
  });
  const stop = (): void => thread.postMessage(abort);
  signal?.addEventListener('abort', stop);
  try {
    return await new Promise<BuildResult>((resolve, reject) => {
      thread.on('message', (told: Told) => {
        switch (told.kind) {
          case 'progress':
            return events.progress(told.text);
          case 'built':
            return resolve(told.result);
          case 'refused':
            return reject(new ToolchainError(told.diagnostic));
          case 'failed':
            return reject(told.error);
        }
      });
      thread.on('error', reject);
      thread.on('exit', (code) => reject(new Error(`the build's thread ended with ${code}`)));
    });
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}
