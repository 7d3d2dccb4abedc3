/** C's memory, `errno` and texts. */
import { isNumeric } from '../../ir/types.ts';
import type { Emit } from '../emission.ts';
import { fromPointer, toPointer } from '../externs/c-types.ts';
import { textFromC } from '../externs/text.ts';
import { context } from '../layout.ts';
import { llvmType } from '../types.ts';

export const externOps = {
  // It only tells what C may call.
  'extern.target': () => {},
  'extern.errno': (e) => e.loadContext('i32', context.errno),
  'extern.text': (e, op) => textFromC(e, op, toPointer(e.f, e.operand(op.args[0]))),
  'memory.load': (e, op) => {
    const type = op.results[0]?.type;
    if (type === undefined || !isNumeric(type)) throw new Error('memory.load without a result');
    // Nothing tells what the memory is of, so nothing is said of it.
    return e.f.load(llvmType(type), toPointer(e.f, e.operand(op.args[0])), ', align 1');
  },
  'memory.store': (e, op) => {
    const [address, value] = op.args;
    if (value === undefined || !isNumeric(value.type)) throw new Error('memory.store of nothing');
    const pointer = toPointer(e.f, e.operand(address));
    e.f.store(llvmType(value.type), e.operand(value), pointer, ', align 1');
  },
  'view.address': (e, op) => fromPointer(e.f, e.viewField(op.args[0], 'data')),
} as const satisfies Record<string, Emit>;
