/**
 * What a call that runs off the thread of JavaScript reaches asks in its loops, and where it calls itself, whether it
 * is to end: where an AbortSignal says so, or the environment ends that it belongs to. Loops that can't take long don't ask.
 */
import type { IrFunction, Node, Operation } from '../ir/types.ts';
import { reachedFrom, regionsOf, walkNodes } from '../ir/walk.ts';
import type { ModulePass } from './pass.ts';
import { isSimple, shortLoops } from './short-loops.ts';
import { inStrips } from './strips.ts';

export const endedChecks: ModulePass = (module) => {
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  const reached = new Set(
    module.exports.flatMap(({ isAsync, callee }) =>
      isAsync ? reachedFrom(callee, functions) : [],
    ),
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
  const short = shortLoops(fn, lasting);
  const ask = (nodes: Node[], inLanes: boolean): void =>
    nodes.forEach((node, index) => {
      if (node.kind === 'op') return;
      // The innermost first: a loop in strips is another node.
      const areLanes = inLanes || (node.kind === 'block' && node.lanes === true);
      regionsOf(node).forEach((region) => ask(region, areLanes));
      if (node.kind !== 'loop' || short.has(node)) return;
      const strips = !inLanes && isSimple(node, lasting) && inStrips(fn, node, check(node.span));
      if (strips) nodes[index] = strips;
      else node.body.unshift(check(node.span));
      changed = true;
    });
  ask(fn.body, false);
  const [first] = fn.body;
  if (first?.kind === 'op' && first.op === 'check.stack') {
    fn.body.splice(1, 0, check(fn.span));
    changed = true;
  }
  return changed;
}
