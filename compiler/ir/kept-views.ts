/**
 * Typed arrays in objects that outlive calls: instances of classes that JavaScript has too, functions that C keeps, and
 * what those hold.
 *
 * A view stands for a typed array during one call: where its elements are JavaScript may change between two. So the
 * slots of such objects hold what keeps the typed array itself (`view.keep`), of which each call gets its view
 * (`view.kept`).
 */
import { partsOf } from './parts.ts';
import { recordOf, slotsOf, storageOf, type Records } from './records.ts';
import {
  isRecord,
  isView,
  type IrFunction,
  type IrModule,
  type IrRecord,
  type IrType,
  type Operation,
  type Value,
} from './types.ts';
import { rewriteOps } from './walk.ts';

type Module = Records & Pick<IrModule, 'functions'>;

/** The types of the functions that C keeps. */
function keptFunctions({ functions }: Module): IrType[] {
  const kept = new Set(
    functions.flatMap(({ extern }) =>
      (extern?.params ?? []).flatMap(({ callback }) => (callback?.kept ? callback.callee : [])),
    ),
  );
  return functions.flatMap(({ name, params: [fn] }) => (kept.has(name) && fn ? fn.value.type : []));
}

/** The names of the records whose objects may outlive calls. */
export function lastingRecords(module: Module): ReadonlySet<string> {
  const { records } = module;
  const reached = new Set<IrType>([
    ...records.filter(({ wrapped }) => wrapped).map(({ name }): IrType => `rec.${name}`),
    ...keptFunctions(module),
  ]);
  // The set grows while it is walked. What one record has where, those that extend it have there too.
  for (const type of reached) {
    for (const part of partsOf(module, type)) reached.add(part);
    if (!isRecord(type)) continue;
    const { name, base } = recordOf(module, type);
    if (base !== undefined) reached.add(`rec.${base}`);
    for (const other of records) if (other.base === name) reached.add(`rec.${other.name}`);
  }
  return new Set([...reached].filter(isRecord).map((type) => recordOf(module, type).name));
}

/** The records whose objects may outlive calls and have slots of typed arrays. */
export function keepingRecords(module: Module): IrRecord[] {
  const lasting = lastingRecords(module);
  return module.records.filter(
    ({ name, members }) => lasting.has(name) && members.some(({ type }) => isView(type)),
  );
}

/** Makes the slots of a module's objects hold what keeps typed arrays, where objects may outlive calls. */
export function keepViews(module: IrModule): void {
  const keeping = new Map(
    keepingRecords(module).map((record) => [
      `rec.${record.name}` as IrType,
      { ...record, keeps: true },
    ]),
  );
  if (keeping.size === 0) return;
  module.records = module.records.map((record) => keeping.get(`rec.${record.name}`) ?? record);
  for (const fn of module.functions)
    rewriteOps(fn.body, (op) => {
      const record = keeping.get((op.op === 'rec.new' ? op.results : op.args)[0]?.type ?? 'bool');
      return record && kept(fn, op, record);
    });
}

/** An operation on the slots of such an object, with what keeps the typed arrays that it reads or writes. */
function kept(fn: IrFunction, op: Operation, record: IrRecord): Operation[] | undefined {
  const { span } = op;
  const make = (
    name: Operation['op'],
    args: Value[],
    result: Value,
    attributes: Operation['attributes'] = {},
  ): Operation => ({ kind: 'op', op: name, args, results: [result], attributes, span });
  const keeper = (): Value => ({ id: fn.nextValue++, type: 'js' });
  const [object, value] = op.args;
  const [result] = op.results;
  switch (op.op) {
    case 'rec.get': {
      if (!object || !result || !isView(result.type)) return undefined;
      const name = op.attributes.slot ?? '';
      const member = record.members.find((one) => one.name === name);
      const held = keeper();
      return [
        { ...op, results: [held] },
        make('view.kept', [held], result, {
          subject: `${record.sourceName}.${name}`,
          // What is in a slot whose tag says that there is nothing is null.
          ...(member && storageOf(member) !== 'plain' && { absent: true }),
        }),
      ];
    }
    case 'rec.set': {
      if (!object || !value || !isView(value.type)) return undefined;
      const held = keeper();
      return [make('view.keep', [value], held), { ...op, args: [object, held] }];
    }
    case 'rec.new': {
      const slots = slotsOf(record);
      const keeps: Operation[] = [];
      const args = op.args.map((arg, index) => {
        if (slots[index]?.type !== 'js' || !isView(arg.type)) return arg;
        const held = keeper();
        keeps.push(make('view.keep', [arg], held));
        return held;
      });
      return keeps.length === 0 ? undefined : [...keeps, { ...op, args }];
    }
  }
  return undefined;
}
