/**
 * Gives the functions that run parts of parallel loops a copy for parts that lie among the first 2^27 numbers,
 * which nearly all do: products of those with sizes up to 2^25, as `specialize` assumes, are exact as integers. Loops of
 * kernels, which compute places in integers whatever the numbers are, need none.
 */
import type { IrFunction, Node, Operation, Value } from '../ir/types.ts';
import { walkOps } from '../ir/walk.ts';
import { carefulCopy } from './careful.ts';
import type { ModulePass } from './pass.ts';

const mostNumbers = 2n ** 27n;

export const pieces: ModulePass = (module) => {
  const names = new Set<string | undefined>();
  for (const { body } of module.functions)
    walkOps(body, ({ op, attributes }) => {
      if (op === 'parallel' && !attributes.kernel) names.add(attributes.callee);
    });
  const found = module.functions.filter((fn) => names.has(fn.name));
  for (const fn of found) divide(fn);
  return found;
};

function divide(fn: IrFunction): void {
  const [from, to] = fn.params.map(({ value }) => value);
  if (!from || !to) throw new Error(`${fn.name} has no range`);
  const nodes: Node[] = [];
  const make = (op: Operation['op'], args: Value[], type: Value['type'], value?: bigint): Value => {
    const result = { id: fn.nextValue++, type };
    const attributes = value === undefined ? {} : { value };
    nodes.push({ kind: 'op', op, args, results: [result], attributes, span: fn.span });
    return result;
  };
  const isPositive = make('ge', [from, make('const', [], 'i64', 0n)], 'bool');
  const isSmall = make('le', [to, make('const', [], 'i64', mostNumbers)], 'bool');
  const condition = make('and', [isPositive, isSmall], 'bool');
  const suffix = 'far';
  const locals = new Map(fn.locals.map(({ name }) => [name, `${name}.${suffix}`]));
  const far = carefulCopy(fn, fn.body, suffix, (name) => locals.get(name) ?? name);
  fn.locals.push(...fn.locals.map(({ name, type }) => ({ name: locals.get(name) ?? name, type })));
  fn.body = [...nodes, { kind: 'if', condition, then: fn.body, else: far, span: fn.span }];
}
