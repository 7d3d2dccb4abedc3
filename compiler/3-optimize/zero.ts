/** What a local starts as: 0, false or null. */
import { isWide } from '../ir/scalars.ts';
import { isScalar, type Operation, type Span, type Value } from '../ir/types.ts';

/** The operation that makes a value the zero of its type. */
export function zeroOf(value: Value, span: Span | undefined): Operation {
  const made = { kind: 'op', args: [], results: [value], span } as const;
  const { type } = value;
  if (!isScalar(type)) return { ...made, op: 'null', args: [], results: [value], attributes: {} };
  const zero = type === 'bool' ? false : isWide(type) ? 0n : 0;
  return { ...made, op: 'const', args: [], results: [value], attributes: { value: zero } };
}
