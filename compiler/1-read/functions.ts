/** The native functions of a build: each function node is read once and is one `NativeFunction`. */
import { Node, ts } from '../ts-morph.ts';
import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import type { FunctionOptions } from '../ir/types.ts';
import { isVisible } from './class-members.ts';
import { hintsOfTypes, mostCopies, nameWith } from './copies.ts';
import { readExtern } from './externs.ts';
import { declarationOf, functionOf, type NamedFunction } from './function-nodes.ts';
import { determinedTypes, typeArgumentsOfCall } from './generic-calls.ts';
import { Ids, type IsTaken } from './ids.ts';
import { arrayFunctionOf } from './kernels/find.ts';
import { only } from './hint-types.ts';
import type { CallSite, FunctionNode, MethodKind, NativeClass, NativeFunction } from './model.ts';
import { placeOf, spanOf } from './places.ts';
import { isAsync, nameNodeOf, readSignature, type Signature } from './signatures.ts';
import { withTypes, type TypeContext } from './shapes.ts';
import { defaultOptions } from './tag-options.ts';
import {
  noTypeArguments,
  together,
  typeArgumentsOf,
  typeParametersOf,
  type TypeArguments,
} from './type-arguments.ts';

type Read = NativeFunction | readonly Diagnostic[];

export class Functions {
  // By TypeScript's own nodes, as there may be several ts-morph nodes for one of them, and then by type arguments.
  private readonly known = new Map<ts.Node, Map<string, Read>>();
  private readonly ids: Ids;
  private readonly context: TypeContext;
  private readonly compilerOptions: ts.CompilerOptions;
  /** The options of methods with a tag of their own. */
  private readonly taggedMethods = new Map<ts.Node, FunctionOptions>();

  constructor(program: ts.Program, context: TypeContext, isTaken?: IsTaken) {
    this.ids = new Ids('function', isTaken);
    this.context = context;
    this.compilerOptions = program.getCompilerOptions();
  }

  /** @returns the function, or every reason why it can't be native */
  tagged(node: FunctionNode, options: FunctionOptions): Read {
    const name = nameOf(node);
    if (!isGeneric(node)) return this.read(node, name, [], { options, tagged: true });
    const types = determinedTypes(node.compilerNode, this.context);
    if (types) return this.read(node, name, types, { options, tagged: true });
    return [codes.genericFunction(placeOf(nameNodeOf(node)), { name })];
  }

  /** A function that native code calls; one that has a tag keeps its options. */
  called(node: FunctionNode, site?: CallSite): Read {
    const name = nameOf(node);
    if (!Node.isMethodDeclaration(node) && isAsync(node))
      return [codes.asyncCall(placeOf(site?.call ?? nameNodeOf(node)), { name })];
    const types = this.typesOf(node, name, site);
    return isTypes(types) ? this.read(node, name, types, this.marksOf(node), site) : types;
  }

  /** The function of numbers that a constant makes a function of arrays of. */
  ofNumbers(declaration: Node): NamedFunction | undefined {
    if (!Node.isVariableDeclaration(declaration)) return undefined;
    const made = arrayFunctionOf(declaration.compilerNode, this.context.checker);
    if (made?.maker !== 'vectorize') return undefined;
    const call = declaration.getInitializer();
    const [node] = Node.isCallExpression(call) ? call.getArguments() : [];
    if (Node.isArrowFunction(node) || Node.isFunctionExpression(node))
      return { node, name: made.name };
    const named = node && declarationOf(node);
    return named && functionOf(named);
  }

  /** Marks a method of a class that has no tag. To be called before any function is read. */
  tagMethod(node: ts.Node, options: FunctionOptions): void {
    this.taggedMethods.set(node, options);
  }

  /** What a method's own tag says of it, or a hints file of a function. */
  private marksOf(node: NativeFunction['node']): Marks {
    const options = this.taggedMethods.get(node.compilerNode);
    if (options) return { options, tagged: true };
    const { hints } = this.context;
    return {
      options: hints?.optionsOf(node.compilerNode) ?? defaultOptions,
      tagged: hints?.isTagged(node.compilerNode) ?? false,
    };
  }

  /** A method, an accessor or the constructor of a class. */
  method(
    node: NativeFunction['node'],
    owner: NativeClass,
    kind: MethodKind,
    site?: CallSite,
  ): Read {
    const member = kind === 'constructor' ? 'constructor' : nameOfMember(node);
    const plain = `${owner.name}.${kind === 'get' || kind === 'set' ? `${kind} ` : ''}${member}`;
    const types = Node.isClassDeclaration(node) ? [] : this.typesOf(node, plain, site);
    if (!isTypes(types)) return types;
    const place = placeOf(site?.call.getExpression() ?? node);
    const hints = hintsOfTypes(types, this.context, place);
    if ('code' in hints) return [hints];
    const key = JSON.stringify([owner.record, kind, hints]);
    const endless = (): Diagnostic => codes.endlessCopies(place, { name: plain });
    return this.once(node, key, endless, () => {
      const name = nameWith(plain, hints, this.context.shapes);
      const scope = this.scopeOf(node, types, owner.types);
      const signature = this.signatureOfMethod(node, name, owner, kind, scope);
      const isSeen = isVisible(node.compilerNode as ts.ClassElement);
      const isMade = kind !== 'constructor' || !owner.declaration.isAbstract();
      if (Array.isArray(signature)) return signature;
      const marks = owner.tag
        ? { options: owner.tag, tagged: isSeen && isMade }
        : this.marksOf(node);
      return { ...this.made(node, name, marks, signature, scope), method: { owner, kind } };
    });
  }

  /** What stands for a function's own type parameters where it is called. */
  private typesOf(
    node: FunctionNode,
    name: string,
    site: CallSite | undefined,
  ): readonly ts.Type[] | readonly Diagnostic[] {
    if (!isGeneric(node)) return [];
    const { compilerNode } = node;
    if (!site) {
      const rewrite = `${name}<number>(…)`;
      return [codes.unknownTypeArguments(placeOf(nameNodeOf(node)), { name, rewrite })];
    }
    const signature = this.context.checker.getSignatureFromDeclaration(compilerNode);
    const generic = {
      declaration: compilerNode,
      parameters: compilerNode.parameters,
      result: signature && this.context.checker.getReturnTypeOfSignature(signature),
    };
    const types = typeArgumentsOfCall(generic, site, this.context);
    return 'code' in types ? [types] : types;
  }

  private scopeOf(
    node: NativeFunction['node'],
    types: readonly ts.Type[],
    outer: TypeArguments,
  ): TypeArguments {
    const own = typeArgumentsOf(node.compilerNode, types, this.context.checker);
    return types.length === 0 ? outer : together(outer, own);
  }

  private once(
    node: NativeFunction['node'],
    key: string,
    endless: () => Diagnostic,
    make: () => Read,
  ): Read {
    const copies = this.known.get(node.compilerNode) ?? new Map<string, Read>();
    this.known.set(node.compilerNode, copies);
    const known = copies.get(key);
    if (known) return known;
    if (copies.size >= mostCopies) return [endless()];
    const made = make();
    copies.set(key, made);
    return made;
  }

  private signatureOfMethod(
    node: NativeFunction['node'],
    name: string,
    { base, error }: NativeClass,
    kind: MethodKind,
    types: TypeArguments,
  ): Signature | Diagnostic[] {
    if (!Node.isClassDeclaration(node)) {
      const context = withTypes(this.context, types);
      const signature = readSignature(node, name, context, this.compilerOptions);
      const isVoid = kind === 'constructor' || kind === 'set';
      return isVoid && !Array.isArray(signature)
        ? { ...signature, result: only(undefined) }
        : signature;
    }
    // Without one of its own, a class's constructor takes what that of its base takes.
    const inherited = base && this.context.classes.constructorOf(base);
    if (inherited && !('id' in inherited)) return [...inherited];
    if (inherited || !error) return { params: inherited?.params ?? [], result: only(undefined) };
    const hint = { type: 'str', undefined: true, null: false } as const;
    const message = { name: 'message', hint, node, initializer: undefined };
    return { params: [message], result: only(undefined) };
  }

  private read(
    node: FunctionNode,
    plain: string,
    types: readonly ts.Type[],
    marks: Marks,
    site?: CallSite,
  ): Read {
    const place = placeOf(site?.call.getExpression() ?? nameNodeOf(node));
    const hints = hintsOfTypes(types, this.context, place);
    if ('code' in hints) return [hints];
    const endless = (): Diagnostic => codes.endlessCopies(place, { name: plain });
    return this.once(node, JSON.stringify(hints), endless, () => {
      const name = marks.tagged ? plain : nameWith(plain, hints, this.context.shapes);
      const scope = this.scopeOf(node, types, noTypeArguments);
      const context = withTypes(this.context, scope);
      const extern = Node.isFunctionDeclaration(node) ? readExtern(node, context) : undefined;
      const signature = extern ?? readSignature(node, name, context, this.compilerOptions);
      if (Array.isArray(signature)) return signature;
      const made = this.made(node, name, marks, signature, scope);
      return 'extern' in signature ? { ...made, extern: signature.extern } : made;
    });
  }

  private made(
    node: NativeFunction['node'],
    name: string,
    { options, tagged }: Marks,
    { params, result, isAsync, signal, progress }: Signature,
    types: TypeArguments,
  ): NativeFunction {
    return {
      id: this.ids.take(name),
      name,
      node,
      file: node.getSourceFile(),
      options,
      tagged,
      params,
      result,
      ...(isAsync && { isAsync }),
      ...(signal && { signal }),
      ...(progress && { progress }),
      span: spanOf(Node.isClassDeclaration(node) ? node : nameNodeOf(node)),
      ...(this.context.hints?.neverReturns(node.compilerNode) && { endsNative: true }),
      types,
      ...(isInside(node) && { inner: true }),
    };
  }
}

/** Whether a function is made when another one runs. */
const isInside = (node: Node): boolean =>
  !Node.isClassDeclaration(node) &&
  node.getAncestors().some((outer) => ts.isFunctionLike(outer.compilerNode));

type Marks = Pick<NativeFunction, 'options' | 'tagged'>;

const isTypes = (read: readonly ts.Type[] | readonly Diagnostic[]): read is readonly ts.Type[] =>
  read[0] === undefined || 'flags' in read[0];

const isGeneric = (node: FunctionNode): boolean => typeParametersOf(node.compilerNode).length > 0;

const nameOfMember = (node: Node): string =>
  Node.isMethodDeclaration(node) ||
  Node.isGetAccessorDeclaration(node) ||
  Node.isSetAccessorDeclaration(node)
    ? node.getName()
    : 'constructor';

/** The name of the declaration that a function is in. */
function nameOf(node: FunctionNode): string {
  for (const holder of node.getAncestors()) {
    const named = functionOf(holder);
    if (named?.node === node) return named.name;
    // The function of numbers of `const f = vectorize((x) => …)`.
    if (Node.isVariableDeclaration(holder) && Node.isCallExpression(node.getParent()))
      return holder.getName();
  }
  const own = Node.isFunctionExpression(node) ? node.getName() : undefined;
  return functionOf(node)?.name ?? own ?? 'default';
}
