/** Where the operations of a function stand: in which loops, and what has been tested and set on every way there. */
import type { IrFunction, Loop, Node, Operation, Value } from '../../ir/types.ts';
import { ended } from '../dead-code.ts';

/** A bool value that is surely so. */
export interface Condition {
  readonly value: Value;
  readonly truth: boolean;
}

export interface Place {
  /** Unique in the function. */
  readonly id: number;
  /** The loops around it, outermost first. */
  readonly loops: readonly Loop[];
  /** Conditions on the way there, each about values of the same round of their loops. */
  readonly conditions: readonly Condition[];
  /** The `local.set` operations of each local that stand on every way there, the last one last. */
  readonly sets: ReadonlyMap<string, readonly Operation[]>;
  /** It is reached in every round of the innermost loop that comes to its end. */
  readonly isRegular: boolean;
}

export class Places {
  /** All `local.set` operations, by local. */
  readonly setsOf = new Map<string, Operation[]>();
  /** The operation that defines a value, by id; parameters are absent. */
  readonly definitions = new Map<number, Operation>();
  private readonly places = new Map<Operation, Place>();

  constructor(fn: IrFunction) {
    this.region(fn.body, { loops: [], conditions: [], sets: new Map(), isRegular: true });
  }

  of(op: Operation): Place {
    const place = this.places.get(op);
    if (!place) throw new Error(`${op.op} is not in the function`);
    return place;
  }

  /** Whether an operation stands inside a loop. */
  isIn(op: Operation | undefined, loop: Loop): boolean {
    return op !== undefined && this.of(op).loops.includes(loop);
  }

  private region(nodes: readonly Node[], at: Omit<Place, 'id'>): void {
    const { loops, isRegular } = at;
    // Never changed, as places keep them.
    let { conditions, sets } = at;
    for (const node of nodes) {
      const here = { loops, isRegular, conditions, sets };
      switch (node.kind) {
        case 'op': {
          this.places.set(node, { ...here, id: this.places.size });
          for (const { id } of node.results) this.definitions.set(id, node);
          const { local } = node.attributes;
          if (node.op !== 'local.set' || local === undefined) break;
          sets = new Map(sets).set(local, [...(sets.get(local) ?? []), node]);
          this.setsOf.set(local, [...(this.setsOf.get(local) ?? []), node]);
          break;
        }
        case 'if': {
          const value = node.condition;
          const arm = (truth: boolean): Omit<Place, 'id'> => ({
            ...here,
            isRegular: false,
            conditions: [...conditions, { value, truth }],
          });
          this.region(node.then, arm(true));
          this.region(node.else, arm(false));
          if (ended(node.then)) conditions = [...conditions, { value, truth: false }];
          if (ended(node.else)) conditions = [...conditions, { value, truth: true }];
          break;
        }
        case 'block':
          this.region(node.body, { ...here, isRegular: false });
          break;
        case 'try':
          this.region(node.body, { ...here, isRegular: false });
          this.region(node.handler, { ...here, isRegular: false });
          break;
        case 'loop':
          this.region(node.body, { ...here, isRegular: true, loops: [...loops, node] });
          break;
        case 'break':
        case 'return':
        case 'throw':
        case 'rethrow':
          break;
      }
    }
  }
}
