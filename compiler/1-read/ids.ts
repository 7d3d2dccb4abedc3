/** Names that are unique in a build. */

/** Gives `blur`, then `blur.2`, `blur.3` for one name; in the order of calls, so that the same input has the same ids. */
export class Ids {
  private readonly taken = new Map<string, number>();

  take(name: string): string {
    // Ids that start with `std.` are those of the runtime's library.
    const base = name === 'std' ? 'std_' : name;
    const count = (this.taken.get(base) ?? 0) + 1;
    this.taken.set(base, count);
    return count === 1 ? base : `${base}.${count}`;
  }
}
