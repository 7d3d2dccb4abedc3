/**
 * Every operator on every pair of numeric types over edge values, native at -O0 and -O3 against V8, bit for
 * bit. `**` is approximate in ECMA-262 and may be two units in the last place apart. For bigints a
 * RangeError is right exactly where the result doesn't fit the type.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  integerBounds,
  viewClass,
  type ElementKind,
  type IntegerType,
} from '../../compiler/ir/types.ts';
import { outcomeOf, show } from '../support/outcome.ts';
import { buildProject, makeProject } from '../support/project.ts';
import { distanceInUlps } from '../support/ulp.ts';

const numberTypes = ['f64', 'f32', 'i8', 'u8', 'i16', 'u16', 'i32', 'u32'] as const;
const bigintTypes = ['i64', 'u64'] as const;
const power = '**';
const numeric = ['+', '-', '*', '/', '%', power, '&', '|', '^', '<<', '>>', '>>>'];
const relational = ['<', '<=', '>', '>=', '==', '!=', '===', '!=='];
const unary = [
  '-a',
  '+a',
  '~a',
  '!a ? 1 : 0',
  'a && b',
  'a || b',
  'a ?? b',
  '-(-a) - +b',
  'Math.min(a, b)',
  'Math.max(a, b)',
];
const expressions = [
  ...numeric.map((op) => `a ${op} b`),
  ...relational.map((op) => `a ${op} b ? 1 : 0`),
  ...unary,
];
const bigintOps = ['+', '-', '*', '/', '%', '**', '&', '|', '^', '<<', '>>'];

const edges = [
  0,
  -0,
  0.5,
  -0.5,
  1,
  -1,
  1.5,
  -1.5,
  2.5,
  3,
  -7,
  31,
  32,
  33,
  ...[7, 8, 15, 16, 31, 32, 53].flatMap((n) => [
    2 ** n - 1,
    2 ** n,
    2 ** n + 1,
    -(2 ** n) - 1,
    -(2 ** n),
    1 - 2 ** n,
  ]),
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  Number.MIN_VALUE,
  -Number.MIN_VALUE,
  NaN,
  Infinity,
  -Infinity,
];
const bigEdges = [
  0n,
  1n,
  -1n,
  2n,
  -3n,
  7n,
  63n,
  64n,
  65n,
  ...[31n, 32n, 53n, 62n, 63n, 64n].flatMap((n) => [
    2n ** n - 1n,
    2n ** n,
    2n ** n + 1n,
    1n - 2n ** n,
    -(2n ** n),
    -(2n ** n) - 1n,
  ]),
];

const arrayOf = (type: ElementKind): string => viewClass[type];
type Views = Record<string, { new (values: readonly number[]): ArrayLike<number> }>;

/** The distinct edge values of a type, as an array of it. */
function valuesOf(type: (typeof numberTypes)[number]): ArrayLike<number> {
  const make = (globalThis as unknown as Views)[arrayOf(type)];
  if (!make) throw new Error(type);
  return new make(
    [...new Set(Array.from(new make(edges)).map((x) => (Object.is(x, -0) ? '-0' : String(x))))].map(
      Number,
    ),
  );
}

function pairSource(a: string, b: string): string {
  const body = expressions.map((text, k) => `      out[at + ${k}] = ${text};`).join('\n');
  return `
/** @native */
export function pair_${a}_${b}(as: ${arrayOf(a as ElementKind)}, bs: ${arrayOf(b as ElementKind)}, out: Float64Array): void {
  let at = 0;
  for (let i = 0; i < as.length; i++) {
    for (let j = 0; j < bs.length; j++) {
      const a: ${a} = as[i]!;
      const b: ${b} = bs[j]!;
${body}
      at += ${expressions.length};
    }
  }
}`;
}

const bigintSource = (type: string): string =>
  [
    ...bigintOps.map(
      (op, k) =>
        `/** @native */\nexport function big_${type}_${k}(a: ${type}, b: ${type}): ${type} { return a ${op} b; }`,
    ),
    ...['-a', '~a'].map(
      (text, k) =>
        `/** @native */\nexport function bigUnary_${type}_${k}(a: ${type}): i64 { return ${text}; }`,
    ),
    `/** @native */\nexport function modular_${type}(a: ${type}, b: ${type}): i64 { return BigInt.asIntN(64, a * b + (a - b) * 3n - (a << 5n)); }`,
    ...bigintTypes.map(
      (
        other,
      ) => `/** @native */\nexport function bigCompare_${type}_${other}(a: ${type}, b: ${other}): number {
  return ${relational.map((op, k) => `(a ${op} b ? ${2 ** k} : 0)`).join(' + ')};
}`,
    ),
  ].join('\n');

const storeSource = (type: string): string => `
/** @native */
export function store_${type}(x: number): number {
  let y: ${type} = 1;
  y = x;
  return y;
}
/** @native */
export function update_${type}(x: ${type}): number {
  let y: ${type} = x;
  const old = y++;
  y -= 1;
  --y;
  y += 1;
  return old * 4 + y;
}`;

const hintedIntegers = numberTypes.filter((type) => /^[iu]/.test(type)) as IntegerType[];
const source = [
  `import type { ${[...numberTypes, ...bigintTypes].join(', ')} } from 'tsnative';`,
  ...numberTypes.flatMap((a) => numberTypes.map((b) => pairSource(a, b))),
  ...bigintTypes.map(bigintSource),
  ...hintedIntegers.map(storeSource),
].join('\n');

type Functions = Record<string, (...args: never[]) => unknown>;
const test = suite('operators');
const project = makeProject({ 'src/operators.ts': source });
const builds: [string, Functions][] = [];
let plain: Functions = {};

async function load(level: 0 | 3, mode: string): Promise<Functions> {
  const outDir = join(project.folder, `out-${mode}-O${level}`);
  assert.equal((await buildProject(project, { level, outDir })).diagnostics, []);
  process.env['TSNATIVE'] = mode;
  return (await import(pathToFileURL(join(outDir, 'operators.js')).href)) as Functions;
}

test.before(async () => {
  plain = await load(0, 'off');
  builds.push(['-O0', await load(0, 'require')], ['-O3', await load(3, 'require')]);
});
test.after(() => project.remove());

const call = (functions: Functions, name: string): ((...args: unknown[]) => unknown) => {
  const fn = functions[name];
  if (!fn) throw new Error(`no function ${name}`);
  return fn as (...args: unknown[]) => unknown;
};

test('numbers', () => {
  let cases = 0;
  for (const a of numberTypes) {
    for (const b of numberTypes) {
      const [as, bs] = [valuesOf(a), valuesOf(b)];
      const run = (functions: Functions): Float64Array => {
        const out = new Float64Array(as.length * bs.length * expressions.length);
        call(functions, `pair_${a}_${b}`)(as, bs, out);
        return out;
      };
      const expected = run(plain);
      cases += expected.length;
      for (const [level, functions] of builds) {
        run(functions).forEach((value, at) => {
          const want = expected[at] ?? 0;
          if (Object.is(value, want)) return;
          const k = at % expressions.length;
          const pair = (at - k) / expressions.length;
          const x = as[Math.floor(pair / bs.length)];
          const y = bs[pair % bs.length];
          const text = expressions[k] ?? '';
          if (text.includes(power) && distanceInUlps(value, want) <= 2) return;
          assert.unreachable(
            `${level} ${a} ${b}: ${text} for a = ${show(x)}, b = ${show(y)}: ${show(value)}, V8 ${show(want)}`,
          );
        });
      }
    }
  }
  console.log(
    `  ${cases} cases of ${expressions.length} expressions on ${numberTypes.length ** 2} pairs of types`,
  );
});

const fits = (type: IntegerType, value: unknown): boolean => {
  const { min, max } = integerBounds(type);
  if (typeof value === 'number' && !Number.isInteger(value)) return false;
  return BigInt(value as number) >= min && BigInt(value as number) <= max;
};

/** A native call must do what the plain one does, or throw RangeError where the result doesn't fit. */
function agree(name: string, args: unknown[], type: IntegerType): void {
  const expected = outcomeOf(call(plain, name), args);
  for (const [level, functions] of builds) {
    const ours = outcomeOf(call(functions, name), args);
    const title = `${level} ${name}(${args.map(show).join(', ')})`;
    if (expected.error !== undefined) {
      assert.equal(ours.error?.split(':')[0], expected.error.split(':')[0], title);
    } else if (ours.error !== undefined) {
      const exact = call(plain, name)(...args);
      assert.match(ours.error, /^RangeError/, title);
      assert.not.ok(fits(type, exact), `${title}: ${ours.error}, V8 ${show(exact)}`);
    } else assert.equal(ours.result, expected.result, title);
  }
}

test('bigints', () => {
  let cases = 0;
  const valuesOf64 = (type: IntegerType): bigint[] => bigEdges.filter((value) => fits(type, value));
  for (const type of bigintTypes) {
    for (const a of valuesOf64(type)) {
      for (const k of [0, 1]) agree(`bigUnary_${type}_${k}`, [a], 'i64');
      cases += 2;
      for (const b of valuesOf64(type)) {
        bigintOps.forEach((op, k) => {
          // V8 would make a bigint of astronomical size.
          if ((op === '**' || op === '<<') && (b > 128n || b < -128n)) return;
          agree(`big_${type}_${k}`, [a, b], type);
          cases++;
        });
        agree(`modular_${type}`, [a, b], 'i64');
        cases++;
      }
      for (const other of bigintTypes) {
        for (const b of valuesOf64(other)) {
          agree(`bigCompare_${type}_${other}`, [a, b], 'i32');
          cases++;
        }
      }
    }
  }
  console.log(`  ${cases} cases`);
});

test('stores to hinted variables', () => {
  let cases = 0;
  for (const type of hintedIntegers) {
    for (const x of edges) {
      const exact = Object.is(x, -0) ? 0 : x;
      for (const [level, functions] of builds) {
        const ours = outcomeOf(call(functions, `store_${type}`), [x]);
        if (fits(type, exact)) assert.is(ours.result, show(exact), `${level} ${type} = ${show(x)}`);
        else
          assert.match(
            ours.error ?? '',
            /^RangeError: .* does not fit/,
            `${level} ${type} = ${show(x)}`,
          );
        cases++;
      }
      if (!fits(type, exact)) continue;
      const { min, max } = integerBounds(type);
      const passes = BigInt(exact) < max && BigInt(exact) > min;
      for (const [level, functions] of builds) {
        const ours = outcomeOf(call(functions, `update_${type}`), [x]);
        const title = `${level} update ${type} ${show(x)}`;
        if (passes)
          assert.is(ours.result, outcomeOf(call(plain, `update_${type}`), [exact]).result, title);
        else assert.match(ours.error ?? '', /^RangeError/, title);
        cases++;
      }
    }
  }
  console.log(`  ${cases} cases`);
});

test.run();
