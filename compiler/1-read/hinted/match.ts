/**
 * Finds, for each declaration of a hints file, what it means in the module's source, and lends its types to that:
 * a parameter of the source then has the type node of the hints file as its annotation, so that TypeScript's
 * checker and everything that reads annotations know it.
 */
import { Node, ts, type SourceFile } from '../../ts-morph.ts';
import { codes } from '../../diagnostics/codes.ts';
import type { Diagnostic, Place } from '../../diagnostics/types.ts';
import type { FunctionOptions } from '../../ir/types.ts';
import { declarationOfSymbol, exportedBy, functionOf } from '../function-nodes.ts';
import { shortText } from '../hint-types.ts';
import type { FunctionNode } from '../model.ts';
import { placeOfCompilerNode, placeOfRange } from '../places.ts';
import { closest } from '../spelling.ts';
import { findTag, parseOptions } from '../tag-options.ts';
import { Loans } from './loans.ts';

/** What hints files say of the sources of a build. */
export class Hints {
  readonly diagnostics: Diagnostic[] = [];
  /** Functions with a tag, in the order of the hints files. */
  readonly tagged: FunctionNode[] = [];
  private readonly options = new Map<ts.Node, FunctionOptions>();
  private readonly fields = new Map<ts.Node, readonly ts.PropertyDeclaration[]>();
  private readonly classes = new Map<ts.Node, ts.ClassDeclaration>();
  private readonly ending = new Set<ts.Node>();
  private readonly loans = new Loans();
  private readonly files = new Set<ts.SourceFile>();

  /** The options that a function gets by its tag or its block's; undefined where neither has one. */
  optionsOf(fn: ts.Node): FunctionOptions | undefined {
    return this.options.get(fn);
  }

  isTagged(fn: ts.Node): boolean {
    return this.tagged.some((node) => node.compilerNode === fn);
  }

  /** Whether the result of a function is `never`. */
  neverReturns(fn: ts.Node): boolean {
    return this.ending.has(fn);
  }

  /** The fields that a class has; undefined for a class without hints. */
  fieldsOf(declaration: ts.ClassDeclaration): readonly ts.PropertyDeclaration[] | undefined {
    return this.fields.get(declaration);
  }

  /** Whether a file is a hints file. */
  isHintsFile(file: ts.SourceFile): boolean {
    return this.files.has(file);
  }

  /** The class of the source that one of a hints file stands for. */
  classOf(declaration: ts.Node): ts.ClassDeclaration | undefined {
    return this.classes.get(declaration);
  }

  /** Takes all types back, so that the sources are what they were. */
  release(): void {
    this.loans.release();
  }

  /** Reads one `declare module` block for the source it names. */
  add(block: ts.ModuleDeclaration, source: SourceFile): void {
    this.files.add(block.getSourceFile());
    if (!block.body || !ts.isModuleBlock(block.body)) return;
    const options = this.tagOf(block);
    this.addStatements(
      block.body.statements,
      { node: source, name: source.getBaseName() },
      options,
    );
  }

  private addStatements(
    statements: readonly ts.Statement[],
    owner: Owner,
    options: FunctionOptions | undefined,
  ): void {
    const functions = new Map<string, ts.FunctionDeclaration>();
    for (const statement of statements) {
      if (ts.isFunctionDeclaration(statement) && statement.name) {
        const { text } = statement.name;
        if (functions.has(text))
          this.report(codes.hintTwice(placeOfCompilerNode(statement.name), { name: text }));
        else this.addFunction(statement, statement.name, owner, options);
        functions.set(text, statement);
      } else if (ts.isClassDeclaration(statement) && statement.name) {
        this.addClass(statement, statement.name, owner, options);
      } else if (ts.isModuleDeclaration(statement)) this.addInside(statement, owner, options);
      else if (ts.isVariableStatement(statement)) this.addVariables(statement, owner);
      else if (!ts.isTypeAliasDeclaration(statement) && !ts.isInterfaceDeclaration(statement))
        this.report(
          codes.hintStatement(placeOfCompilerNode(statement), {
            text: shortText(statement),
          }),
        );
    }
  }

  /** `function f(x: f64): f64` for a function of that name. */
  private addFunction(
    hint: ts.FunctionDeclaration,
    name: ts.Identifier,
    owner: Owner,
    options: FunctionOptions | undefined,
  ): void {
    const declaration = declared(owner.node, name.text);
    const node = declaration && functionIn(declaration);
    if (!node) return this.unknown(name, owner, 'function', declaration);
    if (this.lendSignature(hint, node, name)) this.setOptions(hint, node, options);
  }

  private addClass(
    hint: ts.ClassDeclaration,
    name: ts.Identifier,
    owner: Owner,
    options: FunctionOptions | undefined,
  ): void {
    const declaration = declared(owner.node, name.text);
    if (!Node.isClassDeclaration(declaration))
      return this.unknown(name, owner, 'class', declaration);
    const { compilerNode } = declaration;
    this.classes.set(hint, compilerNode);
    this.loans.lend(compilerNode, 'typeParameters', hint.typeParameters ?? noneIn(compilerNode));
    this.fields.set(
      compilerNode,
      hint.members.filter(
        (member): member is ts.PropertyDeclaration =>
          ts.isPropertyDeclaration(member) && !isStatic(member),
      ),
    );
    for (const member of hint.members) {
      const isFunction =
        ts.isMethodDeclaration(member) ||
        ts.isConstructorDeclaration(member) ||
        ts.isGetAccessorDeclaration(member) ||
        ts.isSetAccessorDeclaration(member);
      if (!isFunction) continue;
      const found = declaration
        .getMembers()
        .find((other) => isSameMember(other.compilerNode, member));
      if (!found) {
        const inside = { node: declaration, name: name.text };
        this.unknown(member.name ?? member, inside, 'method', undefined);
        continue;
      }
      const node = found as FunctionNode;
      if (this.lendSignature(member, node, member.name ?? member))
        this.setOptions(member, node, options);
    }
  }

  /** `namespace f { let x: f64 }`: what is inside a function or a class. */
  private addInside(
    hint: ts.ModuleDeclaration,
    owner: Owner,
    options: FunctionOptions | undefined,
  ): void {
    if (!hint.body || !ts.isModuleBlock(hint.body)) return;
    const declaration = declared(owner.node, hint.name.text);
    const inside = declaration && (functionIn(declaration) ?? bodyOf(declaration));
    if (!inside) return this.unknown(hint.name, owner, 'function or class', declaration);
    this.addStatements(hint.body.statements, { node: inside, name: hint.name.text }, options);
  }

  /**
   * `let x: f64`: the variables of that name that the module or the function itself declares; `let x$2: f64` the
   * second of them alone, where `var` declares several of different types.
   */
  private addVariables(statement: ts.VariableStatement, owner: Owner): void {
    for (const hint of statement.declarationList.declarations) {
      if (!ts.isIdentifier(hint.name)) continue;
      const own = namedVariables(owner.node, hint.name.text);
      const found = own.length > 0 ? own : namedVariables(owner.node, hint.name.text, true);
      if (found.length === 0) this.unknown(hint.name, owner, 'variable', undefined);
      for (const declaration of found) this.loans.lend(declaration, 'type', hint.type);
    }
  }

  /** Gives the parameters and the result of a function their types, unless the parameters are others. */
  private lendSignature(hint: Signature, fn: FunctionNode, at: ts.Node): boolean {
    const { parameters } = fn.compilerNode;
    const wanted = hint.parameters;
    const isSame = (parameter: ts.ParameterDeclaration, index: number): boolean => {
      const own = parameters[index];
      if (!own || (own.dotDotDotToken === undefined) !== (parameter.dotDotDotToken === undefined))
        return false;
      return !ts.isIdentifier(own.name) || own.name.text === parameter.name.getText();
    };
    if (wanted.length !== parameters.length || !wanted.every(isSame)) {
      const names = parameters.map((parameter) => shortText(parameter.name));
      this.report(
        codes.hintParameters(placeOfCompilerNode(at), {
          name: at.getText(),
          parameters: names.join(', ') || 'none',
          rewrite: `${at.getText()}(${names.map((name) => `${name}: number`).join(', ')})`,
        }),
      );
      return false;
    }
    wanted.forEach((parameter, index) => {
      const own = parameters[index];
      if (!own) return;
      this.loans.lend(own, 'type', parameter.type);
      if (!own.initializer) this.loans.lend(own, 'questionToken', parameter.questionToken);
    });
    this.loans.lend(
      fn.compilerNode,
      'typeParameters',
      hint.typeParameters ?? noneIn(fn.compilerNode),
    );
    if (!ts.isConstructorDeclaration(fn.compilerNode))
      this.loans.lend(fn.compilerNode, 'type', hint.type);
    if (hint.type?.kind === ts.SyntaxKind.NeverKeyword) this.ending.add(fn.compilerNode);
    return true;
  }

  private setOptions(
    hint: ts.Node,
    fn: FunctionNode,
    inherited: FunctionOptions | undefined,
  ): void {
    const own = this.tagOf(hint);
    if (own) this.tagged.push(fn);
    const options = own ?? inherited;
    if (options) this.options.set(fn.compilerNode, options);
  }

  /** The options of the tag right above a declaration; undefined where there is none. */
  private tagOf(node: ts.Node): FunctionOptions | undefined {
    const file = node.getSourceFile();
    const comment = ts.getLeadingCommentRanges(file.text, node.pos)?.at(-1);
    if (!comment) return undefined;
    const text = file.text.slice(comment.pos, comment.end);
    const tag = text.startsWith('/**') ? findTag(text) : undefined;
    if (!tag) return undefined;
    const placeAt = (start: number, length: number): Place => {
      const from = comment.pos + tag.optionsStart + start;
      return placeOfRange(file, from, from + length);
    };
    const parsed = parseOptions(tag.options, placeAt);
    for (const problem of parsed.diagnostics) this.report(problem);
    return parsed.options;
  }

  private unknown(name: ts.Node, owner: Owner, what: string, other: Node | undefined): void {
    const text = name.getText();
    const names = namesIn(owner.node);
    this.report(
      codes.unknownHint(placeOfCompilerNode(name), {
        name: text,
        what,
        module: owner.name,
        suggestion: other ? text : closest(text, names) || text,
      }),
    );
  }

  private report(diagnostic: Diagnostic): void {
    this.diagnostics.push(diagnostic);
  }
}

type Signature =
  | ts.FunctionDeclaration
  | ts.MethodDeclaration
  | ts.ConstructorDeclaration
  | ts.GetAccessorDeclaration
  | ts.SetAccessorDeclaration;

/** What stands in the place of JSDoc's type parameters, where a declaration has some. */
function noneIn(
  node: ts.DeclarationWithTypeParameters,
): ts.NodeArray<ts.TypeParameterDeclaration> | undefined {
  if (ts.getEffectiveTypeParameterDeclarations(node).length === 0) return undefined;
  const { end } = node;
  return ts.setTextRange(ts.factory.createNodeArray<ts.TypeParameterDeclaration>([]), {
    pos: end,
    end,
  });
}

/** Where names are looked for: a module, a function or a class of the source. */
interface Owner {
  readonly node: Node;
  readonly name: string;
}

/** What declares a name in a module, directly in a function, or as a method. */
function declared(owner: Node, name: string): Node | undefined {
  if (Node.isClassDeclaration(owner)) return owner.getMethod(name);
  const isIt = (declaration: Node): boolean =>
    nameOfDeclaration(declaration) === name && hasValue(declaration);
  const own = ownDeclarations(owner).find(isIt) ?? ownDeclarations(owner, true).find(isIt);
  if (own || !Node.isSourceFile(owner)) return own;
  // What a module exports of another one.
  return declarationOfSymbol(owner.getExportSymbols().find((symbol) => symbol.getName() === name));
}

const hasValue = (declaration: Node): boolean =>
  !Node.isFunctionDeclaration(declaration) || declaration.hasBody();

/** The function that a declaration makes; a function expression may have a name of its own. */
const functionIn = (declaration: Node): FunctionNode | undefined =>
  functionOf(declaration)?.node ??
  (Node.isFunctionExpression(declaration) ? declaration : undefined);

/**
 * Functions, classes and variables that are declared in a module or function, not in functions inside it.
 * @param wrapped also those in functions without a name that are called in place or passed on, as modules are wrapped
 */
function ownDeclarations(owner: Node, wrapped = false): Node[] {
  const found: Node[] = [];
  const visit = (node: Node): void => {
    if (
      Node.isFunctionDeclaration(node) ||
      Node.isClassDeclaration(node) ||
      Node.isVariableDeclaration(node) ||
      Node.isFunctionExpression(node) ||
      (exportedBy(node) !== undefined && functionOf(node))
    )
      found.push(node);
    const isOpaque = ts.isFunctionLike(node.compilerNode) || ts.isClassLike(node.compilerNode);
    if (!isOpaque || (wrapped && isWrapper(node))) node.forEachChild(visit);
  };
  owner.forEachChild(visit);
  return found;
}

/** `(function () { … })()`, and `wrap(function () { … })`. */
function isWrapper(node: Node): boolean {
  if (!Node.isArrowFunction(node) && !Node.isFunctionExpression(node)) return false;
  if (nameOf(node.compilerNode) !== undefined) return false;
  const around = node.getParentWhile((parent) => Node.isParenthesizedExpression(parent)) ?? node;
  return Node.isCallExpression(around.getParent());
}

type Variable = ts.VariableDeclaration | ts.ParameterDeclaration;

const ownVariables = (owner: Node, wrapped = false): Variable[] => [
  ...(ts.isFunctionLike(owner.compilerNode) ? owner.compilerNode.parameters : []).filter(
    (parameter) => ts.isParameter(parameter),
  ),
  ...ownDeclarations(owner, wrapped).flatMap((node) =>
    Node.isVariableDeclaration(node) ? [node.compilerNode] : [],
  ),
];

function namedVariables(owner: Node, text: string, wrapped = false): Variable[] {
  const own = ownVariables(owner, wrapped);
  const named = (wanted: string): Variable[] => own.filter(({ name }) => name.getText() === wanted);
  const all = named(text);
  const [, name, number] = /^(.+)\$([1-9]\d*)$/.exec(text) ?? [];
  if (all.length > 0 || name === undefined) return all;
  return named(name).slice(Number(number) - 1, Number(number));
}

const bodyOf = (node: Node): Node | undefined =>
  Node.isClassDeclaration(node) || Node.isMethodDeclaration(node) ? node : undefined;

function nameOf(node: ts.Node): string | undefined {
  const { name } = node as ts.NamedDeclaration;
  return name && (ts.isIdentifier(name) || ts.isPrivateIdentifier(name)) ? name.text : undefined;
}

const nameOfDeclaration = (node: Node): string | undefined =>
  exportedBy(node) ?? nameOf(node.compilerNode);

const namesIn = (owner: Node): string[] =>
  Node.isClassDeclaration(owner)
    ? owner.getMethods().map((method) => method.getName())
    : ownDeclarations(owner).flatMap((node) => nameOfDeclaration(node) ?? []);

const isSameMember = (one: ts.ClassElement, other: ts.ClassElement): boolean =>
  one.kind === other.kind &&
  one.name?.getText() === other.name?.getText() &&
  isStatic(one) === isStatic(other);

const isStatic = (member: ts.ClassElement): boolean =>
  (ts.getCombinedModifierFlags(member) & ts.ModifierFlags.Static) !== 0;
