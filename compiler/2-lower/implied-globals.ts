/**
 * Constants that code reads only where it has got an object or a function as a value from somewhere else. A call of a
 * method may reach those of all classes of the build, and a call of a value all functions that may be one: also those of modules
 * that JavaScript hasn't loaded. There are no instances of these then, and what makes one asks for their constants itself.
 */
import type { NativeFunction } from '../1-read/model.ts';
import type { IrExport, IrFunction, IrModule, RecordType } from '../ir/types.ts';
import { isRecord } from '../ir/types.ts';
import { CallGraph } from '../ir/call-graph.ts';
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
  const graph = new CallGraph(module.functions);
  const entered = { closures, ...methodsIn(natives) };
  return module.exports.map((exported) => {
    if (exported.steady) return exported;
    const all = globalsIn(graph.reachedFrom(exported.callee), graph);
    const certain =
      all.size === 0 ? all : globalsIn(surelyReached(exported, graph, entered), graph);
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
  graph: CallGraph,
  { closures, owners, methodsOf }: Entered,
): IrFunction[] {
  const reached = new Set<IrFunction>();
  const add = (name: string | undefined): void => {
    const fn = name === undefined ? undefined : graph.get(name);
    if (fn) reached.add(fn);
  };
  add(callee);
  // The set grows while it is walked.
  for (const fn of reached)
    for (const { op, results, attributes } of graph.operationsOf(fn)) {
      const [made] = results;
      const { callee: called } = attributes;
      if (op === 'rec.new' && made && isRecord(made.type)) {
        add(closures.functionOf(made.type));
        methodsOf.get(made.type)?.forEach(add);
      }
      const isImplied =
        called === undefined || owners.has(called) || closures.isDispatcher(fn.name);
      if (!isImplied) add(called);
    }
  return [...reached];
}

const globalsIn = (functions: readonly IrFunction[], graph: CallGraph): Set<string> =>
  new Set(
    functions.flatMap((fn) =>
      graph
        .operationsOf(fn)
        .flatMap(({ op, attributes: { global } }) =>
          op === 'global.get' && global !== undefined ? [global] : [],
        ),
    ),
  );
