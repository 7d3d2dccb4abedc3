/** A large module as several: each is complete, and together they have every function. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { KeptEmission } from '../../compiler/4-emit/kept-emission.ts';
import { Sites } from '../../compiler/4-emit/sites.ts';
import { moduleParts, sourceParts } from '../../compiler/4-emit/module-parts.ts';
import { divide } from '../../compiler/4-emit/parts.ts';
import { LlvmModule } from '../../compiler/4-emit/writer.ts';

const test = suite('parts of a module');

const item = (
  name: string,
  uses: readonly string[] = [],
  size = 100,
): Parameters<typeof divide>[0][number] => ({ name, size, copied: false, uses });

test('a function is where what alone calls it is, and what many call anywhere once', () => {
  const items = [
    item('main1', ['only1', 'all']),
    item('main2', ['only2', 'all', 'small']),
    item('only1'),
    item('only2'),
    item('all', [], 10),
    { ...item('small', ['behind'], 1), copied: true },
    item('behind', [], 20),
  ];
  const placed = divide(items, 2);
  assert.is(placed.get('only1'), placed.get('main1'));
  assert.is(placed.get('only2'), placed.get('main2'));
  assert.is(placed.get('behind'), placed.get('main2'), 'called by way of what is copied');
  assert.is.not(placed.get('main1'), placed.get('main2'));
  assert.is(placed.size, 6);
});

test('one tree of calls is divided too', () => {
  const names = Array.from({ length: 40 }, (_, index) => `f${index}`);
  const items = names.map((name, index) =>
    item(
      name,
      names.filter((_, at) => at > 0 && Math.floor((at - 1) / 2) === index),
    ),
  );
  const sizes = [0, 0, 0, 0];
  for (const part of divide(items, 4).values()) sizes[part] = (sizes[part] ?? 0) + 1;
  assert.ok(Math.max(...sizes) <= 14, sizes.join(' '));
});

/** A module of functions of so many lines, each of which calls the next, a small one and memory's. */
function chain(count: number, lines: number): LlvmModule {
  const llvm = new LlvmModule('opaque', 'x86_64-unknown-linux-gnu');
  llvm.global('table', 'private unnamed_addr constant [2 x i64] [i64 1, i64 2]');
  llvm.declare('malloc', { result: 'ptr', params: ['i64'] });
  const small = llvm.define('small', 'void', [], 'internal');
  small.load('i64', '@table', `, !range ${llvm.node('!{i64 0, i64 5}')}`);
  small.ret();
  for (let index = 0; index < count; index++) {
    const f = llvm.define(`f${index}`, 'void', [], index === 0 ? '' : 'internal');
    for (let line = 0; line < lines; line++) f.call('ptr', 'malloc', [['i64', '8']]);
    f.call('void', 'small', []);
    if (index + 1 < count) f.call('void', `f${index + 1}`, []);
    f.ret();
  }
  return llvm;
}

test('a short module stays as it is', () => {
  const llvm = chain(20, 100);
  assert.equal(moduleParts(llvm), [llvm.text()]);
});

test('each part defines or declares what it names', () => {
  const llvm = chain(400, 100);
  const parts = moduleParts(llvm);
  assert.is(parts.length, 4);
  assert.equal(parts, moduleParts(chain(400, 100)));
  const defined: string[] = [];
  for (const part of parts) {
    const known = [...part.matchAll(/^(?:define|declare) [^@]*@([\w.]+)/gm)].map(
      ([, name]) => name,
    );
    const globals = [...part.matchAll(/^@([\w.]+) =/gm)].map(([, name]) => name);
    for (const [, name] of part.matchAll(/@([\w.]+)/g))
      assert.ok([...known, ...globals].includes(name), name);
    assert.is(new Set(known).size, known.length);
    for (const [, number = ''] of part.matchAll(/!(\d+)/g))
      assert.match(part, new RegExp(`^!${number} = `, 'm'));
    defined.push(...[...part.matchAll(/^define [^@]*@(f\d+)\(/gm)].map(([, name = '']) => name));
  }
  assert.equal(
    defined.sort(),
    llvm.functions
      .map(({ name }) => name)
      .filter((name) => name !== 'small')
      .sort(),
  );
});

test('an edit changes the part of its source alone', () => {
  const partsOf = (ranges: readonly string[]): string[] => {
    const llvm = new LlvmModule('opaque', 'x86_64-unknown-linux-gnu');
    ranges.forEach((range, index) => {
      const f = llvm.define(`f${index}`, 'void', [], 'internal', 'nounwind noinline');
      f.origin = `src/${index}.ts`;
      for (let line = 0; line < 100; line++)
        f.load('i64', 'null', `, !range ${llvm.node(`!{i64 0, i64 ${range}}`)}`);
      if (index > 0) f.call('void', 'f0', []);
      f.ret();
    });
    llvm.define('napi_register_module_v1', 'void', []).ret();
    return sourceParts(llvm, kept);
  };
  const kept = new KeptEmission();
  const before = partsOf(['1', '2', '3']);
  assert.is(before.length, 4);
  // The numbers of the nodes behind it are others in the whole module.
  const after = partsOf(['1', '1', '3']);
  assert.equal(
    after.map((part, index) => part === before[index]),
    [true, false, true, true],
  );
});

test('a text or a site more in one function is nothing to the parts of others, and a long function is a part', () => {
  const partsOf = (kept: KeptEmission, texts: readonly string[][], lines = 10): string[] => {
    const llvm = new LlvmModule('opaque', 'x86_64-unknown-linux-gnu');
    const sites = new Sites(kept.sites);
    texts.forEach((own, index) => {
      const f = llvm.define(`f${index}`, 'void', [], 'internal', 'nounwind noinline');
      f.origin = 'src/all.ts';
      for (const text of own) {
        f.load('i64', llvm.string(text));
        f.store(
          'i32',
          String(sites.indexOf({ kind: 'check', message: text } as never, f.name)),
          'null',
        );
      }
      for (let line = 0; line < lines; line++) f.load('i64', 'null');
      f.ret();
    });
    return sourceParts(llvm, kept);
  };
  const kept = new KeptEmission();
  assert.is(partsOf(kept, [['a'], ['b']], 100).length, 1);
  const before = partsOf(
    kept,
    [
      ['@.str.1', 'a'],
      ['a', 'b'],
      ['b', 'c'],
    ],
    500,
  );
  assert.is(before.length, 3);
  assert.ok(before[0]?.includes('c"@.str.1\\00"'), 'a text that looks like the name of one stays');
  const after = partsOf(
    kept,
    [
      ['@.str.1', 'new', 'a'],
      ['a', 'b'],
      ['b', 'c'],
    ],
    500,
  );
  assert.equal(
    after.map((part, index) => part === before[index]),
    [false, true, true],
  );
});

test.run();
