/** Calls exports in the interpreter as JavaScript calls them in machine code: objects go by the wire. */
import * as wire from '../../runtime/wire.ts';
import { wireFunctions, type WireScript } from '../../runtime/wired.ts';
import { functionInfo } from '../4-emit/glue.ts';
import { createInterpreter, type InterpreterOptions } from '../ir/interpret.ts';
import type { IrModule } from '../ir/types.ts';
import { wireScripts } from './javascript.ts';
import { classesOf, shapesOf } from './shapes.ts';

export type Call = (...args: readonly unknown[]) => unknown;

/**
 * A module's exports as functions, by the ids of their functions. Instances have classes of their own, without methods.
 * @throws as the interpreter's calls do
 */
export function interpretedExports(
  module: IrModule,
  options: InterpreterOptions = {},
): Readonly<Record<string, Call | undefined>> {
  const interpreter = createInterpreter(module, options);
  const functions: Record<string, Call | undefined> = {};
  for (const exported of module.exports)
    functions[exported.callee] = (...args) => interpreter.callExport(exported, args);
  const manifest = {
    functions: module.exports.map((exported) => functionInfo(exported, new Map())),
    shapes: shapesOf(module),
    classes: classesOf(module),
  };
  const names = Object.keys(wire);
  const make = new Function(...names, `'use strict'; return ${wireScripts(module.exports)};`);
  const scripts = make(...Object.values({ ...wire })) as Record<string, WireScript>;
  const instances = wireFunctions(manifest, scripts, functions);
  const prototypes: object[] = [];
  manifest.classes.forEach(({ name, base }, kind) => {
    const parent = prototypes[base ?? -1] ?? Object.prototype;
    const prototype = Object.create(parent, { constructor: { value: { name } } }) as object;
    prototypes.push(prototype);
    instances.define(kind, prototype);
  });
  return functions;
}
