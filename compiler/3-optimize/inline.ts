/**
 * Puts small functions in the place of their calls, so that ranges and loops are seen whole. LLVM would
 * inline them too, but after the passes that need to see it.
 */
import {
  isView,
  type IrFunction,
  type IrModule,
  type Node,
  type Operation,
  type Value,
} from '../ir/types.ts';
import {
  cloneNodes,
  countNodes,
  entriesOf,
  freshValues,
  mapNodes,
  replaceValues,
  walkNodes,
  walkOps,
} from '../ir/walk.ts';
import { calledBy, type ModulePass } from './pass.ts';
import { sizesIn } from './specialize.ts';
import { zeroOf } from './zero.ts';

/** The most nodes of a function that is put in the place of its calls, in loops or where it has only one. */
const mostNodes = 60;
/** The most nodes of one that is put in the place of other calls too. */
const mostOfSeveral = 32;
/** A function isn't made longer than this. */
const longest = 3000;

/**
 * Inlines in all functions of a module: functions that don't call themselves, in whatever way, make no views,
 * and have the caller's options.
 */
export const inlineCalls: ModulePass = (module, { gone }) => {
  const before = calledIn(module);
  const changed: IrFunction[] = [];
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  const small = new Map([...functions].filter(([, fn]) => isSuitable(fn, functions)));
  const calls = countCalls(module);
  const done = new Set<string>();
  const visit = (fn: IrFunction): void => {
    if (done.has(fn.name)) return;
    done.add(fn.name);
    // What it calls comes first, so that calls inside those are gone.
    for (const name of calledBy(fn)) {
      const callee = functions.get(name);
      if (callee) visit(callee);
    }
    if (inlineIn(fn, small, calls)) changed.push(fn);
  };
  for (const fn of module.functions) visit(fn);
  const after = calledIn(module);
  for (const name of before) if (!after.has(name)) gone.add(name);
  for (const { callee } of entriesOf(module)) gone.delete(callee);
  return changed;
};

/** The names of all functions that some function calls. */
const calledIn = ({ functions }: IrModule): Set<string> => new Set(functions.flatMap(calledBy));

function isSuitable(fn: IrFunction, functions: ReadonlyMap<string, IrFunction>): boolean {
  const isSimple =
    !fn.name.startsWith('std.') &&
    !fn.foreign &&
    !fn.extern &&
    // What is known of a view is lost where a local has it.
    !fn.results.some(isView) &&
    !fn.locals.some(({ type }) => isView(type)) &&
    countNodes(fn.body) <= mostNodes;
  return isSimple && !reaches(fn, fn.name, functions);
}

/** Whether a function may call one of that name, by way of others too. */
function reaches(
  fn: IrFunction,
  name: string,
  functions: ReadonlyMap<string, IrFunction>,
): boolean {
  const reached = new Set(calledBy(fn));
  // The set grows while it is walked.
  for (const next of reached) {
    const callee = functions.get(next);
    if (callee) for (const further of calledBy(callee)) reached.add(further);
  }
  return reached.has(name);
}

function inlineIn(
  fn: IrFunction,
  small: ReadonlyMap<string, IrFunction>,
  calls: ReadonlyMap<string, number>,
): boolean {
  let size = countNodes(fn.body);
  let count = 0;
  const results = new Map<number, Value>();
  const inLoops = callsInLoops(fn.body);
  const changes = mapNodes(fn.body, (node) => {
    if (node.kind !== 'op' || node.op !== 'call') return undefined;
    const callee = small.get(node.attributes.callee ?? '');
    if (!callee || callee === fn || !isAlike(fn, callee)) return undefined;
    const added = countNodes(callee.body);
    const isWanted = added <= mostOfSeveral || inLoops.has(node) || calls.get(callee.name) === 1;
    if (!isWanted || size + added > longest) return undefined;
    if (!inLoops.has(node) && hasSizes(callee)) return undefined;
    size += added;
    return inlined(fn, node, callee, `${callee.name}.${count++}`, results);
  });
  replaceValues(fn.body, results);
  return changes;
}

/** `specialize` makes two bodies by what sizes are that are passed, so they have to be parameters. */
const hasSizes = (callee: IrFunction): boolean => {
  const sizes = sizesIn(callee);
  return callee.params.some(({ value: { id, type } }) => type === 'f64' && sizes.has(id));
};

/** How many calls the source has of each function. */
function countCalls({ functions }: IrModule): Map<string, number> {
  const calls = new Map<string, number>();
  for (const { body } of functions)
    walkOps(body, ({ attributes: { callee } }) => {
      if (callee !== undefined) calls.set(callee, (calls.get(callee) ?? 0) + 1);
    });
  return calls;
}

function callsInLoops(body: readonly Node[]): Set<Operation> {
  const calls = new Set<Operation>();
  walkNodes(body, (node) => {
    if (node.kind !== 'loop') return;
    walkOps(node.body, (op) => {
      if (op.op === 'call') calls.add(op);
    });
  });
  return calls;
}

const isAlike = (fn: IrFunction, callee: IrFunction): boolean =>
  fn.options.fastmath === callee.options.fastmath &&
  (fn.span === undefined) === (callee.span === undefined);

/** What takes the place of a call. */
function inlined(
  fn: IrFunction,
  call: Operation,
  callee: IrFunction,
  prefix: string,
  results: Map<number, Value>,
): Node[] {
  const args = new Map(callee.params.map(({ value }, index) => [value.id, call.args[index]]));
  const fresh = freshValues(fn);
  const rename = (name: string): string => `${prefix}.${name}`;
  const body = cloneNodes(callee.body, {
    value: (value) => args.get(value.id) ?? fresh(value),
    label: rename,
    local: rename,
  });
  // What has no place of its own is at the call.
  walkNodes(body, (node) => void (node.span ??= call.span));
  const nodes: Node[] = [];
  const add = (
    op: Operation['op'],
    operands: Value[],
    attributes: Operation['attributes'],
  ): Operation => ({
    kind: 'op',
    op,
    args: operands,
    results: [],
    attributes,
    span: call.span,
  });
  for (const { name, type } of callee.locals) {
    fn.locals.push({ name: rename(name), type });
    // Each call starts with fresh ones.
    const zero = { id: fn.nextValue++, type };
    nodes.push(zeroOf(zero, call.span));
    nodes.push(add('local.set', [zero], { local: rename(name) }));
  }
  const last = body.at(-1);
  if (last?.kind === 'return' && countReturns(body) === 1) {
    call.results.forEach((result, index) => {
      const value = last.values[index];
      if (value) results.set(result.id, value);
    });
    return [...nodes, ...body.slice(0, -1)];
  }
  const label = rename('body');
  const locals = call.results.map((_, index) => rename(`result ${index}`));
  call.results.forEach(({ type }, index) => fn.locals.push({ name: locals[index] ?? '', type }));
  mapNodes(body, (node) =>
    node.kind !== 'return'
      ? undefined
      : [
          ...node.values.map((value, index) =>
            add('local.set', [value], { local: locals[index] ?? '' }),
          ),
          { kind: 'break', label, span: node.span },
        ],
  );
  return [
    ...nodes,
    { kind: 'block', label, body, span: call.span },
    ...call.results.map((result, index) => ({
      ...add('local.get', [], { local: locals[index] ?? '' }),
      results: [result],
    })),
  ];
}

function countReturns(nodes: readonly Node[]): number {
  let count = 0;
  walkNodes(nodes, ({ kind }) => {
    if (kind === 'return') count++;
  });
  return count;
}
