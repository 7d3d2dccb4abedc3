/**
 * The list of the compiled packages of this process. Every package's loader appends to it,
 * whichever copy of tsnative made it, so its shape only ever grows.
 */

export interface NativeFunctionInfo {
  /** As the source names it. */
  readonly name: string;
  /** The source file, as the build knew it. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** Whether calls run machine code. */
  readonly native: boolean;
  /** Whether calls run WebAssembly instead; where neither is so, they run JavaScript. */
  readonly wasm?: boolean;
}

export interface NativeModuleInfo {
  readonly package: string;
  /** The WebAssembly that runs, or else the binary for this platform, whether or not it is there. */
  readonly file: string;
  readonly native: boolean;
  /** Whether WebAssembly runs instead. */
  readonly wasm?: boolean;
  /** Why WebAssembly or JavaScript runs instead. */
  readonly reason?: string;
  /** Which of `cpus` runs: the highest level that this CPU has and `TSNATIVE_CPU` allows. */
  readonly cpu?: string;
  /** The CPUs that the binary has code for, as `tsnative build --cpu` names them. */
  readonly cpus?: readonly string[];
  readonly functions: readonly NativeFunctionInfo[];
}

/** The list; it is made when it is first asked for. */
export function nativeModules(): NativeModuleInfo[] {
  const key = Symbol.for('tsnative.modules');
  const holder = globalThis as { [key]?: NativeModuleInfo[] };
  return (holder[key] ??= []);
}
