/** What a call from JavaScript checks and converts, in words. */
import {
  integerBounds,
  isInteger,
  isView,
  viewClass,
  viewKind,
  type BoundaryType,
  type IrExport,
} from '../ir/types.ts';
import type { Item } from './model.ts';
import { bound, code } from './words.ts';

/** An item for each parameter and the result of a function that JavaScript calls. */
export function boundaryItems({ params, result }: IrExport): Item[] {
  return [
    ...params.map(({ name, ...type }): Item => ({
      kind: 'boundary',
      tone: 'info',
      title: `${code(name)} comes in${absence(type)}`,
      text: received(type),
    })),
    {
      kind: 'boundary',
      tone: 'info',
      title: result ? `The result goes back${absence(result)}` : 'Nothing goes back',
      text: result ? returned(result) : undefined,
    },
  ];
}

function absence(type: BoundaryType): string {
  if (type.undefined && type.null) return ', or `undefined`, or `null`';
  if (type.undefined) return ', or `undefined`';
  return type.null ? ', or `null`' : '';
}

function received({ type }: BoundaryType): string {
  if (isView(type))
    return `It must be a ${code(viewClass[viewKind(type)])}. Native code works on its memory; nothing is copied.`;
  if (type === 'bool') return 'It must be a boolean.';
  if (!isInteger(type)) return 'It must be a number, and is used as it is.';
  const { min, max } = integerBounds(type);
  const kind = type.endsWith('64') ? 'a bigint' : 'a number that is an integer';
  return `It must be ${kind} from ${bound(Number(min))} to ${bound(Number(max))}, else the call throws.`;
}

function returned({ type }: BoundaryType): string {
  if (isView(type)) return `JavaScript gets the ${code(viewClass[viewKind(type)])} without a copy.`;
  if (type === 'bool') return 'As a boolean, which costs nothing.';
  if (type === 'i64' || type === 'u64') return 'A new bigint is made of it.';
  if (type === 'f64' || type === 'f32') return 'A JavaScript number is made of it.';
  return 'A small integer is made of it, which JavaScript keeps without allocating where it fits 31 bits.';
}
