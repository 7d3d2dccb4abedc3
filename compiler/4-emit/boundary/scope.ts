/** The limit of threads that JavaScript has set for what it calls (`withThreads`). */
import type { LlvmFunction } from '../writer.ts';
import { environment } from './environment.ts';
import { callExternal } from './napi.ts';

/** Writes the finding of the scope that a call from JavaScript runs in: null where no limit is set. */
export function scopeOf(f: LlvmFunction, env: string, data: string): string {
  const answer = f.load('ptr', f.offset(data, environment.answer));
  return callExternal(f, 'ptr', 'tsn_pool_scope_of', ['ptr', 'ptr'], [env, answer]);
}
