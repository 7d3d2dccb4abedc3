/** Records, lists and strings. */
import type { OpName } from '../../ir/ops.ts';
import type { Emit } from '../emission.ts';

const notYet: Emit = (e, op) => {
  throw new Error(`${e.fn.name}: ${op.op} is not written yet`);
};

export const heapOps = Object.fromEntries(
  (
    [
      'is.null',
      'rec.new',
      'rec.get',
      'rec.set',
      'rec.is',
      'rec.as',
      'list.new',
      'list.length',
      'list.load',
      'list.store',
      'list.push',
      'list.extend',
      'list.truncate',
      'list.view',
      'str.const',
      'str.length',
      'str.unit',
      'str.char',
      'str.compare',
      'str.concat',
      'str.sub',
      'str.of',
      'str.copy',
      'error.caught',
      'error.new',
      'error.is',
      'error.message',
      'error.name',
    ] as const satisfies readonly OpName[]
  ).map((name) => [name, notYet]),
) as Record<'is.null' | Extract<OpName, `${'rec' | 'list' | 'str' | 'error'}.${string}`>, Emit>;
