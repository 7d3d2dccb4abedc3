/** Where TypeScript's checker finds that a variable is read before it is assigned, in sources that are not checked. */
import { ts } from '../../ts-morph.ts';
import type { Node } from '../../ts-morph.ts';

/** "Variable 'x' is used before being assigned." */
const usedBeforeAssigned = 2454;

const known = new WeakMap<ts.Node, ReadonlySet<number>>();

/**
 * The starts of such reads in the statement of the file that a node is in. They are found by checking the statement,
 * once: large files have much in them that nobody asks about.
 */
export function unsetReads({ compilerNode }: Node, checker: ts.TypeChecker): ReadonlySet<number> {
  let statement = compilerNode;
  while (!ts.isSourceFile(statement.parent)) statement = statement.parent;
  const found = known.get(statement) ?? new Set(findIn(statement, statement.parent, checker));
  known.set(statement, found);
  return found;
}

function findIn(statement: ts.Node, file: ts.SourceFile, checker: ts.TypeChecker): number[] {
  // Not in TypeScript's published types; `Program` asks it for files that are to be checked alone, and editors for parts of them.
  const { getDiagnostics } = checker as ts.TypeChecker & {
    getDiagnostics(
      file: ts.SourceFile,
      token: undefined,
      nodes: readonly ts.Node[],
    ): readonly ts.Diagnostic[];
  };
  return getDiagnostics(file, undefined, [statement]).flatMap(({ code, start }) =>
    code === usedBeforeAssigned && start !== undefined ? [start] : [],
  );
}
