/**
 * Views of typed arrays that objects keep are got before the loops that use them, where nothing in a loop may have the
 * object keep another one. What is known of a view before a loop, such as its length, later passes can test there.
 *
 * So a call may throw for an array whose buffer is gone although the loop never comes to use it, as it would for one
 * that is an argument.
 */
import { elementOf, storageOf } from '../ir/records.ts';
import {
  isList,
  parameterMayBeNull,
  type IrFunction,
  type IrRecord,
  type Loop,
  type Node,
  type Operation,
  type Value,
} from '../ir/types.ts';
import { definitionsOf, regionsOf, replaceUses, rewriteOps, walkOps } from '../ir/walk.ts';
import { instanceFunctions } from '../wire/instances.ts';
import { slotPlace, writtenPlace, type HeapPlace } from './heap-writes.ts';
import type { Pass, PassContext } from './pass.ts';

export const keptBeforeLoops: Pass = (fn, { module, writesOf }) => {
  let uses = false;
  walkOps(fn.body, ({ op }) => void (uses ||= op === 'view.kept'));
  if (!uses) return false;
  const records = new Map(module.records.map((record) => [record.name, record]));
  return new Mover(fn, records, writesOf).run();
};

/** The read of a slot and the getting of the view of what it keeps. */
interface Kept {
  readonly read: Operation;
  readonly object: Value;
  readonly view: Operation;
}

class Mover {
  private readonly fn: IrFunction;
  private readonly records: ReadonlyMap<string, IrRecord>;
  private readonly writesOf: PassContext['writesOf'];
  private readonly definitions: ReadonlyMap<number, Operation>;
  private changed = false;

  constructor(
    fn: IrFunction,
    records: ReadonlyMap<string, IrRecord>,
    writesOf: PassContext['writesOf'],
  ) {
    this.fn = fn;
    this.records = records;
    this.writesOf = writesOf;
    this.definitions = definitionsOf(fn.body);
  }

  run(): boolean {
    const { params } = this.fn;
    const there = params.filter((_, index) => !parameterMayBeNull(params, index));
    this.region(this.fn.body, new Set(there.map(({ value }) => value.id)));
    return this.changed;
  }

  /** @param present objects that surely are none of null */
  private region(nodes: Node[], present: ReadonlySet<number>): void {
    const known = new Set(present);
    for (let index = 0; index < nodes.length; index++) {
      const node = nodes[index];
      if (!node) continue;
      if (node.kind === 'op') {
        const [result] = node.results;
        const [object] = node.args;
        if (object && dereferences.has(node.op)) known.add(object.id);
        if (result && this.isPresent(node, known)) known.add(result.id);
        continue;
      }
      if (node.kind === 'loop') {
        const moved = this.before(node, known);
        nodes.splice(index, 0, ...moved);
        index += moved.length;
      }
      for (const region of regionsOf(node)) this.region(region, known);
    }
  }

  /** Whether what an operation gives surely is none of null. */
  private isPresent({ op, args: [operand], attributes }: Operation, known: Set<number>): boolean {
    switch (op) {
      case 'rec.new':
        return true;
      case 'rec.as':
        return operand !== undefined && known.has(operand.id);
      case 'call':
        return attributes.callee === instanceFunctions.object;
      case 'list.load': {
        if (!operand || !isList(operand.type)) return false;
        return storageOf(elementOf(operand.type)) === 'plain';
      }
      default:
        return false;
    }
  }

  /** Takes what can be out of a loop. */
  private before(loop: Loop, present: ReadonlySet<number>): Operation[] {
    const inside = new Set<number>();
    const found: Kept[] = [];
    const written = this.writtenIn(loop);
    if (!written) return [];
    walkOps([loop], (op) => {
      for (const { id } of op.results) inside.add(id);
      const [held] = op.args;
      const read = op.op === 'view.kept' && held ? this.definitions.get(held.id) : undefined;
      const [object] = read?.args ?? [];
      if (read?.op === 'rec.get' && object && op.attributes.absent !== true)
        found.push({ read, object, view: op });
    });
    const moved = new Map<string, Kept>();
    const same = new Map<number, Value>();
    for (const kept of found) {
      const { object, read, view } = kept;
      const place = slotPlace(object.type, read.attributes.slot, this.records);
      const [made] = view.results;
      if (!made || written.has(place) || inside.has(object.id) || !present.has(object.id)) continue;
      const key = `${object.id} ${object.type} ${place}`;
      const first = moved.get(key);
      if (first?.view.results[0]) same.set(made.id, first.view.results[0]);
      else moved.set(key, kept);
    }
    if (moved.size === 0) return [];
    this.changed = true;
    const taken = new Set([...moved.values()].map(({ view }) => view));
    rewriteOps(loop.body, (op) => {
      const [made] = op.results;
      return taken.has(op) || (made && same.has(made.id)) ? [] : undefined;
    });
    replaceUses(loop.body, (value) => same.get(value.id));
    return [...moved.values()].flatMap(({ read, view }) => {
      // Others may use what is read in the loop, where it stays.
      const held = { id: this.fn.nextValue++, type: 'js' } as const;
      return [
        { ...read, results: [held] },
        { ...view, args: [held] },
      ];
    });
  }

  /** The places that a loop may change; undefined for all. */
  private writtenIn(loop: Loop): ReadonlySet<HeapPlace> | undefined {
    const places = new Set<HeapPlace>();
    let isAll = false;
    walkOps([loop], (op) => {
      const { callee } = op.attributes;
      const changed = callee === undefined ? undefined : this.writesOf(callee);
      if (callee !== undefined && !changed) isAll = true;
      for (const place of changed ?? []) places.add(place);
      const own = writtenPlace(op, this.records);
      if (own !== undefined) places.add(own);
    });
    return isAll ? undefined : places;
  }
}

const dereferences: ReadonlySet<string> = new Set(['rec.get', 'rec.set']);
