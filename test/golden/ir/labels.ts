/** @native */
export function firstPair(size: number): number {
  let found = -1;
  rows: for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) {
      if (j * j > i) continue rows;
      if (i % 7 === j) {
        found = i;
        break rows;
      }
    }
  }
  return found;
}
