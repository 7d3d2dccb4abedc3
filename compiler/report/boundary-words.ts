/** What a call from JavaScript checks and converts, in words. */
import {
  integerBounds,
  isHeap,
  isInteger,
  isView,
  viewClass,
  viewKind,
  type BoundaryType,
  type IrExport,
  type IrModule,
} from '../ir/types.ts';
import { crossingOf, type CrossingParameter, type CrossingValue } from '../wire/crossings.ts';
import type { Item } from './model.ts';
import { bound, code } from './words.ts';

/** An item for each parameter and the result of a function that JavaScript calls. */
export function boundaryItems(module: IrModule, exported: IrExport): Item[] {
  const { params, result } = exported.wire ?? exported;
  const crossing = crossingOf(module, exported);
  const compared = crossing.isCompared
    ? ' After each call of a function of JavaScript, it is compared with the copy.'
    : '';
  return [
    ...params.map(({ name, ...type }, index): Item => {
      const param = crossing.params[index];
      const carried = param && carriedIn(param);
      const isCopy = param?.passage === 'copy';
      if (exported.progress && index === params.length - 1)
        return {
          kind: 'boundary',
          tone: 'info',
          title: `${code(name)} is told of progress`,
          text: 'JavaScript calls it with the number that native code told last, at most 20 times a second.',
        };
      return {
        kind: 'boundary',
        tone: isCopy ? 'cost' : 'info',
        title: `${code(name)} comes in${absence(type)}`,
        text:
          (isHeap(type.type) || isCopy) && carried
            ? `${carried}${isCopy ? compared : ''}`
            : received(type),
      };
    }),
    {
      kind: 'boundary',
      tone: crossing.result?.passage === 'copy' ? 'cost' : 'info',
      title: result ? `The result goes back${absence(result)}` : 'Nothing goes back',
      text:
        result && crossing.result && isHeap(result.type)
          ? carriedOut(crossing.result)
          : result && returned(result),
    },
  ];
}

/** What is told of an object, array or string that comes in. */
function carriedIn({ type, passage, isWrittenBack }: CrossingParameter): string {
  if (passage === 'function')
    return 'A function of JavaScript: each call of it crosses the boundary once more.';
  if (passage === 'reference')
    return `An instance of ${code(type)} goes by reference; nothing is copied.`;
  if (type === 'string') return 'The string is copied, unit by unit.';
  const back = isWrittenBack ? ', and what native code changes is written back' : '';
  return `The ${code(type)} is copied with all that it holds${back}.`;
}

function carriedOut({ type, passage }: CrossingValue): string {
  if (passage === 'reference')
    return `JavaScript gets the wrapper of the ${code(type)}, or a new one; nothing is copied.`;
  if (type === 'string') return 'The string is copied, unit by unit.';
  return `JavaScript gets a copy of the ${code(type)}, made of new objects but for those that came in.`;
}

/** What is told where a function of JavaScript is called. */
export const calledBack = (name: string, hot: boolean): Item => ({
  kind: 'call',
  tone: 'cost',
  title: `${code(name)} may be a function of JavaScript`,
  text: 'Each call of one crosses the boundary: arguments and result are converted, and V8 enters and leaves it.',
  hot,
});

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
