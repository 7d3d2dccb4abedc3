/**
 * Constants that code reads only where it has got an object or a function as a value from somewhere else. A call of a
 * method may reach those of all classes of the build, and a call of a value all functions that may be one: also those of modules
 * that JavaScript hasn't loaded. There are no instances of these then, and what makes one asks for their constants itself.
 */
import type { NativeFunction } from '../1-read/model.ts';
import type { IrExport, IrFunction, IrModule, RecordType } from '../ir/types.ts';
import { isRecord } from '../ir/types.ts';
import { reachedFrom, walkOps } from '../ir/walk.ts';
import type { Closures } from './functions/closures.ts';

/** The functions of a module that run only for an object that some other code has made. */
interface Entered {
  readonly closures: Pick<Closures, 'functionOf' | 'isDispatcher'>;
  /** The records of the classes that have a method, by its function. */
  readonly owners: ReadonlyMap<string, RecordType>;
  /** The methods that an instance of a class has, with those that it inherits. */
  readonly methodsOf: ReadonlyMap<RecordType, readonly string[]>;
}

/** The exports of a module, with the constants that are implied where there are some. */
export function withImpliedGlobals(
  module: IrModule,
  closures: Closures,
  natives: readonly NativeFunction[],
): IrExport[] {
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  const entered = { closures, ...methodsIn(natives) };
  return module.exports.map((exported) => {
    if (exported.steady) return exported;
    const all = globalsIn(reachedFrom(exported.callee, functions));
    const certain = all.size === 0 ? all : globalsIn(surelyReached(exported, functions, entered));
    const implied = [...all].filter((name) => !certain.has(name));
    return implied.length === 0 ? exported : { ...exported, implied };
  });
}

function methodsIn(natives: readonly NativeFunction[]): Omit<Entered, 'closures'> {
  const methods = natives.filter(({ method }) => method && method.kind !== 'constructor');
  const owners = new Map(
    methods.flatMap(({ id, method }) => (method ? [[id, method.owner.record] as const] : [])),
  );
  const methodsOf = new Map<RecordType, string[]>();
  const classes = new Set(natives.flatMap(({ method }) => method?.owner ?? []));
  for (const own of classes) {
    const line = new Set<RecordType>();
    for (let one: typeof own | undefined = own; one; one = one.base) line.add(one.record);
    const ids = [...owners].flatMap(([id, record]) => (line.has(record) ? [id] : []));
    methodsOf.set(own.record, ids);
  }
  return { owners, methodsOf };
}

/** What an export reaches without objects that others have made. */
function surelyReached(
  { callee }: IrExport,
  functions: ReadonlyMap<string, IrFunction>,
  { closures, owners, methodsOf }: Entered,
): IrFunction[] {
  const first = functions.get(callee);
  const reached = new Set<IrFunction>(first ? [first] : []);
  const add = (name: string | undefined): void => {
    const fn = name === undefined ? undefined : functions.get(name);
    if (fn) reached.add(fn);
  };
  // The set grows while it is walked.
  for (const fn of reached)
    walkOps(fn.body, ({ op, results: [made], attributes: { callee: called } }) => {
      if (op === 'rec.new' && made && isRecord(made.type)) {
        add(closures.functionOf(made.type));
        methodsOf.get(made.type)?.forEach(add);
      }
      const isImplied =
        called === undefined || owners.has(called) || closures.isDispatcher(fn.name);
      if (!isImplied) add(called);
    });
  return [...reached];
}

function globalsIn(functions: readonly IrFunction[]): Set<string> {
  const names = new Set<string>();
  for (const { body } of functions)
    walkOps(body, ({ op, attributes: { global } }) => {
      if (op === 'global.get' && global !== undefined) names.add(global);
    });
  return names;
}
