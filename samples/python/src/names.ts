/**
 * How alike two names are: 1 for the same, 0 for nothing in common. It is one less the edits that make one of the other
 * (insert, delete or replace a letter; Levenshtein, 1966), divided by the length of the longer one. Case doesn't count.
 * @param a a name
 * @param b another one
 * @returns from 0 to 1
 * @native
 */
export function similarity(a: string, b: string): number {
  const [from, to] = [a.toLowerCase(), b.toLowerCase()];
  const longer = Math.max(from.length, to.length);
  if (longer === 0) return 1;
  const edits = new Int32Array(to.length + 1);
  for (let j = 0; j <= to.length; j++) edits[j] = j;
  for (let i = 1; i <= from.length; i++) {
    let diagonal = i - 1;
    edits[0] = i;
    for (let j = 1; j <= to.length; j++) {
      const above = edits[j]!;
      const replaced = diagonal + (from.charCodeAt(i - 1) === to.charCodeAt(j - 1) ? 0 : 1);
      edits[j] = Math.min(replaced, above + 1, edits[j - 1]! + 1);
      diagonal = above;
    }
  }
  return 1 - edits[to.length]! / longer;
}
