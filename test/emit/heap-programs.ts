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
  return %18, %12, %13, %16
}`;
});

/** `build` repeats a unit between ASCII, cuts and copies; its results are sums of units and lengths. */
const strings = `func sum(%0.s: str) -> i64 {
  local i: i64
  local total: i64
  %1: i64 = str.length %0
  %2: i64 = const 1n
  %3: i64 = const 31n
  loop units {
    %4: i64 = local.get i
    %5: bool = ge %4, %1
    if %5 {
      break units
    }
    %6: u16 = str.unit %0, %4
    %7: i64 = conv %6
    %8: i64 = local.get total
    %9: i64 = mul %8, %3
    %10: i64 = add %9, %7
    local.set total, %10
    %11: i64 = add %4, %2
    local.set i, %11
  }
  %12: i64 = local.get total
  return %12
}
func build(%0.unit: u16, %1.n: i64) -> i64, i64, i64, i64, i64, bool {
  local s: str
  local i: i64
  %2: i64 = const 0n
  %3: i64 = const 1n
  %4: str = str.const "a\\u00ff"
  local.set s, %4
  %5: str = str.char %0
  loop append {
    %6: i64 = local.get i
    %7: bool = ge %6, %1
    if %7 {
      break append
    }
    %8: str = local.get s
    %9: str = str.concat %8, %5
    local.set s, %9
    %10: i64 = add %6, %3
    local.set i, %10
  }
  %11: str = local.get s
  %12: str = str.const "tail"
  %13: str = str.concat %11, %12
  %14: i64 = call sum, %13
  %15: i64 = str.length %13
  %16: i64 = const 2n
  %17: str = str.sub %13, %2, %16
  %18: i64 = call sum, %17
  %19: str = str.sub %13, %3, %15
  %20: i64 = call sum, %19
  %21: view.u16 = view.new %15
  str.copy %13, %3, %15, %21, %2
  %22: i64 = sub %15, %3
  %23: str = str.of %21, %2, %22
  %24: bool = eq %19, %23
  %25: str = str.sub %13, %16, %16
  %26: i64 = str.length %25
  %27: i64 = add %15, %26
  %28: str = str.sub %13, %16, %15
  %29: bool = eq %28, %23
  %30: i64 = call sum, %28
  return %14, %27, %18, %20, %30, %24
}
func compare(%0.unit: u16, %1.n: i64) -> bool, bool, bool, bool {
  %2: str = str.char %0
  %3: str = str.const "A"
  %4: str = str.const ""
  %5: bool = eq %2, %3
  %6: bool = ne %2, %4
  %7: str = null
  %8: bool = eq %2, %7
  %9: str = str.const "\\ud800"
  %10: bool = eq %9, %2
  return %5, %6, %8, %10
}`;

/** A chain that is as long as that; a tree of records; records and lists in turn, with views and strings in them. */
const chains = `record N "N" object(next: rec.N | null, value: f64)
record T "T" object(left: rec.T | null, right: rec.T | null)
record M "M" object(list: list.rec.M, text: str, view: view.f64)
func chain(%0.n: i64) -> f64 {
  local head: rec.N
  local i: i64
  local total: f64
  %1: i64 = const 1n
  loop make {
    %2: i64 = local.get i
    %3: bool = ge %2, %0
    if %3 {
      break make
    }
    %4: rec.N = local.get head
    %5: f64 = conv %2
    %6: rec.N = rec.new %4, %5
    local.set head, %6
    %7: i64 = add %2, %1
    local.set i, %7
  }
  loop sum {
    %8: rec.N = local.get head
    %9: bool = is.null %8
    if %9 {
      break sum
    }
    %10: f64 = rec.get value, %8
    %11: f64 = local.get total
    %12: f64 = add %11, %10
    local.set total, %12
    %13: rec.N = rec.get next, %8
    local.set head, %13
  }
  %14: rec.N = null
  local.set head, %14
  %15: i64 = const 0n
  local.set i, %15
  loop again {
    %16: i64 = local.get i
    %17: bool = ge %16, %0
    if %17 {
      break again
    }
    %18: rec.N = local.get head
    %19: f64 = conv %16
    %20: rec.N = rec.new %18, %19
    local.set head, %20
    %21: i64 = add %16, %1
    local.set i, %21
  }
  %22: f64 = local.get total
  return %22
}
func bottomUp(%0.depth: i64) -> rec.T {
  %1: i64 = const 0n
  %2: bool = eq %0, %1
  if %2 {
    %3: rec.T = rec.new
    return %3
  }
  %4: i64 = const 1n
  %5: i64 = sub %0, %4
  %6: rec.T = call bottomUp, %5
  %7: rec.T = call bottomUp, %5
  %8: rec.T = rec.new %6, %7
  return %8
}
func count(%0.tree: rec.T) -> i64 {
  %1: i64 = const 1n
  %2: rec.T = rec.get left, %0
  %3: bool = is.null %2
  if %3 {
    return %1
  }
  %4: i64 = call count, %2
  %5: rec.T = rec.get right, %0
  %6: i64 = call count, %5
  %7: i64 = add %4, %6
  %8: i64 = add %7, %1
  return %8
}
func tree(%0.depth: i64) -> i64 {
  %1: rec.T = call bottomUp, %0
  %2: i64 = call count, %1
  return %2
}
func mixed(%0.n: i64) -> i64 {
  local m: rec.M
  local i: i64
  %1: i64 = const 1n
  %2: str = str.const "m"
  loop make {
    %3: i64 = local.get i
    %4: bool = ge %3, %0
    if %4 {
      break make
    }
    %5: list.rec.M = list.new %1
    %6: rec.M = local.get m
    list.push %5, %6
    %7: view.f64 = view.new %1
    %8: str = str.concat %2, %2
    %9: rec.M = rec.new %5, %8, %7
    local.set m, %9
    %10: i64 = add %3, %1
    local.set i, %10
  }
  %11: rec.M = local.get m
  %12: str = rec.get text, %11
  %13: i64 = str.length %12
  return %13
}`;

const texts = `record S "S" object(text: str)
func inLocal(%0.n: i64) -> i64 {
  local s: str
  local i: i64
  %1: i64 = const 1n
  %2: str = str.const "ab"
  local.set s, %2
  loop more {
    %3: i64 = local.get i
    %4: bool = ge %3, %0
    if %4 {
      break more
    }
    %5: str = local.get s
    %6: str = str.concat %5, %2
    local.set s, %6
    %7: i64 = add %3, %1
    local.set i, %7
  }
  %8: str = local.get s
  %9: i64 = str.length %8
  return %9
}
func inSlot(%0.n: i64) -> i64, u16 {
  local i: i64
  %1: i64 = const 1n
  %2: str = str.const "ab"
  %3: str = str.const "\\u0394"
  %4: str = str.concat %3, %2
  %5: rec.S = rec.new %4
  loop more {
    %6: i64 = local.get i
    %7: bool = ge %6, %0
    if %7 {
      break more
    }
    %8: str = rec.get text, %5
    %9: str = str.concat %8, %2
    rec.set text, %5, %9
    %10: i64 = add %6, %1
    local.set i, %10
  }
  %11: str = rec.get text, %5
  %12: i64 = str.length %11
  %13: i64 = sub %12, %1
  %14: u16 = str.unit %11, %13
  return %12, %14
}
func seen(%0.n: i64) -> i64, i64 {
  local s: str
  local old: str
  local i: i64
  %1: i64 = const 1n
  %2: str = str.const "ab"
  local.set s, %2
  loop more {
    %3: i64 = local.get i
    %4: bool = ge %3, %0
    if %4 {
      break more
    }
    %5: str = local.get s
    local.set old, %5
    %6: str = str.concat %5, %2
    local.set s, %6
    %7: i64 = add %3, %1
    local.set i, %7
  }
  %8: str = local.get s
  %9: i64 = str.length %8
  %10: str = local.get old
  %11: i64 = str.length %10
  return %9, %11
}
func twice(%0.n: i64) -> i64, u16 {
  local s: str
  local i: i64
  %1: i64 = const 1n
  %2: str = str.const "ab"
  local.set s, %2
  loop more {
    %3: i64 = local.get i
    %4: bool = ge %3, %0
    if %4 {
      break more
    }
    %5: str = local.get s
    %6: str = str.concat %5, %5
    local.set s, %6
    %7: i64 = add %3, %1
    local.set i, %7
  }
  %8: str = local.get s
  %9: i64 = str.length %8
  %10: i64 = sub %9, %1
  %11: u16 = str.unit %8, %10
  return %9, %11
}`;

/** `check` throws at the so-maniest call; on the way there objects of all kinds are held. */
/**
 * `scattered` makes n objects, and in each round drops them all in steps of a prime and makes n more: freed blocks of
 * several sizes are given again, of a few pages and of more than the allocator takes to be cached. A block that is
 * given twice shows in the sum.
 */
const blocks = `record S "S" object(a: i64)
record M "M" object(s: rec.S, b: i64, c: i64, d: i64)
func scattered(%0.n: i64, %1.step: i64) -> i64 {
  local i: i64
  local round: i64
  local sum: i64
  %2: i64 = const 0n
  %3: i64 = const 1n
  %4: rec.S = rec.new %2
  %5: rec.M = rec.new %4, %2, %2, %2
  %6: list.rec.M = list.new %0
  loop fill {
    %7: i64 = local.get i
    %8: bool = ge %7, %0
    if %8 {
      break fill
    }
    list.push %6, %5
    %9: i64 = add %7, %3
    local.set i, %9
  }
  loop rounds {
    %10: i64 = local.get round
    %11: i64 = const 4n
    %12: bool = ge %10, %11
    if %12 {
      break rounds
    }
    local.set i, %2
    loop make {
      %13: i64 = local.get i
      %14: bool = ge %13, %0
      if %14 {
        break make
      }
      %15: rec.S = rec.new %13
      %16: rec.M = rec.new %15, %13, %10, %13
      list.store %6, %13, %16
      %17: i64 = add %13, %3
      local.set i, %17
    }
    local.set i, %2
    loop add {
      %18: i64 = local.get i
      %19: bool = ge %18, %0
      if %19 {
        break add
      }
      %20: rec.M = list.load %6, %18
      %21: rec.S = rec.get s, %20
      %22: i64 = rec.get a, %21
      %23: i64 = rec.get d, %20
      %24: i64 = mul %22, %23
      %25: i64 = local.get sum
      %26: i64 = const 31n
      %27: i64 = mul %25, %26
      %28: i64 = add %27, %24
      local.set sum, %28
      %29: i64 = add %18, %3
      local.set i, %29
    }
    local.set i, %2
    loop drop {
      %30: i64 = local.get i
      %31: bool = ge %30, %0
      if %31 {
        break drop
      }
      %32: i64 = mul %30, %1
      %33: i64 = rem %32, %0
      list.store %6, %33, %5
      %34: i64 = add %30, %3
      local.set i, %34
    }
    %35: i64 = add %10, %3
    local.set round, %35
  }
  %36: i64 = local.get sum
  return %36
}`;

const errors = `record P "P" object(name: str, parts: list.rec.P, other: rec.P | null)
record Q "Q" object(count: i64)
record V "V" union = P, Q
func check(%0.q: rec.Q, %1.at: i64) {
  %2: i64 = rec.get count, %0
  %3: bool = eq %2, %1
  if %3 {
    throw RangeError "at ", %2
  }
  %4: i64 = const 1n
  %5: i64 = add %2, %4
  rec.set count, %0, %5
}
func part(%0.q: rec.Q, %1.at: i64) -> rec.P {
  %2: str = str.const "part"
  %3: str = str.concat %2, %2
  call check, %0, %1
  %4: i64 = const 0n
  %5: list.rec.P = list.new %4
  %6: rec.P = null
  %7: rec.P = rec.new %3, %5, %6
  call check, %0, %1
  return %7
}
func f(%0.at: i64) -> i64 {
  local kept: rec.V
  %1: i64 = const 0n
  %2: rec.Q = rec.new %1
  %3: rec.P = call part, %2, %0
  %4: rec.V = rec.as %3
  local.set kept, %4
  %5: rec.P = call part, %2, %0
  %6: list.rec.P = rec.get parts, %3
  list.push %6, %5
  call check, %2, %0
  %7: list.rec.P = rec.get parts, %5
  %8: rec.P = call part, %2, %0
  list.push %7, %8
  rec.set other, %3, %8
  %9: rec.V = rec.as %2
  local.set kept, %9
  call check, %2, %0
  %10: i64 = rec.get count, %2
  return %10
}
func caught(%0.at: i64) -> i64, i64 {
  local count: i64
  local p: rec.P
  %1: i64 = const 0n
  %2: rec.Q = rec.new %1
  try {
    %3: rec.P = call part, %2, %0
    local.set p, %3
    %4: rec.P = call part, %2, %0
    %5: list.rec.P = rec.get parts, %3
    list.push %5, %4
    %6: i64 = call f, %0
    local.set count, %6
  } catch {
    %7: error = error.caught
    %8: rec.P = call part, %2, %1
    local.set p, %8
  }
  %9: i64 = rec.get count, %2
  %10: i64 = local.get count
  return %9, %10
}`;

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
  rec.set j, %11, %13
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
  return %15, %16, %17, %18, %19, %20, %21, %22, %31, %27
}`,
    calls: [
      ['f', 0.25],
      ['f', NaN],
      ['f', -0],
    ],
  },
  {
    name: 'strings of both forms',
    text: strings,
    calls: [0, 1, 65, 255, 256, 0xd800, 0xffff].flatMap((unit) => [
      ['build', unit, 1],
      ['build', unit, 7],
      ['build', unit, 300],
      ['compare', unit, 3],
    ]),
  },
  {
    name: 'kinds of objects',
    text: `record A "A" class(x: f64)
record B "B" class extends A(x: f64, y: rec.A | null)
record C "C" class extends B(x: f64, y: rec.A | null, z: i32)
record D "D" class extends A(x: f64, w: str)
record O "O" object(k: u8)
record U "U" union = O, B
func make(%0.k: i32) -> rec.A {
  %1: f64 = const 1.5
  %2: i32 = const 0
  %3: bool = eq %0, %2
  if %3 {
    %4: rec.A = rec.new %1
    return %4
  }
  %5: i32 = const 1
  %6: bool = eq %0, %5
  if %6 {
    %7: rec.A = rec.new %1
    %8: rec.B = rec.new %1, %7
    %9: rec.A = rec.as %8
    return %9
  }
  %10: i32 = const 2
  %11: bool = eq %0, %10
  if %11 {
    %12: rec.C = rec.new
    rec.set z, %12, %0
    %13: rec.A = rec.as %12
    return %13
  }
  %14: str = str.const "w"
  %15: rec.D = rec.new %1, %14
  %16: rec.A = rec.as %15
  return %16
}
func test(%0.k: i32) -> bool, bool, bool, bool, f64 {
  %1: rec.A = call make, %0
  %2: bool = rec.is A, %1
  %3: bool = rec.is B, %1
  %4: bool = rec.is C, %1
  %5: bool = rec.is D, %1
  if %3 {
    %6: rec.U = rec.as %1
    %7: bool = rec.is O, %6
    %8: bool = rec.is B, %6
    %9: f64 = const 9
    return %2, %3, %7, %8, %9
  }
  %10: f64 = rec.get x, %1
  return %2, %3, %4, %5, %10
}
func union(%0.k: u8) -> bool, bool {
  %1: rec.O = rec.new %0
  %2: rec.U = rec.as %1
  %3: bool = rec.is O, %2
  %4: bool = rec.is B, %2
  return %3, %4
}`,
    calls: [
      ['test', 0],
      ['test', 1],
      ['test', 2],
      ['test', 3],
      ['union', 7],
    ],
  },
  {
    name: 'chains and trees',
    text: chains,
    calls: [
      ['chain', 0],
      ['chain', 1],
      ['chain', 1_000_000],
      ['tree', 10],
      ['tree', 15],
      ['mixed', 1],
      ['mixed', 200_000],
    ],
  },
  {
    name: 'blocks freed in any order',
    text: blocks,
    calls: [
      ['scattered', 1, 1],
      ['scattered', 200, 7],
      ['scattered', 9_000, 1009],
      ['scattered', 200, 7],
    ],
  },
  {
    name: 'text that grows',
    text: texts,
    calls: [
      ['inLocal', 0],
      ['inLocal', 1],
      ['inLocal', 200_000],
      ['inSlot', 200_000],
      ['seen', 10],
      ['twice', 18],
    ],
  },
  {
    name: 'errors in the middle',
    text: errors,
    calls: [0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((at) => [
      ['f', at],
      ['caught', at],
    ]),
  },
];
