/** @native */
export async function count(n: number, signal?: AbortSignal): Promise<number> {
  let i = 0;
  while (i < n && !signal?.aborted) i++;
  return i;
}

/** @native */
export function waits(n: number, signal: AbortSignal): number {
  return signal.aborted ? 0 : n;
}
// rewritten:
/** @native */
export async function count(n: number, signal?: AbortSignal): Promise<number> {
  let i = 0;
  while (i < n) {
    signal?.throwIfAborted();
    i++;
  }
  return i;
}

/** @native */
export function waits(n: number, aborted: boolean): number {
  return aborted ? 0 : n;
}
