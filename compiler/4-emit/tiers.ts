/**
 * CPU tiers: which functions a module holds in several copies, each for another level of CPUs. The
 * loader asks the addon what the CPU can do and takes the wrappers of one tier, so calls cost nothing more.
 */
import type { CpuTier } from '../5-link/types.ts';
import { opInfo } from '../ir/ops.ts';
import { settledCallees, settledOperations } from '../ir/settled.ts';
import { isFloat, type IrFunction, type IrModule, type Loop, type Operation } from '../ir/types.ts';
import { walkNodes, walkOps } from '../ir/walk.ts';
import { plain, type Version } from './abi.ts';
import type { CallPlan } from './inlining.ts';

export interface TierPlan {
  /** As `EmitOptions` has them; empty where the target's own CPU is all there is. */
  readonly tiers: readonly CpuTier[];
  /** One for each tier, and at least one. The first has all functions. */
  readonly versions: readonly Version[];
  /** The functions that are in each version, by name. */
  readonly functions: ReadonlySet<string>;
}

/**
 * The copies of a module. A function is in all of them if it has a loop of numbers, which wider vectors make
 * faster, or comes to one. All others gain too little for the time that LLVM takes for another copy.
 */
export function planTiers(ir: IrModule, calls: CallPlan, tiers: readonly CpuTier[] = []): TierPlan {
  const versions = tiers.map((tier, index): Version => ({
    prefix: index === 0 ? plain.prefix : `${tier.name}.`,
    // A CPU without a level is that of the whole module.
    attributes: tier.level === undefined ? '' : ` "target-cpu"="${tier.cpu}"`,
    cpu: tier.cpu,
  }));
  if (versions.length === 0) return { tiers, versions: [plain], functions: new Set() };
  return { tiers, versions, functions: versions.length > 1 ? tiered(ir, calls) : new Set() };
}

/** The versions that there are of a function, in the order of the tiers. */
export const versionsOf = ({ versions, functions }: TierPlan, name: string): readonly Version[] =>
  functions.has(name) ? versions : versions.slice(0, 1);

/** The version of a function that one of a version calls. */
export const versionFor = (
  { versions, functions }: TierPlan,
  name: string,
  caller: Version,
): Version => (functions.has(name) ? caller : (versions[0] ?? caller));

const isLibrary = (name: string): boolean => name.startsWith('std.');

/** So many operations are compiled twice for any loop of numbers. */
const fewOperations = 600;
/** Of more operations, one in so many must be in loops of numbers. */
const leastShare = 8;

function tiered(ir: IrModule, calls: CallPlan): Set<string> {
  const sizes = new Map<string, number>();
  const callees = new Map<string, Set<string>>();
  const callers = new Map<string, Set<string>>();
  const add = (to: typeof callees, key: string, name: string): void =>
    void to.set(key, (to.get(key) ?? new Set()).add(name));
  for (const fn of ir.functions) {
    sizes.set(fn.name, settledOperations(fn).length);
    for (const callee of settledCallees(fn)) {
      add(callees, fn.name, callee);
      add(callers, callee, fn.name);
    }
  }
  // The library's loops are short, or go through memory faster than it is read. What its small functions
  // compute becomes part of the loops that call them; only what is called in vectors is in each version.
  const found = new Set<string>();
  for (const fn of ir.functions) {
    const inLoops = isLibrary(fn.name) ? 0 : operationsInLoops(fn, calls);
    if (inLoops === 0) continue;
    const coming = new Set([fn.name]);
    // The set grows while it is walked.
    for (const name of coming) for (const caller of callers.get(name) ?? []) coming.add(caller);
    const size = [...coming].reduce((sum, name) => sum + (sizes.get(name) ?? 0), 0);
    if (size > fewOperations && inLoops * leastShare < size) continue;
    for (const name of coming) found.add(name);
  }
  // Vectors are passed otherwise from one level to the next. LLVM makes calls of vectors of what it has inlined too, so
  // all that comes to them is in each version. The set grows while it is walked.
  for (const name of found)
    for (const callee of callees.get(name) ?? [])
      if (comesTo(callee, callees, calls.vectorized)) found.add(callee);
  return found;
}

/** Whether a function is one of some, or calls one. */
function comesTo(
  name: string,
  callees: ReadonlyMap<string, ReadonlySet<string>>,
  wanted: ReadonlySet<string>,
): boolean {
  const reached = new Set([name]);
  for (const one of reached) {
    if (wanted.has(one)) return true;
    for (const callee of callees.get(one) ?? []) reached.add(callee);
  }
  return false;
}

/** How many operations of a function are in loops of numbers. */
function operationsInLoops(fn: IrFunction, calls: CallPlan): number {
  let count = 0;
  walkNodes(fn.body, (node) => {
    if (node.kind !== 'loop' || node.rare || !isLoopOfNumbers(node, calls)) return;
    walkOps(node.body, () => void count++);
  });
  return count;
}

/** Whether an innermost loop computes with floats or elements of typed arrays, and does nothing else. */
function isLoopOfNumbers(loop: Loop, calls: CallPlan): boolean {
  let isPlain = true;
  let computes = false;
  walkNodes(loop.body, (node) => {
    if (node.kind === 'loop' || node.kind === 'try') isPlain = false;
    if (node.kind !== 'op') return;
    isPlain &&= isOfNumbers(node, calls);
    computes ||= accesses.has(node.op) || isFloatArithmetic(node);
  });
  return isPlain && computes;
}

/** Lists of integers are seldom long. */
const accesses: ReadonlySet<string> = new Set([
  ...['view.load', 'view.store', 'data.load', 'data.store'],
]);

/** What loops have that compute, not only count and sum. */
const arithmetic: ReadonlySet<string> = new Set(['mul', 'div', 'sqrt']);

const isFloatArithmetic = ({ op, args: [a] }: Operation): boolean =>
  arithmetic.has(op) && a !== undefined && isFloat(a.type);

function isOfNumbers(op: Operation, { inlined, vectorized }: CallPlan): boolean {
  const { callee } = op.attributes;
  if (callee !== undefined) return inlined.has(op) || vectorized.has(callee);
  if (op.op === 'retain' || op.op === 'release') return false;
  return opInfo(op.op).effect !== 'allocate' && !op.op.startsWith('str.');
}
