/**
 * Loops whose numbers are integers from 0 to 2^31 − 1 as long as nothing grows beyond: digits, common divisors, `3 * x + 1`.
 * No range analysis can tell that of what a loop multiplies, or of numbers that come from somewhere. Where remainders and rounded
 * quotients are computed of such, the loop is there twice, one copy behind the other:
 *
 *     if (x is such an integer) loop { if (!(0 ≤ x < 2^31)) break; … }
 *     loop { … }
 *
 * The second goes on where the first one has stopped, with the same numbers, at the beginning of a round. Both compute
 * the same as the source says, in doubles. So there is nothing to prove but that they are copies, that the first one's
 * locals get their values back wherever it is left, and that no handler sees them before; ranges then tell in
 * the first one what the tests at its start and at its head have said, and `narrow` makes integers of it.
 */
import type { IrFunction, Loop, Node, Operation, Value } from '../ir/types.ts';
import {
  cloneNodes,
  countNodes,
  definitionsOf,
  freshValues,
  mapNodes,
  regionsOf,
  replaceValues,
  walkNodes,
  walkOps,
} from '../ir/walk.ts';
import { fitsType, isSafeInteger } from './facts.ts';
import { assignedIn } from './lanes/assigned.ts';
import { liveBehind } from './lanes/live.ts';
import type { Pass } from './pass.ts';
import { analyzeRanges, type Ranges } from './ranges.ts';
import { Prelude } from './versions/prelude.ts';

/** A longer loop is not there twice, nor is one in a longer function. */
const maxNodes = 120;
const maxFunction = 3000;

export const guardedIntegers: Pass = (fn, context) => {
  if (countNodes(fn.body) > maxFunction) return false;
  const definitions = definitionsOf(fn.body);
  const loops = innermost(fn.body).filter((loop) => divisions(loop, definitions).length > 0);
  if (loops.length === 0) return false;
  const ranges = analyzeRanges(fn, context);
  if (!ranges) return false;
  const chosen = new Map<Node, Speculation>();
  for (const loop of loops) {
    const speculation = speculate(fn, loop, definitions, ranges);
    if (speculation) chosen.set(loop, speculation);
  }
  let count = 0;
  const region = (nodes: Node[]): void => {
    for (let index = 0; index < nodes.length; index++) {
      const node = nodes[index];
      if (!node || node.kind === 'op') continue;
      const speculation = chosen.get(node);
      if (node.kind === 'loop' && speculation)
        nodes[index] = twice(fn, node, speculation, ranges, nodes.slice(0, index), `${count++}`);
      else regionsOf(node).forEach(region);
    }
  };
  region(fn.body);
  return count > 0;
};

/** The loops without others inside that aren't too long; those in a `try`, whose locals its handler may read, are left out. */
function innermost(nodes: readonly Node[]): Loop[] {
  return nodes.flatMap((node): Loop[] => {
    if (node.kind === 'op' || node.kind === 'try') return [];
    if (node.kind !== 'loop') return regionsOf(node).flatMap(innermost);
    if (node.rare) return [];
    let isSimple = true;
    walkNodes(node.body, ({ kind }) => (isSimple &&= kind !== 'loop' && kind !== 'try'));
    if (!isSimple) return innermost(node.body);
    return countNodes(node.body) <= maxNodes ? [node] : [];
  });
}

/** The remainders in a loop and the divisions whose quotients are rounded, of doubles. */
function divisions(loop: Loop, definitions: ReadonlyMap<number, Operation>): Operation[] {
  const found: Operation[] = [];
  walkOps(loop.body, (op) => {
    const [a] = op.args;
    if (a?.type !== 'f64') return;
    if (op.op === 'rem') found.push(op);
    if (op.op !== 'floor' && op.op !== 'trunc' && op.op !== 'toint') return;
    const division = definitions.get(a.id);
    if (division?.op === 'div') found.push(division);
  });
  return found;
}

/** What a copy of a loop takes for integers from 0 to 2^31 − 1. */
interface Speculation {
  /** Locals, at the beginning of each round. */
  readonly locals: ReadonlySet<string>;
  /** Values from before the loop. */
  readonly inputs: ReadonlyMap<number, Value>;
}

function speculate(
  fn: IrFunction,
  loop: Loop,
  definitions: ReadonlyMap<number, Operation>,
  ranges: Ranges,
): Speculation | undefined {
  const inside = new Set<number>();
  const sets = new Map<string, Value[]>();
  walkOps(loop.body, ({ op, args: [value], results, attributes: { local } }) => {
    for (const { id } of results) inside.add(id);
    if (op !== 'local.set' || local === undefined || !value) return;
    sets.set(local, [...(sets.get(local) ?? []), value]);
  });
  const types = new Map(fn.locals.map(({ name, type }) => [name, type]));
  const locals = new Set<string>();
  const inputs = new Map<number, Value>();
  const seen = new Set<number>();

  /** Whether a number is an integer if the locals and inputs that it is made of are. */
  const isIntegral = (value: Value): boolean => {
    if (value.type !== 'f64') return false;
    if (seen.has(value.id)) return true;
    seen.add(value.id);
    if (isSafeInteger(ranges.fact(value))) return true;
    const op = definitions.get(value.id);
    if (op?.op === 'const') return false;
    if (!inside.has(value.id)) {
      inputs.set(value.id, value);
      return true;
    }
    const { args = [], attributes } = op ?? {};
    switch (op?.op) {
      case 'local.get': {
        const { local = '' } = attributes ?? {};
        if (types.get(local) !== 'f64') return false;
        locals.add(local);
        return (sets.get(local) ?? []).every(isIntegral);
      }
      case 'select':
        return args.slice(1).every(isIntegral);
      case 'div':
        // By a constant it may be an exact one.
        return definitions.get(args[1]?.id ?? -1)?.op === 'const' && args.every(isIntegral);
      case 'add':
      case 'sub':
      case 'mul':
      case 'rem':
      case 'neg':
      case 'abs':
      case 'min':
      case 'max':
        return args.every(isIntegral);
      case 'floor':
      case 'ceil':
      case 'trunc': {
        const division = definitions.get(args[0]?.id ?? -1);
        return (division?.op === 'div' ? division.args : args).every(isIntegral);
      }
      default:
        return false;
    }
  };

  const wanted = divisions(loop, definitions).filter((op) =>
    op.args.some((_, index) => {
      const fact = ranges.operand(op, index);
      return fact !== undefined && !isSafeInteger(fact);
    }),
  );
  if (wanted.length === 0 || !wanted.every(({ args }) => args.every(isIntegral))) return undefined;
  const isGuarded = [...locals].some((local) => sets.has(local));
  return isGuarded ? { locals, inputs } : undefined;
}

/** The loop in both copies. @param before what stands before it in its region */
function twice(
  fn: IrFunction,
  loop: Loop,
  { locals, inputs }: Speculation,
  ranges: Ranges,
  before: readonly Node[],
  suffix: string,
): Node {
  const { span } = loop;
  const [done, slow] = [`whole.${suffix}.done`, `whole.${suffix}.slow`];
  const changed = new Set<string>();
  const { readBefore } = assignedIn(loop.body);
  const behind = liveBehind(fn, loop);
  /** Whether a local's value at the beginning of a round is of any use. */
  const isLive = (name: string): boolean => readBefore.has(name) || behind.has(name);
  const types = new Map(fn.locals.map(({ name, type }) => [name, type]));
  walkOps(loop.body, ({ op, attributes: { local } }) => {
    if (op === 'local.set' && local !== undefined && types.get(local) === 'f64') changed.add(local);
  });
  const own = new Map([...changed, ...locals].map((name) => [name, `${name}.whole.${suffix}`]));
  fn.locals = [...fn.locals, ...[...own.values()].map((name) => ({ name, type: 'f64' as const }))];

  const start = new Prelude(fn, span);
  const tests: Value[] = [];
  /** The number as an integer, which a test makes sure of where that isn't known. */
  const whole = (value: Value): Value => {
    const fact = ranges.fact(value);
    if (fitsType(fact, 'i32') && fact.lo >= 0 && !fact.negativeZero) return value;
    const integer = start.add('toint', [value], 'i32');
    const double = start.add('conv', [integer], 'f64');
    // Compared by their bits: −0 is no integer.
    const bits = [value, double].map((number) => start.add('bits', [number], 'i64'));
    const zero = start.add('const', [], 'i32', { value: 0 });
    tests.push(start.add('eq', bits, 'bool'), start.add('ge', [integer, zero], 'bool'));
    return double;
  };
  const begun = [...own]
    .filter(([name]) => isLive(name))
    .map(([name, fast]) => {
      const value = lastSet(before, name) ?? start.add('local.get', [], 'f64', { local: name });
      return [fast, locals.has(name) && readBefore.has(name) ? whole(value) : value] as const;
    });
  const instead = new Map([...inputs].map(([id, value]) => [id, whole(value)]));
  const condition = start.all(tests);

  const set = (local: string, value: Value): Operation => ({
    kind: 'op',
    op: 'local.set',
    args: [value],
    results: [],
    attributes: { local },
    span,
  });
  /** Leaves the first copy, whose locals give back their values. */
  const leave = (label: string): Node[] => {
    const back = new Prelude(fn, span);
    const sets = [...changed].map((name) =>
      set(name, back.add('local.get', [], 'f64', { local: own.get(name) ?? name })),
    );
    return [...back.ops, ...sets, { kind: 'break', label, span }];
  };

  const labels = new Set<string>();
  const made = new Set<number>();
  walkNodes(loop.body, (node) => {
    if (node.kind === 'block') labels.add(node.label);
    if (node.kind === 'op') for (const { id } of node.results) made.add(id);
  });
  const renamed = (label: string): string => `${label}.whole.${suffix}`;
  const inner = new Set([...labels].map(renamed));
  const fresh = freshValues(fn);
  const body = cloneNodes(loop.body, {
    value: (value) => (made.has(value.id) ? fresh(value) : value),
    label: (label) => (labels.has(label) ? renamed(label) : label),
    local: (name) => own.get(name) ?? name,
  });
  replaceValues(body, instead);
  mapNodes(body, (node) => {
    if (node.kind !== 'break' || inner.has(node.label)) return undefined;
    return leave(node.label === loop.label ? done : node.label);
  });

  const head = new Prelude(fn, span);
  const ends = [
    head.add('const', [], 'f64', { value: 0 }),
    head.add('const', [], 'f64', { value: 2 ** 31 - 1 }),
  ];
  const within = [...locals]
    .filter((name) => changed.has(name) && readBefore.has(name))
    .flatMap((name) => {
      const value = head.add('local.get', [], 'f64', { local: own.get(name) ?? name });
      return (['ge', 'le'] as const).map((op, index) =>
        head.add(op, [value, ends[index] ?? value], 'bool'),
      );
    });
  const isWithin = head.all(within);
  const guards: Node[] = isWithin
    ? [...head.ops, { kind: 'if', condition: isWithin, then: [], else: leave(slow), span }]
    : [];
  const fast: Loop = { kind: 'loop', label: `whole.${suffix}`, body: [...guards, ...body], span };
  const choice: Node[] = condition
    ? [{ kind: 'if', condition, then: [], else: [{ kind: 'break', label: slow, span }], span }]
    : [];
  const sets = begun.map(([local, value]) => set(local, value));
  return {
    kind: 'block',
    label: done,
    body: [
      { kind: 'block', label: slow, body: [...start.ops, ...choice, ...sets, fast], span },
      loop,
    ],
    span,
  };
}

/** What a local is surely set to last by nodes of one region; undefined where that isn't known. */
function lastSet(nodes: readonly Node[], local: string): Value | undefined {
  for (const node of nodes.toReversed()) {
    let isSet = false;
    walkOps([node], ({ op, attributes }) => {
      isSet ||= op === 'local.set' && attributes.local === local;
    });
    if (isSet) return node.kind === 'op' ? node.args[0] : undefined;
  }
  return undefined;
}
