/** What `build()` takes and gives, apart so that the command line can know it without loading the compiler. */
import type { HintedModules } from './1-read/hinted/open.ts';
import type { Callback } from './2-lower/callbacks.ts';
import type { PlainLoop } from './2-lower/parallel/advice.ts';
import type { ParallelLoop } from './2-lower/parallel/regions.ts';
import type { ToolchainName, OptimizationLevel } from './5-link/types.ts';
import type { Diagnostic } from './diagnostics/types.ts';
import type { FunctionOptions } from './ir/types.ts';
import type { KeptProject } from './kept.ts';
import type { Report } from './report/model.ts';
import type { Crossing } from './wire/crossings.ts';

/**
 * What `--emit` can leave beside the addon: LLVM assembly, machine assembly, tsnative's own IR, a library for C, a Python
 * module.
 */
export type EmitKind = 'll' | 'asm' | 'ir' | 'c' | 'python';

export interface BuildOptions {
  /** Path of the tsconfig file; of a build with `modules` that of the first of them. */
  readonly project: string;
  /** Modules with hints files, to be copied with native functions instead of a project. */
  readonly modules?: HintedModules;
  /** Instead of the tsconfig's own `outDir`. */
  readonly outDir?: string;
  readonly emit: readonly EmitKind[];
  /** The library for C is a static one. */
  readonly isStatic?: boolean;
  readonly toolchain: 'auto' | ToolchainName;
  readonly level: OptimizationLevel;
  /** The names of the platforms to compile for, such as `win32-arm64`; by default the one that builds. */
  readonly targets?: readonly string[];
  /** CPU levels with commas, or one CPU as `-march` takes it; by default what `targetFor` has. */
  readonly cpu?: string;
  /** Keeps the checks that were proved never to fail, as assertions: for testing tsnative. */
  readonly assertElided?: boolean;
  /** Gives each block of the heap to C's `malloc`, for tools that watch memory: for testing tsnative. */
  readonly separateBlocks?: boolean;
  /** Keeps names and the lines of the source in the addon, for debuggers and profilers. */
  readonly debug?: boolean;
  /** The JavaScript is run at once: it has source maps and no declarations, also where the tsconfig writes nothing. */
  readonly runs?: boolean;
  /** Diagnostics alone; nothing is written. */
  readonly checkOnly: boolean;
}

/** A function that became native. */
export interface BuiltFunction {
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  readonly line: number;
  /** Marked by the user; the others are native because native code calls them. */
  readonly tagged: boolean;
  /** The names of the native functions that call it, where it has no tag. */
  readonly calledBy?: readonly string[];
  readonly options: FunctionOptions;
  /** How calls from JavaScript cross the boundary; left out where JavaScript doesn't call it. */
  readonly crossing?: Crossing;
}

export interface BuiltFile {
  /** Absolute path. */
  readonly path: string;
  readonly bytes: number;
  /** Absolute path of what it was made of; left out where that is no single file. */
  readonly source?: string;
}

/** The binary for one platform. */
export interface BuiltAddon extends BuiltFile {
  /** Such as `linux-x64`. */
  readonly platform: string;
  /** The CPUs that it has code for, as `--cpu` names them, the lowest level first. */
  readonly cpus: readonly string[];
}

export interface BuildResult {
  readonly diagnostics: readonly Diagnostic[];
  /** Nothing had changed since the last build, so nothing was done. */
  readonly upToDate: boolean;
  readonly functions: readonly BuiltFunction[];
  /** The places at which native code may call functions of JavaScript. */
  readonly callbacks: readonly Callback[];
  /** The loops that run on several threads. */
  readonly parallel: readonly ParallelLoop[];
  /** The loops that run on one, of a project that has some that run on several. */
  readonly plain: readonly PlainLoop[];
  /** Every file written or, when up to date, that would have been. */
  readonly outputs: readonly BuiltFile[];
  /** One for each target; none when the project has no native functions, and for `checkOnly`. */
  readonly addons: readonly BuiltAddon[];
  /** For people, such as `zig 0.12.0-dev.1286 (clang 17.0.3)`. */
  readonly toolchain: string | undefined;
  readonly milliseconds: number;
}

export interface BuildEvents {
  /** What the build is at now, such as `optimizing 12 functions`, for a progress line. */
  progress(text: string): void;
}

/**
 * @param kept what this process keeps of the project between builds: then it does what an edit makes necessary, without
 * asking whether there is anything to do, and tells no other process what it has made
 * @throws the signal's reason when it is aborted; no output is half-written then.
 */
export type Build = (
  options: BuildOptions,
  events: BuildEvents,
  signal?: AbortSignal,
  kept?: KeptProject,
) => Promise<BuildResult>;

export interface ExplainOptions extends Pick<
  BuildOptions,
  'project' | 'toolchain' | 'level' | 'cpu'
> {
  /** Of tsnative, for the report. */
  readonly version: string;
}

export interface Explained {
  readonly diagnostics: readonly Diagnostic[];
  /** Undefined where a diagnostic is an error. */
  readonly report: Report | undefined;
}

/** Reports on what `build` makes of a project, or only says why it can't be built. */
export type Explain = (
  options: ExplainOptions,
  events: BuildEvents,
  signal?: AbortSignal,
) => Promise<Explained>;
