/**
 * One file with native functions, as a syntax tree:
 *
 *     import $native from './native/app.cjs';
 *     var $native_dot = $native.functions.dot;
 *     export function dot(a, b) {
 *       if ($native_dot !== void 0) return $native_dot(a, b);
 *       … the body as it was …
 *     }
 *
 * Native classes are told of in `class-shell.ts`. The bindings are `var`, so that a function which is called before its module has run (through an
 * import cycle, or above its declaration) finds `undefined` there and runs as JavaScript.
 */
import { Node, ts, type FunctionDeclaration, type VariableDeclaration } from '../ts-morph.ts';
import type { NativeClass, NativeFunction } from '../1-read/model.ts';
import { makerName } from '../ir/class-names.ts';
import { recordName } from '../ir/records.ts';
import type { Candidate } from '../ir/handed.ts';
import { withKnown } from './known-functions.ts';
import { classStatements, type ClassBinding, type FunctionBinding } from './class-shell.ts';
import { stubOf } from './extern-stubs.ts';
import { lastDependency, lastImport } from './placement.ts';

export interface FilePlan {
  /** Those that are no members of classes. */
  readonly functions: NativeFunction[];
  readonly classes: ClassPlan[];
  /** The classes of errors, which JavaScript hands over to native code. */
  readonly errors: NativeClass[];
  /** The functions of C without a body for JavaScript. */
  readonly externs: ts.FunctionDeclaration[];
  /** What JavaScript hands over to native code. */
  readonly globals: HandedOver[];
  readonly isCommonJs: boolean;
  /** What stands for the path to the glue until it is known. */
  readonly glue: string;
  /**
   * Where JavaScript runs for arguments that native code doesn't take: what stands, with a number behind it, for
   * the guard of a function until `hinted-guards.ts` writes it.
   */
  readonly guards?: string;
  /** The functions inside others that native code has too. */
  readonly inner: InnerPlan[];
  /** What is called in place of a method, by its id. */
  readonly callees?: ReadonlyMap<string, { readonly callee: string }>;
  /** The ids of functions that take functions. */
  readonly handed?: ReadonlySet<string>;
  /** The functions with such guards, by their numbers. */
  readonly guarded?: GuardedFunction[];
  /** Whether all have one, or those only that take an object by its fields. */
  readonly guardsAll?: boolean;
}

/** A function that JavaScript makes, and native code knows by the variables around it. */
export interface InnerPlan {
  readonly fn: NativeFunction;
  readonly candidate: Candidate;
}

/** A constant that native code reads, or a function that it ends with. */
export interface HandedOver {
  readonly id: string;
  readonly name: string;
  readonly declaration: VariableDeclaration | FunctionDeclaration;
  /** Of an array: the last statement that changes it. */
  readonly filledBy?: ts.Statement;
}

export interface GuardedFunction {
  readonly fn: NativeFunction;
  /** The variable that holds native code's function. */
  readonly binding: string;
  /** The JavaScript parameters' names. */
  readonly params: readonly string[];
}

/** A native class with those of its functions that JavaScript calls. */
export interface ClassPlan {
  readonly owner: NativeClass;
  readonly functions: readonly NativeFunction[];
}

const { factory } = ts;

export function transformFile(
  file: ts.SourceFile,
  plan: FilePlan,
  context: ts.TransformationContext,
  checker: ts.TypeChecker,
): ts.SourceFile {
  const names = new Names(file);
  const glue = names.fresh('$native');
  const bindings = new Map<ts.Node, Binding>();
  const classes = new Map<ts.Node, ClassBinding>();
  /** Statements to add behind the original one of that index. */
  const added = new Map<number, ts.Statement[]>();
  const addBehind = (index: number, statement: ts.Statement): void => {
    added.set(index, [...(added.get(index) ?? []), statement]);
  };
  for (const { id, name, declaration, filledBy } of plan.globals) {
    const { compilerNode } = declaration;
    // A function is there from the start.
    const index = ts.isFunctionDeclaration(compilerNode)
      ? -1
      : file.statements.findIndex((statement) => contains(statement, filledBy ?? compilerNode));
    addBehind(index, bindGlobal(glue, id, name, compilerNode.name ?? compilerNode));
  }
  const imports = lastImport(file);
  const bind = (fn: NativeFunction, id: string): FunctionBinding => ({
    name: names.freshFor(id),
    params: [
      ...fn.params.map((param) => (isPattern(param.node) ? names.fresh('$parameter') : param.name)),
      ...[fn.signal, fn.progress]
        .flatMap((follower) => follower ?? [])
        .sort((a, b) => a.index - b.index)
        .map(({ name }) => name),
    ],
  });
  for (const fn of plan.functions) {
    const node = fn.node.compilerNode;
    const binding = bind(fn, fn.id);
    const isGuarded = plan.guardsAll === true || plan.callees?.has(fn.id) === true;
    const guarded = isGuarded ? plan.guarded : undefined;
    const marker = guarded && `${plan.guards}:${guarded.length};`;
    bindings.set(node, { ...binding, marker, asks: plan.handed?.has(fn.id) ?? false });
    guarded?.push({ fn, binding: binding.name, params: binding.params });
    addBehind(
      Math.max(imports, lastDependency(node, file, checker)),
      bindMember(glue, 'functions', binding.name, plan.callees?.get(fn.id)?.callee ?? fn.id),
    );
  }
  for (const { owner, functions } of plan.classes) {
    const id = recordName(owner.record);
    const take = names.freshFor(id);
    addBehind(imports, bindMember(glue, 'classes', take, id));
    const members = functions.map((fn) => {
      const own = fn.method?.kind === 'constructor' ? makerName(owner.record) : fn.id;
      const binding = bind(fn, own);
      addBehind(imports, bindMember(glue, 'functions', binding.name, own));
      return [fn.node.compilerNode, binding] as const;
    });
    classes.set(owner.declaration.compilerNode, { take, functions: new Map(members) });
  }
  for (const { record, declaration } of plan.errors) {
    const id = recordName(record);
    const take = names.freshFor(id);
    addBehind(imports, bindMember(glue, 'classes', take, id));
    const index = file.statements.findIndex((one) => one === declaration.compilerNode);
    addBehind(index, handClass(take, declaration.compilerNode));
  }
  const inner = new Map(plan.inner.map((one) => [one.fn.node.compilerNode as ts.Node, one]));
  const externs = new Set<ts.Node>(plan.externs);
  const visit = (node: ts.Node): ts.Node => {
    const binding = bindings.get(node);
    if (ts.isFunctionDeclaration(node) && externs.has(node))
      return stubOf(node, binding ? [guard(binding)] : [], glue);
    if (binding) return guarded(node, binding);
    const isOpaque = ts.isFunctionLike(node) || ts.isClassLike(node);
    if (isOpaque && !plan.guarded && inner.size === 0) return node;
    const visited = ts.visitEachChild(node, visit, context);
    return inner.size > 0 ? withKnown(node, visited, inner, glue) : visited;
  };
  const statements = file.statements.flatMap((statement, index) => {
    const native = classes.get(statement);
    const visited =
      native && ts.isClassDeclaration(statement)
        ? classStatements(statement, native)
        : [ts.visitNode(statement, visit, ts.isStatement)];
    return [...visited, ...(added.get(index) ?? [])];
  });
  const prologue = file.statements.findIndex((statement) => !isPrologue(statement));
  const start = prologue < 0 ? file.statements.length : prologue;
  const first = [loadGlue(glue, plan), ...(added.get(-1) ?? [])];
  statements.splice(start, 0, ...first);
  return factory.updateSourceFile(
    file,
    ts.setTextRange(factory.createNodeArray(statements), file.statements),
  );
}

interface Binding extends FunctionBinding {
  /** Stands for the guard, where that is written later. */
  readonly marker: string | undefined;
  /** It takes functions, and tells whether it knows them. */
  readonly asks: boolean;
}

/** Names that the file doesn't use. */
class Names {
  private readonly text: string;
  private readonly taken = new Set<string>();

  constructor(file: ts.SourceFile) {
    this.text = file.text;
  }

  fresh(name: string): string {
    if (this.taken.has(name) || this.text.includes(name)) return this.fresh(`${name}_`);
    this.taken.add(name);
    return name;
  }

  /** A name for what has this id. */
  freshFor(id: string): string {
    return this.fresh(`$native_${id.replace(/[^\p{ID_Continue}$]/gu, '_')}`);
  }
}

const contains = (outer: ts.Node, inner: ts.Node): boolean =>
  outer.pos <= inner.pos && inner.end <= outer.end;

/** `'use strict'` and its like. */
const isPrologue = (statement: ts.Statement): boolean =>
  ts.isExpressionStatement(statement) && ts.isStringLiteral(statement.expression);

function loadGlue(glue: string, plan: FilePlan): ts.Statement {
  const specifier = factory.createStringLiteral(plan.glue);
  if (plan.isCommonJs) {
    const call = factory.createCallExpression(factory.createIdentifier('require'), undefined, [
      specifier,
    ]);
    return variable(glue, call);
  }
  const clause = factory.createImportClause(undefined, factory.createIdentifier(glue), undefined);
  return factory.createImportDeclaration(undefined, clause, specifier);
}

function variable(name: string, value: ts.Expression): ts.Statement {
  const declaration = factory.createVariableDeclaration(name, undefined, undefined, value);
  const list = factory.createVariableDeclarationList([declaration], ts.NodeFlags.None);
  return factory.createVariableStatement(undefined, list);
}

/** `var binding = $native.functions.id;` */
function bindMember(
  glue: string,
  group: 'functions' | 'classes',
  binding: string,
  id: string,
): ts.Statement {
  const members = factory.createPropertyAccessExpression(factory.createIdentifier(glue), group);
  const isName = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(id);
  const member = isName
    ? factory.createPropertyAccessExpression(members, id)
    : factory.createElementAccessExpression(members, factory.createStringLiteral(id));
  return variable(binding, member);
}

/** `$native.bind("id", NAME);` */
function bindGlobal(glue: string, id: string, name: string, declared: ts.Node): ts.Statement {
  const bind = factory.createPropertyAccessExpression(factory.createIdentifier(glue), 'bind');
  // TypeScript writes an exported constant as `exports.NAME` where it knows the name's declaration.
  const value = ts.setOriginalNode(factory.createIdentifier(name), declared);
  const quiet = ts.setEmitFlags(value, ts.EmitFlags.NoComments | ts.EmitFlags.NoSourceMap);
  return factory.createExpressionStatement(
    factory.createCallExpression(bind, undefined, [factory.createStringLiteral(id), quiet]),
  );
}

/** `$native_ParseError?.(ParseError);` */
function handClass(take: string, declaration: ts.ClassDeclaration): ts.Statement {
  const { name } = declaration;
  if (!name) throw new Error('a class of errors has a name');
  const made = ts.setOriginalNode(factory.createIdentifier(name.text), name);
  const quiet = ts.setEmitFlags(made, ts.EmitFlags.NoComments | ts.EmitFlags.NoSourceMap);
  const dot = factory.createToken(ts.SyntaxKind.QuestionDotToken);
  return factory.createExpressionStatement(
    factory.createCallChain(factory.createIdentifier(take), dot, undefined, [quiet]),
  );
}

const isPattern = (node: Node): boolean =>
  Node.isParameterDeclaration(node) && !Node.isIdentifier(node.getNameNode());

/** Parameters with a name instead of each pattern. */
const namedParameters = (
  parameters: readonly ts.ParameterDeclaration[],
  { params }: Binding,
): ts.ParameterDeclaration[] =>
  parameters.map((parameter, index) => {
    const name = params[index];
    if (ts.isIdentifier(parameter.name) || name === undefined) return parameter;
    return factory.updateParameterDeclaration(
      parameter,
      parameter.modifiers,
      parameter.dotDotDotToken,
      name,
      parameter.questionToken,
      parameter.type,
      parameter.initializer,
    );
  });

/** The patterns of parameters, taken apart by `var`, which a body may declare again as it may a parameter. */
function takenApart(
  parameters: readonly ts.ParameterDeclaration[],
  { params }: Binding,
): ts.Statement[] {
  const declarations = parameters.flatMap((parameter, index) => {
    const name = params[index];
    if (ts.isIdentifier(parameter.name) || name === undefined) return [];
    const value = factory.createIdentifier(name);
    return [factory.createVariableDeclaration(parameter.name, undefined, undefined, value)];
  });
  if (declarations.length === 0) return [];
  const list = factory.createVariableDeclarationList(declarations, ts.NodeFlags.None);
  return [factory.createVariableStatement(undefined, list)];
}

/** The function with the guard at its start. */
function guarded(node: ts.Node, binding: Binding): ts.Node {
  if (ts.isFunctionDeclaration(node)) {
    return factory.updateFunctionDeclaration(
      node,
      node.modifiers,
      node.asteriskToken,
      node.name,
      node.typeParameters,
      namedParameters(node.parameters, binding),
      node.type,
      node.body && guardedBlock(node.body, binding, node.parameters),
    );
  }
  if (ts.isFunctionExpression(node)) {
    return factory.updateFunctionExpression(
      node,
      node.modifiers,
      node.asteriskToken,
      node.name,
      node.typeParameters,
      namedParameters(node.parameters, binding),
      node.type,
      guardedBlock(node.body, binding, node.parameters),
    );
  }
  if (ts.isMethodDeclaration(node)) {
    return factory.updateMethodDeclaration(
      node,
      node.modifiers,
      node.asteriskToken,
      node.name,
      node.questionToken,
      node.typeParameters,
      namedParameters(node.parameters, binding),
      node.type,
      node.body && guardedBlock(node.body, binding, node.parameters),
    );
  }
  if (!ts.isArrowFunction(node)) throw new Error('only functions are native');
  return factory.updateArrowFunction(
    node,
    node.modifiers,
    node.typeParameters,
    namedParameters(node.parameters, binding),
    node.type,
    node.equalsGreaterThanToken,
    ts.isBlock(node.body)
      ? guardedBlock(node.body, binding, node.parameters)
      : blockOf(node.body, binding, node.parameters),
  );
}

function guardedBlock(
  body: ts.Block,
  binding: Binding,
  parameters: readonly ts.ParameterDeclaration[],
): ts.Block {
  const index = body.statements.findIndex((statement) => !isPrologue(statement));
  const start = index < 0 ? body.statements.length : index;
  const statements = [
    ...body.statements.slice(0, start),
    guard(binding),
    ...takenApart(parameters, binding),
    ...body.statements.slice(start),
  ];
  return factory.updateBlock(
    body,
    ts.setTextRange(factory.createNodeArray(statements), body.statements),
  );
}

/** The body of an arrow function that was an expression. */
function blockOf(
  expression: ts.Expression,
  binding: Binding,
  parameters: readonly ts.ParameterDeclaration[],
): ts.Block {
  // With the expression's own range, so that comments before it stay before `return`.
  const result = ts.setTextRange(factory.createReturnStatement(expression), expression);
  ts.setEmitFlags(result, ts.EmitFlags.NoTokenSourceMaps | ts.EmitFlags.NoTrailingComments);
  return factory.createBlock([guard(binding), ...takenApart(parameters, binding), result], true);
}

/**
 * `if ($native_f !== void 0) return $native_f(a, b);`, after JavaScript has filled in default values. To ask
 * for `undefined` is quicker than to ask what is true, and `void 0` can't be shadowed.
 */
function guard({ name, params, marker, asks }: Binding): ts.Statement {
  if (marker !== undefined)
    return factory.createExpressionStatement(factory.createStringLiteral(marker));
  const args = params.map((param) => factory.createIdentifier(param));
  const native = factory.createIdentifier(name);
  const call = factory.createCallExpression(native, undefined, args);
  const isThere = factory.createStrictInequality(native, factory.createVoidZero());
  const knows = factory.createPropertyAccessExpression(native, 'knows');
  const statement = factory.createIfStatement(
    asks
      ? factory.createLogicalAnd(isThere, factory.createCallExpression(knows, undefined, args))
      : isThere,
    factory.createReturnStatement(call),
  );
  return ts.setEmitFlags(statement, ts.EmitFlags.SingleLine);
}
