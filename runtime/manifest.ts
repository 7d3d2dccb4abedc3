/** What the compiler tells the loader of a package: plain data inside the emitted glue. */
import type { Site } from './messages.ts';

/** What may stand at a place. */
export interface PlaceInfo {
  /** An `IrType`. */
  readonly type: string;
  readonly undefined?: boolean;
  readonly null?: boolean;
}

/** What a parameter or a constant takes. */
export interface ReceiverInfo extends PlaceInfo {
  /** As the source names it. */
  readonly name: string;
  /** The JavaScript class of a view; what messages call the type of an object. */
  readonly class?: string;
  /** Objects of that class itself are taken alone, none of a subclass. */
  readonly exact?: boolean;
}

/** What an object or array is made of. */
export interface ShapeInfo {
  /** What messages call it. */
  readonly name: string;
  /** Of an array. */
  readonly elements?: PlaceInfo;
  /** Of an object or, where `tuple` says so, a tuple. */
  readonly members?: readonly (PlaceInfo & {
    readonly name: string;
    readonly optional?: boolean;
  })[];
  readonly tuple?: boolean;
  /** Of arrays of any dimension. */
  readonly array?: boolean;
  /** Of a union: the member that tells which of its types an object is, and the values that say so. */
  readonly discriminant?: {
    readonly member: string;
    readonly cases: readonly {
      readonly type: string;
      readonly literals: readonly (string | number | boolean)[];
    }[];
  };
  /** Objects must have the members in their order and no other properties. */
  readonly spread?: boolean;
  /** Of a map or, without values, a set. */
  readonly entries?: { readonly key: PlaceInfo; readonly value?: PlaceInfo };
  /** Of typed arrays. */
  readonly view?: boolean;
  /** Of functions. */
  readonly callable?: boolean;
  /** Of instances of native classes: the kinds that there may be (indices of `Manifest.classes`). */
  readonly kinds?: readonly number[];
}

/** A native class that JavaScript has too. */
export interface ClassInfo {
  /** Unique in the package. */
  readonly id: string;
  /** As the source names it. */
  readonly name: string;
  /** The index of the class that it extends. */
  readonly base?: number;
  /** Its own ones that JavaScript sees, with the ids of the functions that read and write them. */
  readonly fields: readonly {
    readonly name: string;
    readonly get: string;
    readonly set?: string;
  }[];
}

/** A class of errors of the package's that native code makes instances of. */
export interface ErrorInfo {
  /** Unique in the package. */
  readonly id: string;
  /** As the source names it. */
  readonly name: string;
}

export interface FunctionInfo {
  /** Unique in the package: the name under which native code and emitted JavaScript know it. */
  readonly id: string;
  /** As the source names it. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly params: readonly ReceiverInfo[];
  /** Where a wire carries objects: what the source's function takes, and its id. `params` are then the binary's. */
  readonly wire?: {
    readonly id: string;
    readonly params: readonly ReceiverInfo[];
    /** The types of typed arrays inside of objects of which native code takes the class itself alone. */
    readonly exact?: readonly string[];
  };
  /** It gives the rest of the answer of the function of that id. */
  readonly restOf?: string;
  /** It is no function of the source, but one that the loader uses. */
  readonly internal?: boolean;
  /** It sets a field of an instance, which is its second parameter. */
  readonly setsField?: boolean;
  /** An AbortSignal ends its calls. */
  readonly signal?: FollowerInfo;
  /** Its calls tell a function of JavaScript how far they are. */
  readonly progress?: FollowerInfo;
  /** Its callers ask before each call whether these constants still are what native code knows of them. */
  readonly steady?: readonly SteadyInfo[];
  /** It takes functions that JavaScript has made. */
  readonly handed?: HandedInfo;
  /** What it calls of libraries of C that are opened. */
  readonly libraries?: readonly LibraryNeed[];
  /** It does so with instances of native classes, which JavaScript has only wrappers of. */
  readonly needsNative?: boolean;
}

/** How functions are handed over: `HandedPlan` of `compiler/ir/handed.ts`. */
export interface HandedInfo {
  /** The id under which emitted JavaScript knows the function. */
  readonly callee: string;
  readonly params: readonly HandedParameterInfo[];
}

export interface HandedParameterInfo {
  readonly index: number;
  readonly candidates: readonly {
    readonly id: string;
    readonly numbers: readonly {
      readonly name: string;
      readonly type: string;
      readonly isWritten: boolean;
    }[];
    readonly views: readonly { readonly class: string; readonly slot: number }[];
  }[];
  readonly slots: number;
  readonly frame: string | undefined;
}

/** A constant that a function reads. */
export interface SteadyInfo {
  /** Its index in `Manifest.globals`. */
  readonly index: number;
  /** Objects of the class itself are taken alone, none of a subclass. */
  readonly exact?: boolean;
}

export interface ConstantInfo extends ReceiverInfo {
  /** Unique in the package. */
  readonly id: string;
  /** The loader makes it: a Float64Array of that many elements, through which fields of objects are handed over. */
  readonly frame?: number;
  /** An array of numbers, which native code gets as a typed array. */
  readonly array?: boolean;
}

/** Functions of a library of C. */
export interface LibraryNeed {
  /** Its index in `Manifest.libraries`. */
  readonly library: number;
  readonly symbols: readonly string[];
}

/** A library of C. */
export interface LibraryInfo {
  readonly name: string;
  /** It is part of the binary. */
  readonly linked?: boolean;
  /** Its file's names by platform, system, or under an empty name for all; an empty file is the program itself. */
  readonly files: Readonly<Record<string, readonly string[]>>;
  /** The package that brings it: Debian's, unless the project names one. */
  readonly package?: string;
  /** Homebrew's. */
  readonly brew?: string;
}

export interface Manifest {
  /** The package's name. */
  readonly package: string;
  /** The name of binaries up to `.<platform>-<arch>.node`. */
  readonly binary: string;
  /** Of the build: the same in the binaries that belong to this manifest. */
  readonly hash: string;
  /** The SHA-256 of each binary's bytes, in hexadecimal, by platform, such as `linux-x64`. */
  readonly binaries: Readonly<Record<string, string>>;
  /** In the order of native code's exports. */
  readonly functions: readonly FunctionInfo[];
  /** Each behind the one that it extends; the index of one is its kind. */
  readonly classes: readonly ClassInfo[];
  /** In the order of native code's. */
  readonly errors: readonly ErrorInfo[];
  /** In the order of native code's globals. */
  readonly globals: readonly ConstantInfo[];
  /** Of the objects that cross the boundary, by their types. */
  readonly shapes: Readonly<Record<string, ShapeInfo>>;
  /** In native code's order; left out where there are none. */
  readonly libraries?: readonly LibraryInfo[];
  /** In the order of native code's sites. */
  readonly sites: readonly Site[];
}

/** A parameter by which JavaScript follows a call, as an AbortSignal is: native code doesn't get what is passed. */
export interface FollowerInfo {
  readonly name: string;
  /** Which of the arguments it is. */
  readonly index: number;
  readonly optional: boolean;
}
