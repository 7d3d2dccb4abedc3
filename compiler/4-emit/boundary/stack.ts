/** The lowest stack address that native code may use, asked of the system once for each environment. */
import type { LlvmFunction } from '../writer.ts';
import { callExternal } from './napi.ts';

/** Left for what runs below native code: Node-API, the engine, libc, in bytes. */
const margin = 128 * 1024;

/** The same in WebAssembly, where the engine has a stack of its own. */
const wasmMargin = 64 * 1024;

/** What is assumed to be free where the system gives no sensible answer. */
const assumed = 512 * 1024;

/** The most that native code may use: on a stack without limit, recursion would eat all memory first. */
const most = 64 * 2 ** 20;

/** Larger than any system's `pthread_attr_t`. */
const attributesSize = 256;

/** Writes how the limit of the running thread is found; returns a pointer. */
export function stackLimit(f: LlvmFunction, platform: string): string {
  // Its stack lies at the start of memory; `check.stack` takes of it what the engine takes of its own.
  if (platform === 'wasm32')
    return f.emit(`inttoptr i64 ${wasmMargin} to ${f.module.spell('ptr')}`);
  const here = f.emit(`ptrtoint ${f.module.spell('ptr')} ${f.alloca('i8')} to i64`);
  const slot = f.alloca('i64');
  f.store('i64', f.emit(`sub i64 ${here}, ${assumed}`), slot);
  const bounds = stackBounds(f, platform);
  if (bounds) {
    const [use, done] = [f.fresh('use'), f.fresh('known')];
    f.module.declare('llvm.umax.i64', { result: 'i64', params: ['i64', 'i64'] });
    const low = f.call('i64', 'llvm.umax.i64', [
      ['i64', bounds.low],
      ['i64', f.emit(`sub i64 ${bounds.high}, ${most}`)],
    ]);
    const limit = f.emit(`add i64 ${low}, ${margin}`);
    const above = f.emit(`icmp ugt i64 ${here}, ${limit}`);
    const below = f.emit(`icmp ule i64 ${here}, ${bounds.high}`);
    f.condBr(f.emit(`and i1 ${above}, ${below}`), use, done);
    f.block(use);
    f.store('i64', limit, slot);
    f.block(done);
  }
  return f.emit(`inttoptr i64 ${f.load('i64', slot)} to ${f.module.spell('ptr')}`);
}

/** Both ends of the thread's stack as i64 operands; zeros where the system did not say; undefined for a system unknown here. */
function stackBounds(f: LlvmFunction, platform: string): { low: string; high: string } | undefined {
  const [low, size] = [f.alloca('i64'), f.alloca('i64')];
  f.store('i64', '0', low);
  f.store('i64', '0', size);
  switch (platform) {
    case 'linux':
    case 'android':
    case 'freebsd': {
      const attributes = f.alloca(`[${attributesSize} x i8]`);
      const thread = callExternal(f, 'i64', 'pthread_self', [], []);
      const isFreeBsd = platform === 'freebsd';
      // FreeBSD fills attributes that are there, Linux makes them.
      if (isFreeBsd) callExternal(f, 'i32', 'pthread_attr_init', ['ptr'], [attributes]);
      const get = isFreeBsd ? 'pthread_attr_get_np' : 'pthread_getattr_np';
      const result = callExternal(f, 'i32', get, ['i64', 'ptr'], [thread, attributes]);
      const [known, done] = [f.fresh('known'), f.fresh('asked')];
      f.condBr(f.emit(`icmp eq i32 ${result}, 0`), known, done);
      f.block(known);
      callExternal(
        f,
        'i32',
        'pthread_attr_getstack',
        ['ptr', 'ptr', 'ptr'],
        [attributes, low, size],
      );
      callExternal(f, 'i32', 'pthread_attr_destroy', ['ptr'], [attributes]);
      f.block(done);
      const bottom = f.load('i64', low);
      return { low: bottom, high: f.emit(`add i64 ${bottom}, ${f.load('i64', size)}`) };
    }
    case 'darwin': {
      // `pthread_t` is a pointer there.
      const thread = callExternal(f, 'i64', 'pthread_self', [], []);
      const high = callExternal(f, 'i64', 'pthread_get_stackaddr_np', ['i64'], [thread]);
      const bytes = callExternal(f, 'i64', 'pthread_get_stacksize_np', ['i64'], [thread]);
      return { low: f.emit(`sub i64 ${high}, ${bytes}`), high };
    }
    case 'win32': {
      callExternal(f, 'void', 'GetCurrentThreadStackLimits', ['ptr', 'ptr'], [low, size]);
      return { low: f.load('i64', low), high: f.load('i64', size) };
    }
    default:
      return undefined;
  }
}
