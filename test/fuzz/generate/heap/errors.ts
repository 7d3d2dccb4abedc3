/** `try`, `catch`, `finally`, and what is done with what was caught. */
import { block, boolean, made, statement, ts, type Block, type Tree } from '../../tree.ts';
import { stringType } from '../../types.ts';
import { condition } from '../booleans.ts';
import { Context } from '../context.ts';
import { statements } from '../statements.ts';
import { stringTree } from './strings.ts';

const classes = ['Error', 'RangeError', 'TypeError', 'SyntaxError', 'URIError'];

export function tryStatement(c: Context): Tree {
  const tried = body(c, 3, c.chance(0.75));
  const shape = c.random.weighted<'catch' | 'both' | 'finally'>([
    [5, 'catch'],
    [3, 'both'],
    [2, 'finally'],
  ]);
  const parts: (string | Tree | Block)[] = ['try ', tried];
  if (shape !== 'finally') parts.push(' ', catchClause(c));
  if (shape !== 'catch') parts.push(' finally ', body(c, 2, c.chance(0.1)));
  return { kind: 'statement', parts };
}

function catchClause(c: Context): Tree {
  if (c.chance(0.25)) return statement`catch ${body(c, 2, c.chance(0.15))}`;
  const name = c.fresh('e');
  const outer = c.caught;
  c.caught = name;
  const inside = body(c, 2, c.chance(0.15));
  const rethrow = c.chance(0.2)
    ? [statement`if (${condition(c, 1)}) throw ${name};`]
    : c.chance(0.3)
      ? [caughtBranch(c, name)]
      : [];
  c.caught = outer;
  return statement`catch (${name}) ${block([...rethrow, ...inside.statements])}`;
}

const caughtBranch = (c: Context, name: string): Tree =>
  statement`if (${name} instanceof ${c.random.pick(classes)}) ${block(c.scoped(() => statements(c, 1)))}`;

function body(c: Context, most: number, throws: boolean): Block {
  return c.scoped(() => {
    const before = statements(c, c.random.between(1, most));
    if (!throws) return block(before);
    const after = c.scoped(() => statements(c, 1));
    return block([...before, throwStatement(c), ...after]);
  });
}

export function throwStatement(c: Context): Tree {
  const message = c.chance(0.3)
    ? made(stringType)`'stop'`
    : c.chance(0.1)
      ? made(stringType)``
      : stringTree(c, 2);
  const thrown = statement`throw new ${c.random.pick(classes)}(${message});`;
  return statement`if (${condition(c, 2)}) ${thrown}`;
}

/** Whether what was caught is of a class. */
export function caughtTest(c: Context): Tree | undefined {
  return c.caught === undefined
    ? undefined
    : boolean`(${c.caught} instanceof ${c.random.pick(classes)})`;
}

/** The message of what was caught. */
export const caughtText = (c: Context): Tree | undefined =>
  c.caught === undefined
    ? undefined
    : made(
        stringType,
      )`(${c.caught}${ts(' as Error')}).${c.random.pick(['message', 'message', 'name'])}`;
