/** What was made of units apart, put together. */
import type { LoweringResult } from '../2-lower/index.ts';
import { plainLoops, type PlainLoop } from '../2-lower/parallel/advice.ts';
import { nameSymbols } from '../4-emit/c/names.ts';
import type { IrModule } from '../ir/types.ts';

/** @throws Error where two modules have different things of one name */
export function mergeModules(modules: readonly IrModule[]): IrModule {
  // Their names tell what is in them.
  const tables = once(
    modules.flatMap((module) => module.tables ?? []),
    ({ name }) => name,
  );
  const functions = distinct(modules.flatMap((module) => module.functions));
  // Functions of several units may have one name.
  const symbols = nameSymbols(
    modules.flatMap((module) => module.symbols ?? []),
    functions,
  );
  return {
    records: distinct(modules.flatMap(({ records }) => records)),
    functions,
    globals: distinct(modules.flatMap(({ globals }) => globals)),
    exports: modules.flatMap(({ exports }) => exports),
    ...(tables.length > 0 && { tables }),
    ...(symbols.length > 0 && { symbols }),
  };
}

/** Each name once: what is of the library is the same wherever it has the same name. */
function distinct<T extends { readonly name: string }>(items: readonly T[]): T[] {
  const byName = new Map<string, T>();
  for (const item of items) {
    if (byName.has(item.name) && !item.name.startsWith('std.'))
      throw new Error(`two units have ${item.name}`);
    if (!byName.has(item.name)) byName.set(item.name, item);
  }
  return [...byName.values()];
}

/** The lowered modules are put together as they are, to be looked at. */
export function mergeLowerings(results: readonly LoweringResult[]): LoweringResult {
  const all = <K extends keyof LoweringResult>(key: K): LoweringResult[K][] =>
    results.map((one) => one[key]);
  // What several units call, each has.
  const functions = once(all('functions').flat(), ({ file, node, name }) =>
    [file.getFilePath(), node.getPos(), name].join(':'),
  );
  const parallel = once(all('parallel').flat(), ({ file, line }) => `${file}:${line}`);
  return {
    module: mergeModules(all('module')),
    functions,
    globals: all('globals').flat(),
    objects: all('objects').flat(),
    inner: all('inner').flat(),
    endings: all('endings').flat(),
    receivers: new Map(all('receivers').flatMap((some) => [...some])),
    callers: new Map(all('callers').flatMap((some) => [...some])),
    callbacks: once(all('callbacks').flat(), (one) => JSON.stringify(one)),
    parallel,
    plain:
      parallel.length > 0
        ? once(results.flatMap(plainIn), ({ file, line }) => `${file}:${line}`)
        : [],
    widenings: all('widenings').flat(),
    diagnostics: all('diagnostics').flat(),
  };
}

const plain = new WeakMap<LoweringResult, readonly PlainLoop[]>();

/** The loops of a unit that run on one thread. */
function plainIn(result: LoweringResult): readonly PlainLoop[] {
  const known = plain.get(result) ?? plainLoops(result.functions);
  plain.set(result, known);
  return known;
}

const once = <T>(items: readonly T[], keyOf: (item: T) => string): T[] => {
  const byKey = new Map<string, T>();
  for (const item of items) if (!byKey.has(keyOf(item))) byKey.set(keyOf(item), item);
  return [...byKey.values()];
};
