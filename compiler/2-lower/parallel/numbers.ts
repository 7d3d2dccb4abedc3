/** The typed arrays that functions of `parallel` are given. */
import type { CallExpression, Node } from '../../ts-morph.ts';
import { isView, viewKind, type ElementKind, type Value, type ViewType } from '../../ir/types.ts';
import { lower } from '../expressions/index.ts';
import type { Lowering } from '../lowering.ts';

export interface Numbers {
  readonly array: Value & { readonly type: ViewType };
  readonly kind: ElementKind;
}

/** The typed array that an argument is, which is evaluated; anything else is refused. */
export function numbersOf(l: Lowering, source: Node, call: CallExpression): Numbers {
  const operand = lower(l, source);
  const array = operand.kind === 'value' ? operand.value : undefined;
  const name = call.getExpression().getText();
  const type = array?.type;
  const kind = type !== undefined && isView(type) ? viewKind(type) : undefined;
  if (
    !array ||
    type === undefined ||
    !isView(type) ||
    !kind ||
    kind === 'dataview' ||
    kind === 'buffer'
  )
    return l.unsupported(source, {
      what: `${name} of what is no typed array`,
      why: 'Its result is an array of the same class, whose elements are numbers.',
      rewrite: 'A typed array such as a Float64Array.',
    });
  return { array: { ...array, type }, kind };
}
