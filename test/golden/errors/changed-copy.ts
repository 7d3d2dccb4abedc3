interface Node {
  name: string;
  done: boolean;
}

/** @native */
export function finish(nodes: Node[], tell: (name: string) => void): number {
  for (const node of nodes) {
    node.done = true;
    tell(node.name);
  }
  return nodes.length;
}

/** @native */
export function fill(list: number[], next: (index: number) => number): void {
  for (let i = 0; i < 3; i++) list.push(next(i));
}
// rewritten:
interface Node {
  name: string;
  done: boolean;
}

/** @native */
export function finish(nodes: Node[]): string[] {
  for (const node of nodes) node.done = true;
  return nodes.map(({ name }) => name);
}

/** @native */
export function fill(next: (index: number) => number): number[] {
  const list: number[] = [];
  for (let i = 0; i < 3; i++) list.push(next(i));
  return list;
}
