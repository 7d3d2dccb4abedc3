/** @native bounds: js */
export function move(values: Uint8ClampedArray, from: number, to: number): void {
  values[to] = values[from]! + 0.5;
}
