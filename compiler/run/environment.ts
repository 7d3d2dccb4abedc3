/** What processes are told by their environment. */
import type { Share } from './shares.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What libraries that have threads of their own ask for how many. */
const limits = [
  'TSNATIVE_NUM_THREADS',
  'OMP_NUM_THREADS',
  'OPENBLAS_NUM_THREADS',
  'MKL_NUM_THREADS',
] as const;

/**
 * The environment of one of several processes. libuv's threads are left alone (`UV_THREADPOOL_SIZE`): they wait for
 * files and names more than they compute.
 * @param share undefined where it may have as many threads as there are
 * @param tokens the path of the tokens that it shares with others
 */
export function environmentOf(
  env: Environment,
  { index, processes }: { readonly index: number; readonly processes: number },
  share: Share | undefined,
  tokens: string | undefined,
): Environment {
  // A limit that is lower already stays.
  const limited = (name: string, threads: number): string => {
    const set = Number.parseInt(env[name] ?? '', 10);
    return String(set > 0 ? Math.min(set, threads) : threads);
  };
  return {
    ...env,
    ...(share &&
      Object.fromEntries(limits.map((name) => [name, limited(name, share.threads)] as const))),
    TSNATIVE_PROCESS: String(index),
    TSNATIVE_PROCESSES: String(processes),
    TSNATIVE_TOKENS: tokens,
  };
}
