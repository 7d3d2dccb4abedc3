/** @native */
export function sum(width: number): number {
  const size = {
    width,
    get twice() {
      return width * 2;
    },
  };
  const other = {
    width,
    set wide(value: number) {
      throw new RangeError(`${value}`);
    },
  };
  return size.width + other.width;
}
// rewritten:
/** @native */
export function sum(width: number): number {
  const size = {
    width,
    twice() {
      return width * 2;
    },
  };
  const other = {
    width,
    set(value: number) {
      throw new RangeError(`${value}`);
    },
  };
  return size.width + other.width;
}
