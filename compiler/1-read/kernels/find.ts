/** The functions of arrays that a program makes of functions of numbers, by `vectorize` and the like. */
import { ts } from '../../ts-morph.ts';
import { viewClass } from '../../ir/types.ts';
import { hintOfAlias, inArrays } from '../hints.ts';
import { originMark } from './origins.ts';

export const makers = ['vectorize', 'guvectorize', 'stencil'] as const;
export type Maker = (typeof makers)[number];

/** `const name = maker(fn, …)` at the top level of a file. */
export interface ArrayFunction {
  readonly name: string;
  readonly maker: Maker;
  readonly call: ts.CallExpression;
  /** What it is made of, here or, by its name, elsewhere. */
  readonly fn: MadeOf;
  /** That function as an expression. */
  readonly text: string;
}

export type MadeOf = ts.ArrowFunction | ts.FunctionExpression | ts.FunctionDeclaration;

/** What a variable's initializer makes a function of arrays of; undefined for another one. */
export function arrayFunctionOf(
  declaration: ts.VariableDeclaration,
  checker: ts.TypeChecker,
): ArrayFunction | undefined {
  const { name, initializer: call } = declaration;
  if (!call || !ts.isCallExpression(call) || !ts.isIdentifier(name)) return undefined;
  const maker = makers.find(
    (one) => ts.isIdentifier(call.expression) && namesMaker(call.expression, one, checker),
  );
  const argument = call.arguments[maker === 'guvectorize' ? 1 : 0];
  const fn = argument && functionNamed(argument, checker);
  return maker && fn && { name: name.text, maker, call, fn, text: pasted(argument) };
}

/** The text of an expression, for the end of its file; more than a name tells where it stands (`origins.ts`). */
function pasted(node: ts.Expression): string {
  const text = node.getText();
  return ts.isIdentifier(node) ? text : `${originMark(node.getStart(), text.length)}${text}`;
}

/** The function that an expression is, or that a name always means. */
function functionNamed(node: ts.Expression, checker: ts.TypeChecker): MadeOf | undefined {
  if (ts.isArrowFunction(node) || ts.isFunctionExpression(node)) return node;
  const symbol = ts.isIdentifier(node) ? meaningOf(node, checker) : undefined;
  const declaration = symbol?.declarations?.length === 1 ? symbol.declarations[0] : undefined;
  if (!declaration) return undefined;
  if (ts.isFunctionDeclaration(declaration)) return declaration.body && declaration;
  const isConst =
    ts.isVariableDeclaration(declaration) && (declaration.parent.flags & ts.NodeFlags.Const) !== 0;
  const { initializer } = isConst ? declaration : {};
  return initializer && (ts.isArrowFunction(initializer) || ts.isFunctionExpression(initializer))
    ? initializer
    : undefined;
}

/** What a name stands for; imports are followed. */
function meaningOf(name: ts.Identifier, checker: ts.TypeChecker): ts.Symbol | undefined {
  const symbol = checker.getSymbolAtLocation(name);
  return symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

/** Whether a name is one of the package's, imported under any name. */
function namesMaker(name: ts.Identifier, maker: Maker, checker: ts.TypeChecker): boolean {
  const target = meaningOf(name, checker);
  return (
    target?.name === maker &&
    target.declarations?.every((one) => inArrays(one.getSourceFile().fileName)) === true
  );
}

/** The class of typed arrays that holds what a parameter takes: that of its hint. */
export function classOfParameter(
  { type }: ts.ParameterDeclaration,
  checker: ts.TypeChecker,
): string {
  if (type && ts.isTypeReferenceNode(type)) {
    const symbol = checker.getSymbolAtLocation(type.typeName);
    const target =
      symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const alias = target?.declarations?.find(ts.isTypeAliasDeclaration);
    const hint = alias && hintOfAlias(alias);
    if (hint && hint !== 'bool') return viewClass[hint];
  }
  return 'Float64Array';
}

/** The class of the elements of a parameter that is an `NdArray`; undefined for another one. */
export function classOfArray(
  parameter: ts.ParameterDeclaration,
  checker: ts.TypeChecker,
): string | undefined {
  const type = checker.getTypeAtLocation(parameter);
  if (type.getSymbol()?.name !== 'NdArray') return undefined;
  return checker.getTypeArguments(type as ts.TypeReference)[0]?.getSymbol()?.name;
}

/** The text of what an object literal has for a property. */
export function optionOf(options: ts.Expression | undefined, name: string): string | undefined {
  if (!options || !ts.isObjectLiteralExpression(options)) return undefined;
  const found = options.properties.find(
    (property) => ts.isPropertyAssignment(property) && property.name.getText() === name,
  );
  return found && ts.isPropertyAssignment(found) ? found.initializer.getText() : undefined;
}

/** The class of the results: that of the option `type`, or what holds every number or bigint that there is. */
export function classOfResult({ call, fn, maker }: ArrayFunction, checker: ts.TypeChecker): string {
  const type = optionOf(call.arguments[maker === 'guvectorize' ? 2 : 1], 'type');
  if (type !== undefined) return type;
  const signature = checker.getSignatureFromDeclaration(fn);
  const result = signature && checker.getReturnTypeOfSignature(signature);
  return result && result.flags & ts.TypeFlags.BigIntLike ? 'BigInt64Array' : 'Float64Array';
}
