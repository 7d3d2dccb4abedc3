/** @native */
export function size(): number {
  return String.raw`abc`.length;
}
