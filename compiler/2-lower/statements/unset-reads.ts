/** Where TypeScript's checker finds that a variable is read before it is assigned, in sources that are not checked. */
import { ts } from '../../ts-morph.ts';
import type { SourceFile } from '../../ts-morph.ts';

/** "Variable 'x' is used before being assigned." */
const usedBeforeAssigned = 2454;

const known = new WeakMap<ts.SourceFile, ReadonlySet<number>>();

/** The starts of such reads. They are found by checking the whole file, once. */
export function unsetReads(file: SourceFile, checker: ts.TypeChecker): ReadonlySet<number> {
  const source = file.compilerNode;
  const found = known.get(source) ?? new Set(findIn(source, checker));
  known.set(source, found);
  return found;
}

function findIn(file: ts.SourceFile, checker: ts.TypeChecker): number[] {
  // Not in TypeScript's published types; `Program` asks it for files that are to be checked alone.
  const { getDiagnostics } = checker as ts.TypeChecker & {
    getDiagnostics(file: ts.SourceFile): readonly ts.Diagnostic[];
  };
  return getDiagnostics(file).flatMap(({ code, start }) =>
    code === usedBeforeAssigned && start !== undefined ? [start] : [],
  );
}
