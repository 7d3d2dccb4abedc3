/**
 * Which arrays are in memory of JavaScript from the start: those that it may get as the result of an exported function,
 * which outlive the call, all of functions that pass some to functions of JavaScript, and those that objects may keep.
 */
import { keepsViews, passesViews } from './boundary/facts.ts';
import { Keeping } from './scratch.ts';
import { CallGraph } from '../ir/call-graph.ts';
import { ofSettled, settledOperations } from '../ir/settled.ts';
import { definitionsOf, walkNodes, walkOps } from '../ir/walk.ts';
import { isView, type IrFunction, type IrModule, type Operation, type Value } from '../ir/types.ts';

/** Their `view.new` operations. */
export function lastingViews(ir: IrModule): ReadonlySet<Operation> {
  const functions = new Map(ir.functions.map((fn) => [fn.name, fn]));
  const lasting = new Set<Operation>();
  const keeping = new Keeping(functions);
  const graph = new CallGraph(ir.functions, { areSettled: true });
  for (const { callee } of ir.exports)
    if (keepsViews(callee, graph))
      for (const fn of graph.reachedFrom(callee))
        for (const op of viewsMadeIn(fn)) {
          const [made] = op.results;
          if (made && keeping.keeps(fn, made.id)) lasting.add(op);
        }
  for (const { callee } of ir.exports)
    if (passesViews(callee, graph))
      for (const fn of graph.reachedFrom(callee)) for (const op of viewsMadeIn(fn)) lasting.add(op);
  const returning = new Set<string>(ir.exports.map(({ callee }) => callee));
  // The set grows while it is walked: what a function returns may be what its callee returns.
  for (const name of returning) {
    const fn = functions.get(name);
    if (!fn?.results.some(isView)) continue;
    for (const op of returnedBy(fn)) {
      if (op.op === 'view.new') lasting.add(op);
      if (op.attributes.callee !== undefined) returning.add(op.attributes.callee);
    }
  }
  return lasting;
}

/** The operations of a function that make views. */
const viewsMadeIn = ofSettled((fn) => settledOperations(fn).filter(({ op }) => op === 'view.new'));

/** The operations that make the views which a function returns, and those which pass them on. */
function returnedBy(fn: IrFunction): Set<Operation> {
  const definitions = definitionsOf(fn.body);
  const writers = new Map<string, Operation[]>();
  walkOps(fn.body, (op) => {
    const { local } = op.attributes;
    if (op.op !== 'local.set' || local === undefined) return;
    writers.set(local, [...(writers.get(local) ?? []), op]);
  });
  const found = new Set<Operation>();
  const add = (values: readonly Value[]): void => {
    for (const { id, type } of values) {
      const definition = isView(type) ? definitions.get(id) : undefined;
      if (definition) found.add(definition);
    }
  };
  walkNodes(fn.body, (node) => {
    if (node.kind === 'return') add(node.values);
  });
  // Grows while it is walked. A callee may return one of its arguments.
  for (const op of found) {
    add(op.args);
    for (const writer of writers.get(op.attributes.local ?? '') ?? []) add(writer.args);
  }
  return found;
}
