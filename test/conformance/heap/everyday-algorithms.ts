/** Programs as people write them: records of text, state machines, memos, lists, trees, dynamic programming, graphs. */
interface Row {
  id: number;
  name: string;
  tags: string[];
  score: number | null;
}
/** @native */
export function parseCsv(text: string): Row[] {
  const [header, ...lines] = text.trim().split('\n');
  if (!header) return [];
  const columns = header.split(',').map((c) => c.trim());
  return lines
    .filter((line) => line.length > 0)
    .map((line): Row => {
      const cells = line.split(',');
      const cell = (name: string): string => cells[columns.indexOf(name)]?.trim() ?? '';
      const score = cell('score');
      return {
        id: Number(cell('id')),
        name: cell('name'),
        tags: cell('tags').split('|').filter(Boolean),
        score: score === '' ? null : parseFloat(score),
      };
    });
}
enum State {
  Idle,
  Running,
  Paused,
  Done,
}
type Action =
  { type: 'start' } | { type: 'pause' } | { type: 'resume' } | { type: 'stop'; reason: string };
function transition(state: State, action: Action): State {
  switch (state) {
    case State.Idle:
      return action.type === 'start' ? State.Running : state;
    case State.Running:
      if (action.type === 'pause') return State.Paused;
      if (action.type === 'stop') return State.Done;
      return state;
    case State.Paused:
      return action.type === 'resume' ? State.Running : action.type === 'stop' ? State.Done : state;
    case State.Done:
      return state;
  }
}
/** @native */
export function machine(actions: Action[]): string {
  let state = State.Idle;
  const log: string[] = [];
  for (const action of actions) {
    const next = transition(state, action);
    log.push(`${state} -> ${next}`);
    state = next;
  }
  return log.join('; ');
}
/** @native */
export function fib(n: number): number {
  const cache = new Map<number, number>();
  const f = (k: number): number => {
    if (k < 2) return k;
    const known = cache.get(k);
    if (known !== undefined) return known;
    const value = f(k - 1) + f(k - 2);
    cache.set(k, value);
    return value;
  };
  return f(n);
}
class ListNode<T> {
  next: ListNode<T> | null = null;
  constructor(public value: T) {}
}
class LinkedList<T> {
  private head: ListNode<T> | null = null;
  private length = 0;
  add(value: T): this {
    const node = new ListNode(value);
    if (!this.head) this.head = node;
    else {
      let cur = this.head;
      while (cur.next) cur = cur.next;
      cur.next = node;
    }
    this.length++;
    return this;
  }
  reverse(): void {
    let prev: ListNode<T> | null = null,
      cur = this.head;
    while (cur) {
      const next: ListNode<T> | null = cur.next;
      cur.next = prev;
      prev = cur;
      cur = next;
    }
    this.head = prev;
  }
  toArray(): T[] {
    const out: T[] = [];
    for (let n = this.head; n; n = n.next) out.push(n.value);
    return out;
  }
}
/** @native */
export function reversed(values: number[]): number[] {
  const list = new LinkedList<number>();
  values.forEach((v) => list.add(v));
  list.reverse();
  return list.toArray();
}
interface TreeNode<T> {
  value: T;
  left?: TreeNode<T>;
  right?: TreeNode<T>;
}
function insert<T>(
  root: TreeNode<T> | undefined,
  value: T,
  compare: (a: T, b: T) => number,
): TreeNode<T> {
  if (!root) return { value };
  if (compare(value, root.value) < 0) root.left = insert(root.left, value, compare);
  else root.right = insert(root.right, value, compare);
  return root;
}
function inorder<T>(root: TreeNode<T> | undefined, visit: (v: T) => void): void {
  if (!root) return;
  inorder(root.left, visit);
  visit(root.value);
  inorder(root.right, visit);
}
/** @native */
export function treeSort(values: string[]): string[] {
  let root: TreeNode<string> | undefined;
  for (const v of values) root = insert(root, v, (a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const out: string[] = [];
  inorder(root, (v) => out.push(v));
  return out;
}
/** @native */
export function bigAdd(a: string, b: string): string {
  const digits: number[] = [];
  let carry = 0;
  for (let i = a.length - 1, j = b.length - 1; i >= 0 || j >= 0 || carry; i--, j--) {
    const sum = (i >= 0 ? +a[i]! : 0) + (j >= 0 ? Number(b[j]) : 0) + carry;
    digits.push(sum % 10);
    carry = Math.floor(sum / 10);
  }
  return digits.reverse().join('') || '0';
}
/** @native */
export function levenshtein(a: string, b: string): number {
  const dp: number[][] = Array.from({ length: a.length + 1 }, () =>
    new Array<number>(b.length + 1).fill(0),
  );
  for (let i = 0; i <= a.length; i++) dp[i]![0] = i;
  for (let j = 0; j <= b.length; j++) dp[0]![j] = j;
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++)
      dp[i]![j] = Math.min(
        dp[i - 1]![j]! + 1,
        dp[i]![j - 1]! + 1,
        dp[i - 1]![j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
  return dp[a.length]![b.length]!;
}
/** @native */
export function rle(text: string): string {
  let out = '';
  for (let i = 0; i < text.length;) {
    let j = i;
    while (j < text.length && text[j] === text[i]) j++;
    out += (j - i > 1 ? j - i : '') + text[i]!;
    i = j;
  }
  return out;
}
/** @native */
export function unrle(text: string): string {
  let out = '',
    count = '';
  for (const ch of text) {
    if (ch >= '0' && ch <= '9') count += ch;
    else {
      out += ch.repeat(Number(count || '1'));
      count = '';
    }
  }
  return out;
}
/** @native */
export function topological(graph: Map<string, string[]>): string[] {
  const degree = new Map<string, number>();
  for (const [node, edges] of graph) {
    if (!degree.has(node)) degree.set(node, 0);
    for (const to of edges) degree.set(to, (degree.get(to) ?? 0) + 1);
  }
  const queue = [...degree.entries()].filter(([, d]) => d === 0).map(([n]) => n);
  const order: string[] = [];
  while (queue.length) {
    const node = queue.shift()!;
    order.push(node);
    for (const to of graph.get(node) ?? []) {
      const d = degree.get(to)! - 1;
      degree.set(to, d);
      if (d === 0) queue.push(to);
    }
  }
  if (order.length !== degree.size) throw new Error('cycle detected');
  return order;
}
/** @native */
export function knapsack(items: { weight: number; value: number }[], capacity: number): number {
  const best = new Array<number>(capacity + 1).fill(0);
  for (const { weight, value } of items)
    for (let w = capacity; w >= weight; w--)
      best[w] = Math.max(best[w]!, best[w - weight]! + value);
  return best[capacity]!;
}
/** @native */
export function sudoku(board: number[][]): boolean {
  const ok = (r: number, c: number, n: number): boolean => {
    for (let i = 0; i < 9; i++) {
      if (board[r]![i] === n || board[i]![c] === n) return false;
      if (board[3 * Math.floor(r / 3) + Math.floor(i / 3)]![3 * Math.floor(c / 3) + (i % 3)] === n)
        return false;
    }
    return true;
  };
  for (let r = 0; r < 9; r++)
    for (let c = 0; c < 9; c++) {
      if (board[r]![c] !== 0) continue;
      for (let n = 1; n <= 9; n++) {
        if (!ok(r, c, n)) continue;
        board[r]![c] = n;
        if (sudoku(board)) return true;
        board[r]![c] = 0;
      }
      return false;
    }
  return true;
}
const board = [
  '530070000',
  '600195000',
  '098000060',
  '800060003',
  '400803001',
  '700020006',
  '060000280',
  '000419005',
  '000080079',
].map((row) => row.split('').map(Number));

export const cases: [string, unknown[]][] = [
  ['parseCsv', ['id, name,tags,score\n1,Ann,a|b,2.5\n2,Bob,,\n\n x,Cy,|c,1e3']],
  ['parseCsv', ['']],
  [
    'machine',
    [
      [
        { type: 'start' },
        { type: 'pause' },
        { type: 'start' },
        { type: 'resume' },
        { type: 'stop', reason: 'x' },
      ],
    ],
  ],
  ...[0, 1, 30, 90].map((n): [string, unknown[]] => ['fib', [n]]),
  ['reversed', [[1, 2, 3]]],
  ['reversed', [[]]],
  ['treeSort', [['m', 'c', 'x', 'a', 'd', 'm', '']]],
  ['bigAdd', ['99999999999999999999', '1']],
  ['bigAdd', ['', '']],
  ['bigAdd', ['7', '93']],
  ['levenshtein', ['kitten', 'sitting']],
  ['levenshtein', ['', 'abc']],
  ['rle', ['aaabccd']],
  ['rle', ['']],
  ['unrle', ['3ab2c12d']],
  [
    'topological',
    [
      new Map([
        ['a', ['b', 'c']],
        ['b', ['d']],
        ['c', ['d']],
        ['d', []],
      ]),
    ],
  ],
  [
    'topological',
    [
      new Map([
        ['a', ['b']],
        ['b', ['a']],
      ]),
    ],
  ],
  [
    'knapsack',
    [
      [
        { weight: 3, value: 4 },
        { weight: 4, value: 5 },
        { weight: 2, value: 3 },
      ],
      6,
    ],
  ],
  ['sudoku', [board]],
];
