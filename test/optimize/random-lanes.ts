/** Random functions whose rounds may be computed in lanes: loops with branches and jumps, inside of a loop over an array. */
import { Random } from '../fuzz/random.ts';

const floats = ['x', 'y', 'z'];
const integers = ['p', 'q'];
const numbers = ['0.5', '1.5', '2', '3', '-1', '0.25', '1e-3', '100', '0', '-0'];

/** @returns a function of `(out, a, n, m, c, w)` that ends for all arguments */
export function randomLanes(name: string, seed: number): string {
  const r = new Random(seed);
  let loops = 0;
  const repeat = (count: number, write: () => string): string =>
    Array.from({ length: count }, write).join('\n');

  /** @param counters the variables of the loops around */
  const float = (depth: number, counters: readonly string[]): string => {
    if (depth <= 0 || r.chance(0.25))
      return r.pick([...floats, ...floats, r.pick(numbers), 'c', 'w', ...counters]);
    const inner = (): string => float(depth - 1, counters);
    switch (r.below(6)) {
      case 0:
      case 1:
        return `(${inner()} ${r.pick(['+', '-', '*', '/'])} ${inner()})`;
      case 2:
        return `Math.${r.pick(['abs', 'sqrt', 'floor', 'ceil', 'trunc'])}(${inner()})`;
      case 3:
        return `Math.${r.pick(['min', 'max'])}(${inner()}, ${inner()})`;
      case 4:
        return `(${test(depth - 1, counters)} ? ${inner()} : ${inner()})`;
      default:
        return r.pick(integers);
    }
  };

  const test = (depth: number, counters: readonly string[]): string => {
    if (depth > 0 && r.chance(0.5))
      return `(${test(depth - 1, counters)}) ${r.pick(['&&', '||'])} (${test(depth - 1, counters)})`;
    switch (r.below(4)) {
      case 0:
        return 'b';
      case 1:
        return `${r.pick(integers)} ${r.pick(['<', '>'])} ${r.below(9)}`;
      default:
        return `${r.pick(floats)} ${r.pick(['<', '>', '<=', '>='])} ${float(depth - 1, counters)}`;
    }
  };

  const integer = (counters: readonly string[]): string =>
    r.pick([
      `(${r.pick(integers)} + ${r.below(5)}) & 63`,
      `${r.below(50)}`,
      `${r.pick(integers)} ^ ${r.below(9)}`,
      `${r.pick([...counters, 'i'])} & 31`,
      `(${r.pick(integers)} << ${r.below(3)}) & 127`,
    ]);

  const statement = (depth: number, counters: readonly string[], label?: string): string => {
    const inner = (): string => statement(depth - 1, counters, label);
    const kind = r.next();
    if (kind < 0.4) return `${r.pick(floats)} = ${float(2, counters)};`;
    if (kind < 0.5) return `${r.pick(integers)} = ${integer(counters)};`;
    if (kind < 0.58) return `b = ${test(1, counters)};`;
    if (kind < 0.75 && depth > 0) {
      const otherwise = r.chance(0.5) ? ` else {\n${repeat(r.between(1, 2), inner)}\n}` : '';
      return `if (${test(1, counters)}) {\n${repeat(r.between(1, 3), inner)}\n}${otherwise}`;
    }
    if (kind < 0.85 && label !== undefined)
      return `if (${test(1, counters)}) ${r.pick(['break', 'continue', `break ${label}`])};`;
    return depth > 0 ? loop(depth - 1, counters) : `${r.pick(floats)} = ${float(1, counters)};`;
  };

  const loop = (depth: number, counters: readonly string[]): string => {
    const number = loops++;
    const [counter, label] = [`k${number}`, `loop${number}`];
    const also = r.chance(0.5) ? ` && (${test(0, counters)})` : '';
    const body = repeat(r.between(2, 5), () => statement(depth, [...counters, counter], label));
    const limit = r.pick(['40', '60', 'm', 'm', '35']);
    const text = `${label}: for (let ${counter}: i32 = 0; ${counter} < ${limit}${also}; ${counter}++) {\n${body}\n}`;
    if (!r.chance(0.2)) return text;
    return `block${number}: {\nif (${test(1, counters)}) break block${number};\n${text}\n${statement(0, counters)}\n}`;
  };

  const tail = r.pick([
    'out[i] = x + y * 0.5 + z + p + q + (b ? 0.25 : 0);',
    'sum = sum * 0.5 + x; out[i] = y + z;',
    'if (b) out[i] = x; else out[i] = z - p * q + y;',
    'out[i] = x; sum += y;',
  ]);
  return `/** @native */
export function ${name}(out: Float64Array, a: Float64Array, n: i32, m: i32, c: number, w: number): number {
let sum = 0;
for (let i = 0; i < n; i++) {
let x = ${r.pick(['a', 'a', 'out'])}[i]!;
let y = ${r.pick(['i * c', 'c', '0.5', 'x * 0.5'])};
let z = ${r.pick(['1', 'w', 'y + 1'])};
let p: i32 = ${r.pick(['3', 'i & 7', '0'])};
let q: i32 = 1;
let b = ${r.pick(['x > 1', 'y < c'])};
${repeat(r.below(2), () => statement(1, []))}
${repeat(r.between(1, 2), () => loop(1, []))}
${tail}
}
return sum;
}
`;
}
