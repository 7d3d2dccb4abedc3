/** What older JavaScript does: `var` for everything, several times under one name, functions in variables, other names for classes. */
var Bytes = Uint8Array,
  Words = Int32Array;
const Floats = Float64Array;
const Numbers = Floats;

/** @native */
export function renamed(n: number): number[] {
  const bytes = new Bytes(n);
  const words = new Words(bytes);
  const floats = new Numbers([n, -0.5]);
  for (let i = 0; i < bytes.length; i++) bytes[i] = 250 + i * n;
  return [
    bytes.length,
    ...bytes,
    ...words,
    ...floats,
    Bytes.BYTES_PER_ELEMENT,
    Numbers.BYTES_PER_ELEMENT,
    ...Words.of(n, 7),
    ...Floats.from(new Bytes([3, 1, 255])),
  ];
}

/** @native */
export function again(n: number, flag: boolean): number[] {
  const out: number[] = [];
  for (var i = 0; i < n; i++) {
    var twice = i * 2;
    if (flag) {
      var half = i / 2;
      out.push(half + twice);
    } else {
      var square = i * i;
      out.push(square - twice);
    }
  }
  for (var j = n; j > 0; j -= 2) {
    var rest = j % 3;
    out.push(rest);
  }
  for (var k = 0, m = -n; k < 2; k++) out.push(k + m);
  {
    var half = n / 3;
    out.push(half);
  }
  {
    var half = -n;
    half += 0.5;
    out.push(half);
  }
  return out;
}

/**
 * Values that stay from round to round, and behind the block.
 *
 * @native
 */
export function stays(n: number): number[] {
  const out: number[] = [];
  for (var i = 0; i < n; i++) {
    if (i === 1) {
      var seen: number | undefined = i * 10;
    }
    out.push(seen ?? -1);
    var last = i;
    var grown: number = (grown! || 1) + i;
    out.push(grown);
  }
  out.push(i, n > 0 ? last! : -2);
  for (var i = 5; i < 7; i++) out.push(i);
  out.push(i);
  return out;
}

/** @native */
export function functions(n: number): number[] {
  var sum = 0;
  var add = function (x: number): void {
    sum += x;
  };
  for (var i = 0; i < n; i++) {
    var scaled = (x: number): number => x * i;
    add(scaled(2));
    var factorial = function inner(x: number): number {
      return x < 2 ? 1 : x * inner(x - 1);
    };
    add(factorial(i));
  }
  var chosen = n > 2 ? (x: number): number => x + 1 : (x: number): number => x - 1;
  return [sum, chosen(n)];
}

/** @native */
export function shared(n: number): number[] {
  const all: (() => number)[] = [];
  for (var i = 0; i < n; i++) {
    var doubled = i * 2;
    all.push(() => doubled + i);
  }
  return all.map((one) => one());
}

const numbers = [0, 1, 2, 5];

export const cases: readonly (readonly [string, readonly unknown[]])[] = [
  ...[0, 1, 4].map((n) => ['renamed', [n]] as const),
  ...numbers.flatMap((n) => [
    ['again', [n, true]] as const,
    ['again', [n, false]] as const,
    ['stays', [n]] as const,
    ['functions', [n]] as const,
    ['shared', [n]] as const,
  ]),
];
