/**
 * `switch`: the cases are compared in order, then control enters the matching clause and
 * falls through. In the IR each clause's start is the end of a block:
 *
 *     block @switch { block @case1 { block @case0 { if d === c0 break @case0; … break @default }
 *       clause 0 … } clause 1 … }
 */
import {
  Node,
  VariableDeclarationKind,
  type CaseOrDefaultClause,
  type SwitchStatement,
  type BindingElement,
  type VariableDeclaration,
} from '../../ts-morph.ts';
import { strictlyEqual } from '../expressions/compare.ts';
import { lower } from '../expressions/index.ts';
import type { Operand } from '../operands.ts';
import { symbolOf, type Lowering } from '../lowering.ts';
import { lowerStatements } from './index.ts';
import { withTarget } from './jumps.ts';
import { declareLocal, namesOf, typeBeforeValue } from './variables.ts';
import { mentionsOf } from '../mentions.ts';

export function lowerSwitch(l: Lowering, node: SwitchStatement, names: readonly string[]): void {
  const clauses = node.getClauses();
  let discriminant: Operand | undefined;
  l.guarded(() => {
    discriminant = lower(l, node.getExpression());
  });
  declareLexicals(l, node);
  const end = l.b.label('switch');
  const labels = clauses.map(() => l.b.label('case'));
  const defaultIndex = clauses.findIndex((clause) => Node.isDefaultClause(clause));

  const select = (): void => {
    clauses.forEach((clause, index) => {
      if (!Node.isCaseClause(clause)) return;
      const expression = clause.getExpression();
      l.guarded(() => {
        const value = lower(l, expression);
        if (!discriminant) return;
        const equal = strictlyEqual(l, discriminant, value, expression);
        l.b.if(equal, () => l.b.break(labels[index] ?? end));
      });
    });
    l.b.break(labels[defaultIndex] ?? end);
  };
  /** Block `index` holds everything up to the start of clause `index`. */
  const upTo = (index: number): void => {
    const label = labels[index];
    if (label === undefined) return;
    l.b.block(label, () => {
      if (index === 0) select();
      else {
        upTo(index - 1);
        lowerStatements(l, clauses[index - 1]?.getStatements() ?? []);
      }
    });
  };
  l.b.block(end, () =>
    withTarget(l, { names, breakLabel: end, continueLabel: undefined, bare: true }, () => {
      if (clauses.length === 0) return;
      upTo(clauses.length - 1);
      lowerStatements(l, clauses.at(-1)?.getStatements() ?? []);
    }),
  );
}

/**
 * All clauses share one scope, so a clause can name what another declares: `let` and `const`
 * right inside clauses become locals that know whether their declaration has run.
 */
function declareLexicals(l: Lowering, node: SwitchStatement): void {
  for (const clause of node.getClauses()) {
    for (const statement of clause.getStatements()) {
      if (!Node.isVariableStatement(statement)) continue;
      if (statement.getDeclarationKind() === VariableDeclarationKind.Var) continue;
      for (const declaration of statement.getDeclarations().flatMap(namesOf)) {
        if (!isUsedBySibling(declaration, clause)) continue;
        l.guardedDeclaration(declaration, () => {
          const hint = l.module.reading.hintOf(declaration) ?? typeBeforeValue(l, declaration);
          if ('code' in hint) l.refuse(hint);
          else {
            const variable = declareLocal(l, declaration, hint, true);
            if (variable.initialized !== undefined) {
              l.b.set(variable.initialized, l.b.const('bool', false));
            }
          }
        });
      }
    }
  }
}

/** Whether a clause names what another one declares. */
function isUsedBySibling(
  declaration: VariableDeclaration | BindingElement,
  clause: CaseOrDefaultClause,
): boolean {
  const symbol = symbolOf(declaration.getNameNode());
  const siblings = clause
    .getParentOrThrow()
    .getClauses()
    .filter((other) => other !== clause);
  return siblings.some((sibling) => mentionsOf(symbol, sibling).length > 0);
}
