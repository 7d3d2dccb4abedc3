/** Identifiers: variables, parameters, module constants and the global names of numbers. */
import { ts, type Identifier, type Node } from '../../ts-morph.ts';
import type { HintType } from '../../1-read/model.ts';
import { placeOf } from '../../1-read/places.ts';
import { codes } from '../../diagnostics/codes.ts';
import { closureOf, closureOfNative } from '../functions/closures.ts';
import { symbolOf, type Construct, type Lowering, type Variable } from '../lowering.ts';
import { valueOperand, type Operand } from '../operands.ts';
import { readVariable } from '../statements/variables.ts';
import { isGlobal } from './globals.ts';
import { globalConstant } from './members.ts';
import { namesProgress, refuseProgress } from './progress.ts';
import { namesSignal, refuseSignal } from './signal.ts';

/** The ReferenceError for a variable of a `switch` whose declaration may not have run. */
export function throwBeforeDeclaration(
  l: Lowering,
  { initialized, name }: Extract<Variable, { kind: 'local' }>,
): void {
  if (initialized === undefined) return;
  l.b.if(
    l.b.get(initialized),
    () => {},
    () => l.b.throw('ReferenceError', [`Cannot access '${name}' before initialization`]),
  );
}

/** @param expected the type of what the value is for, where that is known */
export function lowerName(l: Lowering, node: Identifier, expected?: HintType): Operand {
  const variable = l.lookup(node);
  const name = node.getText();
  if (!variable && namesSignal(node)) return refuseSignal(l, node);
  if (!variable && namesProgress(node)) return refuseProgress(l, node);
  if (variable?.kind === 'constant') return variable.operand;
  if (variable?.kind === 'function') return closureOf(l, variable, expected);
  if (variable) {
    throwBeforeDeclaration(l, variable);
    return readVariable(l, variable);
  }
  if (isGlobal(node, name)) {
    if (name === 'undefined') return { kind: 'absent', absent: 'undefined' };
    if (name === 'NaN') return valueOperand(l.constant('f64', NaN));
    if (name === 'Infinity') return valueOperand(l.constant('f64', Infinity));
  }
  const renamed = l.globalOf(node);
  const ofGlobal = renamed === undefined ? undefined : globalConstant(l, renamed);
  if (ofGlobal) return ofGlobal;
  return lowerFunctionName(l, node, expected) ?? lowerConstant(l, node) ?? refuseName(l, node);
}

/** A name, or `namespace.name`, of a module-level variable; undefined where it names something else. */
export function lowerConstant(l: Lowering, name: Node): Operand | undefined {
  const constant = l.module.reading.resolveConstant(name);
  if (constant === undefined) return undefined;
  if ('code' in constant) return l.refuse(constant);
  if (constant.kind === 'text') return valueOperand(l.text(constant.text));
  if (constant.kind === 'literal') return valueOperand(l.constant(constant.type, constant.value));
  if (constant.kind === 'object') return valueOperand(l.object(constant));
  l.module.requireGlobal(constant);
  return valueOperand(l.b.op('global.get', [], constant.type, { global: constant.id }));
}

/**
 * A function of the module as a value; undefined where a name stands for none.
 * @param expected the type of what it is for, where that is known
 */
export function lowerFunctionName(
  l: Lowering,
  name: Node,
  expected?: HintType,
): Operand | undefined {
  const fn = l.module.reading.resolveCallee(name);
  if (fn === undefined) return undefined;
  return 'code' in fn ? l.refuse(fn) : closureOfNative(l, fn, expected);
}

/** Globals that people use every day, and what can stand in their place. */
const javaScriptAlone: Readonly<
  Partial<Record<string, (caller: string) => Pick<Construct, 'why' | 'rewrite'>>>
> = {
  Object: () => ({
    why: 'Which properties an object has that JavaScript made, and in which order, its type does not tell.',
    rewrite:
      'The properties by their names: [p.x, p.y]; { ...p, x: 1 } for a copy; a Map for keys that are known only when it runs.',
  }),
  JSON: (caller) => ({
    why: 'Its text has all properties of an object in their order, which types do not tell.',
    rewrite: `A template with the properties by their names; or JSON in the JavaScript that calls \`${caller}\`.`,
  }),
  console: () => ({
    why: 'Only JavaScript writes to its console.',
    rewrite:
      'A parameter that is called instead, as log: (text: string) => void; or return the text.',
  }),
  Date: (caller) => ({
    why: 'It asks the clock and the time zone.',
    rewrite: `A parameter for the milliseconds: pass Date.now() in the JavaScript that calls \`${caller}\`.`,
  }),
};

const otherGlobal =
  (name: string) =>
  (caller: string): Pick<Construct, 'why' | 'rewrite'> => ({
    why: "Of JavaScript's globals native code has Math, Number, BigInt, Boolean, isNaN, isFinite, NaN, Infinity and the typed arrays, and only to call them and read their members.",
    rewrite: `Use \`${name}\` in the JavaScript that calls \`${caller}\`, and pass numbers in as parameters or return them.`,
  });

/** A name that has no value in native code. */
function refuseName(l: Lowering, node: Identifier): never {
  const place = placeOf(node);
  const name = node.getText();
  // What the parser puts where a name is missing.
  if (name === '') return l.refuse(undefined);
  if (name === 'arguments') return l.refuse(codes.argumentsObject(place, {}));
  const caller = l.native.name;
  const isDeclared = (node.getSymbol()?.getDeclarations().length ?? 0) > 0 || name === 'globalThis';
  if (isDeclared && isGlobal(node, name)) {
    const { why, rewrite } = (javaScriptAlone[name] ?? otherGlobal(name))(caller);
    return l.refuse(codes.globalValue(place, { name, why, rewrite }));
  }
  const declaration = symbolOf(node)?.valueDeclaration;
  const isInside = (around: ts.Node): boolean =>
    declaration?.getSourceFile() === around.getSourceFile() &&
    declaration.pos >= around.pos &&
    declaration.end <= around.end;
  if (isInside(l.root.node.compilerNode)) {
    return l.refuse(codes.usedBeforeDeclaration(place, { name }));
  }
  return l.refuse(codes.unknownName(place, { name }));
}
