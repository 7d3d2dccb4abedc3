/** @native */
export function header(bytes: DataView): number {
  return bytes.getUint16(2) + bytes.getFloat32(4, true);
}
