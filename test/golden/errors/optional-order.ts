/** @native */
export function ordered(list: number[], down: boolean): number[] {
  const compare = down ? (a: number, b: number): number => b - a : undefined;
  list.sort(compare);
  return list;
}
// rewritten:
/** @native */
export function ordered(list: number[], down: boolean): number[] {
  const compare = (a: number, b: number): number => b - a;
  if (down) list.sort(compare);
  else list.sort();
  return list;
}
