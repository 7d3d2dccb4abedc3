/** @native */
export function text(x: number): number {
  const y: number = 'text';
  return x > 0 ? y : false;
}
