/** Functions of C that are compiled along, each with a body in TypeScript that computes the same. */
import type { Random } from '../../random.ts';
import type { Content } from './index.ts';

const types = ['f64', 'f64', 'i32', 'u8', 'i16', 'u32', 'f32', 'bool', 'i64'] as const;
type CType = (typeof types)[number];

const inC: Readonly<Record<CType, string>> = {
  f64: 'double',
  i32: 'int32_t',
  u8: 'uint8_t',
  i16: 'int16_t',
  u32: 'uint32_t',
  f32: 'float',
  bool: 'bool',
  i64: 'int64_t',
};

/** The parameter as a double, in C and in TypeScript. */
const asDouble = (type: CType, name: string): readonly [string, string] =>
  type === 'bool'
    ? [`(${name} ? 1.0 : 0.0)`, `(${name} ? 1 : 0)`]
    : [`(double)${name}`, type === 'i64' ? `Number(${name})` : name];

function value(random: Random, type: CType): string {
  switch (type) {
    case 'f64':
      return random.pick(['0.5', '-0', '1e300', 'NaN', '-3', 'x', 'x * 2']);
    case 'f32':
      return random
        .pick(['0.5', '-0', 'Math.fround(0.1)', 'Math.fround(x)'])
        .replace(/^(-?[\d.]+)$/, 'Math.fround($1)');
    case 'i32':
      return random.pick(['n', 'n - 1', '-2147483648', '(x | 0)', '7']);
    case 'u8':
      return random.pick(['n & 255', '255', '0']);
    case 'i16':
      return random.pick(['(n << 16) >> 16', '-32768', '32767']);
    case 'u32':
      return random.pick(['n >>> 0', '4294967295', '1']);
    case 'bool':
      return random.pick(['x > 1', 'true', 'n === 0']);
    case 'i64':
      return random.pick(['5n', '-9007199254740991n', 'BigInt.asIntN(64, BigInt(n) * 3n)']);
  }
}

export function externs(random: Random, index: number): Content {
  const library = `c${index}`;
  const params = Array.from({ length: random.between(1, 9) }, (_, i) => ({
    name: `p${i}`,
    type: random.pick(types),
  }));
  const terms = params.map(({ name, type }, i) =>
    asDouble(type, name).map((text) => `${text} * ${i + 1}.0`),
  );
  const sum = (which: 0 | 1): string => terms.map((pair) => pair[which]).join(' + ');
  const hints = params.map(({ name, type }) => `${name}: ${type}`).join(', ');
  const ofC = params.map(({ name, type }) => `${inC[type]} ${name}`).join(', ');
  const element = random.pick([
    ['Float64Array', 'double'],
    ['Int32Array', 'int32_t'],
    ['Uint8Array', 'uint8_t'],
    ['Float32Array', 'float'],
    ['Int16Array', 'int16_t'],
  ] as const);
  const by = random.between(1, 5);
  const c = `#include <stdint.h>
#include <stdbool.h>
double ${library}_sum(${ofC}) { return ${sum(0)}; }
int32_t ${library}_int(int32_t a, uint8_t b) { return (int32_t)((uint32_t)a * ${by}u + b); }
void ${library}_scale(${element[1]} *a, uint32_t n, int32_t by) { for (uint32_t i = 0; i < n; i++) a[i] = (${element[1]})(a[i] + (${element[1]})by); }
struct ${library}_pair { double x; int32_t n; uint8_t b; };
double ${library}_pair(struct ${library}_pair *p, double by) { p->x = p->x + by; p->n = p->n ^ ${by}; p->b = (uint8_t)(p->b + 1); return p->x * ${by}.0; }
double ${library}_apply(double (*f)(double, int32_t), int32_t n) { double s = 0; for (int32_t i = 0; i < n; i++) s = s + f(s, i); return s; }
void ${library}_out(int32_t *low, double *high, double x) { *low = (int32_t)${by}; *high = x * 2.0; }
`;
  const add = element[0].startsWith('Float') ? 'a[i] = a[i] + by' : 'a[i] += by';
  const extern = (name: string, more = ''): string =>
    `/** @extern ${library}: ${library}_${name}${more} */`;
  const module = `import type { bool, f32, f64, i16, i32, i64, u32, u8, Out } from 'tsnative';
${extern('sum', random.chance(0.5) ? ', pure' : '')}
function sum(${hints}): f64 { return ${sum(1)}; }
${extern('int')}
function int(a: i32, b: u8): i32 { return (Math.imul(a, ${by}) + b) | 0; }
${extern('scale')}
function scale(a: ${element[0]}, n: u32, by: i32): void { for (let i = 0; i < n; i++) ${add}; }
/** @struct */
export interface Pair { x: f64; n: i32; b: u8 }
${extern('pair')}
function pair(p: Pair, by: f64): f64 { p.x = p.x + by; p.n = p.n ^ ${by}; p.b = (p.b + 1) & 255; return p.x * ${by}; }
${extern('apply')}
function apply(f: (s: f64, i: i32) => f64, n: i32): f64 { let s = 0; for (let i = 0; i < n; i++) s = s + f(s, i); return s; }
${extern('out')}
function out(low: Out<i32>, high: Out<f64>, x: f64): void { low.value = ${by}; high.value = x * 2; }
/** @native */
export function sums(x: f64, n: i32): f64 {
  let s = 0;
  for (let i = 0; i < 3; i++) { s += sum(${params.map(({ type }) => value(random, type)).join(', ')}); x += 1; }
  return s ${random.pick(['+', '-'])} int(n, ${value(random, 'u8')});
}
/** @native */
export function arrays(a: ${element[0]}, x: f64, n: i32): f64 {
  let s = 0;
  for (let i = 0; i < a.length; i++) s += a[i];
  scale(${random.pick(['a', 'a.subarray(1)', 'a'])}, a.length > 1 ? 1 : a.length, n);
  for (let i = 0; i < a.length; i++) s -= a[i] * (i + 1);
  const own = new ${element[0]}([1, 2, 3]);
  scale(own, 3, n);
  return s + own[0] + own[2] * x;
}
/** @native */
export function pairs(p: Pair, x: f64, n: i32): f64 {
  const before = p.x;
  const own: Pair = { x, n, b: n & 255 };
  const r = pair(p, before) + pair(own, p.n) + pair(${random.pick(['p', 'own'])}, x);
  return r + own.x + own.n + own.b + p.b;
}
/** @native */
export function applies(x: f64, n: i32): f64 {
  let calls = 0;
  const r = apply((s, i) => { calls++; ${random.chance(0.4) ? `if (i === ${random.below(6)}) throw new RangeError('in C ' + s);` : ''} return s * 0.5 + i + x; }, n & 7);
  return r + calls;
}
/** @native */
export function outs(x: f64): f64 {
  const low: Out<i32> = { value: 1 };
  const high: Out<f64> = { value: 2 };
  out(low, high, x);
  const first = low.value + high.value;
  out(low, high, first);
  return first + high.value * low.value;
}
`;
  const script = `for (const x of [0, -0, 1.5, NaN, -7, 1e300]) for (const n of [0, 1, -1, 5, 2147483647]) {
  thrown(() => m.sums(x, n));
  const a = new ${element[0]}([1, 2, 250, 3]);
  thrown(() => m.arrays(a, x, n)); tell(a);
  const p = { x, n, b: 255 };
  thrown(() => m.pairs(p, x, n)); tell(p);
  thrown(() => m.applies(x, n));
  thrown(() => m.outs(x));
}`;
  return { module, script, sources: { [`c/${library}.c`]: c } };
}
