/** The state of lowering one function: its builder, variables, jump targets and what went wrong. */
import { Node, ts, type Symbol as MorphSymbol } from '../ts-morph.ts';
import type { NativeConstant, NativeFunction, Reading } from '../1-read/model.ts';
import { codes } from '../diagnostics/codes.ts';
import { placeOf, spanOf } from '../1-read/places.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import { IrBuilder } from '../ir/build.ts';
import type { Constant, IrTable, IrType, ScalarType, Value } from '../ir/types.ts';
import { nativeFrame, type Frame, type InnerFunction } from './functions/frame.ts';
import type { Operand } from './operands.ts';

/**
 * Ends the lowering of a statement; the diagnostic is reported and the next statement goes on.
 * Without a diagnostic it is the consequence of a refusal that was reported before.
 */
export class Refusal extends Error {
  readonly diagnostic: Diagnostic | undefined;
  constructor(diagnostic: Diagnostic | undefined) {
    super(diagnostic?.message);
    this.diagnostic = diagnostic;
  }
}

/** What a name of the function's own stands for. */
export type Variable =
  /** Never assigned again after its declaration. */
  | { readonly kind: 'constant'; readonly operand: Operand }
  /** A function inside the native one, which runs in the place of each call. */
  | { readonly kind: 'function'; readonly fn: InnerFunction }
  /** Its declaration was refused, so that its uses have nothing to add. */
  | { readonly kind: 'refused' }
  | {
      readonly kind: 'local';
      readonly name: string;
      readonly local: string;
      readonly type: IrType;
      /** The local with its tag, where `undefined` or `null` may be held. */
      readonly tag: string | undefined;
      /** The local that tells whether the declaration has run, where a read might come before. */
      readonly initialized: string | undefined;
    };

/** Where `break` and `continue` go. */
export interface JumpTarget {
  /** The source's labels of the statement. */
  readonly names: readonly string[];
  readonly breakLabel: string;
  /** Undefined for what isn't a loop. */
  readonly continueLabel: string | undefined;
  /** Whether a bare `break` goes here: loops and `switch`, not labelled blocks. */
  readonly bare: boolean;
  /** The body of a function: no jump goes out of it. */
  readonly isFunction?: boolean;
}

/** A way out of statements: `return`, `break` or `continue`. */
export interface Exit {
  /** The index of the jump's target among `Lowering.targets`; undefined for `return`. */
  readonly target: number | undefined;
  /** What `return` gives. */
  readonly values: readonly Value[];
  run(): void;
  /** The same way out, with other values. */
  with(values: readonly Value[]): Exit;
}

/** A `finally` around what is being lowered. */
export interface Finalizer {
  /** The block behind which it stands. */
  readonly label: string;
  /** The local that tells how its `try` was left. */
  readonly completion: string;
  /** How many of `Lowering.targets` are outside of it. */
  readonly targets: number;
  /** The ways that lead through it, in the order of their completions. */
  readonly exits: { again(): Exit }[];
}

/** What the functions of one module share while they are lowered. */
export interface ModuleState {
  readonly reading: Reading;
  /** Library mode: calls of the intrinsics module and of other library functions are known. */
  readonly library: boolean;
  /** A function that a call reached, to be lowered in turn. */
  require(fn: NativeFunction, caller: NativeFunction): void;
  /** A module constant that JavaScript hands over at load. */
  requireGlobal(constant: Extract<NativeConstant, { kind: 'global' }>): void;
  /** A constant table of the library. */
  requireTable(table: IrTable): void;
  /** @param diagnostic undefined for the consequence of what has been reported */
  report(diagnostic: Diagnostic | undefined): void;
}

export class Lowering {
  readonly module: ModuleState;
  readonly native: NativeFunction;
  readonly b: IrBuilder;
  readonly targets: JumpTarget[] = [];
  /** The `finally` blocks around what is being lowered, the innermost last. */
  readonly finalizers: Finalizer[] = [];
  /** The chain of `?.` that is being lowered, and whether something jumps to its end. */
  chain: { readonly label: string; used: boolean } | undefined;
  /** The function whose body is being lowered. */
  frame: Frame;
  /** The functions inside the native one whose bodies are being lowered. */
  readonly running = new Set<ts.Node>();
  private variables = new Map<ts.Symbol, Variable>();
  private readonly constants = new Map<Value, Constant>();
  private readonly texts = new Map<Value, string>();

  constructor(module: ModuleState, native: NativeFunction) {
    const { types } = native;
    this.module =
      types.parameters.length > 0 ? { ...module, reading: module.reading.within(types) } : module;
    this.native = native;
    this.b = new IrBuilder(native.id, native.options, native.span);
    this.frame = nativeFrame(this);
  }

  /** A constant, which conversions then fold instead of converting at run time. */
  constant(type: ScalarType, value: Constant): Value {
    const made = this.b.const(type, value);
    this.constants.set(made, value);
    return made;
  }

  constantOf(value: Value): Constant | undefined {
    return this.constants.get(value);
  }

  /** A string constant, which is put together with others when compiling. */
  text(text: string): Value {
    const made = this.b.op('str.const', [], undefined, { text });
    this.texts.set(made, text);
    return made;
  }

  textOf(value: Value): string | undefined {
    return this.texts.get(value);
  }

  declare(declaration: Node, variable: Variable): void {
    for (const symbol of this.symbolsOf(declaration)) this.variables.set(symbol, variable);
  }

  /** Runs `lower`, and forgets the names that it declared. */
  scoped<T>(lower: () => T): T {
    const outer = this.variables;
    this.variables = new Map(outer);
    try {
      return lower();
    } finally {
      this.variables = outer;
    }
  }

  /** What uses of a declaration's name refer to. */
  symbolsOf(declaration: Node): ts.Symbol[] {
    return [symbolOf(declaration), this.parameterOf(declaration)].filter(
      (symbol) => symbol !== undefined,
    );
  }

  /** The parameter that a parameter property declares, besides the property. */
  private parameterOf(declaration: Node): ts.Symbol | undefined {
    if (!Node.isParameterDeclaration(declaration) || !declaration.isParameterProperty())
      return undefined;
    const checker = this.module.reading.program.getTypeChecker();
    return checker
      .getSymbolsOfParameterPropertyDeclaration(declaration.compilerNode, declaration.getName())
      .find(({ flags }) => flags & ts.SymbolFlags.FunctionScopedVariable);
  }

  /** What a name of the function's own stands for. Ends the statement when the declaration was refused. */
  lookup(name: Node): Exclude<Variable, { kind: 'refused' }> | undefined {
    const symbol = symbolOf(name);
    const variable = symbol && this.variables.get(symbol);
    if (variable?.kind === 'refused') return this.refuse(undefined);
    return variable;
  }

  /** The type that TypeScript's checker knows of a node, without type parameters. */
  typeOf(node: Node): ts.Type {
    return this.module.reading.instantiate(node.getType().compilerType);
  }

  /** Sets the place that the next operations come from. */
  at(node: Node): void {
    this.b.span = spanOf(node);
  }

  /** @param diagnostic undefined where the cause has been told: another refusal, or TypeScript's parser */
  refuse(diagnostic: Diagnostic | undefined): never {
    throw new Refusal(diagnostic);
  }

  /** Refuses a construct of the language that native code doesn't have. */
  unsupported(node: Node | Place, construct: Construct): never {
    const place = Node.isNode(node) ? placeOf(node) : node;
    this.refuse(codes.unsupportedSyntax(place, construct));
  }

  /** Runs `lower`, and reports a refusal inside it instead of passing it on. */
  guarded(lower: () => void): void {
    try {
      lower();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.module.report(error.diagnostic);
    }
  }

  /**
   * Lowers parts in order, all of them, so that each of their refusals is reported; where there was
   * one, the statement ends.
   */
  all<T>(parts: readonly (() => T)[]): T[] {
    const done: T[] = [];
    for (const part of parts) this.guarded(() => void done.push(part()));
    if (done.length < parts.length) this.refuse(undefined);
    return done;
  }

  /** As `all` for two parts, which may be of different kinds. */
  both<A, B>(first: () => A, second: () => B): [A, B] {
    let a: { readonly part: A } | undefined;
    let b: { readonly part: B } | undefined;
    this.guarded(() => void (a = { part: first() }));
    this.guarded(() => void (b = { part: second() }));
    if (!a || !b) return this.refuse(undefined);
    return [a.part, b.part];
  }

  /**
   * As `guarded`; the names of a declaration that is refused are then known as refused too.
   * @param otherwise what to do with the names instead
   */
  guardedDeclaration(
    declaration: Node,
    lower: () => void,
    otherwise = (): void => this.declareRefused(declaration),
  ): void {
    this.guarded(() => {
      try {
        lower();
      } catch (error) {
        otherwise();
        throw error;
      }
    });
  }

  /** Makes the names of a declaration known as refused. */
  declareRefused(declaration: Node): void {
    for (const name of namesOf(declaration)) this.declare(name, { kind: 'refused' });
  }
}

/** A construct that is refused, as its message tells it. */
export interface Construct {
  /** What native code can't have. */
  readonly what: string;
  readonly why: string;
  readonly rewrite: string;
}

/** The names that a declaration or a pattern of destructuring declares. */
function namesOf(declaration: Node): Node[] {
  if (Node.isIdentifier(declaration)) return [declaration];
  if (Node.isObjectBindingPattern(declaration) || Node.isArrayBindingPattern(declaration)) {
    return declaration.getElements().flatMap(namesOf);
  }
  if (
    Node.isVariableDeclaration(declaration) ||
    Node.isParameterDeclaration(declaration) ||
    Node.isBindingElement(declaration)
  ) {
    return namesOf(declaration.getNameNode());
  }
  return [];
}

/** The symbol of a declaration or of a use; of `x` in `{ x }` that of the variable, not of the property. */
export function symbolOf(node: Node): ts.Symbol | undefined {
  const parent = node.getParent();
  if (Node.isShorthandPropertyAssignment(parent) && parent.getNameNode() === node)
    return parent.getValueSymbol()?.compilerSymbol;
  const symbol: MorphSymbol | undefined = node.getSymbol();
  return symbol?.compilerSymbol;
}
