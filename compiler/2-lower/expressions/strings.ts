/** Strings: JavaScript's UTF-16. */
import type { Value } from '../../ir/types.ts';
import type { Lowering } from '../lowering.ts';

export const stringConstant = (l: Lowering, text: string): Value =>
  l.b.op('str.const', [], undefined, { text });
