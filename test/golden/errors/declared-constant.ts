declare const build: number;

/** @native */
export function isNew(): boolean {
  return build > 100;
}
// rewritten:
/** @native */
export function isNew(build: number): boolean {
  return build > 100;
}
