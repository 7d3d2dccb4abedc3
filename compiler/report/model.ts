/** What a report tells, as data; `tsnative report --json` prints it. Texts have code between backticks. */

export interface Report {
  readonly project: string;
  /** Of tsnative. */
  readonly version: string;
  readonly toolchain: string;
  readonly cpu: string;
  readonly level: number;
  readonly files: readonly FileReport[];
}

export interface FileReport {
  /** Relative to the project's folder, with `/`. */
  readonly path: string;
  readonly source: string;
  /** The most expensive first. */
  readonly functions: readonly FunctionReport[];
  /** The lines that there is something to tell of, in order. */
  readonly lines: readonly LineReport[];
}

export interface FunctionReport {
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  /** Marked by the user; the others are native because native code calls them. */
  readonly tagged: boolean;
  /** Of its lines together; see `cost.ts`. */
  readonly cost: number;
  /** Its part of the file's cost, from 0 to 1. How often functions of several files run beside each other isn't known. */
  readonly share: number;
  readonly loops: readonly LoopReport[];
  /** Of checks that are left. */
  readonly checks: {
    readonly kept: number;
    readonly inInnermostLoops: number;
    readonly removed: number;
  };
  readonly allocations: number;
}

/** Whether a loop is computed in vectors. */
export const isVectorized = ({ vectorized, inLanes }: LoopReport): boolean =>
  vectorized !== undefined || inLanes;

export interface LoopReport {
  readonly line: number;
  /** 1 for a loop that is in no other. */
  readonly depth: number;
  readonly innermost: boolean;
  readonly vectorized: { readonly width: number; readonly interleaved: number } | undefined;
  /** It is computed for several rounds of a loop around it at the same time. */
  readonly inLanes: boolean;
  /** Why not, in plain words. */
  readonly reason?: string | undefined;
}

export interface LineReport {
  readonly line: number;
  readonly cost: number;
  /** Its part of the cost of the file's most expensive line, from 0 to 1. */
  readonly heat: number;
  readonly items: readonly Item[];
  readonly assembly: readonly AssemblyPiece[];
}

export type ItemKind =
  'loop' | 'check' | 'type' | 'conversion' | 'allocation' | 'call' | 'boundary' | 'remark';

/** One thing to tell of a line. */
export interface Item {
  readonly kind: ItemKind;
  /** `cost` is what slows down, `good` what was made quick. */
  readonly tone: 'cost' | 'good' | 'info';
  readonly title: string;
  readonly text?: string | undefined;
  /** What to write instead. */
  readonly rewrite?: string | undefined;
  /** In an innermost loop, where it counts most. */
  readonly hot?: boolean;
}

/** Instructions of a line that stand together. */
export interface AssemblyPiece {
  /** The LLVM function. */
  readonly fn: string;
  readonly depth: number;
  readonly vector: boolean;
  /** Of a copy that seldom runs. */
  readonly rare: boolean;
  readonly instructions: readonly string[];
}
