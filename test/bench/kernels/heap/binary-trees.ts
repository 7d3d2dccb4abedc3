/** Trees that are made, counted and forgotten: as many of each depth as come to the same work. */
import type { i32 } from 'tsnative';

class Tree {
  constructor(
    readonly left: Tree | null,
    readonly right: Tree | null,
  ) {}

  count(): i32 {
    const { left, right } = this;
    return left === null || right === null ? 1 : 1 + left.count() + right.count();
  }
}

function grow(depth: i32): Tree {
  return depth === 0 ? new Tree(null, null) : new Tree(grow(depth - 1), grow(depth - 1));
}

/** @native */
export function binaryTrees(depth: i32): i32 {
  const lasting = grow(depth);
  let nodes = 0;
  for (let d = 2; d <= depth; d += 2) {
    const trees = 1 << (depth - d);
    for (let tree = 0; tree < trees; tree++) nodes += grow(d).count();
  }
  return nodes + lasting.count();
}
