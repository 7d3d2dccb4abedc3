/** Calls of C: each kind of argument and result, and functions that C calls. In machine code of two levels, and as WebAssembly. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type * as Program from './program.ts';
import { buildProject, makeProject } from '../support/project.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const project = makeProject({
  'src/program.ts': read('program.ts'),
  'vendor/all.c': read('vendor/all.c'),
  'vendor/all.h': read('vendor/all.h'),
});
project.write(
  'package.json',
  JSON.stringify({ name: 'calls', type: 'module', tsnative: { sources: ['vendor/all.c'] } }),
);

const test = suite('calls of C');
test.after(() => project.remove());

const ways: [string, typeof Program, () => number][] = [];

test('the program builds', async () => {
  for (const [way, level, target] of [
    ['-O0', 0, 'linux'],
    ['-O3', 3, 'linux'],
    ['wasm', 3, 'wasm32'],
  ] as const) {
    const outDir = join(project.folder, `out-${way}`);
    const targets = target === 'wasm32' ? { targets: ['wasm32'] } : {};
    const { diagnostics } = await buildProject(project, { level, outDir, ...targets });
    assert.equal(diagnostics, []);
    process.env['TSNATIVE'] = target === 'wasm32' ? 'wasm' : 'require';
    const program = (await import(
      pathToFileURL(join(outDir, 'program.js')).href
    )) as typeof Program;
    const glue = createRequire(import.meta.url)(join(outDir, 'native/calls.cjs')) as {
      live(): number;
    };
    ways.push([way, program, glue.live]);
  }
});

/** Runs a check in all ways. */
const inAllWays = (name: string, check: (program: typeof Program, way: string) => void): void =>
  test(name, () => {
    assert.is(ways.length, 3);
    for (const [way, program] of ways) {
      try {
        check(program, way);
      } catch (error) {
        if (error instanceof Error) error.message = `${way}: ${error.message}`;
        throw error;
      }
    }
  });

const fails = (call: () => unknown, pattern: RegExp, kind = Error): void =>
  assert.throws(call, (error: unknown) => error instanceof kind && pattern.test(error.message));

inAllWays('numbers of every width come and go as C has them', (p) => {
  assert.is(p.addI8(-128, 1), -127);
  assert.is(p.addI8(127, 1), -128);
  assert.is(p.addU8(255, 2), 1);
  assert.is(p.addI16(32767, 1), -32768);
  assert.is(p.addU16(65535, 65535), 65534);
  assert.is(p.addI32(-1, -(2 ** 31)), 2 ** 31 - 1);
  assert.is(p.addU32(2 ** 32 - 1, 2 ** 32 - 1), 2 ** 32 - 2);
  assert.is(p.addI64(-(2n ** 63n), -1n), 2n ** 63n - 1n);
  assert.is(p.addU64(2n ** 64n - 1n, 2n), 1n);
  assert.is(p.addF32(0.5, 2 ** -24), Math.fround(0.5 + 2 ** -24));
  assert.is(p.addF64(0.1, 0.2), 0.1 + 0.2);
  assert.is(p.addF64(-0, -0), -0);
  assert.ok(Number.isNaN(p.addF64(NaN, 1)));
  assert.is(p.xorBool(true, false), true);
  assert.is(p.xorBool(true, true), false);
  fails(() => p.addI8(128, 0), /'a' expected i8 .*128/, RangeError);
  fails(() => p.addU64(-1n, 0n), /'a' expected u64 .*-1/, RangeError);
});

inAllWays('arguments that no register is left for arrive', (p) => {
  const x = 0.25;
  const expected =
    1 + x * 2 - 9 + 2 - 25 + x * 6 + 1400 + 64 + 81 + 105 + 121 + 144 + 169 + 196 + 225 + x * 16;
  assert.is(p.callMany(x), expected);
});

inAllWays('typed arrays are C’s pointers', (p) => {
  assert.is(p.sumBytes(Uint8Array.of(1, 2, 250), 3), 253);
  assert.is(p.sumBytes(Uint8Array.of(9, 1, 2, 9).subarray(1, 3), 2), 3);
  assert.is(p.sumBytes(new Uint8Array(0), 0), 0);
  assert.is(p.sumBytes(null, 5), -1);
  const values = Float64Array.of(1.5, -2);
  assert.is(p.negated(values), -3);
  assert.equal([...values], [-1.5, 2]);
  assert.is(p.negatedOwn(100), -99);
});

inAllWays('strings are UTF-8', (p) => {
  assert.is(p.textBytes(''), 0);
  assert.is(p.textBytes('grüße €😀'), Buffer.byteLength('grüße €😀'));
  for (const length of [80, 126, 127, 128, 255, 256, 257, 5000])
    for (const letter of ['x', 'ä', '€'])
      assert.is(p.textBytes(letter.repeat(length)), Buffer.byteLength(letter) * length);
  assert.is(p.textBytes(null), -1);
  assert.is(p.repeated('ä€😀', 3), 'ä€😀ä€😀ä€😀');
  assert.is(p.repeated('a', 0), '');
  assert.is(p.repeated('a', -1), null);
  assert.is(p.twoTexts('ab', 'ß'), 'ababß');
  assert.is(
    p.brokenText(),
    new TextDecoder().decode(
      Uint8Array.of(97, 255, 0xc3, 40, 0xe2, 0x82, 0xf0, 0x9f, 0x98, 0x80, 0xed, 0xa0, 0x80, 122),
    ),
  );
  fails(
    () => p.textBytes('a\0b'),
    /'text' of text_bytes of the library all has a character with the code 0/,
    TypeError,
  );
  fails(() => p.textBytes('\ud800'), /half of a surrogate pair/, TypeError);
  fails(() => p.textBytes('x\udc00y€'), /half of a surrogate pair/, TypeError);
  fails(() => p.twoTexts('ok', 'a\0'.repeat(400)), /code 0/, TypeError);
  assert.is(
    p.never(-1),
    "repeated of the library all has given NULL, which its declaration doesn't have",
  );
  assert.is(p.never(2), 'xx');
});

inAllWays('places that C sets come back, and errno', (p) => {
  assert.is(p.divide(17, 5, true), '3 rest 2');
  assert.is(p.divide(17, 5, false), '3 rest 100');
  assert.is(p.divide(-17, 5, true), '-3 rest -2');
  assert.is(p.divide(1, 0, true), 'errno true');
});

inAllWays('handles are what C gives, and are told when they are freed', (p) => {
  assert.is(p.counted(5, 3), 8);
  assert.is(p.opened(41), 41);
  assert.is(p.opened(-1), -1);
  fails(() => p.counted(-1, 1), /counter_make of the library all has given NULL/);
  fails(
    () => p.freedTwice(),
    /'counter' of counter_free of the library all is a handle that was freed before/,
    TypeError,
  );
  fails(
    () => p.usedFreed(),
    /'counter' of counter_next of the library all is a handle that was freed before/,
    TypeError,
  );
  assert.is(p.newAtOldPlace(1000), 500500);
  assert.is(p.counters(), 0);
});

inAllWays('structures with addresses go to C where these have 8 bytes', (p, way) => {
  const values = Float64Array.of(1.5, 2, -0.25);
  if (way !== 'wasm') assert.is(p.summed(values), 3003.25);
  else
    fails(
      () => p.summed(values),
      /'span' of span_sum .* is a structure with addresses, .* WebAssembly/,
      TypeError,
    );
});

inAllWays('objects marked as structures are where C has them', (p) => {
  const shape = { kind: 1, width: 4, height: 1.5, scale: -2, wide: false, calls: 10n };
  assert.is(p.areaOf(shape), -24);
  assert.equal(shape, { kind: 1, width: 4, height: 1.5, scale: -2, wide: true, calls: 12n });
  assert.is(p.areas(4), 0.5 * 3 * (1 + 2 + 3) + 4);
  fails(() => p.areaOf({ ...shape, scale: 40000 }), /40000/, RangeError);
});

inAllWays('what C has dots for is promoted', (p) => {
  assert.is(p.variadic(0.5), -7 + 0.5 + 1e12 + 4);
  assert.is(p.variadicSmall(-128), -128 + 0.5 + 1 + 65535 - 1);
});

inAllWays('C calls functions, with what they have captured', (p) => {
  assert.ok(Math.abs(p.ofNamed(1000) - 9) < 1e-5);
  assert.ok(Math.abs(p.ofClosure(3, 1000) - 0.25) < 1e-6);
  assert.ok(Math.abs(p.ofJavaScript(Math.sqrt, 1000) - 2 / 3) < 1e-4);
  // The integral of x · x²/2, by the midpoint rule in both.
  assert.ok(Math.abs(p.nested(200) - 2) < 1e-3);
  assert.is(p.words('one  two drei', 10), '3: one|two|drei');
  assert.is(p.words('one two three', 2), '2: one|two');
  assert.is(p.withData('ab cde'), 502);
});

inAllWays('what a function throws waits for C to return', (p) => {
  const calls = new Int32Array(1);
  assert.is(p.thrown(5, calls), -1);
  // Behind the first error no more run.
  assert.is(calls[0], 6);
  fails(() => p.thrown(-1, calls), /too far: -1/, RangeError);
  assert.is(p.thrown(20, calls), 10);
  const own = new SyntaxError('mine');
  let times = 0;
  try {
    p.ofJavaScript(() => {
      times++;
      throw own;
    }, 100);
    assert.unreachable();
  } catch (error) {
    assert.is(error, own);
  }
  assert.is(times, 1);
  fails(() => p.ofJavaScript(() => 'x' as never, 10), /result of 'f'/, TypeError);
});

inAllWays('C keeps functions', (p) => {
  p.listen(3);
  assert.is(p.notified(7), 21);
  fails(() => p.notified(13), /unlucky/, TypeError);
  assert.is(p.notified(1), 3);
  p.listen(5);
  assert.is(p.notified(7), 35);
  let heard = 0;
  p.listenJavaScript((x) => (heard = x) + 0.5);
  assert.is(p.notified(7), 7.5);
  assert.is(heard, 7);
  // The same function needs no new place, however often it is passed.
  for (let i = 0; i < 500; i++) p.listen(3);
  assert.is(p.notified(2), 6);
  fails(
    () => {
      for (let i = 0; i < 100; i++) p.listen(10 + i);
    },
    /listen_to of the library all keeps 64 functions already/,
    RangeError,
  );
});

inAllWays('C’s memory can be read', (p) => {
  assert.is(p.bytesAt(Uint8Array.of(0xe2, 0x82, 0xac, 33, 0, 65)), '€!');
  for (const length of [2, 64, 5000]) {
    const text = 'A'.repeat(length - 1);
    assert.is(
      p.addressesOfMade(length),
      `${text} ${'B'.repeat(length - 2)} CD ${length} ${length - 1} 3`,
    );
  }
  fails(() => p.textAtNull(), /'address' is NULL/, TypeError);
});

test('nothing is left behind', () => {
  for (const [way, p, live] of ways) {
    if (way === 'wasm') continue;
    const round = (): void => {
      p.words('one two three four', 3);
      p.repeated('abc€', 50);
      p.areas(3);
      p.nested(5);
      p.addressesOfMade(100);
      for (const call of [() => p.thrown(-1, new Int32Array(1)), () => p.twoTexts('€', 'b\0')])
        assert.throws(call);
    };
    round();
    const before = live();
    for (let i = 0; i < 100; i++) round();
    assert.is(live(), before, way);
  }
});

test.run();
