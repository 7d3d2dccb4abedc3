/** Properties of TypeScript's syntax trees that are set for a while. */
import type { ts } from '../../ts-morph.ts';

export class Loans {
  private readonly taken: (() => void)[] = [];

  /** Sets a property that may hold a node of another file, unless there is nothing to set it to. */
  lend<N extends ts.Node, K extends keyof N>(node: N, property: K, value: N[K] | undefined): void {
    if (value === undefined) return;
    // ts-morph asks for the tokens between a node's children, and must find its own.
    node.getChildren();
    const own = node[property];
    node[property] = value;
    this.taken.push(() => (node[property] = own));
  }

  /** Gives every node back what it had. */
  release(): void {
    for (const restore of this.taken.splice(0).reverse()) restore();
  }
}
