/**
 * Structures on all targets, those too that nothing here runs: where clang lays out the members, and what it makes of
 * structures as arguments and results, as LLVM has them.
 */
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findZig } from '../../compiler/5-link/toolchains/bundled.ts';
import { layoutOf, type CStruct } from '../../compiler/ir/c-structs.ts';
import { passingOf, Registers, returningOf } from '../../compiler/4-emit/externs/by-value.ts';
import { llvmType } from '../../compiler/4-emit/types.ts';
import { makeProgram } from './structures-program.ts';
import { aroundOf, partOf, placesOf, structuresOf } from './structures.ts';

const test = suite('structures as clang has them');
const structures = structuresOf(Number(process.env['TSNATIVE_STRUCTS_SEED'] ?? 7), 150);
const { c } = makeProgram(structures, aroundOf);
const zig = findZig();

/** The IR of the bundled clang. @throws what it says */
function clang(triple: string, source: string): string {
  const include = join(dirname(zig.file), 'lib/include');
  const args = ['clang', '-x', 'c', '-S', '-emit-llvm', '-O0', '-target', triple, '-o', '-'];
  const { stdout, stderr, status } = spawnSync(
    zig.file,
    [...args, '-ffreestanding', '-w', '-isystem', include, '-'],
    { input: source, encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  assert.is(status, 0, stderr);
  return stdout;
}

/** The parts of a type as registers have them: how wide an integer is, and what surrounds parts, doesn't matter. */
function registersOf(text: string, types: ReadonlyMap<string, string>): string[] {
  const own = text
    .replace(/ (noundef|signext|zeroext|nocapture|align \d+|alignstack\(\d+\))/g, '')
    .trim();
  const memory = /\b(byval|sret)\b/.exec(own)?.[1];
  if (memory !== undefined) return [memory];
  const named = /^%[\w.]+$/.exec(own)?.[0];
  if (named !== undefined) return registersOf(types.get(named) ?? '', types);
  const array = /^\[(\d+) x (.+)\]$/.exec(own);
  if (array)
    return Array(Number(array[1]))
      .fill(registersOf(array[2] ?? '', types))
      .flat();
  const inner = /^\{ (.*) \}$/.exec(own)?.[1];
  if (inner !== undefined) return listOf(inner).flatMap((one) => registersOf(one, types));
  return [/^i\d+$/.test(own) ? 'int' : own];
}

/** What stands between commas that no brackets surround. */
function listOf(text: string): string[] {
  const parts: string[] = [];
  let [depth, part] = [0, ''];
  for (const letter of text) {
    if ('([{<'.includes(letter)) depth++;
    if (')]}>'.includes(letter)) depth--;
    if (letter === ',' && depth === 0) {
      parts.push(part.trim());
      part = '';
    } else part += letter;
  }
  return [...parts, part.trim()].filter((one) => one !== '');
}

const targets = {
  'x86_64-linux-gnu': 8,
  'x86_64-apple-macosx11.0.0': 8,
  'x86_64-w64-windows-gnu': 8,
  'aarch64-linux-gnu': 8,
  'arm64-apple-macosx11.0.0': 8,
  'aarch64-w64-windows-gnu': 8,
  'wasm32-unknown-unknown': 4,
};

for (const [triple, pointerBytes] of Object.entries(targets))
  test(triple, () => {
    const asserts = structures.flatMap((one) => {
      const [size, align, ...offsets] = placesOf(one, structures);
      const is = (what: string, value: number | undefined): string =>
        `_Static_assert(${what} == ${value}, "${one.name}: ${what} is not ${value}");`;
      const type = `struct ${one.name}`;
      return [
        is(`sizeof(${type})`, size),
        is(`_Alignof(${type})`, align),
        ...offsets.map((offset, index) => is(`offsetof(${type}, m${index})`, offset)),
      ];
    });
    const llvm = clang(triple, [c, ...asserts].join('\n'));
    const types = new Map(
      [...llvm.matchAll(/^(%[\w.]+) = type (.*)$/gm)].map(([, name = '', type = '']) => [
        name,
        type,
      ]),
    );
    structures.forEach((one, index) => {
      const found = new RegExp(
        `^define (?:hidden |dso_local )*(.*) @next_${one.name}\\((.*)\\)[^()]*\\{$`,
        'm',
      ).exec(llvm);
      assert.ok(found, one.name);
      const [, result = '', params = ''] = found ?? [];
      const inClang = listOf(params).map((param) => {
        const type = param.replace(/ ?%[\w.]+$/, '');
        return registersOf(type, types);
      });
      const clangResult = result === 'void' ? ['sret'] : registersOf(result, types);
      const layout = layoutOf(
        partOf({ kind: 'struct', name: one.name }, structures) as CStruct,
        pointerBytes,
      );
      const registers = new Registers();
      const returned = returningOf(triple, layout);
      if (!returned) registers.take('ptr');
      const { before, behind } = aroundOf(index);
      for (const hint of before) registers.take(llvmType(hint));
      const passing = passingOf(triple, layout, registers);
      const isByVal = passing.kind === 'pointer' && passing.copied;
      const own =
        passing.kind === 'pieces'
          ? passing.pieces.map(({ type }) => registersOf(type, types))
          : [[isByVal ? 'byval' : 'ptr']];
      assert.equal(
        {
          result: returned ? returned.flatMap(({ type }) => registersOf(type, types)) : ['sret'],
          params: [
            ...(returned ? [] : [['sret']]),
            ...before.map((hint) => registersOf(llvmType(hint), types)),
            ...own,
            ...behind.map((hint) => registersOf(llvmType(hint), types)),
          ].flat(),
        },
        { result: clangResult, params: inClang.flat() },
        `${one.name} on ${triple}: ${found?.[0]}`,
      );
    });
  });

test.run();
