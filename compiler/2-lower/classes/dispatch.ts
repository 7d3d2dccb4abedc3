/** Calls of methods and accessors: which implementation runs is decided by the class of the instance. */
import type { Node } from '../../ts-morph.ts';
import type {
  CallSite,
  HintType,
  MethodKind,
  NativeClass,
  NativeFunction,
  NativeParameter,
} from '../../1-read/model.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { Diagnostic } from '../../diagnostics/types.ts';
import { recordName } from '../../ir/records.ts';
import { isRecord, type IrType, type RecordType, type Value } from '../../ir/types.ts';
import { toHint } from '../convert.ts';
import { call, type Argument } from '../expressions/calls.ts';
import type { Lowering } from '../lowering.ts';
import { isSubtype } from '../narrowed.ts';
import { jsType, valueOperand, type Operand } from '../operands.ts';
import { fromValues } from '../statements/variables.ts';

type MemberKind = Exclude<MethodKind, 'constructor'>;

/** What runs for instances of a class, and of those that extend it without a version of their own. */
interface Implementation {
  readonly owner: NativeClass;
  readonly fn: NativeFunction;
}

/** Whether a reference may be to an instance of a class. */
export const isInstance = (l: Lowering, type: Value['type']): type is RecordType =>
  isRecord(type) && classesOf(l, type).length > 0;

/** The classes that a reference may be to: one, or the variants of a union. */
function classesOf(l: Lowering, type: RecordType): NativeClass[] {
  const { reading } = l.module;
  const { variants } = reading.records.get(type);
  return (variants ?? [recordName(type)]).flatMap(
    (name) => reading.classes.get(`rec.${name}`) ?? [],
  );
}

/**
 * Calls a method or an accessor of an instance. `site` is needed for a generic method.
 * @returns undefined where its class has none of that name
 */
export function callMember(
  l: Lowering,
  object: Value,
  name: string,
  kind: MemberKind,
  args: readonly Argument[],
  node: Node,
  site?: CallSite,
): Operand | undefined {
  if (!isRecord(object.type)) return undefined;
  const found = implementations(l, object.type, name, kind, node, site);
  const [first, ...others] = found;
  if (!first) return undefined;
  const run = ({ fn }: Implementation): Operand => {
    l.module.require(fn, l.native);
    return call(l, fn, [castTo(l, object, fn)], args, node);
  };
  if (others.length === 0) return run(first);
  return chosen(l, object, found, run, node);
}

/** The parameters of a method, as the least derived class that has it declares them; undefined where none does. */
export function parametersOf(
  l: Lowering,
  object: Value,
  name: string,
  node: Node,
  site: CallSite,
): readonly NativeParameter[] | undefined {
  if (!isRecord(object.type)) return undefined;
  return implementations(l, object.type, name, 'method', node, site).at(-1)?.fn.params;
}

/** The receiver of a function as it takes it. */
export function castTo(l: Lowering, object: Value, fn: NativeFunction): Value {
  const record = fn.method?.owner.record;
  return record === undefined || record === object.type
    ? object
    : l.b.op('rec.as', [object], record);
}

/** The implementations that may run, those of extending classes before those of the classes they extend. */
function implementations(
  l: Lowering,
  type: RecordType,
  name: string,
  kind: MemberKind,
  node: Node,
  site: CallSite | undefined,
): Implementation[] {
  const { classes } = l.module.reading;
  const found: Implementation[] = [];
  const add = (owner: NativeClass): void => {
    if (owner.declaration.isAbstract()) return;
    const fn = classes.member(owner, name, kind, site);
    if (!fn) return;
    if (!('id' in fn)) return l.refuse(asCallee(fn, node));
    found.push({ owner, fn });
  };
  for (const root of classesOf(l, type)) {
    add(root);
    for (const below of classes.subclassesOf(root)) {
      if ('code' in below) return l.refuse(below);
      add(below);
    }
  }
  const deepest = found.sort((a, b) => depth(b.owner) - depth(a.owner));
  // A class that runs what the one it extends runs needs no test of its own.
  const isNeeded = ({ owner, fn }: Implementation): boolean =>
    !deepest.some(
      (other) => other.fn === fn && other.owner !== owner && isBelow(owner, other.owner),
    );
  const distinct = deepest.filter(isNeeded);
  return new Set(distinct.map(({ fn }) => fn)).size === 1 ? distinct.slice(0, 1) : distinct;
}

const depth = ({ base }: NativeClass): number => (base ? depth(base) + 1 : 0);

const isBelow = (below: NativeClass, above: NativeClass): boolean =>
  below.base === above || (below.base !== undefined && isBelow(below.base, above));

/** The type that holds what any of several methods gives: one that overrides another may give more than that. */
function commonResult(l: Lowering, results: readonly HintType[], node: Node): HintType {
  const { records } = l.module.reading;
  const types = [...new Set(results.flatMap(({ type }) => type ?? []))];
  const widest = types.find((type) =>
    types.every((one) => isRecord(one) && isRecord(type) && isSubtype(l, one, type)),
  );
  const common = ((): IrType | undefined => {
    if (types.length < 2) return types[0];
    if (types.every((one) => jsType(one) === 'number')) return 'f64';
    return (
      widest ?? (types.every(isRecord) ? records.unionOf(types, node.getText()) : types.at(-1))
    );
  })();
  return {
    type: common,
    undefined: results.some((result) => result.undefined),
    null: results.some((result) => result.null),
  };
}

/** Tests for one class after the other; the last one needs no test. */
function chosen(
  l: Lowering,
  object: Value,
  found: readonly Implementation[],
  run: (implementation: Implementation) => Operand,
  node: Node,
): Operand {
  const result = commonResult(
    l,
    found.map(({ fn }) => fn.result),
    node,
  );
  const optional = result.undefined || result.null;
  const tag = optional ? l.b.local('result.tag', 'u8') : undefined;
  const local = result.type === undefined ? undefined : l.b.local('result', result.type);
  const keep = (operand: Operand): void => {
    const values = toHint(l, operand, result, node, node.getText());
    const [first, second] = values;
    if (tag !== undefined && first && second && local !== undefined) {
      l.b.set(tag, first);
      l.b.set(local, second);
    } else if (first && local !== undefined) l.b.set(local, first);
  };
  const test = (rest: readonly Implementation[]): void => {
    const [next, ...others] = rest;
    if (!next) return;
    if (others.length === 0) return keep(run(next));
    const record = recordName(next.owner.record);
    l.b.if(
      l.b.op('rec.is', [object], undefined, { record }),
      () => keep(run(next)),
      () => test(others),
    );
  };
  test(found);
  if (local === undefined) return fromValues([]);
  return tag === undefined
    ? valueOperand(l.b.get(local))
    : { kind: 'optional', tag: l.b.get(tag), value: l.b.get(local) };
}

/** Why a method can't be called, told at the call. */
export function asCallee(reasons: readonly Diagnostic[], node: Node): Diagnostic {
  const [first] = reasons;
  const refusal = codes.calleeNotNative(placeOf(node), {
    call: node.getText(),
    callee: node.getText(),
    reason: first?.message ?? '',
    rewrite: first?.rewrite ?? '',
  });
  const related = reasons.flatMap((reason) =>
    reason.place ? [{ place: reason.place, message: reason.message }] : [],
  );
  return { ...refusal, related };
}
