/** The one interface behind which the LLVM toolchains stand. */
import type { Diagnostic } from '../diagnostics/types.ts';

export type ToolchainName = 'bundled' | 'system' | 'llvm14';
export type OptimizationLevel = 0 | 1 | 2 | 3;

/** The syntax of the LLVM assembly a toolchain reads: LLVM 14 has typed pointers (`i8*`), later ones `ptr`. */
export type LlvmDialect = 'opaque' | 'typed';

/**
 * One of the CPUs that a binary has code for. It chooses among those of a `level` when it is loaded.
 */
export interface CpuTier {
  /** For people, `--cpu` and `TSNATIVE_CPU`: `baseline`, `v3`, `native` …; unique in a target. */
  readonly name: string;
  /** As LLVM names it. */
  readonly cpu: string;
  /** The level of x86-64, 1 to 4; undefined where a binary is for one CPU and can't test for it. */
  readonly level: number | undefined;
}

export interface Target {
  /** As `process.platform` and `process.arch` name them. */
  readonly platform: string;
  readonly arch: string;
  /** LLVM's triple, such as `x86_64-unknown-linux-gnu`. */
  readonly triple: string;
  /** What `-march`/`-mcpu` gets, such as `x86-64-v2` or `native`: what runs before a tier is chosen. */
  readonly cpu: string;
  /** At least one, the lowest level first. */
  readonly tiers: readonly CpuTier[];
}

/** A source in C that becomes part of an addon. */
export interface LinkedSource {
  /** Absolute. */
  readonly path: string;
  /** Absolute folders of headers. */
  readonly include: readonly string[];
  readonly flags: readonly string[];
  /** Absolute paths of the project's files that it includes. */
  readonly headers: readonly string[];
}

/** What is linked with an addon beside what is made of the project's own sources. */
export interface LinkedCode {
  readonly sources: readonly LinkedSource[];
  /** Absolute paths of archives and object files for the target. */
  readonly archives: readonly string[];
}

/** What was made of texts, kept for the next time. */
export interface ObjectStore {
  /** @param parts all that it depends on */
  get(parts: readonly unknown[]): Promise<Uint8Array | undefined>;
  put(parts: readonly unknown[], object: Uint8Array): Promise<void>;
}

/** A library for C instead of an addon: it needs no Node, and exports what its code marks. */
export interface LibraryJob {
  /** Its file, such as `libdsp.so`, which is also what programs that are linked with it look for. */
  readonly file: string;
  readonly isStatic: boolean;
  /** The import library that Windows' linkers want beside a DLL: its file, and where it goes. */
  readonly imports?: { readonly file: string; readonly output: string };
}

export interface CompileJob {
  /** LLVM assembly in the toolchain's dialect; where parts are compiled, what it declares is enough. */
  readonly llvm: string;
  /** Modules that together are the same, to compile instead where nobody wants to read what is made of it. */
  readonly parts?: readonly string[];
  readonly target: Target;
  readonly level: OptimizationLevel;
  /** C libraries that become part of the shared object. */
  readonly linked?: LinkedCode;
  /** The shared object keeps names and debug locations, where the assembly has them. */
  readonly keepsSymbols?: boolean;
  readonly library?: LibraryJob | undefined;
  /** Where what is linked goes; written atomically. */
  readonly output: string;
  /** Where the assembly text goes, when asked for. */
  readonly assembly?: string;
  /** Where LLVM's remarks on its optimisations go, as YAML, when asked for. */
  readonly remarks?: string;
  /** Object files by what they are made of, where it is to be looked up what a part becomes. */
  readonly objects?: ObjectStore;
  /** Called when the first of the toolchain's programs runs, perhaps several times. */
  readonly started?: (() => void) | undefined;
}

export interface Toolchain {
  readonly name: ToolchainName;
  readonly dialect: LlvmDialect;
  /** For people and for the cache key: name, version and path, such as `zig 0.12.0-dev.1286 (clang 17.0.3)`. */
  readonly version: string;
  /** It compiles C for any target, and links archives. */
  readonly compilesC?: boolean;
  /** Whether it can link for a target. */
  supports(target: Target): boolean;
  /** Compiles and links; rejects with a ToolchainError that carries the tool's own words. */
  compile(job: CompileJob, signal?: AbortSignal): Promise<void>;
}

/** What `doctor` shows of a toolchain and `build` says when it can't have it. */
export interface ToolchainProbe {
  readonly name: ToolchainName;
  readonly toolchain: Toolchain | undefined;
  /** Why it is not there. */
  readonly problem?: string;
  /** What the user can do about it. */
  readonly mend?: string;
}

export class ToolchainError extends Error {
  readonly diagnostic: Diagnostic;
  constructor(diagnostic: Diagnostic) {
    super(diagnostic.message);
    this.diagnostic = diagnostic;
  }
}
