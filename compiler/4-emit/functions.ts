/** Writes IR functions: structured control flow becomes labels and branches. */
import type { IrFunction, Loop, Node } from '../ir/types.ts';
import { walkNodes, walkOps } from '../ir/walk.ts';
import { abi } from './abi.ts';
import { emitForeign } from './boundary/foreign.ts';
import { FunctionEmission, type ModuleEmission } from './emission.ts';
import { emitLanes, prepareLanes } from './lanes/index.ts';
import { loopHint, unrolling } from './loop-hints.ts';
import { operations } from './operations.ts';
import { unwindApart, unwindsApart } from './unwinding.ts';

/** Adds the definition of a function to the module. */
export function emitFunction(module: ModuleEmission, fn: IrFunction): void {
  // Calls of it are C's own.
  if (fn.extern) return;
  if (fn.foreign) return emitForeign(module, fn, fn.foreign);
  const signature = abi(fn, module.throwing.has(fn.name), module.version);
  const { name, result, params } = signature;
  const f = module.llvm.define(
    name,
    result,
    params,
    'internal',
    attributes(module, fn) + module.version.attributes,
  );
  if (!fn.name.startsWith('std.')) f.origin = fn.span?.file;
  module.debug?.begin(f, fn.name, fn.span);
  const e = new FunctionEmission(module, fn, f, signature);
  emitRegion(e, fn.body);
  // The end of a function with results is never reached.
  if (!f.terminated && fn.results.length === 0) e.returnValues([]);
  else f.unreachable();
  e.finish((places) => {
    if (unwindsApart(fn, places)) unwindApart(e);
    else emitRegion(e, fn.unwind ?? []);
  });
}

function attributes({ calls }: ModuleEmission, fn: IrFunction): string {
  let checksStack = false;
  walkOps(fn.body, ({ op }) => {
    if (op === 'check.stack') checksStack = true;
  });
  // Inlined, a function with vector forms would leave a loop that can't be vectorised.
  const inlining = calls.vectorized.has(fn.name) ? ' noinline' : '';
  // Tail calls would turn endless recursion, which must throw, into an endless loop.
  return `nounwind${inlining}${checksStack ? ' "disable-tail-calls"="true"' : ''}`;
}

/** Writes nodes one after the other; what stands behind a jump is never run, and left out. */
function emitRegion(e: FunctionEmission, nodes: readonly Node[]): void {
  for (const node of nodes) {
    if (e.f.terminated) return;
    emitNode(e, node);
  }
}

/** Whether a loop is an innermost one with accesses that are alone. */
function hasAlone({ body }: Loop): boolean {
  let [found, isInnermost] = [false, true];
  walkNodes(body, (node) => {
    if (node.kind === 'loop') isInnermost = false;
    if (node.kind === 'op' && node.attributes.alone) found = true;
  });
  return found && isInnermost;
}

function emitNode(e: FunctionEmission, node: Node): void {
  const { f } = e;
  if (node.span) e.module.debug?.move(f, node.span, e.isRare);
  switch (node.kind) {
    case 'op': {
      const operand = operations[node.op](e, node);
      const [result] = node.results;
      if (result !== undefined && operand !== undefined) e.define(result, operand);
      return;
    }
    case 'if': {
      const [yes, no, end] = [f.fresh('then'), f.fresh('else'), f.fresh('end')];
      const plain = node.else.length === 0;
      f.condBr(e.operand(node.condition), yes, plain ? end : no);
      const reachEnd = [
        [yes, node.then] as const,
        ...(plain ? [] : [[no, node.else] as const]),
      ].map(([label, region]) => {
        f.block(label);
        emitRegion(e, region);
        const falls = !f.terminated;
        f.br(end);
        return falls;
      });
      if (plain || reachEnd.includes(true)) f.block(end);
      return;
    }
    case 'loop': {
      const { isRare } = e;
      e.isRare ||= node.rare ?? false;
      e.loops++;
      prepareLanes(e, node);
      const outer = e.accessGroup;
      e.accessGroup = hasAlone(node) ? e.f.module.distinctNode(() => 'distinct !{}') : undefined;
      emitLabelled(e, node.label, () => {
        const again = f.fresh('loop');
        f.block(again);
        emitRegion(e, node.body);
        f.br(
          again,
          node.rare
            ? e.plainLoop
            : e.hintedLoop(
                loopHint(
                  node,
                  f.module.isWebAssembly ? (value) => e.constantOf(value) !== undefined : undefined,
                ),
                f.module.isWebAssembly ? unrolling(node) : undefined,
              ),
        );
      });
      e.accessGroup = outer;
      e.loops--;
      e.isRare = isRare;
      return;
    }
    case 'block': {
      const write = (): void => emitLabelled(e, node.label, () => emitRegion(e, node.body));
      return node.lanes ? emitLanes(e, node, write) : write();
    }
    case 'try': {
      const [handler, end] = [f.fresh('catch'), f.fresh('end')];
      const used = e.attempt(handler, node.all === true, () => {
        emitRegion(e, node.body);
        f.br(end);
      });
      if (used) {
        f.block(handler);
        emitRegion(e, node.handler);
        f.br(end);
      }
      f.block(end);
      return;
    }
    case 'rethrow':
      e.rethrow(node.error);
      return;
    case 'break': {
      const jump = e.jumps.get(node.label);
      if (!jump) throw new Error(`${e.fn.name}: no label ${node.label}`);
      jump.used = true;
      f.br(jump.exit);
      return;
    }
    case 'return':
      e.returnValues(node.values);
      return;
    case 'throw':
      e.fail(
        node,
        node.parts.filter((part) => typeof part !== 'string'),
      );
      return;
  }
}

/** Writes what `break` with that label leaves, and the exit where something reaches it. */
function emitLabelled(e: FunctionEmission, label: string, write: () => void): void {
  const jump = { exit: e.f.fresh('exit'), used: false };
  e.jumps.set(label, jump);
  write();
  e.jumps.delete(label);
  if (jump.used) e.f.block(jump.exit);
}
