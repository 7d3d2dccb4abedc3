/** `Boolean`, `Number` and `String` as functions of one value, which may be callbacks. */
import type { Node } from '../../ts-morph.ts';
import { toBoolean, toNumber } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { isBigint, settled } from './bigint.ts';
import { numberFromBigint } from './number.ts';
import { toText } from './text.ts';

export const conversions = ['Boolean', 'Number', 'String'] as const;
export type Conversion = (typeof conversions)[number];

/** What such a function makes of a value. */
export function converted(l: Lowering, name: Conversion, operand: Operand, node: Node): Operand {
  switch (name) {
    case 'Boolean':
      return valueOperand(toBoolean(l, operand));
    case 'Number': {
      const value = settled(l, operand, node);
      return valueOperand(isBigint(value) ? numberFromBigint(l, value) : toNumber(l, value, node));
    }
    case 'String':
      return valueOperand(toText(l, { operand, node }));
  }
}
