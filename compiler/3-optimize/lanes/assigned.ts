/** Which locals have surely been set: the usual analysis of definite assignment, over structured control flow. */
import type { Node } from '../../ir/types.ts';

type Names = ReadonlySet<string>;

export interface Assigned {
  /** The locals that have been set on every way to the end of the nodes; undefined where none gets there. */
  readonly atEnd: Names | undefined;
  /** The locals that are read where they may not have been set. */
  readonly readBefore: Names;
}

/** What nodes have set and read of locals. Jumps that leave them don't count. */
export function assignedIn(nodes: readonly Node[]): Assigned {
  const readBefore = new Set<string>();
  /** What has been set where a jump leaves the block or loop of a label. */
  const leaving = new Map<string, Names | undefined>();

  const region = (inner: readonly Node[], before: Names): Names | undefined => {
    let now: Names | undefined = before;
    for (const node of inner) {
      if (now === undefined) return undefined;
      now = after(node, now);
    }
    return now;
  };

  const after = (node: Node, before: Names): Names | undefined => {
    switch (node.kind) {
      case 'op': {
        const { local } = node.attributes;
        if (local === undefined) return before;
        if (node.op === 'local.set') return new Set([...before, local]);
        if (!before.has(local)) readBefore.add(local);
        return before;
      }
      case 'if':
        return both(region(node.then, before), region(node.else, before));
      case 'loop':
        // What a round sets is set in the next one too, so the first tells what is missing.
        region(node.body, before);
        return take(node.label);
      case 'block':
        return both(region(node.body, before), take(node.label));
      case 'try':
        // An error may come before anything is set.
        return both(region(node.body, before), region(node.handler, before));
      case 'break':
        leaving.set(node.label, both(leaving.get(node.label), before));
        return undefined;
      default:
        return undefined;
    }
  };

  const take = (label: string): Names | undefined => {
    const names = leaving.get(label);
    leaving.delete(label);
    return names;
  };

  return { atEnd: region(nodes, new Set()), readBefore };
}

/** What two ways have in common; one that isn't gone says nothing. */
function both(a: Names | undefined, b: Names | undefined): Names | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return new Set([...a].filter((name) => b.has(name)));
}
