/** What reading a project gives to the phases after it. */
import type { FollowerInfo } from '../../runtime/manifest.ts';
import type {
  ArrowFunction,
  CallExpression,
  ClassDeclaration,
  ConstructorDeclaration,
  FunctionDeclaration,
  FunctionExpression,
  GetAccessorDeclaration,
  MethodDeclaration,
  NewExpression,
  Node,
  SetAccessorDeclaration,
  SourceFile,
  ts,
  VariableDeclaration,
} from '../ts-morph.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import type { Classes } from './classes.ts';
import type { ExternInfo } from './externs.ts';
import type { CheckedProgram } from './kept.ts';
import type { Shapes } from './shapes.ts';
import type { TypeArguments } from './type-arguments.ts';
import type {
  ErrorClass,
  FunctionOptions,
  HeapType,
  IrType,
  RecordType,
  Span,
} from '../ir/types.ts';

/** A type as hints tell it. `type` is undefined for `void`. */
export interface HintType {
  readonly type: IrType | undefined;
  /** `undefined` is allowed beside `type`: `T | undefined`, `x?: T`, a default value. */
  readonly undefined: boolean;
  readonly null: boolean;
}

/** What a function type says. */
export interface FunctionSignature {
  readonly params: readonly HintType[];
  readonly result: HintType;
}

export type FunctionNode =
  | FunctionDeclaration
  | ArrowFunction
  | FunctionExpression
  | MethodDeclaration
  | GetAccessorDeclaration
  | SetAccessorDeclaration
  | ConstructorDeclaration;

/** A class whose instances native code has. */
export interface NativeClass {
  /** The type of its instances. */
  readonly record: RecordType;
  readonly name: string;
  readonly declaration: ClassDeclaration;
  /** The class that it extends. */
  readonly base: NativeClass | undefined;
  /** It is a class of errors, and this the class of JavaScript's that it extends in the end. */
  readonly error?: ErrorClass;
  /** The options of its tag, with which JavaScript has the class too; undefined for one of native code alone. */
  readonly tag: FunctionOptions | undefined;
  /** What stands for the type parameters of its declaration. */
  readonly types: TypeArguments;
}

/** Where a function or a class is named whose type arguments are to be found out. */
export interface CallSite {
  readonly call: CallExpression | NewExpression;
  /** What stands for the type parameters around the call. */
  readonly types: TypeArguments;
  /** The native type of an argument, where that is known before it is lowered. */
  readonly argumentType: (argument: Node) => HintType | undefined;
  /** The type of what the result is for, where that is known. */
  readonly expected?: HintType | undefined;
}

export type MethodKind = 'method' | 'get' | 'set' | 'constructor';

export interface NativeParameter {
  readonly name: string;
  readonly hint: HintType;
  readonly node: Node;
  /** The default value, which stands for `undefined`. */
  readonly initializer: Node | undefined;
  /** It takes all further arguments, as an array; the hint is that array's. */
  readonly rest?: boolean;
}

export interface NativeFunction {
  /** Unique in the build, such as `blur` or, where two files have one, `blur.2`. */
  readonly id: string;
  /** As the source names it; `default` for a nameless default export. */
  readonly name: string;
  /** A class stands for its constructor where it declares none. */
  readonly node: FunctionNode | ClassDeclaration;
  readonly file: SourceFile;
  readonly options: FunctionOptions;
  /** Tagged by the user, so called from JavaScript; the others are reached through calls alone. */
  readonly tagged: boolean;
  readonly params: readonly NativeParameter[];
  readonly result: HintType;
  readonly span: Span;
  /** JavaScript gets a promise of its result. */
  readonly isAsync?: boolean;
  /** The parameter behind `params` by which JavaScript may end the call. */
  readonly signal?: FollowerInfo;
  /** The parameter behind `params` that is told how far the call is. */
  readonly progress?: FollowerInfo;
  /** A hints file says that it never returns: it stays JavaScript, and native code ends where it calls it. */
  readonly endsNative?: true;
  /** What stands for the type parameters that its source may name. */
  readonly types: TypeArguments;
  /** It is a function of a C library. */
  readonly extern?: ExternInfo;
  /** It is inside another function, which JavaScript runs: native code gets it as an argument. */
  readonly inner?: boolean;
  /** What `this` is, in a method, an accessor or a constructor. */
  readonly method?: { readonly owner: NativeClass; readonly kind: MethodKind };
}

/** A module-level `const` that native code reads. */
export type NativeConstant =
  /** Its value is known when compiling. */
  | {
      readonly kind: 'literal';
      readonly type:
        'bool' | 'f64' | 'i64' | 'u64' | 'i8' | 'u8' | 'i16' | 'u16' | 'i32' | 'u32' | 'f32';
      readonly value: number | bigint | boolean;
    }
  | { readonly kind: 'text'; readonly text: string }
  /** An object that nobody changes, of which native code makes its own when it is first used. */
  | {
      readonly kind: 'object';
      /** Unique in the build. */
      readonly id: string;
      readonly name: string;
      readonly type: HeapType;
      readonly declaration: VariableDeclaration;
      readonly initializer: Node;
    }
  /** JavaScript hands it over at load: an array of numbers as a typed array, once top-level code has filled it. */
  | {
      readonly kind: 'global';
      /** Of an array: the last statement of its file that changes it. */
      readonly filledBy?: ts.Statement;
      /** Of a typed array: how many elements it always has, where that is known. */
      readonly length?: number;
      /** Unique in the build. */
      readonly id: string;
      readonly name: string;
      readonly type: IrType;
      readonly declaration: VariableDeclaration;
    };

/** A folder whose files belong to the project, so that a file added there changes the build. */
export interface ProjectFolder {
  readonly path: string;
  /** Also the files of the folders inside it. */
  readonly recursive: boolean;
}

/** A function that stands for an expression of vectorised functions. */
export interface ArrayCallee {
  readonly callee: NativeFunction | readonly Diagnostic[];
  readonly args: readonly Node[];
  /** The first argument is where the result goes, and is what the call gives. */
  readonly isInto: boolean;
}

export interface Reading {
  /** TypeScript's own; ts-morph's nodes of its files are those of `functions` and what they lead to. */
  readonly program: ts.Program;
  /**
   * The program that TypeScript checks, which is another one in a project with hints for its packages; undefined for
   * modules with hints, of which it checks only the hints.
   */
  readonly checked: ts.Program | CheckedProgram | undefined;
  /** Absolute path of the tsconfig file. */
  readonly configPath: string;
  /** The tagged functions in source order, and then the members of tagged classes that JavaScript calls. */
  readonly functions: readonly NativeFunction[];
  /** The tagged functions that are inside others. */
  readonly inner: readonly NativeFunction[];
  /** The tagged classes, each behind the one that it extends. */
  readonly wrapped: readonly NativeClass[];
  /** What tsnative refuses so far; some of it may be an echo of what TypeScript finds. */
  readonly refusals: readonly Diagnostic[];
  /**
   * TypeScript's own, then the refusals. TypeScript checks the whole program when they are first
   * asked for, which takes about as long as the rest of reading; see `checkInTurns`.
   */
  readonly diagnostics: readonly Diagnostic[];
  /** Every file that was read, with absolute path: sources, declarations, configs (for the cache). */
  readonly inputs: readonly string[];
  /** The folders that the tsconfig's `include` looks into. */
  readonly folders: readonly ProjectFolder[];
  /**
   * What a callee expression of a native function's body stands for; a function without a
   * tag is made native by this call, with the default options whoever calls it. Diagnostics
   * say why something can't be called; undefined is what is no function of the user's, such as
   * `Math.sin`, a method, or a parameter.
   * @param site needed where a generic function is called
   */
  resolveCallee(callee: Node, site?: CallSite): NativeFunction | Diagnostic | undefined;
  /** What native code calls where a vectorised function is called with arrays: one function for the whole expression. */
  arrayCall(node: CallExpression): ArrayCallee | undefined;
  /**
   * What an identifier (or `namespace.name`) that names a module-level variable stands for, or
   * why it can't be used; undefined when it names something else.
   */
  resolveConstant(identifier: Node): NativeConstant | Diagnostic | undefined;
  /**
   * The name of JavaScript's own global that a name stands for, or of a member of one: itself, or what a variable
   * always is, such as `const Floats = Float64Array;`, `const sqrt = Math.sqrt;` and `const { PI } = Math;`.
   */
  globalOf(name: Node): string | undefined;
  /**
   * The type that the annotation of a variable or parameter gives it (in a JavaScript file its
   * JSDoc type); undefined where there is no annotation.
   */
  hintOf(declaration: Node): HintType | Diagnostic | undefined;
  /** The type that a type node stands for. */
  hintOfNode(node: ts.TypeNode): HintType | Diagnostic;
  /** The type that TypeScript's checker knows of something, such as an object literal. @param node where a refusal points */
  hintOfType(type: ts.Type, node: Node): HintType | Diagnostic;
  /** A type without the type parameters that `types` has something for. */
  instantiate(type: ts.Type): ts.Type;
  /** The same reading, for source that may name type parameters. */
  within(types: TypeArguments): Reading;
  /** The records of the types that were read so far. */
  readonly records: Shapes;
  /** The classes whose instances native code has. */
  readonly classes: Classes;
  /** The modules that are copied, in a build with hints. */
  readonly hinted?: Hinted;
}

/** Modules that aren't the user's. */
export interface Hinted {
  /** The files to copy, by their absolute paths: where each goes in the copy. */
  readonly files: ReadonlyMap<string, string>;
  /** They are packages that a project imports. */
  readonly inProject: boolean;
  /** The folder whose files go to the copy's top. */
  readonly root: string;
  /** Makes the sources what they were, without the types that hints lent them. */
  release(): void;
}
