/** What a call, or a method that takes a callback, can call. */
import { Node, type ts } from '../../ts-morph.ts';
import { unwrapped } from '../../1-read/function-nodes.ts';
import type { HintType, NativeFunction } from '../../1-read/model.ts';
import { isStandardPath } from '../../1-read/standard.ts';
import type { Value } from '../../ir/types.ts';
import { isPresent } from '../convert.ts';
import { nothing } from '../expressions/arguments.ts';
import { callNative, type Argument } from '../expressions/calls.ts';
import { conversions, converted, type Conversion } from '../expressions/conversions.ts';
import { isGlobal } from '../expressions/globals.ts';
import { lower } from '../expressions/index.ts';
import { isMathOfOne, mathOfOne } from '../expressions/math.ts';
import { symbolOf, type FunctionVariable, type Lowering } from '../lowering.ts';
import type { Operand } from '../operands.ts';
import { sourceOf } from '../refusals.ts';
import { fromValues } from '../statements/variables.ts';
import { callClosure, callLifted, isFunctionType } from './closures.ts';
import type { Result } from './frame.ts';
import { parameterHint, runInner } from './inline.ts';
import { mentionsOf } from '../mentions.ts';

export type Callable =
  /** A function inside the native one. */
  | { readonly kind: 'inner'; readonly variable: FunctionVariable }
  | { readonly kind: 'native'; readonly fn: NativeFunction }
  /** One of the language's that makes another value of one. */
  | { readonly kind: 'conversion'; readonly name: Conversion }
  /** `Math.sqrt` and all others of one number. */
  | { readonly kind: 'math'; readonly name: string }
  /** A value that is known when it runs. */
  | { readonly kind: 'value'; readonly value: Value };

/** The function that an expression always stands for; undefined where it is known when it runs, or there is none. */
export function callableOf(l: Lowering, node: Node): Callable | undefined {
  const inner = unwrapped(node);
  if (Node.isArrowFunction(inner) || Node.isFunctionExpression(inner))
    return { kind: 'inner', variable: { kind: 'function', fn: inner, home: l } };
  if (Node.isIdentifier(inner)) {
    const name = conversions.find((one) => isGlobal(inner, one));
    if (name) return { kind: 'conversion', name };
    const variable = l.lookup(inner);
    if (variable?.kind === 'function') return { kind: 'inner', variable };
    if (variable) return undefined;
  } else if (!Node.isPropertyAccessExpression(inner)) return undefined;
  const [global, name = ''] = l.globalOf(inner)?.split('.') ?? [];
  if (global === 'Math' && isMathOfOne(name)) return { kind: 'math', name };
  const resolved = l.module.reading.resolveCallee(inner);
  if (resolved === undefined) return undefined;
  return 'code' in resolved ? l.refuse(resolved) : { kind: 'native', fn: resolved };
}

/** As `callableOf`, for an argument that must be a function; it is evaluated. */
export function callback(l: Lowering, node: Node): Callable {
  const callable = callableOf(l, node) ?? functionValue(l, node);
  if (callable) return callable;
  const source = sourceOf(node);
  return l.unsupported(node, {
    what: `the callback \`${source}\``,
    why: 'It is none of the functions of native code.',
    rewrite: `(x) => ${source}(x)`,
  });
}

/** The value of an expression whose type is a function type; undefined for another. */
export function functionValue(l: Lowering, node: Node): Callable | undefined {
  const type = l.module.reading.program.getTypeChecker().getNonNullableType(l.typeOf(node));
  const [signature] = type.getCallSignatures();
  if (!signature || isOfLibrary(signature)) return undefined;
  const operand = lower(l, node);
  if (operand.kind !== 'value' && operand.kind !== 'optional') return undefined;
  if (!isFunctionType(l, operand.value.type)) return undefined;
  if (operand.kind === 'optional')
    l.b.if(l.b.op('not', [isPresent(l, operand.tag)]), () =>
      l.b.throw('TypeError', [`${sourceOf(node)} is not a function`]),
    );
  return { kind: 'value', value: operand.value };
}

/** Whether a signature is that of one of the language's functions: `Math.sqrt` and the like. */
const isOfLibrary = (signature: ts.Signature): boolean => {
  const declaration = signature.getDeclaration() as ts.Node | undefined;
  return declaration !== undefined && isStandardPath(declaration.getSourceFile().fileName);
};

/** Calls it with arguments that have been evaluated. @param result what is made of its result; undefined: what its type says */
export function callWith(
  l: Lowering,
  callable: Callable,
  args: readonly Argument[],
  result: Result | undefined,
  node: Node,
): Operand {
  if (callable.kind === 'inner' && !runsApart(l, callable.variable))
    return runInner(l, callable.variable.fn, args, result);
  const operand =
    callable.kind === 'conversion'
      ? converted(l, callable.name, args[0]?.operand ?? nothing, node)
      : callable.kind === 'math'
        ? mathOfOne(l, callable.name, args[0]?.operand ?? nothing, node)
        : callable.kind === 'inner'
          ? callLifted(l, callable.variable, args, node)
          : callable.kind === 'native'
            ? callNative(l, callable.fn, args, node)
            : callClosure(l, callable.value, args, node);
  return result ? fromValues(result.take(operand, node)) : operand;
}

/** The types that a function's parameters expect. */
export function expectedHint(l: Lowering, callable: Callable, index: number): HintType | undefined {
  switch (callable.kind) {
    case 'inner':
      return parameterHint(l, callable.variable.fn, index);
    case 'native':
      return callable.fn.params[index]?.hint;
    case 'conversion':
    case 'math':
      return undefined;
    case 'value':
      return l.module.reading.records.signatureOf(callable.value.type)?.params[index];
  }
}

/** A function of more nodes than this, which is called from several places, is there once. */
const largest = 200;

/** Whether a function inside the native one has to be, or is better, one of its own. */
function runsApart(l: Lowering, { fn, lifted }: FunctionVariable): boolean {
  if (lifted || l.root.isApart(fn)) return true;
  const name = Node.isFunctionDeclaration(fn) ? fn.getNameNode() : nameNodeOf(fn);
  const symbol = name && symbolOf(name);
  if (!symbol || fn.getDescendants().length <= largest) return false;
  // One of them declares it.
  return mentionsOf(symbol, l.root.node).length > 2;
}

/** The name of the variable that a function expression is in. */
function nameNodeOf(fn: Node): Node | undefined {
  const parent = fn.getParent();
  return Node.isVariableDeclaration(parent) ? parent.getNameNode() : undefined;
}
