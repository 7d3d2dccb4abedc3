/** IR programs with records, lists and strings. */

export interface HeapProgram {
  readonly name: string;
  readonly text: string;
  /** Functions with arguments to call them with, all scalars. */
  readonly calls: readonly (readonly [name: string, ...args: number[]])[];
}

const kinds = ['i8', 'u8', 'i16', 'u16', 'i32', 'u32', 'f32', 'f64', 'i64', 'u64'] as const;

/** A list of each kind of numbers: pushes, stores, extends, truncates, reads. */
const numbers = kinds.map((kind) => {
  const wide = kind === 'i64' || kind === 'u64';
  const five = wide ? '5n' : '5';
  return `func ${kind}.list(%0.n: i64) -> i64, ${kind}, ${kind}, ${kind} {
  local i: i64
  local x: ${kind}
  %1: i64 = const 0n
  %2: i64 = const 1n
  %3: ${kind} = const ${five}
  %4: list.${kind} = list.new %1
  loop fill {
    %5: i64 = local.get i
    %6: bool = ge %5, %0
    if %6 {
      break fill
    }
    %7: ${kind} = local.get x
    %8: ${kind} = add %7, %3
    local.set x, %8
    list.push %4, %8
    %9: i64 = add %5, %2
    local.set i, %9
  }
  list.extend %4, %0
  %10: i64 = list.length %4
  %11: i64 = sub %10, %2
  %12: ${kind} = list.load %4, %11
  list.store %4, %11, %3
  %13: ${kind} = list.load %4, %11
  %14: view.${kind} = list.view %4
  %15: i64 = view.length %14
  %16: ${kind} = view.load %14, %1
  list.truncate %4, %2
  %17: i64 = list.length %4
  %18: i64 = add %17, %15
  release %4
  return %18, %12, %13, %16
}`;
});

export const programs: readonly HeapProgram[] = [
  {
    name: 'lists of each kind of numbers',
    text: numbers.join('\n'),
    calls: kinds.flatMap((kind) =>
      [1, 2, 3, 5, 31, 32, 33, 100, 5000].map((n) => [`${kind}.list`, n] as const),
    ),
  },
  {
    name: 'slots of each type',
    text: `record All "All" object(a: i8, b: f64, c: bool, d: i16 | undefined, e: f32, f: str, g: u8, h: i64, i: rec.All | null, j: list.bool)
func f(%0.n: f64) -> i8, f64, bool, u8, i16, f32, i64, u8, bool, bool {
  %1: i8 = const -7
  %2: bool = const true
  %3: u8 = const 1
  %4: i16 = const -300
  %5: f32 = const 0.5
  %6: str = str.const "abc"
  %7: u8 = const 255
  %8: i64 = const -1n
  %9: rec.All = null
  %10: list.bool = null
  %11: rec.All = rec.new %1, %0, %2, %3, %4, %5, %6, %7, %8, %9, %10
  %12: i64 = const 2n
  %13: list.bool = list.new %12
  list.push %13, %2
  retain %13
  rec.set %11, %13 slot=j
  %14: bool = const false
  list.push %13, %14
  %15: i8 = rec.get a, %11
  %16: f64 = rec.get b, %11
  %17: bool = rec.get c, %11
  %18: u8 = rec.get d.tag, %11
  %19: i16 = rec.get d, %11
  %20: f32 = rec.get e, %11
  %21: i64 = rec.get h, %11
  %22: u8 = rec.get g, %11
  %23: rec.All = rec.get i, %11
  %24: bool = is.null %23
  %25: list.bool = rec.get j, %11
  %26: i64 = const 1n
  %27: bool = list.load %25, %26
  %28: rec.All = rec.new
  %29: str = rec.get f, %28
  %30: bool = is.null %29
  %31: bool = eq %30, %24
  release %13
  release %28
  release %11
  return %15, %16, %17, %18, %19, %20, %21, %22, %31, %27
}`.replace('rec.set %11, %13 slot=j', 'rec.set j, %11, %13'),
    calls: [
      ['f', 0.25],
      ['f', NaN],
      ['f', -0],
    ],
  },
];
