/**
 * `object[key]` where the type of the key is a union of names, as `'x' | 'y'` and `keyof Point` are, and `tuple[i]`:
 * the name is compared with each that there may be.
 */
import type { Node } from '../../ts-morph.ts';
import type { HintType } from '../../1-read/model.ts';
import { isRecord, type Node as IrNode, type RecordType, type Value } from '../../ir/types.ts';
import { convert, toHint } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { jsType, type Operand } from '../operands.ts';
import { oneOf } from '../sequences.ts';
import { sourceOf } from '../refusals.ts';

/** A property or an element whose name is known when it runs. */
export interface Chosen {
  readonly object: Value;
  /** A string or a number. */
  readonly key: Value;
  readonly names: readonly string[];
  readonly node: Node;
}

/** The names that a key may be; undefined where its type doesn't tell. */
export function namesOf(
  l: Lowering,
  key: Operand,
  object: Value,
  node: Node,
): string[] | undefined {
  if (key.kind !== 'value' || !isRecord(object.type)) return undefined;
  const record = l.module.reading.records.get(object.type);
  const isNumber = jsType(key.value.type) === 'number';
  if (isNumber && record.kind === 'tuple') return record.members.map(({ name }) => name);
  if (!isNumber && key.value.type !== 'str') return undefined;
  const type = l.typeOf(node);
  const names = (type.isUnion() ? type.types : [type]).map((one) =>
    one.isStringLiteral() || one.isNumberLiteral() ? String(one.value) : undefined,
  );
  return names.every((name) => name !== undefined) ? names : undefined;
}

/** Runs `use` for the name that the key is; `otherwise` where it is none of them, which TypeScript rules out. */
export function forChosen(
  l: Lowering,
  { key, names, node }: Chosen,
  use: (name: string) => void,
  otherwise = (): void => refuseOther(l, node),
): void {
  const choose = ([name, ...others]: readonly string[]): void => {
    if (name === undefined) return otherwise();
    const known =
      key.type === 'str'
        ? l.b.op('eq', [key, l.text(name)])
        : l.b.op('eq', [convert(l, key, 'f64'), l.constant('f64', Number(name))]);
    l.b.if(
      known,
      () => use(name),
      () => choose(others),
    );
  };
  choose(names);
}

const refuseOther = (l: Lowering, node: Node): void =>
  l.b.failCheck('TypeError', [`'${sourceOf(node)}' can't be undefined`]);

/** The value of the property. @param readNamed reads the one of a name */
export function readChosen(
  l: Lowering,
  chosen: Chosen,
  readNamed: (name: string) => Operand,
): Operand {
  const parts = new Map<string, { readonly operand: Operand; readonly code: IrNode[] }>();
  for (const name of chosen.names) {
    let operand: Operand | undefined;
    const code = l.b.detached(() => (operand = readNamed(name)));
    if (operand) parts.set(name, { operand, code });
  }
  const operands = [...parts.values()].map(({ operand }) => operand);
  const hint = commonHint(operands) ?? refuseMixed(l, chosen);
  return oneOf(l, 'chosen', hint, (hold) =>
    forChosen(l, chosen, (name) => {
      const part = parts.get(name);
      if (!part) return;
      l.b.place(part.code);
      hold(toHint(l, part.operand, hint, chosen.node, sourceOf(chosen.node)));
    }),
  );
}

/** The type that holds all of some operands; undefined where they have nothing in common. */
function commonHint(operands: readonly Operand[]): HintType | undefined {
  const there = operands.flatMap((one) =>
    one.kind === 'value' || one.kind === 'optional' ? [one.value.type] : [],
  );
  const [type] = there;
  if (type === undefined || there.length < operands.length) return undefined;
  const isSame = there.every((one) => one === type);
  const areNumbers = there.every((one) => jsType(one) === 'number');
  if (!isSame && !areNumbers) return undefined;
  const isOptional = operands.some(({ kind }) => kind === 'optional');
  return { type: isSame ? type : 'f64', undefined: isOptional, null: isOptional };
}

function refuseMixed(l: Lowering, { object, node }: Chosen): never {
  const { sourceName } = l.module.reading.records.get(object.type as RecordType);
  return l.unsupported(node, {
    what: 'a property of several types that is chosen at run time',
    why: `The properties of ${sourceName} that this may be have different types, and a value of native code has one.`,
    rewrite: 'A switch over the names that there may be, with what is wanted of each.',
  });
}
