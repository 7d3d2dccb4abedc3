/** @native */
export function mixed(kind: Mixed): boolean {
  return kind === Mixed.A;
}
enum Mixed {
  A = 1,
  B = 'b',
}
