type Shape = { kind: 'circle'; radius: number } | { kind: 'square'; side: number };

/** @native */
export function copy(a: number): boolean {
  const shape: Shape = a > 0 ? { kind: 'circle', radius: a } : { kind: 'square', side: a };
  const other = { ...shape };
  return other.kind === 'circle';
}
