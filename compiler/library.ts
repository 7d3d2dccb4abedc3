/**
 * The runtime's library inside the compiler: its IR is made once, when the package is built, and
 * each build takes from it the functions that it calls.
 */
import { readFileSync } from 'node:fs';
import { libraryPath } from './library-path.ts';
import { instantiate, instantiateSort, sortOf, templateOf } from './library-template.ts';
import { parseFunction, parseModule, parseTable } from './ir/parse.ts';
import { splitFunctions, splitTables } from './ir/split.ts';
import type { IrFunction, IrModule, IrRecord, IrTable, IrType } from './ir/types.ts';
import { walkOps } from './ir/walk.ts';
import { instantiateTable, tableFunctionOf } from './table-template.ts';

interface Library {
  /** By name, as text. */
  readonly functions: ReadonlyMap<string, string>;
  readonly tables: ReadonlyMap<string, string>;
  readonly records: ReadonlyMap<string, IrRecord>;
}

let known: Library | undefined;

function library(): Library {
  if (known) return known;
  const text = readFileSync(libraryPath(), 'utf8');
  const lines = text.match(/^record .*\n/gm) ?? [];
  const records = parseModule(lines.join('')).records.map(
    (record) => [record.name, record] as const,
  );
  known = {
    functions: splitFunctions(text),
    tables: splitTables(text),
    records: new Map(records),
  };
  return known;
}

/** A function of the library, or a copy of a template for lists of a type. @throws Error when there is none of that name */
export function libraryFunction(name: string, module?: IrModule): IrFunction {
  const table = tableFunctionOf(name);
  if (table) return instanceOf(table, name, module?.records ?? []);
  const sort = sortOf(name);
  if (sort) return sortInstance(sort, name, module);
  const instance = templateOf(name);
  const text = library().functions.get(instance?.template ?? name);
  if (text === undefined) throw new Error(`the library has no function ${name}`);
  const fn = parseFunction(text);
  return instance ? instantiate(fn, name, instance.list) : fn;
}

/** A copy of a template for the table of one of these records. */
function instanceOf(
  { template, record }: { readonly template: string; readonly record: string },
  name: string,
  records: readonly IrRecord[],
): IrFunction {
  const table = records.find((one) => one.name === record);
  const text = library().functions.get(template);
  if (!table || text === undefined) throw new Error(`the library has no function ${name}`);
  return instantiateTable(parseFunction(text), name, table);
}

/** A copy of a template that sorts for a comparison of the module's. */
function sortInstance(
  { template, list, comparison }: NonNullable<ReturnType<typeof sortOf>>,
  name: string,
  module: IrModule | undefined,
): IrFunction {
  const compare = module?.functions.find((fn) => fn.name === comparison);
  const text = library().functions.get(template);
  if (!compare || text === undefined) throw new Error(`the library has no function ${name}`);
  return instantiateSort(parseFunction(text), name, list, compare);
}

/** Adds to a module the records of the library that a function's types name. */
export function linkRecords(module: IrModule, fn: IrFunction): void {
  const { records } = library();
  const add = (type: IrType): void => {
    const [, name] = /(?:^|\.)rec\.(std\..*)$/.exec(type) ?? [];
    const record = name === undefined ? undefined : records.get(name);
    if (!record || module.records.some((other) => other.name === record.name)) return;
    module.records.push(record);
    record.members.forEach((member) => add(member.type));
    for (const other of [...(record.variants ?? []), ...(record.base ? [record.base] : [])])
      add(`rec.${other}`);
  };
  fn.params.forEach(({ value }) => add(value.type));
  fn.results.forEach(add);
  fn.locals.forEach(({ type }) => add(type));
  walkOps(fn.body, (op) => op.results.forEach(({ type }) => add(type)));
}

/** A table of the library. @throws Error when there is none of that name */
function libraryTable(name: string): IrTable {
  const text = library().tables.get(name);
  if (text === undefined) throw new Error(`the library has no table ${name}`);
  return parseTable(text);
}

/**
 * Adds to a module every library function that it calls, directly or through another one, and the tables
 * that those read.
 */
export function linkLibrary(module: IrModule): void {
  const known = new Set(module.functions.map((fn) => fn.name));
  const tables = new Set(module.tables?.map((table) => table.name));
  // Functions are appended while the array is walked.
  for (const fn of module.functions) {
    linkRecords(module, fn);
    walkOps(fn.body, (op) => {
      const { callee, table } = op.attributes;
      if (table !== undefined && !tables.has(table)) {
        tables.add(table);
        (module.tables ??= []).push(libraryTable(table));
      }
      if (callee === undefined || known.has(callee) || !callee.startsWith('std.')) return;
      known.add(callee);
      module.functions.push(libraryFunction(callee, module));
    });
  }
}
