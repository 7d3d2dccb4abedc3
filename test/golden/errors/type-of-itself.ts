type Nested = Nested[];
type Tables = Map<string, Tables>;
type Endless = (next: Endless | null) => void;
type Rows = (Rows | null)[];

/** @native */
export function depth(nested: Nested): number {
  return nested.length;
}

/** @native */
export function tables(n: number): number {
  const made: Tables = new Map();
  made.set('a', made);
  return made.size + n;
}

/** @native */
export function called(n: number): number {
  const next: Endless = () => {};
  next(next);
  return n;
}

/** @native */
export function rows(all: Rows): number {
  return all.length;
}

/** @native */
export function itself(a: typeof itself): number {
  return a.length;
}

// rewritten:

interface Tree {
  readonly below: Tree[];
}

interface Table {
  readonly parts: Map<string, Table>;
}

/** @native */
export function depth(tree: Tree): number {
  return tree.below.length;
}

/** @native */
export function tables(n: number): number {
  const made: Table = { parts: new Map() };
  made.parts.set('a', made);
  return made.parts.size + n;
}
