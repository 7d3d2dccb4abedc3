/** `let i;` without a type, and functions that use what is around them only behind the calls of themselves. */

/** @native */
export function counted(stack: number[], wanted: number): number[] {
  let i, last;
  for (i = stack.length - 1; i >= 0 && stack[i] !== wanted; --i) last = stack[i];
  return [i, last ?? -1];
}

/** @native */
export function best(n: number): number {
  let best,
    at = -1;
  for (let i = 0; i < n; i++) {
    const v = (i * 7) % 5;
    if (best === undefined || v > best) {
      best = v;
      at = i;
    }
  }
  return at + (best ?? 0) * 10;
}

/** @native */
export function parts(n: number, s: string): string {
  let i, t;
  if (n > 3) i = n;
  t = s + (i ?? 'none');
  i = 4;
  return t + i;
}

interface Tree {
  value: number;
  left?: Tree;
  right?: Tree;
}

/** @native */
export function orders(tree: Tree | undefined): [number[], string, number] {
  const after: number[] = [];
  let text = '';
  let depth = 0;
  let deepest = 0;
  const walk = (node: Tree | undefined): void => {
    if (!node) return;
    depth++;
    walk(node.left);
    walk(node.right);
    after.push(node.value);
    text += `${node.value} `;
    if (depth > deepest) deepest = depth;
    depth--;
  };
  walk(tree);
  return [after, text, deepest];
}

/** @native */
export function components(graph: number[][]): number[][] {
  let index = 0;
  const found: number[] = new Array<number>(graph.length).fill(-1);
  const low: number[] = new Array<number>(graph.length).fill(0);
  const open: boolean[] = new Array<boolean>(graph.length).fill(false);
  const stack: number[] = [];
  const groups: number[][] = [];
  const visit = (node: number): void => {
    found[node] = low[node] = index++;
    stack.push(node);
    for (const next of graph[node]!) {
      if (found[next] === -1) {
        visit(next);
        low[node] = Math.min(low[node]!, low[next]!);
      } else if (open[next]) low[node] = Math.min(low[node]!, found[next]!);
    }
    open[node] = true;
    if (low[node] !== found[node]) return;
    const group: number[] = [];
    let member;
    do {
      member = stack.pop()!;
      open[member] = false;
      group.push(member);
    } while (member !== node);
    groups.push(group);
  };
  for (let i = 0; i < graph.length; i++) if (found[i] === -1) visit(i);
  return groups;
}

/** @native */
export function mutual(n: number): number[] {
  const even: number[] = [];
  const odd: number[] = [];
  function ofEven(k: number): void {
    if (k > 0) ofOdd(k - 1);
    even.push(k);
  }
  function ofOdd(k: number): void {
    if (k > 0) ofEven(k - 1);
    if (k > 4) ofOdd(k - 4);
    odd.push(k);
  }
  ofEven(n);
  return [...even, -1, ...odd];
}

/** @native */
export class Maze {
  count = 0;
  walls: number[];
  constructor(walls: number[]) {
    this.walls = walls;
  }
  reach(from: number): number {
    const step = (at: number): void => {
      if (at > 0) step(at - 1);
      this.count += this.walls[at] ?? 0;
    };
    step(from);
    return this.count;
  }
}

/** @native */
export function mazes(walls: number[], from: number): number {
  return new Maze(walls).reach(from);
}

const tree: Tree = { value: 1, left: { value: 2 }, right: { value: 3, left: { value: 4 } } };

export const cases: [string, unknown[]][] = [
  ['counted', [[1, 2, 3, 4], 2]],
  ['counted', [[1, 2, 3, 4], 9]],
  ['counted', [[], 0]],
  ...[0, 1, 5, 10].map((n): [string, unknown[]] => ['best', [n]]),
  ['parts', [1, 'a']],
  ['parts', [4, '']],
  ['orders', [tree]],
  ['orders', [undefined]],
  ['components', [[[1], [2], [0, 3], [], [4, 3]]]],
  ['components', [[]]],
  ['components', [[[0], [0]]]],
  ...[0, 1, 9].map((n): [string, unknown[]] => ['mutual', [n]]),
  ['mazes', [[1, 2, 3], 5]],
  ['mazes', [[], 0]],
];
