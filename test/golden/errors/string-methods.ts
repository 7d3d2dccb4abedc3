/** @native */
export function order(a: string, b: string): number {
  return a.localeCompare(b);
}
/** @native */
export function composed(a: string): number {
  return a.normalize('NFC').length;
}
/** @native */
export function words(a: string): number {
  return a.match('x') === null ? 0 : 1;
}
/** @native */
export function changed(a: string): number {
  return a.replace('x', (found) => found + found).length;
}
/** @native */
export function raised(a: string): number {
  return a.anchor('x').length;
}
// rewritten:
/** @native */
export function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
/** @native */
export function words(a: string): number {
  return a.indexOf('x') < 0 ? 0 : 1;
}
/** @native */
export function changed(a: string): number {
  const at = a.indexOf('x', 0);
  return at < 0 ? a.length : (a.slice(0, at) + 'xx' + a.slice(at + 1)).length;
}
