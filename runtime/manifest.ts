/** What the compiler tells the loader of a package: plain data inside the emitted glue. */
import type { IrType } from '../compiler/ir/types.ts';
import type { Site } from './messages.ts';

/** What a parameter or a constant takes. */
export interface ReceiverInfo {
  /** As the source names it. */
  readonly name: string;
  readonly type: IrType;
  /** The JavaScript class of a view. */
  readonly class?: string;
  /** Objects of that class itself are taken alone, none of a subclass. */
  readonly exact?: boolean;
  readonly undefined?: boolean;
  readonly null?: boolean;
}

export interface FunctionInfo {
  /** Unique in the package: the name under which native code and emitted JavaScript know it. */
  readonly id: string;
  /** As the source names it. */
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly params: readonly ReceiverInfo[];
}

export interface ConstantInfo extends ReceiverInfo {
  /** Unique in the package. */
  readonly id: string;
}

export interface Manifest {
  /** The package's name. */
  readonly package: string;
  /** The name of binaries up to `.<platform>-<arch>.node`. */
  readonly binary: string;
  /** The same in the binary that belongs to this manifest. */
  readonly hash: string;
  /** In the order of native code's exports. */
  readonly functions: readonly FunctionInfo[];
  /** In the order of native code's globals. */
  readonly globals: readonly ConstantInfo[];
  /** In the order of native code's sites. */
  readonly sites: readonly Site[];
}
