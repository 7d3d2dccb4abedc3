/** What async functions can't do, as they run off the thread of JavaScript: told once all that they call is there. */
import { Node } from '../ts-morph.ts';
import type { Reading } from '../1-read/model.ts';
import { placeOf } from '../1-read/places.ts';
import { nameNodeOf } from '../1-read/signatures.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { partsOf, typeName } from '../ir/parts.ts';
import { lastingRecords } from '../ir/kept-views.ts';
import { isCallable, isWrapped, recordName, type Records } from '../ir/records.ts';
import {
  isRecord,
  isView,
  type IrFunction,
  type IrModule,
  type IrType,
  type Operation,
} from '../ir/types.ts';
import { reachedFrom, walkOps } from '../ir/walk.ts';

interface Problem {
  readonly what: string;
  readonly why: string;
  readonly rewrite: string;
}

/** What is wrong with the async functions of a module, one for each. */
export function offThreadProblems(module: IrModule, { functions, records }: Reading): Diagnostic[] {
  const known = new Map(module.functions.map((fn) => [fn.name, fn]));
  const lasting = lastingRecords(module);
  return functions.flatMap(({ isAsync, id, name, node, params, result }) => {
    if (!isAsync || Node.isClassDeclaration(node)) return [];
    const crossing = [...params.map(({ hint }) => hint), result].map(({ type }) => type);
    const problem =
      crossingProblem(records, crossing) ?? problemIn(reachedFrom(id, known), lasting);
    return problem ? [codes.asyncValue(placeOf(nameNodeOf(node)), { name, ...problem })] : [];
  });
}

/** What can't be copied for another thread. */
function crossingProblem(
  records: Records,
  types: readonly (IrType | undefined)[],
): Problem | undefined {
  const reached = new Set(types.filter((type) => type !== undefined));
  // The set grows while it is walked.
  for (const type of reached) {
    if (isCallable(records, type))
      return {
        ...callsJavaScript(typeName(records, type)),
        rewrite:
          'Compute what it gives before the call. One that is told how far the call is: progress?: Progress, of the tsnative package, as the last parameter.',
      };
    if (isWrapped(records, type))
      return {
        what: `instances of the class \`${typeName(records, type)}\``,
        why: 'They belong to the thread of JavaScript, which may use them meanwhile.',
        rewrite: 'An interface with what goes in and out, or a typed array.',
      };
    for (const part of partsOf(records, type)) reached.add(part);
  }
  return undefined;
}

/** The first of what only the thread of JavaScript may do. */
function problemIn(
  reached: readonly IrFunction[],
  lasting: ReadonlySet<string>,
): Problem | undefined {
  let problem: Problem | undefined;
  for (const { body, foreign, name } of reached) {
    if (foreign) problem ??= callsJavaScript(name);
    walkOps(body, (op) => (problem ??= problemOf(op) ?? keptProblem(op, lasting)));
  }
  return problem;
}

const callsJavaScript = (name: string): Problem => ({
  what: `the function \`${name}\` of JavaScript`,
  why: 'JavaScript has one thread, which does not wait for native code here.',
  rewrite: 'Compute what it gives before the call, or do without async.',
});

/** Typed arrays in objects that may outlive calls. */
function keptProblem(op: Operation, lasting: ReadonlySet<string>): Problem | undefined {
  const [object, ...values] = op.op === 'rec.new' ? [...op.results, ...op.args] : op.args;
  const held = op.op === 'rec.get' ? op.results : values;
  if (!object || !isRecord(object.type) || !lasting.has(recordName(object.type))) return undefined;
  if (!op.op.startsWith('rec.') || !held.some(({ type }) => isView(type))) return undefined;
  return {
    what: 'a typed array in an object that JavaScript may have',
    why: 'The thread of JavaScript knows where its elements are.',
    rewrite: 'Pass the typed array as an argument, or do without async.',
  };
}

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
