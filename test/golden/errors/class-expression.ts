const Pair = class {
  left = 1;
};

/** @native */
export function left(pair: InstanceType<typeof Pair>): number {
  return pair.left;
}
// rewritten:
interface Pair {
  left: number;
}

/** @native */
export function left(pair: Pair): number {
  return pair.left;
}
