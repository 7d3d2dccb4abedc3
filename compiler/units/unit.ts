/** A part of a project whose native code is read, lowered and optimised apart from the rest. */
import type { ts } from '../ts-morph.ts';
import { sha256 } from '../5-link/cache.ts';
import type { IdKind } from '../1-read/ids.ts';
import type { Reading } from '../1-read/model.ts';
import type { LoweringResult } from '../2-lower/index.ts';
import type { Diagnostic } from '../diagnostics/types.ts';
import { exactJson } from '../exact-json.ts';
import type { IrModule } from '../ir/types.ts';

export interface Unit {
  /** What names begin with that could be in other units too. */
  readonly prefix: string;
  /** The paths of the sources whose tags are read in it. */
  readonly files: readonly string[];
  /** What it depends on beside what all sources do. */
  readonly sources: readonly ts.SourceFile[];
  readonly reading: Reading;
  readonly lowering: LoweringResult;
  /** What is refused when it is read, of its own, and when it is lowered. */
  readonly readRefusals: readonly Diagnostic[];
  readonly refusals: readonly Diagnostic[];
  /** Of the lowered module. */
  readonly hash: string;
  readonly ids: Readonly<Record<IdKind, ReadonlySet<string>>>;
  /** What it was optimised to, by what that was asked for with. */
  readonly optimized: Map<string, IrModule>;
}

/** Which one may stand for another: both come of the same sources. */
export const isSame = (
  { files, sources }: Unit,
  wanted: Pick<Unit, 'files' | 'sources'>,
): boolean => areEqual(files, wanted.files) && areEqual(sources, wanted.sources);

export const areEqual = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((one, index) => one === b[index]);

export function unitOf(
  made: Omit<Unit, 'hash' | 'ids' | 'optimized'>,
  former: Unit | undefined,
): Unit {
  const { lowering, reading } = made;
  const { module } = lowering;
  const hash = sha256(exactJson(module));
  const ids = {
    function: new Set([
      ...module.functions.map(({ name }) => name),
      ...lowering.functions.map(({ id }) => id),
    ]),
    record: new Set([...module.records, ...reading.records.records].map(({ name }) => name)),
    constant: new Set([
      ...module.globals.map(({ name }) => name),
      ...lowering.globals.map(({ id }) => id),
    ]),
  };
  return { ...made, hash, ids, optimized: former?.hash === hash ? former.optimized : new Map() };
}

/**
 * Whether a unit has what there may be only once in a module, whatever sources it comes of: instances and errors that
 * JavaScript has too, functions of JavaScript's and of C's.
 */
export const hasSingularParts = ({
  lowering: { module, receivers, inner, endings },
}: Unit): boolean =>
  receivers.size + inner.length + endings.length > 0 ||
  module.records.some(({ wrapped, error, array }) => wrapped || error || array) ||
  module.functions.some(({ foreign, extern }) => foreign !== undefined || extern !== undefined);

/** What a unit has of which there may be only one: declarations by their places, and files in which it has functions or classes. */
export function claimsOf({ reading, lowering }: Unit): {
  readonly declarations: ReadonlySet<string>;
  readonly files: ReadonlySet<string>;
} {
  const placeOf = (node: ts.Node): string => `${node.getSourceFile().fileName}:${node.pos}`;
  const constants = [...lowering.globals, ...lowering.objects].map(
    ({ declaration }) => declaration.compilerNode,
  );
  const nodes: ts.Node[] = [
    ...lowering.functions.map(({ node }) => node.compilerNode),
    ...reading.classes.known.map(({ declaration }) => declaration.compilerNode),
    ...constants,
  ];
  return {
    declarations: new Set(constants.map(placeOf)),
    files: new Set(nodes.map((node) => node.getSourceFile().fileName)),
  };
}
