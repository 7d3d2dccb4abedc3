/**
 * A static model of where time goes: an instruction counts a hundred times in a loop, as functions are made
 * native for loops over much data, and ten times more for each further loop around it,
 * also of callers. A loop that LLVM made to do
 * several rounds at once counts a round's share, and a copy of a loop that seldom runs nothing. Nothing here has been measured.
 */
import type { AssemblyFunction, BasicBlock } from './assembly.ts';

/** How often an instruction is taken to run in so many loops. */
export const weightAt = (depth: number): number => (depth === 0 ? 1 : 10 ** (depth + 1));

/** Blocks of loops that do several rounds at once, as LLVM's vectoriser names them. */
export const isVectorBody = ({ name }: BasicBlock): boolean =>
  /^(vec\.epilog\.)?vector\.body/.test(name);

export type LineCosts = ReadonlyMap<string, ReadonlyMap<number, number>>;

/**
 * @param lanes how many rounds of its loop a block of a vectorised loop does at once
 * @returns the cost of each line, by file
 */
export function lineCosts(
  functions: readonly AssemblyFunction[],
  lanes: (block: BasicBlock) => number,
): LineCosts {
  const costs = new Map<string, Map<number, number>>();
  const calls = callWeights(functions);
  for (const fn of functions) {
    const called = calls(fn.name);
    const leftovers = leftoverLoops(fn);
    for (const block of fn.blocks) {
      const depth = leftovers.has(block.loop ?? '') ? block.depth - 1 : block.depth;
      const weight = (called * weightAt(depth)) / (isVectorBody(block) ? lanes(block) : 1);
      for (const { file, line, rare } of block.instructions) {
        if (rare) continue;
        let lines = costs.get(file);
        if (!lines) costs.set(file, (lines = new Map()));
        lines.set(line, (lines.get(line) ?? 0) + weight);
      }
    }
  }
  return costs;
}

/** Ten for each loop around the deepest call of a function by its name, and around the calls of its caller. */
function callWeights(functions: readonly AssemblyFunction[]): (name: string) => number {
  const sites = new Map<string, { readonly caller: string; readonly depth: number }[]>();
  for (const { name: caller, blocks } of functions)
    for (const { depth, instructions } of blocks)
      for (const { text, rare } of instructions) {
        const callee = /^(?:callq?|bl) +_?([\w.$]+?)(?:@PLT)?$/.exec(text)?.[1];
        if (callee !== undefined && !rare)
          sites.set(callee, [...(sites.get(callee) ?? []), { caller, depth }]);
      }
  const known = new Map<string, number>();
  const weigh = (name: string): number => {
    const answer = known.get(name);
    if (answer !== undefined) return answer;
    known.set(name, 1); // for what calls itself
    const all = (sites.get(name) ?? []).map(({ caller, depth }) => weigh(caller) * 10 ** depth);
    const weight = Math.max(1, ...all);
    known.set(name, weight);
    return weight;
  };
  return weigh;
}

/**
 * The loops that do what is left when a vectorised loop has done all full vectors: at the same depth, of the
 * same lines, behind it.
 */
function leftoverLoops({ blocks }: AssemblyFunction): Set<string> {
  const leftovers = new Set<string>();
  const linesOf = (loop: string | undefined): Set<string> =>
    new Set(
      blocks
        .filter((block) => block.loop === loop)
        .flatMap(({ instructions }) => instructions.map(({ file, line }) => `${file}:${line}`)),
    );
  blocks.forEach((body, index) => {
    if (!isVectorBody(body)) return;
    const lines = linesOf(body.loop);
    const after = blocks
      .slice(index + 1)
      .find((block) => block.depth >= body.depth && !isVectorBody(block));
    if (after?.loop === undefined || after.depth !== body.depth) return;
    const shared = [...linesOf(after.loop)].filter((line) => lines.has(line));
    if (shared.length > 0) leftovers.add(after.loop);
  });
  return leftovers;
}
