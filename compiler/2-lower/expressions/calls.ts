/** Calls: of the language's own functions, of methods, and of functions that become native. */
import { Node, ts, type CallExpression, type PropertyAccessExpression } from '../../ts-morph.ts';
import { isStandardFile } from '../../1-read/standard.ts';
import { unwrapped } from '../../1-read/function-nodes.ts';
import { placeOf } from '../../1-read/places.ts';
import type {
  ArrayCallee,
  CallSite,
  HintType,
  NativeFunction,
  NativeParameter,
} from '../../1-read/model.ts';
import { codes } from '../../diagnostics/codes.ts';
import { elementOf } from '../../ir/records.ts';
import { isList, isRecord, isView, type ListType, type Value, valueTypes } from '../../ir/types.ts';
import { isSuper, lowerSuperCall, lowerSuperMethod } from '../classes/constructor.ts';
import { asCallee, callMember, isInstance, parametersOf } from '../classes/dispatch.ts';
import { siteOf } from '../call-sites.ts';
import { isPresent, toHint, toNumber } from '../convert.ts';
import { refuseConstruct } from '../constructs.ts';
import { lowerEnding } from '../endings.ts';
import { callWith, expectedHint, functionValue, type Callable } from '../functions/callable.ts';
import { isMemory, lowerMemory, lowerMemoryFunction, memoryFunction } from '../externs/memory.ts';
import { isFunctionType } from '../functions/closures.ts';
import { refuseUnlike, restIndex } from '../functions/inline.ts';
import { narrowed } from '../narrowed.ts';
import type { Lowering } from '../lowering.ts';
import { describe, valueOperand, type Operand } from '../operands.ts';
import { sourceOf } from '../refusals.ts';
import { isParallel } from '../parallel/call.ts';
import { lowerAtomics } from './atomics.ts';
import { lowerParallel } from '../parallel/index.ts';
import { fromValues } from '../statements/variables.ts';
import { bigintFromNumber, isBigint, lowerAsN, settled } from './bigint.ts';
import { arrayClass, arrayFrom, arrayOf } from './construct.ts';
import { collectionMethod, tableOf } from './collections.ts';
import { dataMethod } from './dataview.ts';
import { isGlobal } from './globals.ts';
import { lower, lowerTested } from './index.ts';
import { lowerIntrinsic } from './intrinsics.ts';
import {
  arrayOfLength,
  arrayStatic,
  lowerArrayOfLength,
  lowerNewArray,
  mapBlank,
} from './list-statics.ts';
import { expectedReceiver, listMethod, takesSpread } from './list-methods.ts';
import { listOfItems, pushElement } from './lists.ts';
import { lowerMath } from './math.ts';
import { nothing } from './arguments.ts';
import { lowerIndexed } from './nd-arrays.ts';
import { memberOf, readMember } from './objects.ts';
import { numberPredicate } from './number.ts';
import { lowerObjectIs } from './object-is.ts';
import { lowerObject, skipIfAbsent } from './optional.ts';
import { lowerParse, scalarMethod } from './number-text.ts';
import { lowerProgressCall, namesProgress } from './progress.ts';
import { lowerSignalCall, namesSignal } from './signal.ts';
import { stringMethod } from './string-methods.ts';
import { stringStatic } from './string-statics.ts';
import { lowerText } from './mixed-text.ts';
import { converted } from './conversions.ts';
import { arrayMethod } from './typed-array.ts';
import { refuseCallee, refuseMember } from './unknown.ts';

/** @param expected the type of what the result is for, where that is known */
export function lowerCall(l: Lowering, node: CallExpression, expected?: HintType): Operand {
  const ofArrays = l.module.reading.arrayCall(node);
  if (ofArrays) return callOfArrays(l, ofArrays, node);
  const callee = unwrapped(node.getExpression());
  for (const argument of node.getArguments()) {
    if (Node.isSpreadElement(argument) && isStandardFunction(callee) && !takesSpread(callee))
      return refuseConstruct(l, argument);
  }
  if (isSuper(callee)) return lowerSuperCall(l, node);
  if (Node.isPropertyAccessExpression(callee)) {
    const object = callee.getExpression();
    const name = callee.getName();
    if (isSuper(object)) return lowerSuperMethod(l, name, node);
    if (isStandardFunction(callee)) refuseExtra(l, callee, node);
    if (isParallel(object)) return lowerParallel(l, name, node);
    if (isMemory(object)) return lowerMemory(l, name, node);
    if (namesSignal(object)) return lowerSignalCall(l, object, name, node);
    const ofGlobal = callOfGlobal(l, object, name, node);
    if (ofGlobal) return ofGlobal;
    const kind = arrayClass(l, object);
    if (kind !== undefined && name === 'of') return arrayOf(l, kind, node.getArguments());
    if (kind !== undefined && name === 'from') return arrayFrom(l, kind, node);
    if (isGlobal(object, 'Array')) return arrayStatic(l, callee, node, expected);
    const filled = lowerNewArray(l, callee, node, expected) ?? mapBlank(l, callee, node, expected);
    if (filled) return filled;
    const resolved = resolve(l, callee, node, expected);
    if (resolved) return callFunction(l, resolved, node);
    return lowerMethod(l, node, callee, expected);
  }
  if (Node.isImportExpression(callee)) return refuseConstruct(l, node);
  if (Node.isArrowFunction(callee) || Node.isFunctionExpression(callee))
    return callCallable(
      l,
      { kind: 'inner', variable: { kind: 'function', fn: callee, home: l } },
      node,
    );
  if (Node.isIdentifier(callee)) {
    const variable = l.lookup(callee);
    if (variable?.kind === 'function') return callCallable(l, { kind: 'inner', variable }, node);
    const aboutMemory = variable ? undefined : memoryFunction(callee);
    if (aboutMemory) return lowerMemoryFunction(l, aboutMemory, node);
    if (!variable && namesProgress(callee)) return lowerProgressCall(l, callee, node);
    if (isStandardFunction(callee)) refuseExtra(l, callee, node);
    const made = arrayOfLength(node);
    if (made) return lowerArrayOfLength(l, node, made, expected);
    const global = variable ? undefined : globalName(l, callee);
    if (global !== undefined) {
      if (global !== callee.getText()) refuseExtra(l, callee, node);
      const [owner, name] = global.split('.');
      const ofGlobal =
        name === undefined ? lowerConversion(l, global, node) : staticOf(l, owner, name, node);
      if (ofGlobal) return ofGlobal;
    }
    const intrinsic = lowerIntrinsic(l, callee, node);
    if (intrinsic) return intrinsic;
    const resolved = variable ? undefined : resolve(l, callee, node, expected);
    if (resolved) return callFunction(l, resolved, node);
  }
  return callValue(l, callee, node) ?? refuseCallee(l, callee);
}

/** The global that a name stands for, or its member: `Number`, `Math.sqrt`. */
function globalName(l: Lowering, callee: Node): string | undefined {
  const name = callee.getText();
  return isGlobal(callee, name) ? name : l.globalOf(callee);
}

/** `Math.sqrt(x)` and the like, of globals that native code has; undefined for all others. */
function callOfGlobal(
  l: Lowering,
  object: Node,
  name: string,
  node: CallExpression,
): Operand | undefined {
  const global = object.getText();
  return isGlobal(object, global) ? staticOf(l, global, name, node) : undefined;
}

/** A function of one of JavaScript's globals, which works without it: `const sqrt = Math.sqrt;` is the same one. */
function staticOf(
  l: Lowering,
  global: string | undefined,
  name: string,
  node: CallExpression,
): Operand | undefined {
  switch (global) {
    case 'Math':
      return lowerMath(l, name, node);
    case 'Atomics':
      return lowerAtomics(l, name, node);
    case 'Number':
      return name === 'parseInt' || name === 'parseFloat'
        ? lowerParse(l, name, node)
        : numberPredicate(l, name, node);
    case 'String':
      return stringStatic(l, name, node);
    case 'Object':
      return name === 'is' ? lowerObjectIs(l, node) : undefined;
    case 'BigInt':
      return lowerBigintStatic(l, name, node);
    default:
      return undefined;
  }
}

/** An expression of vectorised functions with arrays. */
function callOfArrays(
  l: Lowering,
  { callee, args, isInto }: ArrayCallee,
  node: CallExpression,
): Operand {
  if (!('id' in callee)) return l.refuse(asCallee(callee, node));
  const given = lowerArguments(l, args, callee.params);
  l.at(node);
  const result = callNative(l, callee, given, node);
  return isInto ? (given[0]?.operand ?? result) : result;
}

/** Calls what is a function value; undefined for anything else. */
function callValue(l: Lowering, callee: Node, node: CallExpression): Operand | undefined {
  const isQuestion = node.hasQuestionDotToken();
  if (!isQuestion) {
    const callable = functionValue(l, callee);
    return callable && callCallable(l, callable, node);
  }
  return callHeld(l, lower(l, callee), node);
}

/** Calls a function value that may be absent: `?.` skips that, and without it TypeError is thrown. */
function callHeld(l: Lowering, held: Operand, node: CallExpression): Operand | undefined {
  if (held.kind === 'absent' && node.hasQuestionDotToken()) return nothing;
  if (held.kind !== 'value' && held.kind !== 'optional') return undefined;
  if (!isFunctionType(l, held.value.type)) return undefined;
  if (held.kind === 'optional' && !skipIfAbsent(l, held.tag, node))
    l.b.if(l.b.op('not', [isPresent(l, held.tag)]), () =>
      l.b.throw('TypeError', [`${node.getExpression().getText()} is not a function`]),
    );
  return callCallable(l, { kind: 'value', value: held.value }, node);
}

/** The function that a property of an object holds; undefined for what is none. */
function heldFunction(
  l: Lowering,
  value: Value,
  callee: PropertyAccessExpression,
): Operand | undefined {
  const object = narrowed(l, value, callee.getExpression());
  if (!isRecord(object.type)) return undefined;
  const member = memberOf(l.module.reading.records.get(object.type), callee.getName());
  return member && isFunctionType(l, member.type) ? readMember(l, object, member) : undefined;
}

function resolve(
  l: Lowering,
  callee: Node,
  node: CallExpression,
  expected: HintType | undefined,
): NativeFunction | undefined {
  const resolved = l.module.reading.resolveCallee(callee, siteOf(l, node, expected));
  if (resolved === undefined) return undefined;
  return 'code' in resolved ? l.refuse(resolved) : resolved;
}

/** `Number(x)`, `String(x)`, `Boolean(x)`, `BigInt(x)`, `parseInt(x)`, `parseFloat(x)`, `isNaN(x)`, `isFinite(x)`. */
function lowerConversion(l: Lowering, name: string, node: CallExpression): Operand | undefined {
  const [argument] = node.getArguments();
  const operand = (): Operand =>
    argument ? lower(l, argument) : { kind: 'absent', absent: 'undefined' };
  switch (name) {
    case 'Number':
      if (!argument) return valueOperand(l.constant('f64', 0));
      return converted(l, name, operand(), argument);
    case 'String':
      if (!argument) return valueOperand(l.text(''));
      return valueOperand(lowerText(l, argument));
    case 'parseInt':
    case 'parseFloat':
      return lowerParse(l, name, node);
    case 'Boolean':
      return converted(l, name, operand(), argument ?? node);
    case 'BigInt': {
      const value = settled(l, operand(), argument ?? node);
      return isBigint(value) ? value : bigintFromNumber(l, toNumber(l, value, node));
    }
    case 'isNaN':
    case 'isFinite':
      return numberPredicate(l, name, node);
    default:
      return undefined;
  }
}

function lowerBigintStatic(l: Lowering, name: string, node: CallExpression): Operand {
  const [bitsNode, value] = node.getArguments();
  if ((name !== 'asIntN' && name !== 'asUintN') || !bitsNode || !value) {
    return refuseCallee(l, node.getExpression());
  }
  const bits = lower(l, bitsNode);
  const constant = bits.kind === 'value' ? l.constantOf(bits.value) : undefined;
  if (
    typeof constant !== 'number' ||
    !Number.isInteger(constant) ||
    constant < 0 ||
    constant > 64
  ) {
    const rewrite = `BigInt.${name}(64, ${sourceOf(value)})`;
    return l.refuse(codes.unknownBits(placeOf(bitsNode), { name, rewrite }));
  }
  return lowerAsN(l, name === 'asIntN', constant, value);
}

function lowerMethod(
  l: Lowering,
  node: CallExpression,
  callee: PropertyAccessExpression,
  expected: HintType | undefined,
): Operand {
  const name = callee.getName();
  const object = callee.getExpression();
  const read = callee.hasQuestionDotToken()
    ? lowerTested(l, object)
    : lower(l, object, expectedReceiver(l, callee, node, expected));
  const operand = lowerObject(l, read, callee, name);
  if (operand.kind === 'value' && operand.value.type === 'str')
    return stringMethod(l, operand.value, callee, node);
  const table = operand.kind === 'value' ? tableOf(l, operand.value) : undefined;
  if (table) return collectionMethod(l, table, callee, node);
  const asText = scalarMethod(l, operand, callee, node);
  if (asText) return asText;
  if (operand.kind === 'value' && isList(operand.value.type))
    return listMethod(l, operand.value, callee, node, expected);
  const held = operand.kind === 'value' && heldFunction(l, operand.value, callee);
  if (held) return callHeld(l, held, node) ?? refuseMember(l, callee, describe(operand), []);
  if (operand.kind === 'value' && isInstance(l, operand.value.type))
    return lowerMethodCall(
      l,
      narrowed(l, operand.value, callee.getExpression()),
      callee,
      siteOf(l, node, expected),
    );
  if (operand.kind !== 'value' || !isView(operand.value.type)) {
    return refuseMember(l, callee, describe(operand), []);
  }
  const isData = operand.value.type === 'view.dataview';
  return isData
    ? dataMethod(l, operand.value, callee, node)
    : arrayMethod(l, operand.value, callee, node, expected);
}

/** `instance.name(…)`. */
function lowerMethodCall(
  l: Lowering,
  object: Value,
  callee: PropertyAccessExpression,
  site: CallSite,
): Operand {
  const name = callee.getName();
  const node = site.call;
  const indexed = lowerIndexed(l, object, callee, site);
  if (indexed) return indexed;
  const params = parametersOf(l, object, name, callee, site);
  // A getter may give a function.
  const held = params ? undefined : callMember(l, object, name, 'get', [], callee);
  const called = held && Node.isCallExpression(node) ? callHeld(l, held, node) : undefined;
  if (called) return called;
  const args = lowerArguments(l, node.getArguments(), params ?? []);
  l.at(node);
  const result = params && callMember(l, object, name, 'method', args, callee, site);
  return result ?? refuseMember(l, callee, describe(valueOperand(object)), []);
}

function callFunction(l: Lowering, callee: NativeFunction, node: CallExpression): Operand {
  const args = lowerArguments(l, node.getArguments(), callee.params);
  l.at(node);
  if (callee.endsNative) {
    lowerEnding(l, callee, args, node);
    return nothing;
  }
  return callNative(l, callee, args, node);
}

/** Calls a function of the user's, which becomes native by this. */
export function callNative(
  l: Lowering,
  callee: NativeFunction,
  args: readonly Argument[],
  node: Node,
): Operand {
  l.module.require(callee, l.native);
  return call(l, callee, [], args, node);
}

/** Calls a function inside the native one, or a function value that has been evaluated. */
function callCallable(l: Lowering, callable: Callable, node: CallExpression): Operand {
  const given = node.getArguments();
  const from = callable.kind === 'inner' ? restIndex(callable.variable.fn) : -1;
  const type = from < 0 ? undefined : expectedHint(l, callable, from)?.type;
  const isGathered = type !== undefined && isList(type);
  if (callable.kind === 'inner') refuseUnlike(l, callable.variable.fn, isGathered);
  const args: Argument[] = l.all(
    (isGathered ? given.slice(0, from) : given).map((argument, index) => () => ({
      operand: lower(l, argument, expectedHint(l, callable, index)),
      node: argument,
    })),
  );
  if (isGathered)
    args.push({
      operand: valueOperand(listOfItems(l, type, given.slice(from), 'the rest')),
      node,
      isRest: true,
    });
  l.at(node);
  return callWith(l, callable, args, undefined, node);
}

/** An argument that has been evaluated. */
export interface Argument {
  readonly operand: Operand;
  readonly node: Node;
  /** It is the array of all that a rest parameter takes. */
  readonly isRest?: boolean;
}

/** Evaluates arguments in order, each for the parameter it goes to. */
export function lowerArguments(
  l: Lowering,
  nodes: readonly Node[],
  params: readonly NativeParameter[],
): Argument[] {
  const last = params.at(-1);
  const from = params.length - 1;
  const rest = last?.rest ? nodes.slice(from) : [];
  if (last && rest.some(Node.isSpreadElement)) {
    const gather = (): Argument => ({
      operand: valueOperand(listOfItems(l, last.hint.type as ListType, rest, last.name)),
      node: rest[0] ?? last.node,
      isRest: true,
    });
    const [given, gathered] = l.both(
      () => lowerArguments(l, nodes.slice(0, from), params.slice(0, from)),
      gather,
    );
    return [...given, gathered];
  }
  return l.all(
    nodes.map((node, index) => () => {
      if (Node.isSpreadElement(node)) return refuseConstruct(l, node);
      return { operand: lower(l, node, expectedOf(params, index)), node };
    }),
  );
}

/** What an argument is for. */
function expectedOf(params: readonly NativeParameter[], index: number): HintType | undefined {
  const last = params.at(-1);
  return last?.rest && index >= params.length - 1
    ? elementOf(last.hint.type as ListType)
    : params[index]?.hint;
}

/** Calls a native function. @param receiver `this`, for a method */
export function call(
  l: Lowering,
  callee: NativeFunction,
  receiver: readonly Value[],
  given: readonly Argument[],
  node: Node,
): Operand {
  const args = callee.params.flatMap((param, index) => {
    const argument = given[index];
    const { hint, name } = param;
    if (param.rest) return [restOf(l, param, given.slice(index), node)];
    if (argument) return toHint(l, argument.operand, hint, argument.node, name);
    if (!hint.undefined) return refuseMissing(l, callee, name, node);
    return toHint(l, { kind: 'absent', absent: 'undefined' }, hint, node, name);
  });
  return fromValues(l.b.call(callee.id, [...receiver, ...args], valueTypes(callee.result)));
}

/** The array of the arguments that a rest parameter takes. */
function restOf(
  l: Lowering,
  { hint, name }: NativeParameter,
  given: readonly Argument[],
  node: Node,
): Value {
  const [first] = given;
  if (first?.isRest && first.operand.kind === 'value') return first.operand.value;
  const count = l.b.const('i64', BigInt(given.length));
  const list = l.b.op('list.new', [count], hint.type as ListType);
  for (const argument of given) pushElement(l, list, argument.operand, argument.node, name);
  l.at(node);
  return list;
}

/** A call without an argument that the callee needs; only where TypeScript doesn't check calls. */
function refuseMissing(l: Lowering, callee: NativeFunction, name: string, node: Node): never {
  const isCall = Node.isCallExpression(node) || Node.isNewExpression(node);
  const given = isCall ? node.getArguments().map(sourceOf) : [];
  const called = isCall ? sourceOf(node.getExpression()) : sourceOf(node);
  const call = `${called}(${[...given, name].join(', ')})`;
  return l.refuse(codes.missingArgument(placeOf(node), { callee: callee.name, name, call }));
}

const isStandardFunction = (callee: Node): boolean => {
  const declarations = callee.getSymbol()?.getDeclarations() ?? [];
  return (
    declarations.length > 0 && declarations.every((one) => isStandardFile(one.getSourceFile()))
  );
};

/** Arguments that one of the language's functions doesn't take, which TypeScript refuses where it checks calls. */
function refuseExtra(l: Lowering, callee: Node, node: CallExpression): void {
  const given = node.getArguments();
  const signatures = callee.getType().getCallSignatures();
  const limits = signatures.map((signature) => {
    const parameters = signature.getParameters();
    const declared: readonly ts.Node[] = signature.compilerSignature.declaration?.parameters ?? [];
    return declared.some(isRest) ? Infinity : parameters.length;
  });
  const limit = Math.max(...limits);
  const extra = given[limit];
  if (signatures.length === 0 || !extra) return;
  const name = sourceOf(callee);
  const rewrite = `${name}(${given.slice(0, limit).map(sourceOf).join(', ')})`;
  l.refuse(codes.extraArgument(placeOf(extra), { callee: name, rewrite }));
}

const isRest = (parameter: ts.Node): boolean =>
  ts.isParameter(parameter) && parameter.dotDotDotToken !== undefined;
