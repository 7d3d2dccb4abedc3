/** @native */
export function isLong(length: number): boolean {
  const unit = 'm';
  return `${length}${unit}`.length > 4;
}
