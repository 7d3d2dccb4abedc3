enum Direction {
  Left = -1,
  Right = 1,
  Length = 'abc'.length,
}

/** @native */
export function turn(x: number): number {
  return x * Direction.Left + Direction.Length + Direction[x]!.length;
}
