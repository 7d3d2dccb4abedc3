/** Calls of `parallel` from the tsnative package. */
import { Node, type CallExpression } from '../../ts-morph.ts';
import { unwrapped } from '../../1-read/function-nodes.ts';
import { isOfPackage } from '../../1-read/hints.ts';
import type { InnerFunction } from '../functions/frame.ts';

export interface ParallelCall {
  /** `for`, `sum`, … */
  readonly name: string;
  readonly node: CallExpression;
  /** How many iterations there are, where an argument says that. */
  readonly count: Node | undefined;
}

/** Whether an expression is the `parallel` of the tsnative package, imported under any name. */
export function isParallel(node: Node): boolean {
  if (!Node.isIdentifier(node)) return false;
  const symbol = node.getSymbol();
  const found = symbol?.getAliasedSymbol() ?? symbol;
  return (
    found?.getName() === 'parallel' &&
    found.getDeclarations().length > 0 &&
    found.getDeclarations().every((declaration) => isOfPackage(declaration.compilerNode))
  );
}

/** The call that a function is the body of. */
export function parallelCall(fn: Node | InnerFunction): ParallelCall | undefined {
  let argument = fn;
  for (let parent = fn.getParent(); parent; parent = argument.getParent()) {
    if (Node.isCallExpression(parent)) {
      const callee = parent.getExpression();
      if (!Node.isPropertyAccessExpression(callee) || !isParallel(callee.getExpression()))
        return undefined;
      const name = callee.getName();
      const args = parent.getArguments();
      if (args[bodyIndex(name, args.length)] !== argument) return undefined;
      return { name, node: parent, count: name === 'map' ? undefined : args[0] };
    }
    if (unwrapped(parent) !== unwrapped(fn)) return undefined;
    argument = parent;
  }
  return undefined;
}

/** Which argument is the body that runs for each number, if one is. */
function bodyIndex(name: string, count: number): number {
  if (name === 'reduce') return 2;
  const has = name === 'scan' ? count > 2 : ['for', 'sum', 'map'].includes(name);
  return has ? 1 : -1;
}
