/**
 * Instances of tagged classes, which JavaScript has wrappers of. A wrapper knows its instance by a *handle*: the
 * index in a table that keeps the instance alive, until JavaScript says that the wrapper is gone. An instance that
 * has a handle knows it by its mark, so that it never gets a second one.
 */
import { IrBuilder } from '../ir/build.ts';
import { isKindOf } from '../ir/records.ts';
import type {
  IrExport,
  IrFunction,
  IrModule,
  IrRecord,
  IrType,
  ListType,
  RecordType,
  Value,
} from '../ir/types.ts';

/** Any instance: a union of all tagged classes. */
const anyType = 'rec.wire.instance';
const tableType = 'rec.wire.instances';
const itemsType: ListType = `list.null.${anyType}`;
const global = 'wire.instances';

/** The functions of the table by their names in the module; JavaScript calls `kind` and `release`. */
export const instanceFunctions = {
  table: 'wire.instance.table',
  object: 'wire.instance.object',
  handle: 'wire.instance.handle',
  kind: 'wire.instance.kind',
  release: 'wire.instance.release',
} as const;

/** The tagged classes; the index of one is its *kind*, by which JavaScript knows it. */
export const wrappedClasses = (records: readonly IrRecord[]): readonly IrRecord[] =>
  records.filter(({ wrapped }) => wrapped);

/** The kinds of the instances that a reference of a type may be to. */
export function kindsOf(records: readonly IrRecord[], type: IrType): number[] {
  const byName = new Map(records.map((record) => [record.name, record]));
  return wrappedClasses(records).flatMap(({ name }, kind) =>
    isKindOf(byName, name, type.replace(/^rec\./, '')) ? [kind] : [],
  );
}

/** Adds the table and its functions to a module that has tagged classes. */
export function addInstances(module: IrModule): void {
  const classes = wrappedClasses(module.records);
  if (classes.length === 0) return;
  const plain = { undefined: false, null: false };
  module.records.push(
    {
      name: anyType.slice(4),
      sourceName: 'an instance',
      kind: 'union',
      members: [],
      variants: classes.map(({ name }) => name),
    },
    {
      name: tableType.slice(4),
      sourceName: 'the instances that JavaScript has',
      kind: 'object',
      members: [
        { name: 'items', type: itemsType, ...plain },
        { name: 'free', type: 'list.i32', ...plain },
      ],
    },
  );
  module.globals.push({
    name: global,
    type: tableType,
    kept: true,
    sourceName: global,
    span: undefined,
  });
  module.functions.push(table(), object(), handle(), kind(module.records), release());
  module.exports.push(
    internal(instanceFunctions.kind, { ...plain, type: 'u32' }),
    internal(instanceFunctions.release, undefined),
  );
}

const internal = (callee: string, result: IrExport['result']): IrExport => ({
  callee,
  name: callee,
  params: [{ name: 'handle', type: 'u32', undefined: false, null: false }],
  result,
  span: undefined,
  internal: true,
});

/** The instance of a handle that JavaScript passed, as a type that it is of. */
export function objectOf(b: IrBuilder, handle: Value, type: RecordType): Value {
  const [object] = b.call(instanceFunctions.object, [handle], [anyType]);
  if (!object) throw new Error('a handle has an object');
  return b.op('rec.as', [object], type);
}

/** The handle of an instance that goes to JavaScript, which gets one if it has none. */
export function handleOf(b: IrBuilder, object: Value): Value {
  const [made] = b.call(instanceFunctions.handle, [b.op('rec.as', [object], anyType)], ['u32']);
  if (!made) throw new Error('an instance has a handle');
  return made;
}

/** The table, which is made when it is first asked for. */
function table(): IrFunction {
  const b = new IrBuilder(instanceFunctions.table);
  b.fn.results.push(tableType);
  const local = b.local('table', tableType);
  b.set(local, b.op('state.get', [], tableType, { global }));
  b.if(b.op('is.null', [b.get(local)]), () => {
    const none = b.const('i64', 0n);
    const lists = [b.op('list.new', [none], itemsType), b.op('list.new', [none], 'list.i32')];
    b.set(local, b.op('rec.new', lists, tableType));
    b.effect('state.set', [b.get(local)], { global });
  });
  b.return([b.get(local)]);
  return b.fn;
}

interface Table {
  readonly items: Value;
  /** Handles that are not in use. */
  readonly free: Value;
}

function useTable(b: IrBuilder): Table {
  const [held] = b.call(instanceFunctions.table, [], [tableType]);
  if (!held) throw new Error('there is a table');
  return {
    items: b.op('rec.get', [held], itemsType, { slot: 'items' }),
    free: b.op('rec.get', [held], 'list.i32', { slot: 'free' }),
  };
}

function object(): IrFunction {
  const b = new IrBuilder(instanceFunctions.object);
  const index = b.op('conv', [b.param('handle', 'u32')], 'i64');
  b.fn.results.push(anyType);
  b.return([b.op('list.load', [useTable(b).items, index], anyType)]);
  return b.fn;
}

function handle(): IrFunction {
  const b = new IrBuilder(instanceFunctions.handle);
  const instance = b.param('object', anyType);
  b.fn.results.push('u32');
  const one = b.const('u32', 1);
  const mark = b.op('mark.get', [instance]);
  b.if(b.op('ne', [mark, b.const('u32', 0)]), () => b.return([b.op('sub', [mark, one])]));
  const { items, free } = useTable(b);
  const index = b.local('index', 'i64');
  const count = b.op('list.length', [free]);
  b.if(
    b.op('eq', [count, b.const('i64', 0n)]),
    () => {
      b.set(index, b.op('list.length', [items]));
      b.effect('list.push', [items, instance]);
    },
    () => {
      const last = b.op('sub', [count, b.const('i64', 1n)]);
      b.set(index, b.op('conv', [b.op('list.load', [free, last], 'i32')], 'i64'));
      b.effect('list.truncate', [free, last]);
      b.effect('list.store', [items, b.get(index), instance]);
    },
  );
  const made = b.op('conv', [b.get(index)], 'u32');
  b.effect('mark.set', [instance, b.op('add', [made, one])]);
  b.return([made]);
  return b.fn;
}

/** Which class an instance is of itself. */
function kind(records: readonly IrRecord[]): IrFunction {
  const b = new IrBuilder(instanceFunctions.kind);
  const [instance] = b.call(instanceFunctions.object, [b.param('handle', 'u32')], [anyType]);
  b.fn.results.push('u32');
  const byName = new Map(records.map((record) => [record.name, record]));
  const depth = ({ base }: IrRecord): number => {
    const parent = base === undefined ? undefined : byName.get(base);
    return parent ? 1 + depth(parent) : 0;
  };
  const classes = wrappedClasses(records).map((record, index) => ({ record, index }));
  // An instance is of all classes that its own extends, so those that extend others are asked about first.
  for (const { record, index } of classes.sort((x, y) => depth(y.record) - depth(x.record)))
    if (instance)
      b.if(b.op('rec.is', [instance], undefined, { record: record.name }), () =>
        b.return([b.const('u32', index)]),
      );
  b.return([b.const('u32', 0)]);
  return b.fn;
}

/** Forgets an instance whose wrapper is gone. */
function release(): IrFunction {
  const b = new IrBuilder(instanceFunctions.release);
  const given = b.param('handle', 'u32');
  const [instance] = b.call(instanceFunctions.object, [given], [anyType]);
  if (!instance) throw new Error('a handle has an object');
  const { items, free } = useTable(b);
  b.effect('mark.set', [instance, b.const('u32', 0)]);
  b.effect('list.store', [items, b.op('conv', [given], 'i64'), b.op('null', [], anyType)]);
  b.effect('list.push', [free, b.op('conv', [given], 'i32')]);
  b.return([]);
  return b.fn;
}
