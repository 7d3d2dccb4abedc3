/** Walking, rewriting and copying IR trees. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseFunction } from '../../compiler/ir/parse.ts';
import { printFunction } from '../../compiler/ir/print.ts';
import { verify } from '../../compiler/ir/verify.ts';
import {
  cloneFunction,
  cloneNodes,
  definitionsOf,
  freshValues,
  mapNodes,
  replaceUses,
  rewriteOps,
  usesOf,
  walkOps,
} from '../../compiler/ir/walk.ts';

const text = `func f(%0.x: f64, %1.c: bool) -> f64 {
  local l: f64
  %2: f64 = add %0.x, %0.x
  loop a {
    if %1.c {
      %3: f64 = neg %2
      local.set l, %3
      break a
    } else {
      throw Error "no ", %2
    }
  }
  return %2
}
`;

const sample = () => parseFunction(text);

test('operations are visited in textual order', () => {
  const seen: string[] = [];
  walkOps(sample().body, ({ op }) => seen.push(op));
  assert.equal(seen, ['add', 'neg', 'local.set']);
});

test('uses are counted in all kinds of nodes, definitions found', () => {
  const { body } = sample();
  const kinds = [...usesOf(body)].map(([id, users]) => [id, users.map(({ kind }) => kind)]);
  assert.equal(kinds, [
    [0, ['op', 'op']],
    [1, ['if']],
    [2, ['op', 'throw', 'return']],
    [3, ['op']],
  ]);
  assert.equal(
    [...definitionsOf(body)].map(([id, { op }]) => [id, op]),
    [
      [2, 'add'],
      [3, 'neg'],
    ],
  );
});

test('operations are replaced by none, one or more', () => {
  const fn = sample();
  assert.not(rewriteOps(fn.body, () => undefined));
  assert.is(printFunction(fn), text);
  const changed = rewriteOps(fn.body, (op) => (op.op === 'local.set' ? [op, op] : undefined));
  assert.ok(changed);
  assert.is(printFunction(fn), text.replace(/ {6}local.set.*\n/, '$&$&'));
  rewriteOps(fn.body, (op) => (op.op === 'local.set' ? [] : undefined));
  assert.is(printFunction(fn), text.replace(/ {6}local.set.*\n/, ''));
});

test('a node is rewritten after its regions', () => {
  const fn = sample();
  mapNodes(fn.body, (node) => (node.kind === 'if' ? node.then : undefined));
  mapNodes(fn.body, (node) => (node.kind === 'loop' ? node.body : undefined));
  assert.equal(
    fn.body.map(({ kind }) => kind),
    ['op', 'op', 'op', 'break', 'return'],
  );
});

test('uses are replaced in all kinds of nodes', () => {
  const fn = sample();
  const [x] = fn.params;
  assert.ok(x);
  assert.ok(replaceUses(fn.body, ({ id }) => (id === 2 ? x.value : undefined)));
  assert.is(printFunction(fn), text.replace(/%2(?!:)/g, '%0.x'));
  assert.not(replaceUses(fn.body, ({ id }) => (id === 2 ? x.value : undefined)));
});

test('copies of code get values and labels of their own', () => {
  const fn = sample();
  const fresh = freshValues(fn);
  const defined = definitionsOf(fn.body);
  const copy = cloneNodes(fn.body.slice(0, 2), {
    value: (value) => (defined.has(value.id) ? fresh(value) : value),
    label: (label) => `${label}.copy`,
    local: () => 'm',
  });
  fn.locals.push({ name: 'm', type: 'f64' });
  fn.body.unshift(...copy);
  assert.equal(verify(fn), []);
  assert.match(
    printFunction(fn),
    /loop a.copy \{[^]*%5: f64 = neg %4\n {6}local.set m, %5\n {6}break a.copy/,
  );
});

test('a copied function shares nothing that passes change', () => {
  const fn = sample();
  const copy = cloneFunction(fn);
  assert.equal(copy, fn);
  rewriteOps(copy.body, () => []);
  replaceUses(copy.body, (value) => ({ ...value, id: 0 }));
  copy.options.fastmath = true;
  copy.locals.pop();
  assert.is(printFunction(fn), text);
});

test.run();
