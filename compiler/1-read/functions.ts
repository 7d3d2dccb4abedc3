/** The native functions of a build: each function node is read once and is one `NativeFunction`. */
import { Node, type ts } from '../ts-morph.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import type { FunctionOptions } from '../ir/types.ts';
import { isVisible } from './classes.ts';
import { functionOf } from './function-nodes.ts';
import { Ids } from './ids.ts';
import { only } from './hint-types.ts';
import type { FunctionNode, MethodKind, NativeClass, NativeFunction } from './model.ts';
import { spanOf } from './places.ts';
import { nameNodeOf, readSignature, type Signature } from './signatures.ts';
import type { TypeContext } from './shapes.ts';
import { defaultOptions } from './tag-options.ts';

export class Functions {
  // By TypeScript's own nodes: there may be several ts-morph nodes for one of them.
  private readonly known = new Map<ts.Node, NativeFunction | readonly Diagnostic[]>();
  private readonly ids = new Ids();
  private readonly context: TypeContext;
  private readonly compilerOptions: ts.CompilerOptions;

  constructor(program: ts.Program, context: TypeContext) {
    this.context = context;
    this.compilerOptions = program.getCompilerOptions();
  }

  /** @returns the function, or every reason why it can't be native */
  tagged(node: FunctionNode, options: FunctionOptions): NativeFunction | readonly Diagnostic[] {
    return this.read(node, options, true);
  }

  /** A function that native code calls; one that has a tag keeps its options. */
  called(node: FunctionNode): NativeFunction | readonly Diagnostic[] {
    return this.read(node, defaultOptions, false);
  }

  /** A method, an accessor or the constructor of a class. */
  method(
    node: NativeFunction['node'],
    owner: NativeClass,
    kind: MethodKind,
  ): NativeFunction | readonly Diagnostic[] {
    const known = this.known.get(node.compilerNode);
    if (known) return known;
    const member = kind === 'constructor' ? 'constructor' : nameOfMember(node);
    const name = `${owner.name}.${kind === 'get' || kind === 'set' ? `${kind} ` : ''}${member}`;
    const signature = this.signatureOfMethod(node, name, owner, kind);
    const isSeen = isVisible(node.compilerNode as ts.ClassElement);
    const isMade = kind !== 'constructor' || !owner.declaration.isAbstract();
    const made = Array.isArray(signature)
      ? signature
      : {
          id: this.ids.take(name.replace(/[^\w$.]/g, '_')),
          name,
          node,
          file: node.getSourceFile(),
          options: owner.tag ?? defaultOptions,
          tagged: owner.tag !== undefined && isSeen && isMade,
          params: signature.params,
          result: signature.result,
          span: spanOf(Node.isClassDeclaration(node) ? node : nameNodeOf(node)),
          method: { owner, kind },
        };
    this.known.set(node.compilerNode, made);
    return made;
  }

  private signatureOfMethod(
    node: NativeFunction['node'],
    name: string,
    { base }: NativeClass,
    kind: MethodKind,
  ): Signature | Diagnostic[] {
    if (!Node.isClassDeclaration(node)) {
      const signature = readSignature(node, name, this.context, this.compilerOptions);
      const isVoid = kind === 'constructor' || kind === 'set';
      return isVoid && !Array.isArray(signature)
        ? { ...signature, result: only(undefined) }
        : signature;
    }
    // Without one of its own, a class's constructor takes what that of its base takes.
    const inherited = base && this.context.classes.constructorOf(base);
    if (inherited && !('id' in inherited)) return [...inherited];
    return { params: inherited?.params ?? [], result: only(undefined) };
  }

  private read(
    node: FunctionNode,
    options: FunctionOptions,
    tagged: boolean,
  ): NativeFunction | readonly Diagnostic[] {
    const known = this.known.get(node.compilerNode);
    if (known) return known;
    const name = nameOf(node);
    const signature = readSignature(node, name, this.context, this.compilerOptions);
    const made = Array.isArray(signature)
      ? signature
      : {
          id: this.ids.take(name),
          name,
          node,
          file: node.getSourceFile(),
          options,
          tagged,
          params: signature.params,
          result: signature.result,
          span: spanOf(nameNodeOf(node)),
        };
    this.known.set(node.compilerNode, made);
    return made;
  }
}

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
  }
  return functionOf(node)?.name ?? 'default';
}
