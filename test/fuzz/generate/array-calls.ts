/** Calls that change arrays: fill, copyWithin, reverse, set. */
import { number, type Tree } from '../tree.ts';
import { isArray, isBigintArray, isFloatArray, type ArrayType } from '../types.ts';
import { elementValue } from './arrays.ts';
import { Context, type Form, type Variable } from './context.ts';
import { literal, numberTree } from './numbers.ts';

const methodForms: readonly (readonly [number, Form])[] = [
  [
    3,
    (c, depth) =>
      onArray(
        c,
        ({ name, type }) =>
          number`${name}.fill(${elementValue(c, type as ArrayType, depth)}${someRange(c, depth)})`,
      ),
  ],
  [
    2,
    (c, depth) =>
      onArray(
        c,
        ({ name }) =>
          number`${name}.copyWithin(${someCount(c, depth)}, ${someCount(c, depth)}${c.chance(0.5) ? number`, ${someCount(c, depth)}` : ''})`,
      ),
  ],
  [
    2,
    (c) =>
      onArray(c, ({ name, type }) =>
        c.program.guarded && isFloatArray(type) ? undefined : number`${name}.reverse()`,
      ),
  ],
  [3, setCall],
];

/** A call that changes an array, as a statement's expression. */
export function arrayCall(c: Context, depth: number): Tree | undefined {
  const make = c.random.weighted(methodForms);
  return make(c, depth);
}

function onArray(c: Context, make: (array: Variable) => Tree | undefined): Tree | undefined {
  const array = c.pick(c.variables(({ type }) => isArray(type)));
  return array && c.spend(16) ? make(array) : undefined;
}

const someCount = (c: Context, depth: number): Tree =>
  c.chance(0.6) ? literal(c.random.between(-4, 9)) : numberTree(c, depth);

function someRange(c: Context, depth: number): Tree {
  if (c.chance(0.4)) return number``;
  // A start that may be undefined is refused where there is an end.
  return c.chance(0.5)
    ? number`, ${someCount(c, depth)}`
    : number`, +(${someCount(c, depth)}), ${someCount(c, depth)}`;
}

function setCall(c: Context, depth: number): Tree | undefined {
  return onArray(c, (target) => {
    const type = target.type as ArrayType;
    if (c.chance(0.4)) {
      const sure = target.sure ?? 0;
      const count = c.random.between(1, Math.max(1, Math.min(3, sure)));
      const values = Array.from({ length: count }, () => elementValue(c, type, depth));
      const list = values.flatMap((value, index) => (index === 0 ? [value] : [', ', value]));
      const offset = c.random.below(Math.max(1, sure - count + 1));
      return { kind: 'number', parts: [`${target.name}.set([`, ...list, `], ${offset})`] };
    }
    const source = c.pick(
      c.variables((candidate) => isArray(candidate.type) && mayFill(c, candidate.type, type)),
    );
    if (!source) return undefined;
    if (c.chance(0.7))
      return number`${target.name}.set(${source.name}.subarray(0, ${c.random.below(4)}), ${c.random.below(5)})`;
    return number`${target.name}.set(${source.name}${c.chance(0.2) ? number`, ${someCount(c, depth)}` : ''})`;
  });
}

/** Whether an array's elements can be stored in another without a NaN where that could be told. */
function mayFill(c: Context, source: ArrayType, target: ArrayType): boolean {
  if (isBigintArray(source) !== isBigintArray(target)) return false;
  return !c.program.guarded || !isFloatArray(target) || source === target || !isFloatArray(source);
}
