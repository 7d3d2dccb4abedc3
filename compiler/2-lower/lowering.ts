/** The state of lowering one function: its builder, variables, jump targets and what went wrong. */
import { Node, ts, type Symbol as MorphSymbol } from '../ts-morph.ts';
import type { NativeConstant, NativeFunction, Reading } from '../1-read/model.ts';
import { codes } from '../diagnostics/codes.ts';
import { inArrays } from '../1-read/hints.ts';
import { placeOf, spanOf } from '../1-read/places.ts';
import type { Diagnostic, Place } from '../diagnostics/types.ts';
import { IrBuilder } from '../ir/build.ts';
import type { Constant, IrTable, IrType, RecordType, ScalarType, Value } from '../ir/types.ts';
import { nativeFrame, type Frame, type InnerFunction } from './functions/frame.ts';
import type { Lifted } from './functions/lifted.ts';
import { Root } from './functions/root.ts';
import type { Closures } from './functions/closures.ts';
import type { Region } from './parallel/regions.ts';
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
  | FunctionVariable
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
      /** Where the value is, if functions that outlive the variable's scope use it too. */
      readonly cell?: Cell;
    };

/** An object with a slot `value`, and before it `tag` where there is one, that holds a variable. */
export interface Cell {
  readonly record: RecordType;
  /** Gives the object. */
  holder(): Value;
}

/** A name for a function inside the native one that it always stands for. */
export interface FunctionVariable {
  readonly kind: 'function';
  readonly fn: InnerFunction;
  /** The function that declares it. */
  readonly home: Lowering;
  /** It as a function of its own, once something needs it as one. */
  lifted?: Lifted;
}

/** What a function inside another one takes from around it. */
export interface Around {
  /** What a symbol stands for that isn't one of the function's own. */
  find(symbol: ts.Symbol): Variable | undefined;
  /** The instance that `this` is. */
  thisValue(type: RecordType): Value;
}

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

/** What becomes a function of the IR: a native function, or the initializer of a constant. */
export interface LoweredCode extends Omit<NativeFunction, 'node'> {
  readonly node: Node;
}

/** What the functions of one module share while they are lowered. */
export interface ModuleState {
  readonly reading: Reading;
  /** Library mode: calls of the intrinsics module and of other library functions are known. */
  readonly library: boolean;
  /** A function that a call reached, to be lowered in turn. */
  require(fn: NativeFunction, caller: LoweredCode): void;
  /** A constant object that a function uses. @returns the name of the IR function that gives it */
  requireObject(constant: ConstantObject): string;
  /** A module constant that JavaScript hands over at load. */
  requireGlobal(constant: Extract<NativeConstant, { kind: 'global' }>): void;
  /** A function of JavaScript that native code ends with. @returns the id to call it by */
  requireEnding(fn: NativeFunction, place: Place): string;
  /** A constant table that a function reads. */
  requireTable(table: IrTable): void;
  /** Notes a parallel loop. */
  requireRegion(region: Region): void;
  /** Lets objects of one record be objects of another, if they can be (`Shapes.extend`). @returns whether they can */
  widen(from: RecordType, to: RecordType, node: Node): boolean;
  /** The functions that are values. */
  readonly closures: Closures;
  /** @returns what forgets all that is reported from now on */
  checkpoint(): () => void;
  /** @param diagnostic undefined for the consequence of what has been reported */
  report(diagnostic: Diagnostic | undefined): void;
}

/** What a function is lowered with: that of a native function itself, or of one inside it. */
export interface Inside {
  readonly root: Root;
  readonly lifted?: Around;
  /** `this` is the instance that the native function is a method of. */
  readonly hasThis?: boolean;
}

export type ConstantObject = Extract<NativeConstant, { kind: 'object' }>;

export class Lowering {
  readonly module: ModuleState;
  /** What a native function and the functions inside it share. */
  readonly root: Root;
  /** What is around the function, where that is inside another one. */
  readonly lifted: Around | undefined;
  readonly native: LoweredCode;
  /** The constant objects that the function uses, by their ids. */
  private readonly objects = new Map<string, Value>();
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
  /** It is a function of the package's own sources. */
  private readonly ofPackage: boolean;
  private variables = new Map<ts.Symbol, Variable>();
  private readonly constants = new Map<Value, Constant>();
  private readonly texts = new Map<Value, string>();

  constructor(module: ModuleState, native: LoweredCode, inside?: Inside) {
    const { types } = native;
    this.module =
      types.parameters.length > 0 ? { ...module, reading: module.reading.within(types) } : module;
    this.native = native;
    this.root = inside?.root ?? new Root(module, native);
    this.lifted = inside?.lifted;
    this.b = new IrBuilder(native.id, native.options, native.span);
    this.ofPackage = inArrays(native.file.getFilePath());
    if (this.ofPackage) this.b.span = undefined;
    this.frame = nativeFrame(this, inside?.hasThis ?? native.method !== undefined);
  }

  /** `this`, which is there where the frame says so. */
  thisValue(): Value {
    const { method } = this.root.native;
    if (!method) throw new Error(`${this.root.native.name} has no this`);
    if (this.lifted) return this.lifted.thisValue(method.owner.record);
    const [first] = this.b.fn.params;
    if (!first) throw new Error(`${this.native.name} has no this`);
    return first.value;
  }

  /** A constant that another function has, at the start of this one; undefined for what is none. */
  sameConstant(other: Lowering, value: Value): Value | undefined {
    const constant = other.constantOf(value);
    const text = other.textOf(value);
    if (constant === undefined && text === undefined) return undefined;
    let made: Value | undefined;
    const nodes = this.b.detached(() => {
      made =
        text === undefined
          ? this.constant(value.type as ScalarType, constant ?? 0)
          : this.text(text);
    });
    this.b.fn.body.unshift(...nodes);
    return made;
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

  /** A constant object, which the function gets when it begins. */
  object(constant: ConstantObject): Value {
    const known = this.objects.get(constant.id);
    if (known) return known;
    const name = this.module.requireObject(constant);
    let made: Value | undefined;
    const part = this.b.detached(() => ([made] = this.b.call(name, [], [constant.type])));
    this.b.fn.body.unshift(...part);
    if (!made) throw new Error(`${name} gives nothing`);
    this.objects.set(constant.id, made);
    return made;
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
    const variable = symbol && this.find(symbol);
    if (variable?.kind === 'refused') return this.refuse(undefined);
    return variable;
  }

  /** What a symbol stands for here, also if a function around has it. */
  find(symbol: ts.Symbol): Variable | undefined {
    return this.variables.get(symbol) ?? this.lifted?.find(symbol);
  }

  /** What of a global a name always stands for, as `Reading.globalOf` has it; its declaration must have run. */
  globalOf(name: Node): string | undefined {
    const global = this.module.reading.globalOf(name);
    const symbol = symbolOf(name);
    const declaration = symbol?.valueDeclaration;
    const { compilerNode } = this.root.node;
    const isEarly =
      global?.includes('.') === true &&
      declaration?.getSourceFile() === compilerNode.getSourceFile() &&
      declaration.pos >= compilerNode.pos &&
      declaration.end <= compilerNode.end &&
      symbol !== undefined &&
      !this.root.renamed.has(symbol);
    if (isEarly) this.refuse(codes.usedBeforeDeclaration(placeOf(name), { name: name.getText() }));
    return global;
  }

  /** The type that TypeScript's checker knows of a node, without type parameters. */
  typeOf(node: Node): ts.Type {
    return this.module.reading.instantiate(node.getType().compilerType);
  }

  /** Sets the place that the next operations come from. */
  at(node: Node): void {
    // What a user did is at the call, not in the package's own sources.
    this.b.span = this.ofPackage ? undefined : spanOf(node);
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
