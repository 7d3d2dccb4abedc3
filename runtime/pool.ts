/**
 * The threads that parallel loops and async calls of native code run on: one pool for the process. The loader and the
 * package may be several copies in one process, so they have what they share by names that all know.
 */

/** What the limit of threads comes from, by the number that the pool (`native/pool/types.h`) has for it. */
const sources = ['system', 'affinity', 'cgroup', 'variable', 'tokens'] as const;

export interface PoolInfo {
  /** How many threads compute at most, callers among them. */
  readonly threads: number;
  /**
   * What says so: how many the pool has at most, the processors that the process may run on, the quota of its control
   * group, `TSNATIVE_NUM_THREADS`, how many tokens there are, or the call of `withThreads` that this is in.
   */
  readonly from: (typeof sources)[number] | 'withThreads';
  /** How many threads compute at most in all processes with which this one shares tokens (`tsnative run`). */
  readonly tokens?: number;
}

/** What a loaded binary tells of the pool; all tell the same. */
export interface PoolBinding {
  /** The most threads that compute, in the bits from 16 on where that comes from, and in those from 20 on the tokens. */
  limit(): number;
  /** Makes what native code has of a scope. */
  scope(threads: number, outer: object | undefined): object | undefined;
}

/** A call of `withThreads`. */
export interface Scope {
  /** The least of its own limit and those around it. */
  readonly threads: number;
  readonly outer: Scope | undefined;
  /** What native code has of it; undefined until a binary is loaded that asks. */
  handle: object | undefined;
}

/** Which scope the code that runs is in: an AsyncLocalStorage, made when the first scope is. */
export interface Scopes {
  getStore(): Scope | undefined;
  run<T>(scope: Scope, run: () => T): T;
}

interface Shared {
  binding?: PoolBinding;
  scopes?: Scopes;
  /** Native code asks for the scope of a call as long as it has one, so there is one from when the first was made. */
  asks?: object | undefined;
}

/** What this thread's copies of tsnative share. */
export function sharedPool(): Shared {
  const key = Symbol.for('tsnative.pool');
  const holder = globalThis as { [key]?: Shared };
  return (holder[key] ??= {});
}

/** Notes what a loaded binary tells of the pool. */
export function notePool(binding: PoolBinding): void {
  const shared = sharedPool();
  shared.binding ??= binding;
  // Scopes that are older than the first binary have no handle yet.
  if (shared.scopes) shared.asks ??= shared.binding.scope(mostThreads, undefined);
}

/** More than a pool has. */
const mostThreads = 0xffff;

/** What native code has of a scope; it is made where there is none yet. */
export function handleOf(scope: Scope): object | undefined {
  const outer = scope.outer && handleOf(scope.outer);
  return (scope.handle ??= sharedPool().binding?.scope(
    Math.min(scope.threads, mostThreads),
    outer,
  ));
}

/** The handle of the scope that the code which runs is in. */
export function currentHandle(): object | undefined {
  const scope = sharedPool().scopes?.getStore();
  return scope && handleOf(scope);
}

/** Undefined while no loaded package uses it. */
export function poolInfo(): PoolInfo | undefined {
  const { binding, scopes } = sharedPool();
  if (!binding) return undefined;
  const limit = binding.limit();
  const threads = limit & 0xffff;
  const scoped = scopes?.getStore()?.threads ?? threads;
  const tokens = limit >> 20;
  return {
    threads: Math.min(scoped, threads),
    from: scoped < threads ? 'withThreads' : (sources[(limit >> 16) & 0xf] ?? 'system'),
    ...(tokens > 0 && { tokens }),
  };
}
