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
import { header, immortal, list, string } from '../layout.ts';
import { releaseView, retainView } from '../memory.ts';
import { access } from '../tbaa.ts';
import { memoryBytes } from '../types.ts';
import type { LlvmFunction } from '../writer.ts';
import { free, freeAny } from './blocks.ts';
import type { ListShape, RecordShape, Shape, Shapes } from './shapes.ts';

/** What the writing of counts needs to know of the module. */
export interface Counting {
  readonly shapes: Shapes;
  /** Operand of the environment's heap. */
  readonly heap: string;
}

/** Records, lists and strings are not counted yet: nothing is freed. */
const counts = false as boolean;

/** Writes one more reference to what may be null. */
export function retain(f: LlvmFunction, type: IrType, pointer: string): void {
  if (!counts && isHeap(type)) return;
  if (isView(type)) retainView(f, pointer);
  else if (isHeap(type)) callHelper(f, type === 'str' ? retainString : retainObject, [pointer]);
}

/** Writes one reference less to what may be null; the last one frees it. */
export function release(f: LlvmFunction, counting: Counting, type: IrType, pointer: string): void {
  if (!counts && isHeap(type)) return;
  const { heap, shapes } = counting;
  if (isView(type)) releaseView(f, pointer);
  else if (type === 'str') releaseString(f, heap, pointer);
  else if (isHeap(type)) {
    const leaf = shapes.leaf(type);
    callHelper(f, leaf ? releaseLeaf(leaf) : releaseObject(shapes), [heap, pointer]);
  }
}

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
export function releaseString(f: LlvmFunction, heap: string, text: string): void {
  if (counts) callHelper(f, releaseText, [heap, text]);
}

const releaseText = releasing(
  'ts.str.release',
  (f) => callHelper(f, freeString, ['%heap', '%object']),
  true,
);

/** Of the one shape of such objects, which hold no references. */
const releaseLeaf = ({ name, bytes }: RecordShape): Helper =>
  releasing(`ts.release.${name}`, (f) =>
    free(f, '%heap', f.offset('%object', -header.size), bytes),
  );

const releaseObject = (shapes: Shapes): Helper =>
  releasing('ts.release', (f) => callHelper(f, dropObject(shapes), ['%heap', '%object']));

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
    f.store('ptr', 'null', references(f));
    f.store('ptr', '%object', dying);
    f.block('next');
    const object = f.load('ptr', dying);
    f.condBr(isNull(f, object), 'done', 'some');
    f.block('some');
    f.store('ptr', f.load('ptr', references(f, object)), dying);
    const label = ({ index }: Shape): string => `shape.${index}`;
    const shape = f.load('i32', f.offset(object, header.shape));
    f.switchOn(
      'i32',
      shape,
      'impossible',
      shapes.all.map((one) => [one.index, label(one)]),
    );
    for (const one of shapes.all) {
      f.block(label(one));
      if (one.kind === 'record') emptyRecord(f, counting, one, object, dying);
      else emptyList(f, counting, one, object, dying);
      f.br('next');
    }
    f.block('impossible');
    f.unreachable();
    f.block('done');
    f.ret();
  },
});

function emptyRecord(
  f: LlvmFunction,
  counting: Counting,
  { slots, bytes }: RecordShape,
  object: string,
  dying: string,
): void {
  for (const { type, offset } of slots)
    if (isReference(type))
      dropHeld(f, counting, type, f.load('ptr', f.offset(object, offset)), dying);
  free(f, counting.heap, f.offset(object, -header.size), bytes);
}

function emptyList(
  f: LlvmFunction,
  counting: Counting,
  { element }: ListShape,
  object: string,
  dying: string,
): void {
  const data = f.load('ptr', f.offset(object, list.data));
  if (isReference(element)) {
    const length = f.load('i64', f.offset(object, list.length));
    forEachItem(f, data, '0', length, (item) => dropHeld(f, counting, element, item, dying));
  }
  const capacity = f.load('i64', f.offset(object, list.capacity));
  const [some, none] = [f.fresh('elements'), f.fresh('none')];
  f.condBr(f.emit(`icmp ne i64 ${capacity}, 0`), some, none);
  f.block(some);
  freeAny(f, counting.heap, data, f.emit(`mul i64 ${capacity}, ${memoryBytes(element)}`));
  f.block(none);
  free(f, counting.heap, f.offset(object, -header.size), header.size + list.size);
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
  if (!isHeap(type) || type === 'str' || counting.shapes.leaf(type)) {
    release(f, counting, type, held);
    return;
  }
  callHelper(f, releaseLater, [held, dying]);
}

const releaseLater: Helper = {
  name: 'ts.release.later',
  result: 'void',
  params: { object: 'ptr', dying: 'ptr' },
  attributes: inlined,
  write(f) {
    f.condBr(isNull(f, '%object'), 'done', 'there');
    f.block('there');
    const at = references(f);
    const count = f.load('i64', at);
    f.condBr(f.emit(`icmp eq i64 ${count}, 1`), 'last', 'more');
    f.block('last');
    f.store('ptr', f.load('ptr', '%dying'), at);
    f.store('ptr', '%object', '%dying');
    f.ret();
    f.block('more');
    f.store('i64', f.emit(`sub i64 ${count}, 1`), at);
    f.block('done');
    f.ret();
  },
};
