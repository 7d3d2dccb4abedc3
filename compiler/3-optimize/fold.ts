/**
 * Folds constants, drops operations that give what is there already, and removes what is never run
 * or never used. Everything is exact: identities of floats hold for NaN, infinities and both zeros.
 */
import {
  isScalar,
  type Constant,
  type IrGlobal,
  type IrType,
  type Operation,
  type ScalarType,
  type Value,
} from '../ir/types.ts';
import { opInfo } from '../ir/ops.ts';
import { definitionsOf, replaceUses, rewriteOps } from '../ir/walk.ts';
import { removeDeadCode } from './dead-code.ts';
import { withoutStrings } from './string-identities.ts';
import { sameAs, shortened } from './identities.ts';
import type { Pass } from './pass.ts';

export const fold: Pass = (fn, { module }) => {
  const constants = new Map<number, Constant>();
  const definitions = new Map(definitionsOf(fn.body));
  const replaced = new Map<number, Value>();
  const current = (value: Value): Value => {
    const other = replaced.get(value.id);
    return other ? current(other) : value;
  };
  const fresh = (type: IrType): Value => ({ id: fn.nextValue++, type });
  const rewrite = (op: Operation): Operation[] | undefined => {
    op.args = op.args.map(current);
    const [result] = op.results;
    if (!result) return undefined;
    if (op.op === 'const' && op.attributes.value !== undefined)
      constants.set(result.id, op.attributes.value);
    const value = folded(op, constants) ?? knownLength(op, definitions, module.globals);
    if (value !== undefined) {
      constants.set(result.id, value);
      const made: Operation = { ...op, op: 'const', args: [], attributes: { value } };
      definitions.set(result.id, made);
      return [made];
    }
    const same = sameAs(op, constants, definitions);
    if (same) {
      replaced.set(result.id, same);
      return [];
    }
    const others = withoutStrings(op, { definitions, constants, fresh });
    if (others) {
      for (const other of others) {
        const [made] = other.results;
        if (!made) continue;
        definitions.set(made.id, other);
        if (other.attributes.value !== undefined) constants.set(made.id, other.attributes.value);
      }
      return others;
    }
    const shorter = shortened(op, definitions);
    if (!shorter) return undefined;
    definitions.set(result.id, shorter);
    return [shorter];
  };
  const folds = rewriteOps(fn.body, rewrite);
  replaceUses(fn.body, current);
  const removes = removeDeadCode(fn, constants);
  return folds || removes;
};

/** The length of a constant's typed array. */
function knownLength(
  { op, args: [view] }: Operation,
  definitions: ReadonlyMap<number, Operation>,
  globals: readonly IrGlobal[],
): Constant | undefined {
  if (op !== 'view.length' || !view) return undefined;
  const made = definitions.get(view.id);
  if (made?.op !== 'global.get') return undefined;
  const length = globals.find(({ name }) => name === made.attributes.global)?.length;
  return length === undefined ? undefined : BigInt(length);
}

/** What an operation on constants gives, by the table's rule. */
function folded(op: Operation, constants: ReadonlyMap<number, Constant>): Constant | undefined {
  const { fold: rule, effect } = opInfo(op.op);
  const [result] = op.results;
  // A check that holds is folded too; one that fails has no fold.
  if (!rule || !result || !isScalar(result.type) || (effect !== 'none' && effect !== 'throw'))
    return undefined;
  const args: Constant[] = [];
  for (const { id } of op.args) {
    const value = constants.get(id);
    if (value === undefined) return undefined;
    args.push(value);
  }
  const type = op.args[Math.max(0, opInfo(op.op).operands.indexOf('T'))]?.type;
  return type && isScalar(type) ? rule(args, type, result.type as ScalarType) : undefined;
}
