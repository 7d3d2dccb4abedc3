/** The thread of `deepBuild`. */
import { parentPort, workerData } from 'node:worker_threads';
import { ToolchainError } from './5-link/types.ts';
import type { BuildOptions } from './build-types.ts';
import { buildOnce } from './build.ts';
import { abort, type Told } from './deep-build.ts';
import { withinStack } from './too-deep.ts';

const tell = (told: Told): void => parentPort?.postMessage(told);

const controller = new AbortController();
parentPort?.on('message', (message) => {
  if (message === abort) controller.abort();
});
try {
  // Safe: `deepBuild` has given it.
  const options = workerData as BuildOptions;
  const events = { progress: (text: string): void => tell({ kind: 'progress', text }) };
  const result = await withinStack(() => buildOnce(options, events, controller.signal));
  tell({ kind: 'built', result });
} catch (error) {
  if (error instanceof ToolchainError) tell({ kind: 'refused', diagnostic: error.diagnostic });
  else tell({ kind: 'failed', error });
} finally {
  parentPort?.close();
}
