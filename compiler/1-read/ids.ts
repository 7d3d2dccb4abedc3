/** Names that are unique in a build. */

/** What ids are of, as each has names of its own. */
export type IdKind = 'function' | 'record' | 'constant';

/** Whether something that is read apart, and comes to be in the same module, has an id. */
export type IsTaken = (kind: IdKind, id: string) => boolean;

/** Gives `blur`, then `blur.2`, `blur.3` for one name; in the order of calls, so that the same input has the same ids. */
export class Ids {
  private readonly counts = new Map<string, number>();
  private readonly isTaken: (id: string) => boolean;

  constructor(kind: IdKind, isTaken: IsTaken = () => false) {
    this.isTaken = (id) => isTaken(kind, id);
  }

  take(name: string): string {
    // Ids that start with `std.` are those of the runtime's library.
    const base = name === 'std' ? 'std_' : name;
    let count = this.counts.get(base) ?? 0;
    let id: string;
    do id = ++count === 1 ? base : `${base}.${count}`;
    while (this.isTaken(id));
    this.counts.set(base, count);
    return id;
  }
}
