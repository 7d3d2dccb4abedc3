/**
 * The runtime's library inside the compiler: its IR is made once, when the package is built, and
 * each build takes from it the functions that it calls.
 */
import { readFileSync } from 'node:fs';
import { libraryPath } from './library-path.ts';
import { parseFunction } from './ir/parse.ts';
import { splitFunctions } from './ir/split.ts';
import type { IrFunction, IrModule } from './ir/types.ts';
import { walkOps } from './ir/walk.ts';

let index: Map<string, string> | undefined;

/** The library's functions by name, as text. */
function library(): Map<string, string> {
  index ??= splitFunctions(readFileSync(libraryPath(), 'utf8'));
  return index;
}

/** A function of the library. @throws Error when there is none of that name */
export function libraryFunction(name: string): IrFunction {
  const text = library().get(name);
  if (text === undefined) throw new Error(`the library has no function ${name}`);
  return parseFunction(text);
}

/** Adds to a module every library function that it calls, directly or through another one. */
export function linkLibrary(module: IrModule): void {
  const known = new Set(module.functions.map((fn) => fn.name));
  // Functions are appended while the array is walked.
  for (const fn of module.functions) {
    walkOps(fn.body, (op) => {
      const { callee } = op.attributes;
      if (callee === undefined || known.has(callee) || !callee.startsWith('std.')) return;
      known.add(callee);
      module.functions.push(libraryFunction(callee));
    });
  }
}
