/** @native */
export function isMain(): boolean {
  if (import.meta) return true;
  return new.target !== undefined;
}
