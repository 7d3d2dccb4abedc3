/** What async functions can't do, as they run off the thread of JavaScript: told once all that they call is there. */
import { Node } from '../ts-morph.ts';
import type { Reading } from '../1-read/model.ts';
import { placeOf } from '../1-read/places.ts';
import { nameNodeOf } from '../1-read/signatures.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { isHeap, type IrFunction, type IrModule, type Operation } from '../ir/types.ts';
import { reachedFrom, walkOps } from '../ir/walk.ts';

interface Problem {
  readonly what: string;
  readonly why: string;
  readonly rewrite: string;
}

/** What is wrong with the async functions of a module, one for each. */
export function offThreadProblems(module: IrModule, { functions }: Reading): Diagnostic[] {
  const known = new Map(module.functions.map((fn) => [fn.name, fn]));
  return functions.flatMap(({ isAsync, id, name, node, params, result }) => {
    if (!isAsync || Node.isClassDeclaration(node)) return [];
    const crossing = [...params.map(({ hint }) => hint), result];
    const isObject = crossing.some(({ type }) => type !== undefined && isHeap(type));
    const problem = isObject ? crossingObject : problemIn(reachedFrom(id, known));
    return problem ? [codes.asyncValue(placeOf(nameNodeOf(node)), { name, ...problem })] : [];
  });
}

const crossingObject: Problem = {
  what: 'objects, arrays, strings or functions as parameters or result',
  why: 'They are not handed over to other threads yet.',
  rewrite: 'Numbers, booleans and typed arrays.',
};

/** The first of what only the thread of JavaScript may do. */
function problemIn(reached: readonly IrFunction[]): Problem | undefined {
  let problem: Problem | undefined;
  for (const { body, foreign, name } of reached) {
    if (foreign) problem ??= callsJavaScript(name);
    walkOps(body, (op) => (problem ??= problemOf(op)));
  }
  return problem;
}

const callsJavaScript = (name: string): Problem => ({
  what: `the function \`${name}\` of JavaScript`,
  why: 'JavaScript has one thread, which does not wait for native code here.',
  rewrite: 'Compute what it gives before the call, or do without async.',
});

function problemOf({ op, args, results, attributes }: Operation): Problem | undefined {
  switch (op) {
    case 'state.get':
    case 'state.set':
      return {
        what: `\`${attributes.global ?? ''}\`, an object of the module`,
        why: 'Objects of a module belong to the thread of JavaScript, which counts their references.',
        rewrite: 'Make the object in the function, or use a typed array.',
      };
    case 'error.message':
      return {
        what: 'the message of an error that it catches',
        why: 'The thread of JavaScript makes the texts of errors.',
        rewrite: 'Let the error leave the function: the promise is rejected with it.',
      };
  }
  return [...args, ...results].some(({ type }) => type === 'js')
    ? callsJavaScript('a parameter')
    : undefined;
}
