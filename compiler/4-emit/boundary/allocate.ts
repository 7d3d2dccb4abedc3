/** ArrayBuffers for native code, in memory of the engine: they can be transferred, and are freed by garbage collection. */
import type { LlvmFunction } from '../writer.ts';
import { ask } from './answer.ts';
import { helper, isNull, napi, napiValue } from './napi.ts';

/** Beyond this size JavaScript allocates, which throws where Node-API would end the process. */
const largeBytes = 2 ** 20;

/**
 * Writes the allocation of a zeroed ArrayBuffer; `value` is null where there is no memory, and a RangeError is
 * pending then. `data` gives its memory's address, where there is some.
 */
export function allocateArrayBuffer(
  f: LlvmFunction,
  env: string,
  data: string,
  bytes: string,
): { readonly value: string; data(): string } {
  const name = helper(
    f,
    'ts.napi.allocate',
    'ptr',
    [
      ['env', 'ptr'],
      ['data', 'ptr'],
      ['bytes', 'i64'],
      ['address', 'ptr'],
    ],
    (g) => {
      g.condBr(g.emit(`icmp ule i64 %bytes, ${largeBytes}`), 'small', 'large');
      g.block('small');
      g.ret('ptr', napiValue(g, 'napi_create_arraybuffer', ['%env', '%bytes', '%address']));
      g.block('large');
      const asked = ask(g, '%env', '%data', 'allocate', [{ kind: 'i64', operand: '%bytes' }]);
      g.condBr(isNull(g, asked), 'refused', 'made');
      g.block('made');
      napi(g, 'napi_get_arraybuffer_info', ['%env', asked, '%address', 'null']);
      g.br('refused');
      g.block('refused');
      g.ret('ptr', asked);
    },
  );
  const address = f.alloca('ptr');
  const value = f.call('ptr', name, [
    ['ptr', env],
    ['ptr', data],
    ['i64', bytes],
    ['ptr', address],
  ]);
  return {
    value,
    data: () => f.load('ptr', address),
  };
}

/** Writes the dropping of the pending exception, if there is one. */
export function clearException(f: LlvmFunction, env: string): void {
  napi(f, 'napi_get_and_clear_last_exception', [env, f.alloca('ptr')]);
}
