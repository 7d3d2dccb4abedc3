/**
 * Reference counts of records, lists and strings: one more, one less, and the freeing of what nothing refers
 * to any more.
 *
 * What dies may be the last to refer to others, in chains of any length. So dying objects are put on
 * a list, linked through the word of their count, and each is emptied and freed in its turn
 * (Weizenbaum, "Symmetric List Processor", CACM 6(9), 1963): there is no recursion.
 */
import { isHeap, isReference, isView, type IrType } from '../../ir/types.ts';
import { callHelper, inlined, isNull, outOfLine, type Helper } from '../helpers.ts';
import { napi } from '../boundary/napi.ts';
import { countBits, header, heap, immortal, jsValue, list, string } from '../layout.ts';
import { releaseView, retainView } from '../memory.ts';
import { access } from '../tbaa.ts';
import { memoryBytes } from '../types.ts';
import type { LlvmFunction } from '../writer.ts';
import { free, freeAny } from './blocks.ts';
import { appendPointer } from './pointer-list.ts';
import type { RecordShape, Shape, Shapes } from './shapes.ts';

/** What the writing of counts needs to know of the module. */
export interface Counting {
  readonly shapes: Shapes;
  /** Operand of the environment's heap. */
  readonly heap: string;
  /** Code that hardly ever runs, or is long, calls what would otherwise be part of it. */
  readonly isApart?: boolean;
}

/** Writes one more reference to what may be null. */
export function retain(f: LlvmFunction, type: IrType, pointer: string): void {
  if (isView(type)) retainView(f, pointer);
  else if (isHeap(type)) callHelper(f, type === 'str' ? retainString : retainObject, [pointer]);
}

/** Writes one reference less to what may be null; the last one frees it. */
export function release(f: LlvmFunction, counting: Counting, type: IrType, pointer: string): void {
  const { isApart = false } = counting;
  if (isView(type)) return releaseView(f, pointer, isApart);
  if (!isHeap(type)) return;
  const helper = releaseOf(counting.shapes, type);
  callHelper(f, isApart ? apart(helper) : helper, [counting.heap, pointer]);
}

function releaseOf(shapes: Shapes, type: IrType): Helper {
  if (type === 'str') return releaseText;
  if (type === 'js') return releaseJavaScript;
  const leaf = shapes.leaf(type);
  if (leaf) return releaseLeaf(leaf);
  return shapes.cycles.mayBe(type) ? releaseOfRing(shapes) : releaseObject(shapes);
}

/** A helper that stays out of line. */
const apart = (helper: Helper): Helper => ({
  ...helper,
  name: `${helper.name}.apart`,
  attributes: outOfLine,
});

const references = (f: LlvmFunction, pointer = '%object'): string =>
  f.offset(pointer, header.references);

const headerAccess = (f: LlvmFunction): string => access(f.module, 'header', 8);

const retainObject: Helper = {
  name: 'ts.retain',
  result: 'void',
  params: { object: 'ptr' },
  attributes: inlined,
  write(f) {
    f.condBr(isNull(f, '%object'), 'done', 'there');
    f.block('there');
    const at = references(f);
    const count = f.load('i64', at, headerAccess(f));
    f.store('i64', f.emit(`add i64 ${count}, 1`), at, headerAccess(f));
    f.block('done');
    f.ret();
  },
};

const retainString: Helper = {
  name: 'ts.str.retain',
  result: 'void',
  params: { object: 'ptr' },
  attributes: inlined,
  write(f) {
    f.condBr(isNull(f, '%object'), 'done', 'there');
    f.block('there');
    const at = references(f);
    const count = f.load('i64', at, headerAccess(f));
    f.condBr(f.emit(`icmp eq i64 ${count}, ${immortal}`), 'done', 'counted');
    f.block('counted');
    f.store('i64', f.emit(`add i64 ${count}, 1`), at, headerAccess(f));
    f.block('done');
    f.ret();
  },
};

/** A release whose last one runs `last`. */
const releasing = (
  name: string,
  last: (f: LlvmFunction) => void,
  mayBeImmortal = false,
): Helper => ({
  name,
  result: 'void',
  params: { heap: 'ptr', object: 'ptr' },
  attributes: inlined,
  write(f) {
    f.condBr(isNull(f, '%object'), 'done', 'there');
    f.block('there');
    const at = references(f);
    const count = f.load('i64', at, headerAccess(f));
    f.condBr(f.emit(`icmp eq i64 ${count}, 1`), 'last', 'more');
    f.block('last');
    last(f);
    f.ret();
    f.block('more');
    if (mayBeImmortal) {
      f.condBr(f.emit(`icmp eq i64 ${count}, ${immortal}`), 'done', 'counted');
      f.block('counted');
    }
    f.store('i64', f.emit(`sub i64 ${count}, 1`), at, headerAccess(f));
    f.block('done');
    f.ret();
  },
});

/** Writes one reference less to a string that may be null. */
export const releaseString = (f: LlvmFunction, heap: string, text: string): void =>
  void callHelper(f, releaseText, [heap, text]);

const releaseText = releasing(
  'ts.str.release',
  (f) => callHelper(f, freeString, ['%heap', '%object']),
  true,
);

/** Writes one reference less to a value of JavaScript that may be null. */
export const releaseValue = (f: LlvmFunction, heapPointer: string, value: string): void =>
  void callHelper(f, releaseJavaScript, [heapPointer, value]);

const releaseJavaScript = releasing('ts.js.release', (f) =>
  callHelper(f, freeValue, ['%heap', '%object']),
);

/** Lets JavaScript have a value that nothing refers to. */
const freeValue: Helper = {
  name: 'ts.js.free',
  result: 'void',
  params: { heap: 'ptr', object: 'ptr' },
  attributes: outOfLine,
  write(f) {
    // Types may have such values, but nobody makes one.
    if (f.module.standsAlone) return f.ret();
    const env = f.load('ptr', f.offset('%heap', heap.env));
    const reference = f.load('ptr', f.offset('%object', jsValue.reference));
    napi(f, 'napi_delete_reference', [env, reference]);
    free(f, '%heap', f.offset('%object', -header.size), header.size + jsValue.size);
    f.ret();
  },
};

/** Of the one shape of such objects, which hold no references. */
const releaseLeaf = ({ name, bytes }: RecordShape): Helper =>
  releasing(`ts.release.${name}`, (f) =>
    free(f, '%heap', f.offset('%object', -header.size), bytes),
  );

const releaseObject = (shapes: Shapes): Helper =>
  releasing('ts.release', (f) => callHelper(f, dropObject(shapes), ['%heap', '%object']));

/** Of what may be part of a ring: what still has references is a suspect (`cycles.ts`). */
const releaseOfRing = (shapes: Shapes): Helper => ({
  name: 'ts.release.ring',
  result: 'void',
  params: { heap: 'ptr', object: 'ptr' },
  attributes: inlined,
  write(f) {
    f.condBr(isNull(f, '%object'), 'done', 'there');
    f.block('there');
    const at = references(f);
    const count = f.load('i64', at, headerAccess(f));
    f.condBr(f.emit(`icmp eq i64 ${count}, 1`), 'last', 'more');
    f.block('last');
    callHelper(f, dropObject(shapes), ['%heap', '%object']);
    f.ret();
    f.block('more');
    const less = f.emit(`sub i64 ${count}, 1`);
    // As unsigned numbers, suspects with references are above the bit alone.
    f.condBr(f.emit(`icmp ugt i64 ${less}, ${countBits.suspect}`), 'known', 'news');
    f.block('known');
    f.store('i64', less, at, headerAccess(f));
    f.ret();
    f.block('news');
    callHelper(f, suspectObject(shapes), ['%heap', '%object']);
    f.br('done');
    f.block('done');
    f.ret();
  },
});

/** One reference less to an object that has others, or is a suspect: then it may be the last one. */
const suspectObject = (shapes: Shapes): Helper => ({
  name: 'ts.suspect',
  result: 'void',
  params: { heap: 'ptr', object: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const at = references(f);
    const less = f.emit(`sub i64 ${f.load('i64', at)}, 1`);
    f.store('i64', less, at);
    f.condBr(f.emit(`icmp eq i64 ${less}, ${countBits.suspect}`), 'last', 'more');
    f.block('last');
    callHelper(f, dropObject(shapes), ['%heap', '%object']);
    f.ret();
    f.block('more');
    f.condBr(f.emit(`icmp slt i64 ${less}, 0`), 'done', 'news');
    f.block('news');
    f.condBr(callHelper(f, addSuspect, ['%heap', '%object']), 'added', 'done');
    f.block('added');
    f.store('i64', f.emit(`or i64 ${less}, ${countBits.suspect}`), at);
    f.br('done');
    f.block('done');
    f.ret();
  },
});

/** Puts an object among the suspects; without memory for that it gives false, and a ring may stay until the environment ends. */
const addSuspect: Helper = {
  name: 'ts.suspect.add',
  result: 'i1',
  params: { heap: 'ptr', object: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const suspects = { items: heap.suspects, count: heap.suspectCount, room: heap.suspectRoom };
    appendPointer(f, '%heap', suspects, 64, '%object', () => f.ret('i1', 'false'));
    f.ret('i1', 'true');
  },
};

/** Frees a string that nothing refers to. */
const freeString: Helper = {
  name: 'ts.str.free',
  result: 'void',
  params: { heap: 'ptr', object: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const form = f.load('i32', f.offset('%object', string.form));
    const room = f.emit(`zext i32 ${f.emit(`lshr i32 ${form}, 1`)} to i64`);
    const bytes = f.emit(`add i64 ${room}, ${header.size}`);
    freeAny(f, '%heap', f.offset('%object', -header.size), bytes);
    f.ret();
  },
};

/** Frees an object that nothing refers to, and all that only it kept. */
const dropObject = (shapes: Shapes): Helper => ({
  name: 'ts.drop',
  result: 'void',
  params: { heap: 'ptr', object: 'ptr' },
  attributes: outOfLine,
  write(f) {
    const dying = f.alloca('ptr', 'dying');
    const counting = { shapes, heap: '%heap' };
    const drop: Drop = (type, held) => dropHeld(f, counting, type, held, dying);
    f.store('ptr', 'null', dying);
    callHelper(f, dieLater, ['%object', dying]);
    f.block('next');
    const object = f.load('ptr', dying);
    f.condBr(isNull(f, object), 'done', 'some');
    f.block('some');
    const word = f.load('i64', references(f, object));
    const link = f.emit(`and i64 ${word}, ${countBits.count}`);
    f.store('ptr', f.emit(`inttoptr i64 ${link} to ${f.module.spell('ptr')}`), dying);
    forEachShape(f, shapes, object, (shape) => {
      empty(f, counting, shape, object, drop);
      if (!shapes.cycles.any) return freeBlock(f, '%heap', shape, object);
      // The collector frees the suspects.
      const [kept, freed] = [f.fresh('kept'), f.fresh('freed')];
      f.condBr(f.emit(`icmp slt i64 ${word}, 0`), kept, freed);
      f.block(kept);
      f.store('i64', String(countBits.suspect), references(f, object));
      f.br('next');
      f.block(freed);
      freeBlock(f, '%heap', shape, object);
    });
    f.br('next');
    f.block('done');
    f.ret();
  },
});

/** Puts an object that nothing refers to in front of the dying ones. */
const dieLater: Helper = {
  name: 'ts.die',
  result: 'void',
  params: { object: 'ptr', dying: 'ptr' },
  attributes: inlined,
  write(f) {
    const at = references(f);
    const suspect = f.emit(`and i64 ${f.load('i64', at)}, ${countBits.suspect}`);
    const next = f.load('ptr', '%dying');
    const link = f.emit(`ptrtoint ${f.module.spell('ptr')} ${next} to i64`);
    f.store('i64', f.emit(`or i64 ${link}, ${suspect}`), at);
    f.store('ptr', '%object', '%dying');
    f.ret();
  },
};

/** Writes the choice between what is done with objects of each shape. */
export function forEachShape(
  f: LlvmFunction,
  shapes: Shapes,
  object: string,
  write: (shape: Shape) => void,
): void {
  const [impossible, done] = [f.fresh('impossible'), f.fresh('done')];
  const labels = shapes.all.map((shape) => [shape, f.fresh('shape')] as const);
  f.switchOn(
    'i32',
    f.load('i32', f.offset(object, header.shape)),
    impossible,
    labels.map(([{ index }, label]) => [index, label]),
  );
  for (const [shape, label] of labels) {
    f.block(label);
    write(shape);
    f.br(done);
  }
  f.block(impossible);
  f.unreachable();
  f.block(done);
}

/** Writes what becomes of a reference that an object held. */
export type Drop = (type: IrType, held: string) => void;

/** Writes the dropping of what an object holds, and of the memory beside its block. @param isDropped leaves out references */
export function empty(
  f: LlvmFunction,
  counting: Counting,
  shape: Shape,
  object: string,
  drop: Drop,
  isDropped: (type: IrType) => boolean = () => true,
): void {
  if (shape.kind === 'record') {
    for (const { type, offset } of shape.slots)
      if (isReference(type) && isDropped(type)) drop(type, f.load('ptr', f.offset(object, offset)));
    return;
  }
  const { element } = shape;
  const data = f.load('ptr', f.offset(object, list.data));
  if (isReference(element) && isDropped(element)) {
    const length = f.load('i64', f.offset(object, list.length));
    forEachItem(f, data, '0', length, (item) => drop(element, item));
  }
  const capacity = f.load('i64', f.offset(object, list.capacity));
  const [some, none] = [f.fresh('elements'), f.fresh('none')];
  f.condBr(f.emit(`icmp ne i64 ${capacity}, 0`), some, none);
  f.block(some);
  freeAny(f, counting.heap, data, f.emit(`mul i64 ${capacity}, ${memoryBytes(element)}`));
  f.block(none);
}

/** Writes the freeing of an object's own block. */
export function freeBlock(
  f: LlvmFunction,
  heapPointer: string,
  shape: Shape,
  object: string,
): void {
  const bytes = shape.kind === 'record' ? shape.bytes : header.size + list.size;
  free(f, heapPointer, f.offset(object, -header.size), bytes);
}

/** Visits references in memory from an index on up to another. */
export function forEachItem(
  f: LlvmFunction,
  data: string,
  from: string,
  to: string,
  visit: (item: string) => void,
): void {
  const at = f.alloca('i64', 'at');
  const [again, some, done] = [f.fresh('items'), f.fresh('item'), f.fresh('noItem')];
  f.store('i64', from, at);
  f.block(again);
  const index = f.load('i64', at);
  f.condBr(f.emit(`icmp ult i64 ${index}, ${to}`), some, done);
  f.block(some);
  f.store('i64', f.emit(`add i64 ${index}, 1`), at);
  visit(f.load('ptr', f.gep('ptr', data, index)));
  f.br(again);
  f.block(done);
}

/** One reference less to what a dying object held; what dies with it is put on the list where it holds more. */
function dropHeld(
  f: LlvmFunction,
  counting: Counting,
  type: IrType,
  held: string,
  dying: string,
): void {
  if (!isHeap(type) || type === 'str' || type === 'js' || counting.shapes.leaf(type)) {
    release(f, counting, type, held);
    return;
  }
  const { shapes } = counting;
  const helper = shapes.cycles.mayBe(type) ? releaseRingLater(shapes) : releaseLater;
  callHelper(f, helper, [counting.heap, held, dying]);
}

/** A release in a dying object, where there are other references; what has none is put on the list. */
const releasingLater = (
  name: string,
  bits: bigint,
  more: (f: LlvmFunction, count: string, at: string) => void,
): Helper => ({
  name,
  result: 'void',
  params: { heap: 'ptr', object: 'ptr', dying: 'ptr' },
  attributes: inlined,
  write(f) {
    f.condBr(isNull(f, '%object'), 'done', 'there');
    f.block('there');
    const at = references(f);
    const word = f.load('i64', at);
    const count = f.emit(`and i64 ${word}, ${bits}`);
    f.condBr(f.emit(`icmp eq i64 ${count}, 1`), 'last', 'more');
    f.block('last');
    callHelper(f, dieLater, ['%object', '%dying']);
    f.ret();
    f.block('more');
    more(f, word, at);
    f.br('done');
    f.block('done');
    f.ret();
  },
});

const releaseLater = releasingLater('ts.release.later', -1n, (f, word, at) =>
  f.store('i64', f.emit(`sub i64 ${word}, 1`), at),
);

const releaseRingLater = (shapes: Shapes): Helper =>
  releasingLater('ts.release.ring.later', countBits.count, (f) => {
    callHelper(f, suspectObject(shapes), ['%heap', '%object']);
  });
