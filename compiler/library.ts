/**
 * The runtime's library inside the compiler: its IR is made once, when the package is built, and
 * each build takes from it the functions that it calls.
 */
import { readFileSync } from 'node:fs';
import { libraryPath } from './library-path.ts';
import { parseFunction, parseTable } from './ir/parse.ts';
import { splitFunctions, splitTables } from './ir/split.ts';
import type { IrFunction, IrModule, IrTable } from './ir/types.ts';
import { walkOps } from './ir/walk.ts';

interface Library {
  readonly functions: ReadonlyMap<string, string>;
  readonly tables: ReadonlyMap<string, string>;
}

let index: Library | undefined;

/** The library's functions and tables by name, as text. */
function library(): Library {
  if (!index) {
    const text = readFileSync(libraryPath(), 'utf8');
    index = { functions: splitFunctions(text), tables: splitTables(text) };
  }
  return index;
}

/** A function of the library. @throws Error when there is none of that name */
export function libraryFunction(name: string): IrFunction {
  const text = library().functions.get(name);
  if (text === undefined) throw new Error(`the library has no function ${name}`);
  return parseFunction(text);
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
    walkOps(fn.body, (op) => {
      const { callee, table } = op.attributes;
      if (table !== undefined && !tables.has(table)) {
        tables.add(table);
        (module.tables ??= []).push(libraryTable(table));
      }
      if (callee === undefined || known.has(callee) || !callee.startsWith('std.')) return;
      known.add(callee);
      module.functions.push(libraryFunction(callee));
    });
  }
}
