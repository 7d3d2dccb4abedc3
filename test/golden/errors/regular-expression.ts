/** @native */
export function isDigit(code: number): boolean {
  return /\d/.test(String.fromCharCode(code));
}
// rewritten:
/** @native */
export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
