/** What LLVM made of the loops of the source, from its remarks. */
import type { PlainLoop } from '../2-lower/parallel/advice.ts';
import type { ParallelLoop } from '../2-lower/parallel/regions.ts';
import { mostPieces, mostSorted } from '../../runtime/parallel.ts';
import type { BasicBlock } from './assembly.ts';
import { isVectorBody } from './cost.ts';
import type { Item, LoopReport } from './model.ts';
import { reasonOf, type Reason } from './remark-words.ts';
import { argument, type Remark } from './remarks.ts';
import { loopAt, type SourceLoop } from './source-loops.ts';
import { code } from './words.ts';

export interface ToldLoop {
  readonly report: LoopReport;
  readonly items: readonly Item[];
}

/**
 * @param loops of one function
 * @param remarks of the function's file, wherever LLVM has inlined it
 * @param checks for a loop, the texts of what is checked inside it
 */
export function tellLoops(
  loops: readonly SourceLoop[],
  remarks: readonly Remark[],
  checks: (loop: SourceLoop) => readonly string[],
): ToldLoop[] {
  const byLoop = remarksOf(loops, remarks);
  return loops.map((loop) => {
    const told = byLoop.get(loop) ?? [];
    const widest = widestOf(told);
    const { span, depth, innermost, inLanes } = loop;
    const isScalar = !widest && innermost && !inLanes;
    const reason = isScalar ? reasonFor(loop, told, checks(loop)) : undefined;
    const items: Item[] = [];
    if (inLanes && innermost) items.push(lanes);
    else if (widest && innermost) items.push(vectorized(widest, told));
    else if (reason)
      items.push({ kind: 'loop', tone: 'cost', title: 'Not vectorised', ...reason, hot: true });
    return {
      report: {
        line: span.line,
        depth,
        innermost,
        vectorized: innermost ? widest : undefined,
        inLanes: innermost && inLanes,
        reason: reason?.text,
      },
      items,
    };
  });
}

/** The vectoriser's remarks by the innermost loop they are about. */
function remarksOf(
  loops: readonly SourceLoop[],
  remarks: readonly Remark[],
): Map<SourceLoop, Remark[]> {
  const byLoop = new Map<SourceLoop, Remark[]>();
  for (const remark of remarks) {
    const loop = remark.place && loopAt(loops, remark.place.line);
    if (loop && remark.pass === 'loop-vectorize')
      byLoop.set(loop, [...(byLoop.get(loop) ?? []), remark]);
  }
  return byLoop;
}

/** The innermost loops that have been vectorised. */
export const vectorizedOf = (
  loops: readonly SourceLoop[],
  remarks: readonly Remark[],
): ReadonlySet<SourceLoop> =>
  new Set(
    [...remarksOf(loops, remarks)]
      .filter(([loop, told]) => loop.innermost && widestOf(told))
      .map(([loop]) => loop),
  );

type Width = NonNullable<LoopReport['vectorized']>;

function widestOf(remarks: readonly Remark[]): Width | undefined {
  return remarks
    .filter(({ kind, name }) => kind === 'Passed' && name === 'Vectorized')
    .map((remark) => ({
      width: Number.parseInt(argument(remark, 'VectorizationFactor') ?? '1', 10),
      interleaved: Number(argument(remark, 'InterleaveCount') ?? 1),
    }))
    .sort((a, b) => b.width * b.interleaved - a.width * a.interleaved)[0];
}

function vectorized({ width, interleaved }: Width, remarks: readonly Remark[]): Item {
  const others = remarks.map(reasonOf).filter((reason) => reason !== undefined);
  const more = interleaved > 1 ? ` ${interleaved} such vectors take turns in a round.` : '';
  const copies =
    others.length > 0
      ? ' A copy of the loop, for what is left over or for a special case, is not vectorised.'
      : '';
  return {
    kind: 'loop',
    tone: 'good',
    title: `Vectorised: ${width} elements at a time`,
    text: `One instruction works on ${width} elements.${more}${copies}`,
  };
}

const lanes: Item = {
  kind: 'loop',
  tone: 'good',
  title: 'Vectorised: in lanes',
  text: 'One instruction works on several rounds of a loop around it, until each of them has left this one.',
};

function reasonFor(
  loop: SourceLoop,
  remarks: readonly Remark[],
  checks: readonly string[],
): Reason | undefined {
  const reasons = remarks.flatMap((remark) => {
    const reason = reasonOf(remark);
    return reason ? [{ remark, reason }] : [];
  });
  const uncountable = reasons.some(({ remark }) => remark.name === 'CantComputeNumberOfIterations');
  if (uncountable && checks.length > 0)
    return {
      text: `A check may end the loop in any round: ${[...new Set(checks)].slice(0, 3).join(', ')}.`,
      rewrite:
        'Without the check, which says below what it lacks for a proof, the loop can be vectorised.',
    };
  // Each copy of a loop has its remark: the one that is not about jumps tells most.
  const telling = reasons.find(({ remark }) => remark.name !== 'CantComputeNumberOfIterations');
  if (telling && !(uncountable && loop.leavesEarly)) return telling.reason;
  if (uncountable && loop.leavesEarly)
    return {
      text: 'A `break`, `return` or `throw` inside may end the loop in any round.',
      rewrite:
        'Take the early exit out of the loop: finish the round, and look at the result afterwards.',
    };
  return reasons[0]?.reason;
}

/** How many rounds of its loop a block does at once: by the remark on a loop whose line the block has. */
export function lanesOf(remarks: readonly Remark[]): (block: BasicBlock) => number {
  const lanes = new Map<string, number>();
  for (const remark of remarks) {
    const width = widestOf([remark]);
    if (!width || !remark.place) continue;
    const { file, line } = remark.place;
    lanes.set(`${file}:${line}`, Math.max(width.width, lanes.get(`${file}:${line}`) ?? 1));
  }
  return (block) => {
    if (!isVectorBody(block)) return 1;
    const found = block.instructions.map(({ file, line }) => lanes.get(`${file}:${line}`) ?? 1);
    return Math.max(1, ...found);
  };
}

/** Calls that LLVM has put the callee's code in place of, and those it has not, by their place. */
export function inlinings(remarks: readonly Remark[]): ReadonlyMap<string, ReadonlySet<boolean>> {
  const found = new Map<string, Set<boolean>>();
  for (const remark of remarks) {
    const callee = argument(remark, 'Callee');
    if (remark.pass !== 'inline' || callee === undefined || !remark.place) continue;
    const key = callKey(remark.place.file, remark.place.line, callee);
    const set = found.get(key) ?? new Set();
    found.set(key, set.add(remark.kind === 'Passed'));
  }
  return found;
}

export const callKey = (file: string, line: number, callee: string): string =>
  `${file}:${line} ${callee}`;

/** The library's function as the source calls it: `Math.exp` for `std.exp`, `fill` for `std.fill.f64`. */
export function sourceName(callee: string): string {
  const [library, name = ''] = callee.split('.');
  if (library !== 'std') return code(callee);
  return code(/\./.test(callee.slice(4)) ? name : `Math.${name.replace(/^(hypot).*/, '$1')}`);
}

/** What is told of a loop that runs on several threads. */
export const inParallel = ({ name, inOrderWhere }: ParallelLoop): Item => ({
  kind: 'loop',
  tone: 'good',
  title: `${code(name)} runs on all cores`,
  text:
    `${scheduleOf(name)} What ends within 20 µs stays on the calling thread.` +
    (inOrderWhere.length > 0
      ? ` It runs in order where ${inOrderWhere.join(' or ')}, which is tested when it begins.`
      : ''),
});

/** How the work of a function of `parallel` is divided. */
function scheduleOf(name: string): string {
  switch (name.replace(/.*\./, '')) {
    case 'sum':
    case 'reduce':
    case 'scan':
      return `The range has at most ${mostPieces} pieces, the same for any number of threads, which take several of them at a time, more at first; their values are combined in one order.`;
    case 'sort':
      return `The array is sorted in at most ${mostSorted} pieces, the same for any number of threads, which are merged in pairs.`;
    case 'invoke':
      return 'Each function is worth a thread of its own.';
    default:
      return 'Threads take pieces of the range, large ones first.';
  }
}

/** What is told of a loop that could be parallel, or can't. */
export const onOneThread = ({ instead, refused }: PlainLoop): Item =>
  refused
    ? {
        kind: 'loop',
        tone: 'info',
        title: 'Runs on one thread',
        text: `As ${code(instead)}: ${refused.why}`,
        rewrite: refused.rewrite,
      }
    : {
        kind: 'loop',
        tone: 'info',
        title: 'Could run on all cores',
        text: 'Nothing is seen here that iterations share. It pays where they take 20 µs or more together, and compute more than they read.',
        rewrite: instead,
      };
