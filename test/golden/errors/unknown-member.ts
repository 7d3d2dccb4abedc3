/** @native */
export function members(x: number, values: Float64Array, bytes: DataView): number {
  values.keys();
  const shared = values.buffer;
  return x.toFixed(2).length + bytes.getFloat16(0) + Number.parseFloat('1');
}
