/** Members of what may be `undefined` or `null`: the TypeError of JavaScript, and `?.` (ECMA-262 13.3.9). */
import { Node, ts } from '../../ts-morph.ts';
import { Tag, type Node as IrNode, type Value } from '../../ir/types.ts';
import { isPresent, zero } from '../convert.ts';
import type { Lowering } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';

/** Throws as JavaScript does where a value whose member is wanted is absent. */
export function throwIfAbsent(
  l: Lowering,
  tag: Value,
  action: 'read' | 'set',
  key: string | Value,
): void {
  for (const absent of ['undefined', 'null'] as const) {
    const verb = action === 'read' ? 'reading' : 'setting';
    l.b.if(l.b.op('eq', [tag, l.constant('u8', Tag[absent])]), () =>
      l.b.throw('TypeError', [`Cannot ${action} properties of ${absent} (${verb} '`, key, "')"]),
    );
  }
}

/** The object of `object.name` or `object?.name`, which is there when the code after this runs. */
export function lowerObject(l: Lowering, operand: Operand, access: Node, name: string): Operand {
  if (operand.kind !== 'optional') return operand;
  if (!skipIfAbsent(l, operand.tag, access)) throwIfAbsent(l, operand.tag, 'read', name);
  return valueOperand(operand.value);
}

/** For `?.` jumps to the end of its chain where the object is absent; false for what is no `?.`. */
export function skipIfAbsent(l: Lowering, tag: Value, access: Node): boolean {
  const { chain } = l;
  const isQuestion = Node.isQuestionDotTokenable(access) && access.hasQuestionDotToken();
  if (!isQuestion || !chain) return false;
  chain.used = true;
  l.b.if(l.b.op('not', [isPresent(l, tag)]), () => l.b.break(chain.label));
  return true;
}

/** Whether a node is the whole of a chain with `?.` in it, as `a?.b.c` is and its `a?.b` is not. */
export function isChain(node: Node): boolean {
  const { compilerNode } = node;
  if (!ts.isOptionalChain(compilerNode)) return false;
  const { parent } = compilerNode;
  return !ts.isOptionalChain(parent) || parent.expression !== compilerNode;
}

/** A chain: `undefined` as soon as an object with `?.` behind it is absent. */
export function lowerChain(l: Lowering, lowerLinks: () => Operand): Operand {
  const chain = { label: l.b.label('chain'), used: false };
  const outer = l.chain;
  l.chain = chain;
  let operand: Operand = { kind: 'absent', absent: 'undefined' };
  let links: IrNode[];
  try {
    links = l.b.detached(() => {
      operand = lowerLinks();
    });
  } finally {
    l.chain = outer;
  }
  if (!chain.used) {
    l.b.place(links);
    return operand;
  }
  return joined(l, chain.label, links, operand);
}

/** Places the links of a chain that may be left before its end. */
function joined(l: Lowering, label: string, links: IrNode[], operand: Operand): Operand {
  if (operand.kind !== 'value' && operand.kind !== 'optional') {
    l.b.block(label, () => l.b.place(links));
    return { kind: 'absent', absent: 'undefined' };
  }
  const { type } = operand.value;
  const tag = l.b.local('chain.tag', 'u8');
  const local = l.b.local('chain', type);
  l.b.set(tag, l.constant('u8', Tag.undefined));
  l.b.set(local, zero(l, type));
  l.b.within(links, () => {
    l.b.set(tag, operand.kind === 'optional' ? operand.tag : l.constant('u8', Tag.value));
    l.b.set(local, operand.value);
  });
  l.b.block(label, () => l.b.place(links));
  return { kind: 'optional', tag: l.b.get(tag), value: l.b.get(local) };
}
