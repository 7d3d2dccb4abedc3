/** `switch`, with clauses that fall through. */
import { block, made, number, statement, ts, type Tree } from '../tree.ts';
import { booleanTree } from './booleans.ts';
import { Context, type Variable } from './context.ts';
import { numberText } from './literals.ts';
import { numberTree } from './numbers.ts';
import { statements } from './statements.ts';

export function switchStatement(c: Context): Tree {
  const onBoolean = c.chance(0.1);
  const discriminant = onBoolean
    ? statement`(${booleanTree(c, 2)}${ts(' as boolean')})`
    : statement`(${c.chance(0.6) ? number`${numberTree(c, 1)} & 3` : numberTree(c, 2)}${ts(' as number')})`;
  const count = c.random.between(1, 4);
  const defaultAt = c.chance(0.6) ? c.random.below(count) : -1;
  c.breakable++;
  const clauses = c.scoped(() => {
    const late: Variable[] = [];
    return Array.from({ length: count }, (_, index): Tree => {
      const label =
        index === defaultAt
          ? statement`default:`
          : onBoolean
            ? statement`case ${booleanTree(c, 1)}${ts(' as boolean')}:`
            : statement`case ${c.chance(0.75) ? made('integer')`${numberText(c.random.between(-1, 4))}` : numberTree(c, 1)}${ts(' as number')}:`;
      const body = c.chance(0.1) ? [] : c.scoped(() => statements(c, c.random.between(1, 2)));
      // A clause may use what another one declares, before it is initialised or not.
      const first = late[0];
      const uses = first && c.chance(0.5) ? [statement`${first.name} = ${numberTree(c, 1)};`] : [];
      const declares: Tree[] = [];
      if (!first && c.chance(0.12)) {
        const name = c.fresh('s');
        declares.push(statement`let ${name}${ts(': number')} = ${numberTree(c, 1)};`);
        late.push({ name, type: 'number', kind: 'number', writable: true });
      }
      const exit = c.chance(0.6) ? [statement`break;`] : [];
      return { kind: 'statement', parts: [label, block([...declares, ...body, ...uses, ...exit])] };
    });
  });
  c.breakable--;
  return {
    kind: 'statement',
    parts: ['switch (', discriminant, ') ', block(clauses.map(flatClause))],
  };
}

/** A clause's statements stand in it without braces, which would make a scope. */
function flatClause(clause: Tree): Tree {
  const [label, body] = clause.parts;
  if (
    label === undefined ||
    body === undefined ||
    typeof body === 'string' ||
    !('statements' in body)
  )
    return clause;
  return {
    kind: 'statement',
    parts: [label, ...body.statements.flatMap((inner) => ['\n', inner])],
  };
}
