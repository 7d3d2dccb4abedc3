/** What LLVM writes, and what is read from it. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readAssembly } from '../../compiler/report/assembly.ts';
import { lineCosts } from '../../compiler/report/cost.ts';
import { highlightLines } from '../../compiler/report/highlight.ts';
import { otherRemark, reasonOf } from '../../compiler/report/remark-words.ts';
import { argument, messageOf, readRemarks } from '../../compiler/report/remarks.ts';
import { bound } from '../../compiler/report/words.ts';

const yaml = `--- !Passed
Pass:            loop-vectorize
Name:            Vectorized
DebugLoc:        { File: 'src/a.ts', Line: 5, Column: 19 }
Function:        f.scale
Args:
  - String:          'vectorized loop (vectorization width: '
  - VectorizationFactor: '4'
  - String:          ', interleaved count: '
  - InterleaveCount: '2'
  - String:          ')'
...
--- !Missed
Pass:            inline
Name:            TooCostly
DebugLoc:        { File: 'src/a long name, with a comma and it''s quote.ts', 
                   Line: 7, Column: 3 }
Function:        'f.it$27$s'
Args:
  - String:          ''''
  - Callee:          f.other
    DebugLoc:        { File: 'src/b.ts', Line: 1, Column: 0 }
  - String:          ''' not inlined'
...
--- !Analysis
Pass:            loop-vectorize
Name:            SomethingNew
Function:        f.scale
Args:
  - String:          "loop not vectorized: the \\"moon\\" is full"
...
`;

test('remarks are read with their places and arguments', () => {
  const [vectorized, missed, unknown] = readRemarks(yaml);
  assert.ok(vectorized && missed && unknown);
  assert.is(argument(vectorized, 'VectorizationFactor'), '4');
  assert.is(
    messageOf(vectorized),
    'vectorized loop (vectorization width: 4, interleaved count: 2)',
  );
  assert.equal(missed.place, {
    file: "src/a long name, with a comma and it's quote.ts",
    line: 7,
    column: 3,
  });
  assert.is(argument(missed, 'Callee'), 'f.other');
  assert.is(messageOf(missed), "'f.other' not inlined");
  assert.is(unknown.place, undefined);
});

test('a remark that nobody has words for is shown in its own', () => {
  const [, , unknown] = readRemarks(yaml);
  assert.is(unknown && reasonOf(unknown)?.text, 'LLVM says: the "moon" is full.');
  const [distributed] = readRemarks(
    "--- !Passed\nPass: loop-distribute\nName: Distribute\nFunction: f\nArgs:\n  - String: 'distributed loop'\n...\n",
  );
  assert.is(
    distributed && otherRemark(distributed)?.title,
    'LLVM, loop-distribute: distributed loop',
  );
});

const assembly = `	.file	1 "/home/me" "src/a.ts"
f.scale:                                # @f.scale
# %bb.0:                                # %entry
	.loc	1 4 0                           # src/a.ts:4:0
	pushq	%rbp
.LBB0_1:                                # %vector.body
                                        # =>This Inner Loop Header: Depth=1
	.loc	1 5 40                          # src/a.ts:5:40
	movupd	(%rax), %xmm0
	.loc	1 0 40                          # src/a.ts:0:40
	mulpd	%xmm1, %xmm0                    # what LLVM says
	jne	.LBB0_1
# %bb.2:                                # %scalar.ph
	testq	%rcx, %rcx
.LBB0_3:                                # %loop.4
                                        # =>This Inner Loop Header: Depth=1
	.loc	1 5 40                          # src/a.ts:5:40
	mulsd	%xmm1, %xmm0
# %bb.4:                                # %again
                                        #   in Loop: Header=BB0_3 Depth=1
	.loc	1 6 1
	jne	.LBB0_3
.Lfunc_end0:
`;

test('assembly is read by line and loop', () => {
  const [fn] = readAssembly(assembly);
  assert.is(fn?.name, 'f.scale');
  assert.equal(
    fn?.blocks.map(({ name, depth, instructions }) => [
      name,
      depth,
      instructions.map(({ line }) => line),
    ]),
    [
      ['', 0, []],
      ['entry', 0, [4]],
      ['vector.body', 1, [5, 5, 5]],
      ['scalar.ph', 0, [5]],
      ['loop.4', 1, [5]],
      ['again', 1, [6]],
    ],
  );
  assert.is(fn?.blocks[2]?.instructions[1]?.text, 'mulpd %xmm1, %xmm0');
});

test('a loop counts a hundred times, a vectorised one for its lanes, and what it leaves over once', () => {
  const costs = lineCosts(readAssembly(assembly), () => 4).get('src/a.ts');
  assert.is(costs?.get(4), 1);
  assert.is(costs?.get(5), (3 * 100) / 4 + 1 + 1);
  assert.is(costs?.get(6), 1);
});

test('a function that a loop calls counts ten times more, as do those that it calls', () => {
  const text = `	.file	1 "a.ts"
f.inner:
	.loc	1 1 1
	ret
f.outer:
	.loc	1 2 1
	callq	f.inner@PLT
	ret
f.main:
	.loc	1 3 1
	ret
.LBB2_1:                                # =>This Inner Loop Header: Depth=1
	callq	f.outer
`;
  const costs = lineCosts(readAssembly(text), () => 1).get('a.ts');
  assert.equal(
    [1, 2, 3].map((line) => costs?.get(line)),
    [10, 20, 101],
  );
});

test('code of a copy that seldom runs costs nothing', () => {
  const text = assembly.replace('.loc	1 6 1', '.loc	1 6 1 discriminator 1');
  assert.is(
    lineCosts(readAssembly(text), () => 4)
      .get('src/a.ts')
      ?.get(6),
    undefined,
  );
});

test('bounds are written as people read them', () => {
  const cases: [number, string][] = [
    [0, '0'],
    [-17, '−17'],
    [2 ** 31 - 1, '2^31 − 1'],
    [-(2 ** 31), '−2^31'],
    [2 ** 48, '2^48'],
    [3e12, 'about 2^41'],
    [1_234_567, '1 234 567'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
  ];
  for (const [value, text] of cases) assert.is(bound(value), text);
});

test('highlighting keeps every character, and ends each element on its line', () => {
  const source = 'const a = `x\n<${1}`; // <b>\n/* two\nlines */ let s = "&";\n';
  const lines = highlightLines(source);
  const text = lines.map((line) =>
    line
      .replace(/<[^>]*>/g, '')
      .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code))),
  );
  assert.is(text.join('\n'), source);
  for (const line of lines)
    assert.is(line.match(/<i /g)?.length ?? 0, line.match(/<\/i>/g)?.length ?? 0);
});

test.run();
