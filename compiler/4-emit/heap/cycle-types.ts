/**
 * Which objects may refer to themselves in the end, by way of others: by the types of what they hold.
 *
 * The last reference of a ring to be made is one that an existing object gets: an element of a list, or a
 * slot that is set when the object is known to others. Shapes on a ring of types without such a place, as
 * those of a tree that is built once, form none.
 */
import {
  isList,
  isRecord,
  isReference,
  type IrModule,
  type IrType,
  type Node,
} from '../../ir/types.ts';
import { ofSettled, settledOperations } from '../../ir/settled.ts';
import { regionsOf } from '../../ir/walk.ts';
import { slotPlace } from '../../3-optimize/heap-writes.ts';
import type { PlacedSlot, RecordShape, Shape, Shapes } from './shapes.ts';

export class CycleTypes {
  private readonly shapes: Shapes;
  /** The shapes that an object of a shape may lead to, by index. */
  private readonly reached: ReadonlyMap<Shape, ReadonlySet<Shape>>;
  private readonly cyclic: ReadonlySet<Shape>;

  constructor(ir: IrModule, shapes: Shapes) {
    this.shapes = shapes;
    this.reached = new Map(shapes.all.map((shape) => [shape, this.reachedFrom(shape)]));
    const assigned = assignedPlaces(ir);
    const closing = shapes.all.filter((shape) => this.mayClose(shape, assigned));
    this.cyclic = new Set(
      shapes.all.filter((shape) => closing.some((other) => this.areOnRing(shape, other))),
    );
  }

  /** Whether there are any. */
  get any(): boolean {
    return this.cyclic.size > 0;
  }

  /** Whether an object referred to by this type may be part of a ring. */
  mayBe(type: IrType): boolean {
    return this.shapesOf(type).some((shape) => this.cyclic.has(shape));
  }

  /** Whether what an object of a shape holds as this type may be part of a ring with it. */
  isFollowed(shape: Shape, type: IrType): boolean {
    return (
      this.cyclic.has(shape) && this.shapesOf(type).some((held) => this.areOnRing(shape, held))
    );
  }

  private areOnRing(a: Shape, b: Shape): boolean {
    return this.reached.get(a)?.has(b) === true && this.reached.get(b)?.has(a) === true;
  }

  /** Whether an object of a shape that is there already may get a reference which closes a ring. */
  private mayClose(shape: Shape, assigned: ReadonlySet<string>): boolean {
    const onRing = (type: IrType): boolean =>
      this.shapesOf(type).some((held) => this.areOnRing(shape, held));
    if (shape.kind === 'list') return onRing(shape.element);
    return shape.slots.some((slot) => onRing(slot.type) && assigned.has(this.place(shape, slot)));
  }

  private place({ name }: RecordShape, slot: PlacedSlot): string {
    return slotPlace(`rec.${name}`, slot.name, this.shapes.records);
  }

  private reachedFrom(shape: Shape): Set<Shape> {
    const reached = new Set<Shape>();
    const add = (from: Shape): void => {
      const types = from.kind === 'list' ? [from.element] : from.slots.map(({ type }) => type);
      for (const held of types.flatMap((type) => this.shapesOf(type))) reached.add(held);
    };
    add(shape);
    // The set grows while it is walked.
    for (const next of reached) add(next);
    return reached;
  }

  private shapesOf(type: IrType): readonly Shape[] {
    if (isRecord(type)) return this.shapes.of(type);
    const list = isList(type) ? this.shapes.madeList(type) : undefined;
    return list ? [list] : [];
  }
}

/** The slots of references that are set when others may know the object. */
function assignedPlaces(ir: IrModule): Set<string> {
  const records = new Map(ir.records.map((record) => [record.name, record]));
  const places = new Set<string>();
  for (const fn of ir.functions)
    for (const { type, slot } of assignedIn(fn)) places.add(slotPlace(type, slot, records));
  return places;
}

/** The same of one function, each with the type of the object. */
const assignedIn = ofSettled(
  (fn): readonly { readonly type: IrType; readonly slot: string | undefined }[] => {
    const filling = fillings(fn.body);
    return settledOperations(fn).flatMap((node) => {
      const { op, args, attributes } = node;
      const [object, value] = args;
      return op === 'rec.set' && object && value && isReference(value.type) && !filling.has(node)
        ? [{ type: object.type, slot: attributes.slot }]
        : [];
    });
  },
);

/** The operations that fill an object which was made right before, and which nothing else knows yet. */
function fillings(nodes: readonly Node[], found = new Set<Node>()): Set<Node> {
  for (const [index, node] of nodes.entries()) {
    for (const region of regionsOf(node)) fillings(region, found);
    const [made] = node.kind === 'op' && node.op === 'rec.new' ? node.results : [];
    if (!made) continue;
    const names = new Set([made.id]);
    for (const next of nodes.slice(index + 1)) {
      if (next.kind !== 'op') break;
      const [object, ...others] = next.args;
      const uses = next.args.some(({ id }) => names.has(id));
      if (!uses) {
        // The ownership pass keeps it in a local meanwhile, which nothing else reads before it is filled.
        if (next.op === 'local.get' && next.results.some(({ type }) => type === made.type)) break;
        continue;
      }
      if (next.op === 'rec.as') for (const { id } of next.results) names.add(id);
      else if (next.op === 'rec.set' && object && names.has(object.id)) {
        if (others.some(({ id }) => names.has(id))) break;
        found.add(next);
      } else if (next.op !== 'rec.get' && next.op !== 'local.set') break;
    }
  }
  return found;
}
