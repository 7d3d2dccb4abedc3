/**
 * What a call that JavaScript may end by an AbortSignal reaches asks in its loops, and where it calls itself, whether it
 * is to end. A loop over an array asks nothing, so that LLVM vectorises it, if nothing in it may take longer: it has
 * as many iterations as the array has elements.
 */
import type { IrFunction, Loop, Node, Operation } from '../ir/types.ts';
import { definitionsOf, reachedFrom, walkNodes } from '../ir/walk.ts';
import type { ModulePass } from './pass.ts';

export const endedChecks: ModulePass = (module) => {
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  const reached = new Set(
    module.exports.flatMap(({ signal, callee }) => (signal ? reachedFrom(callee, functions) : [])),
  );
  if (reached.size === 0) return [];
  const lasting = lastingFunctions(module.functions);
  return [...reached].filter((fn) => addChecks(fn, lasting));
};

/** The functions that may take long: with loops, or that call themselves or such. */
function lastingFunctions(functions: readonly IrFunction[]): Set<string> {
  const lasting = new Set<string>();
  const callers = new Map<string, string[]>();
  for (const { name, body } of functions)
    walkNodes(body, (node) => {
      if (node.kind === 'loop') lasting.add(name);
      if (node.kind !== 'op') return;
      const { callee } = node.attributes;
      if (node.op === 'check.stack' || node.op === 'parallel') lasting.add(name);
      if (callee !== undefined) callers.set(callee, [...(callers.get(callee) ?? []), name]);
    });
  // The set grows while it is walked.
  for (const callee of lasting) for (const caller of callers.get(callee) ?? []) lasting.add(caller);
  return lasting;
}

function addChecks(fn: IrFunction, lasting: ReadonlySet<string>): boolean {
  let changed = false;
  const check = (span: Node['span']): Operation => ({
    kind: 'op',
    op: 'check.ended',
    args: [],
    results: [],
    attributes: {},
    span,
  });
  const definitions = definitionsOf(fn.body);
  walkNodes(fn.body, (node) => {
    if (node.kind !== 'loop' || isShort(node, definitions, lasting)) return;
    node.body.unshift(check(node.span));
    changed = true;
  });
  const [first] = fn.body;
  if (first?.kind === 'op' && first.op === 'check.stack') {
    fn.body.splice(1, 0, check(fn.span));
    changed = true;
  }
  return changed;
}

/** Whether a loop only goes over an array. */
function isShort(
  loop: Loop,
  definitions: ReadonlyMap<number, Operation>,
  lasting: ReadonlySet<string>,
): boolean {
  let isSimple = true;
  const counters = new Set<string>();
  walkNodes(loop.body, (node) => {
    if (node.kind === 'loop') isSimple = false;
    if (node.kind !== 'op') return;
    const { callee, local } = node.attributes;
    if (callee !== undefined && lasting.has(callee)) isSimple = false;
    if (local !== undefined && node.op === 'local.set' && counts(node, local, definitions))
      counters.add(local);
  });
  return isSimple && eachTime(loop.body).some((op) => isIndexed(op, counters, definitions));
}

/** Whether a variable is set to itself and a constant. */
function counts(
  { args }: Operation,
  local: string,
  definitions: ReadonlyMap<number, Operation>,
): boolean {
  const sum = definitions.get(args[0]?.id ?? -1);
  if (sum?.op !== 'add' && sum?.op !== 'sub') return false;
  const [first, second] = sum.args.map(({ id }) => definitions.get(id));
  return first?.op === 'local.get' && first.attributes.local === local && second?.op === 'const';
}

/** The operations that every whole iteration runs. */
function eachTime(nodes: readonly Node[]): Operation[] {
  return nodes.flatMap((node): Operation[] => {
    if (node.kind === 'op') return [node];
    if (node.kind === 'block') return eachTime(node.body);
    if (node.kind !== 'if') return [];
    const { then, else: otherwise } = node;
    const leaves = (region: readonly Node[]): boolean => {
      const last = region.at(-1)?.kind;
      return last === 'break' || last === 'return' || last === 'throw';
    };
    if (leaves(otherwise)) return eachTime(then);
    return leaves(then) ? eachTime(otherwise) : [];
  });
}

/** Whether an operation reads or writes an element of a typed array that another iteration doesn't. */
function isIndexed(
  { op, args }: Operation,
  counters: ReadonlySet<string>,
  definitions: ReadonlyMap<number, Operation>,
): boolean {
  if (op !== 'view.load' && op !== 'view.store') return false;
  let index = definitions.get(args[1]?.id ?? -1);
  while (index && (index.op === 'conv' || index.op === 'check.bounds' || index.op === 'fptoint'))
    index = definitions.get(index.args[0]?.id ?? -1);
  return index?.op === 'local.get' && counters.has(index.attributes.local ?? '');
}
