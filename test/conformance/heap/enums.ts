/** Enums, unions of literals, and constant objects. */
import type { f64, i32 } from 'tsnative';

enum Colour {
  Red,
  Green = 5,
  Blue,
  Mask = (1 << 4) | Green,
  Negative = -3,
}
const enum Level {
  Low = 'low',
  High = 'high',
}
enum Weights {
  Half = 0.5,
  'a b' = 2,
}
const Mode = { Fast: 0, Slow: 1, names: { fast: 'F', slow: 'SL' }, on: true } as const;
const primes = [2, 3, 5, 7] as const;
const scale = Mode.Slow + primes[3] * Colour.Blue;
type Mode = typeof Mode.Fast | typeof Mode.Slow;
type Direction = 'up' | 'down' | 'left';
type Digit = 1 | 2 | 3;

function next(colour: Colour): Colour {
  switch (colour) {
    case Colour.Red:
      return Colour.Green;
    case Colour.Green:
      return Colour.Blue;
    default:
      return Colour.Red;
  }
}

function turn(direction: Direction): Direction {
  if (direction === 'up') return 'down';
  return direction === 'down' ? 'left' : 'up';
}

function lengthOf(direction: Direction): f64 {
  switch (direction) {
    case 'up':
      return 1;
    case 'down':
      return 20;
    case 'left':
      return 300;
  }
}

/** @native */
export function enums(n: i32): f64 {
  let colour = Colour.Red;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum = sum * 10 + colour;
    colour = next(colour);
  }
  const other: Colour = n as Colour;
  return (
    sum +
    (other === Colour.Blue ? 0.5 : 0) +
    (Colour.Mask & 7) +
    Colour['Negative'] +
    Weights.Half +
    Weights['a b']
  );
}

/** @native */
export function literals(n: i32): f64 {
  let direction: Direction = 'up';
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum += lengthOf(direction) * (i + 1);
    direction = turn(direction);
  }
  const digit: Digit = n > 3 ? 1 : n > 2 ? 2 : 3;
  const held: { digit: Digit; direction: Direction; level: Level } = {
    digit,
    direction,
    level: Level.High,
  };
  if (n === 4) held.level = Level.Low;
  return (
    sum +
    held.digit / 8 +
    (held.direction === direction ? 0.0625 : 0) +
    (held.level === Level.Low ? 1000 : 2000)
  );
}

/** @native */
export function constants(mode: f64): f64 {
  const chosen: Mode = mode === Mode.Fast ? Mode.Fast : Mode.Slow;
  const name: string = chosen === 0 ? Mode.names.fast : Mode['names'].slow;
  return name.length + primes[0] * 10 + primes[2] + (Mode.on ? 1000 : 0) + scale;
}

export const cases: [string, unknown[]][] = [
  ...[0, 1, 2, 3, 4, 5, 6, 7].flatMap((n): [string, unknown[]][] => [
    ['enums', [n]],
    ['literals', [n]],
    ['constants', [n]],
  ]),
];
