/**
 * Views and buffers that native code makes: allocation, reference counts and
 * freeing, written as LLVM functions that a module gets when it needs them.
 *
 * `view.new` makes one block of *links*, view struct and buffer struct, and the data
 * beside it; `view.sub` one of links and view struct. A view's own block is freed with the
 * view, but a `view.new` block lives as long as its buffer.
 *
 * All live views made during a call are linked in a list that starts at `context.views`, so
 * that what an error leaves behind can be freed without unwinding each function.
 */
import { elementSize, viewKind, type ViewType } from '../ir/types.ts';
import { contextAttributes } from './abi.ts';
import { allocateArrayBuffer, clearException } from './boundary/allocate.ts';
import {
  callC,
  callHelper,
  clearBytes,
  isNull,
  outOfLine,
  required,
  type Helper,
} from './helpers.ts';
import { buffer, context, immortal, view, viewKinds } from './layout.ts';
import type { LlvmFunction, LlvmModule } from './writer.ts';

/** The links of a native view, at negative offsets from its struct. */
const links = {
  size: 16,
  /** ptr: the next older view, or null. */
  next: -16,
  /** ptr to the pointer that points to this view: `context.views` or a `next`. */
  back: -8,
} as const;

/** The largest view in elements; what engines allow is less or equal (V8: 2^33). */
const maxLength = 2 ** 33;

/**
 * Writes the allocation of zeroed elements; returns the view, null where there is no memory.
 * `lasting` is for a view that JavaScript may get as a result.
 */
export function newView(
  f: LlvmFunction,
  ctx: string,
  type: ViewType,
  length: string,
  lasting: boolean,
): string {
  const kind = viewKind(type);
  const callee =
    lasting && !f.module.standsAlone
      ? required(f.module, 'ts.view.newLasting', defineNewLasting)
      : required(f.module, 'ts.view.new', defineNew);
  return f.call('ptr', callee, [
    ['ptr', ctx],
    ['i32', String(viewKinds.indexOf(kind))],
    ['i64', length],
    ['i64', String(elementSize(kind))],
  ]);
}

/** Writes the making of zeroed elements on the stack, as a view whose references nobody counts. */
export function stackView(f: LlvmFunction, type: ViewType, length: number): string {
  const kind = viewKind(type);
  const bytes = length * elementSize(kind);
  const [made, owner, data] = [view.size, buffer.size, bytes].map((size) =>
    f.alloca(`[${size} x i8]`, 'scratch'),
  ) as [string, string, string];
  clearBytes(f, data, String(bytes));
  const set = setter(f);
  set(made, view.data, 'ptr', data);
  set(made, view.length, 'i64', String(length));
  set(made, view.byteOffset, 'i64', '0');
  set(made, view.references, 'i64', String(immortal));
  set(made, view.buffer, 'ptr', owner);
  set(made, view.js, 'ptr', 'null');
  set(made, view.kind, 'i32', String(viewKinds.indexOf(kind)));
  set(made, view.number, 'i32', '0');
  set(made, view.kept, 'ptr', 'null');
  set(owner, buffer.data, 'ptr', data);
  set(owner, buffer.byteLength, 'i64', String(bytes));
  set(owner, buffer.references, 'i64', String(immortal));
  set(owner, buffer.js, 'ptr', 'null');
  set(owner, buffer.native, 'i32', '0');
  set(owner, buffer.view, 'ptr', 'null');
  return made;
}

/** Writes the making of a view of part of another's buffer, in elements; null where there is no memory. */
export function subView(
  f: LlvmFunction,
  ctx: string,
  type: ViewType,
  whole: string,
  start: string,
  length: string,
): string {
  return f.call('ptr', required(f.module, 'ts.view.sub', defineSub), [
    ['ptr', ctx],
    ['ptr', whole],
    ['i64', start],
    ['i64', length],
    ['i64', String(elementSize(viewKind(type)))],
  ]);
}

/** Writes one more reference to a view that may be null. */
export function retainView(f: LlvmFunction, pointer: string): void {
  whereCounted(f, pointer, (references, count) => {
    f.store('i64', f.emit(`add i64 ${count}, 1`), references);
  });
}

/** Writes one reference less to a view that may be null; the last one frees it. @param apart out of line */
export function releaseView(f: LlvmFunction, pointer: string, apart = false): void {
  if (!apart) return releaseHere(f, pointer);
  const callee = required(f.module, 'ts.view.release', (module, name) => {
    const own = module.define(name, 'void', [{ name: 'view', type: 'ptr' }], 'internal', outOfLine);
    releaseHere(own, '%view');
    own.ret();
  });
  f.call('void', callee, [['ptr', pointer]]);
}

function releaseHere(f: LlvmFunction, pointer: string): void {
  whereCounted(f, pointer, (references, count) => {
    const [last, more, done] = [f.fresh('last'), f.fresh('more'), f.fresh('released')];
    f.condBr(f.emit(`icmp eq i64 ${count}, 1`), last, more);
    f.block(last);
    f.call('void', required(f.module, 'ts.view.free', defineFree), [['ptr', pointer]]);
    f.br(done);
    f.block(more);
    f.store('i64', f.emit(`sub i64 ${count}, 1`), references);
    f.block(done);
  });
}

/**
 * Writes the freeing of every view that native code made since the context was set up and
 * that is still alive, whatever its count. Data whose buffer has `native` = 0 stays.
 */
export function sweepViews(f: LlvmFunction, ctx: string): void {
  f.call('void', required(f.module, 'ts.views.sweep', defineSweep), [['ptr', ctx]]);
}

/** Writes a loop over the live views that native code made since the context was set up. */
export function forEachMade(f: LlvmFunction, ctx: string, use: (made: string) => void): void {
  const at = f.alloca('ptr', 'made');
  const [again, some, done] = [f.fresh('again'), f.fresh('some'), f.fresh('none')];
  f.store('ptr', f.load('ptr', f.offset(ctx, context.views)), at);
  f.block(again);
  const made = f.load('ptr', at);
  f.condBr(isNull(f, made), done, some);
  f.block(some);
  f.store('ptr', f.load('ptr', f.offset(made, links.next)), at);
  use(made);
  f.br(again);
  f.block(done);
}

/** Runs `write` in the branch where the view is there and its references are counted. */
function whereCounted(
  f: LlvmFunction,
  pointer: string,
  write: (references: string, count: string) => void,
): void {
  const [present, counted, done] = [f.fresh('present'), f.fresh('counted'), f.fresh('done')];
  f.condBr(f.emit(`icmp eq ${f.module.spell('ptr')} ${pointer}, null`), done, present);
  f.block(present);
  const references = f.offset(pointer, view.references);
  const count = f.load('i64', references);
  f.condBr(f.emit(`icmp eq i64 ${count}, ${immortal}`), done, counted);
  f.block(counted);
  write(references, count);
  f.block(done);
}

const attributes = outOfLine;
const contextParameter = { name: 'ctx', type: 'ptr', attributes: contextAttributes };

const newParameters = [
  contextParameter,
  { name: 'kind', type: 'i32' },
  { name: 'length', type: 'i64' },
  { name: 'size', type: 'i64' },
];

function defineNew(module: LlvmModule, name: string): void {
  const f = module.define(name, 'ptr', newParameters, 'internal', attributes);
  f.condBr(f.emit(`icmp ugt i64 %length, ${maxLength}`), 'failed', 'fits');

  f.block('fits');
  const bytes = f.emit('mul i64 %length, %size');
  // calloc(0) may return null, which is no failure.
  const asked = f.emit(`call i64 @llvm.umax.i64(i64 ${bytes}, i64 1)`);
  module.declare('llvm.umax.i64', { result: 'i64', params: ['i64', 'i64'] });
  const data = calloc(f, asked);
  f.condBr(isNull(f, data), 'failed', 'gotData');

  f.block('gotData');
  const made = viewOver(f, bytes, data);
  f.condBr(isNull(f, made), 'noBlock', 'got');

  f.block('got');
  f.store('i32', '1', f.offset(made, view.size + buffer.native));
  f.ret('ptr', made);

  f.block('noBlock');
  free(f, data);
  f.block('failed');
  f.ret('ptr', 'null');
}

/** Lets JavaScript allocate the buffer, as often as the context allows. */
function defineNewLasting(module: LlvmModule, name: string): void {
  const plain = required(module, 'ts.view.new', defineNew);
  const f = module.define(name, 'ptr', newParameters, 'internal', attributes);
  const remaining = f.offset('%ctx', context.lastingBuffers);
  const count = f.load('i32', remaining);
  const fits = f.emit(`icmp ule i64 %length, ${maxLength}`);
  const may = f.emit(`icmp ne i32 ${count}, 0`);
  f.condBr(f.emit(`and i1 ${fits}, ${may}`), 'ask', 'plain');

  f.block('plain');
  f.ret(
    'ptr',
    f.call(
      'ptr',
      plain,
      newParameters.map(({ name, type }) => [type, `%${name}`]),
    ),
  );

  f.block('ask');
  f.store('i32', f.emit(`sub i32 ${count}, 1`), remaining);
  const bytes = f.emit('mul i64 %length, %size');
  const env = f.load('ptr', f.offset('%ctx', context.env));
  const arrayBuffer = allocateArrayBuffer(
    f,
    env,
    f.load('ptr', f.offset('%ctx', context.data)),
    bytes,
  );
  f.condBr(isNull(f, arrayBuffer.value), 'refused', 'allocated');
  f.block('allocated');
  const made = viewOver(f, bytes, arrayBuffer.data());
  f.condBr(isNull(f, made), 'failed', 'got');
  f.block('got');
  f.store('ptr', arrayBuffer.value, f.offset(made, view.size + buffer.js));
  f.ret('ptr', made);

  // The caller throws the error of its own site.
  f.block('refused');
  clearException(f, env);
  f.block('failed');
  f.ret('ptr', 'null');
}

/** Writes the making of a view and its buffer, of `%kind` and `%length`, over memory that is there; null where there is none for them. */
function viewOver(f: LlvmFunction, bytes: string, data: string): string {
  const name = required(f.module, 'ts.view.over', defineOver);
  return f.call('ptr', name, [
    ['ptr', '%ctx'],
    ['i32', '%kind'],
    ['i64', '%length'],
    ['i64', bytes],
    ['ptr', data],
  ]);
}

function defineOver(module: LlvmModule, name: string): void {
  const parameters = [
    contextParameter,
    { name: 'kind', type: 'i32' },
    { name: 'length', type: 'i64' },
    { name: 'bytes', type: 'i64' },
    { name: 'data', type: 'ptr' },
  ];
  const f = module.define(name, 'ptr', parameters, 'internal', attributes);
  const block = calloc(f, String(links.size + view.size + buffer.size));
  f.condBr(isNull(f, block), 'failed', 'got');

  f.block('got');
  const made = f.offset(block, links.size);
  const madeBuffer = f.offset(made, view.size);
  const set = setter(f);
  set(made, view.data, 'ptr', '%data');
  set(made, view.length, 'i64', '%length');
  set(made, view.references, 'i64', '1');
  set(made, view.buffer, 'ptr', madeBuffer);
  set(made, view.kind, 'i32', '%kind');
  set(madeBuffer, buffer.data, 'ptr', '%data');
  set(madeBuffer, buffer.byteLength, 'i64', '%bytes');
  set(madeBuffer, buffer.references, 'i64', '1');
  link(f, made);
  f.ret('ptr', made);

  f.block('failed');
  f.ret('ptr', 'null');
}

function defineSub(module: LlvmModule, name: string): void {
  const f = module.define(
    name,
    'ptr',
    [
      contextParameter,
      { name: 'whole', type: 'ptr' },
      { name: 'start', type: 'i64' },
      { name: 'length', type: 'i64' },
      { name: 'size', type: 'i64' },
    ],
    'internal',
    attributes,
  );
  const block = calloc(f, String(links.size + view.size));
  f.condBr(isNull(f, block), 'failed', 'got');

  f.block('got');
  const made = f.offset(block, links.size);
  const skipped = f.emit('mul i64 %start, %size');
  const data = f.load('ptr', f.offset('%whole', view.data));
  const byteOffset = f.load('i64', f.offset('%whole', view.byteOffset));
  const shared = f.load('ptr', f.offset('%whole', view.buffer));
  const set = setter(f);
  set(made, view.data, 'ptr', f.gep('i8', data, skipped));
  set(made, view.length, 'i64', '%length');
  set(made, view.byteOffset, 'i64', f.emit(`add i64 ${byteOffset}, ${skipped}`));
  set(made, view.references, 'i64', '1');
  set(made, view.buffer, 'ptr', shared);
  set(made, view.kind, 'i32', f.load('i32', f.offset('%whole', view.kind)));
  link(f, made);
  const references = f.offset(shared, buffer.references);
  const count = f.load('i64', references);
  f.condBr(f.emit(`icmp eq i64 ${count}, ${immortal}`), 'done', 'counted');
  f.block('counted');
  f.store('i64', f.emit(`add i64 ${count}, 1`), references);
  f.block('done');
  f.ret('ptr', made);

  f.block('failed');
  f.ret('ptr', 'null');
}

/**
 * Writes code in which nobody counts the references of views and their buffers, of which some views may be null:
 * several threads have them there. Gives what `write` gives.
 */
export function immortalWhile<T>(f: LlvmFunction, views: readonly string[], write: () => T): T {
  const counts = views.map((one) => ({
    view: callHelper(f, holdView, [one]),
    buffer: callHelper(f, holdBuffer, [one]),
  }));
  const given = write();
  // The same one may be there twice, held by the first.
  views.forEach((one, index) => {
    callHelper(f, dropView, [one, counts[index]?.view ?? '']);
    callHelper(f, dropBuffer, [one, counts[index]?.buffer ?? '']);
  });
  return given;
}

/** Makes a view, or its buffer, immortal and gives the count that it had. */
const hold = (name: string, counted: (f: LlvmFunction) => string): Helper => ({
  name,
  result: 'i64',
  params: { view: 'ptr' },
  attributes: outOfLine,
  write(f) {
    f.condBr(isNull(f, '%view'), 'immortal', 'there');
    f.block('there');
    const references = counted(f);
    const count = f.load('i64', references);
    // What is immortal already may be read by other threads now.
    f.condBr(f.emit(`icmp eq i64 ${count}, ${immortal}`), 'immortal', 'counted');
    f.block('counted');
    f.store('i64', String(immortal), references);
    f.ret('i64', count);
    f.block('immortal');
    f.ret('i64', String(immortal));
  },
});

/** Gives it the count back that it had before. */
const drop = (name: string, counted: (f: LlvmFunction) => string): Helper => ({
  name,
  result: 'void',
  params: { view: 'ptr', count: 'i64' },
  attributes: outOfLine,
  write(f) {
    f.condBr(f.emit(`icmp eq i64 %count, ${immortal}`), 'done', 'counted');
    f.block('counted');
    f.store('i64', '%count', counted(f));
    f.block('done');
    f.ret();
  },
});

const ofView = (f: LlvmFunction): string => f.offset('%view', view.references);
const ofBuffer = (f: LlvmFunction): string =>
  f.offset(f.load('ptr', f.offset('%view', view.buffer)), buffer.references);
const holdView = hold('ts.view.hold', ofView);
const dropView = drop('ts.view.drop', ofView);
const holdBuffer = hold('ts.buffer.hold', ofBuffer);
const dropBuffer = drop('ts.buffer.drop', ofBuffer);

function defineFree(module: LlvmModule, name: string): void {
  const f = module.define(name, 'void', [{ name: 'view', type: 'ptr' }], 'internal', attributes);
  const next = f.load('ptr', f.offset('%view', links.next));
  const back = f.load('ptr', f.offset('%view', links.back));
  f.store('ptr', next, back);
  f.condBr(isNull(f, next), 'unlinked', 'newer');
  f.block('newer');
  f.store('ptr', back, f.offset(next, links.back));

  f.block('unlinked');
  const owner = f.load('ptr', f.offset('%view', view.buffer));
  const inside = f.offset('%view', view.size);
  f.condBr(f.emit(`icmp eq ${module.spell('ptr')} ${owner}, ${inside}`), 'drop', 'own');
  f.block('own');
  free(f, f.offset('%view', -links.size));

  f.block('drop');
  const references = f.offset(owner, buffer.references);
  const count = f.load('i64', references);
  f.condBr(f.emit(`icmp eq i64 ${count}, ${immortal}`), 'done', 'counted');
  f.block('counted');
  f.condBr(f.emit(`icmp eq i64 ${count}, 1`), 'last', 'more');
  f.block('more');
  f.store('i64', f.emit(`sub i64 ${count}, 1`), references);
  f.ret();
  f.block('last');
  const native = f.load('i32', f.offset(owner, buffer.native));
  f.condBr(f.emit(`icmp eq i32 ${native}, 1`), 'data', 'block');
  f.block('data');
  free(f, f.load('ptr', f.offset(owner, buffer.data)));
  f.block('block');
  free(f, f.offset(owner, -view.size - links.size));
  f.block('done');
  f.ret();
}

function defineSweep(module: LlvmModule, name: string): void {
  const freeOne = required(module, 'ts.view.free', defineFree);
  const f = module.define(name, 'void', [contextParameter], 'internal', attributes);
  const head = f.offset('%ctx', context.views);
  f.block('next');
  const first = f.load('ptr', head);
  f.condBr(isNull(f, first), 'done', 'some');
  f.block('some');
  f.call('void', freeOne, [['ptr', first]]);
  f.br('next');
  f.block('done');
  f.ret();
}

/** Puts a new view at the front of the context's list. */
function link(f: LlvmFunction, made: string): void {
  const head = f.offset('%ctx', context.views);
  const next = f.offset(made, links.next);
  const older = f.load('ptr', head);
  f.store('ptr', older, next);
  f.store('ptr', head, f.offset(made, links.back));
  f.store('ptr', made, head);
  const [some, linked] = [f.fresh('older'), f.fresh('linked')];
  f.condBr(isNull(f, older), linked, some);
  f.block(some);
  f.store('ptr', next, f.offset(older, links.back));
  f.block(linked);
}

const setter =
  (f: LlvmFunction) =>
  (struct: string, offset: number, type: string, value: string): void =>
    f.store(type, value, f.offset(struct, offset));

const calloc = (f: LlvmFunction, bytes: string): string =>
  callC(f, 'ptr', 'calloc', [
    ['i64', bytes],
    ['i64', '1'],
  ]);

const free = (f: LlvmFunction, pointer: string): void =>
  void callC(f, 'void', 'free', [['ptr', pointer]]);
