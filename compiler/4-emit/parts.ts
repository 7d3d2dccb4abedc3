/**
 * Dividing a large module into parts of about the same size, which LLVM compiles at the same time. Each function
 * stands with what it calls as far as it goes.
 */

/** A function of a module. */
export interface Item {
  readonly name: string;
  /** Its size, such as in lines. */
  readonly size: number;
  /** It is in each part that needs it: code that is to become part of what calls it, or is small. */
  readonly copied: boolean;
  /** The names of the items that it refers to. */
  readonly uses: readonly string[];
}

/** Which part each item is in that isn't copied: 0 up to the number of parts that are wanted at most. */
export function divide(items: readonly Item[], wanted: number): Map<string, number> {
  const byName = new Map(items.map((item) => [item.name, item]));
  const single = items.filter(({ copied }) => !copied);
  const total = single.reduce((sum, { size }) => sum + size, 0);
  const most = total / wanted;
  const users = usersOf(single, byName);
  const groups = new Map(single.map((item) => [item.name, new Group(item)]));
  const groupOf = (name: string): Group | undefined => groups.get(name);

  // What has users in one group alone joins it, until nothing does any more.
  for (let changed = true; changed;) {
    changed = false;
    for (const { name } of single) {
      const own = groupOf(name);
      const theirs = new Set([...(users.get(name) ?? [])].map(groupOf));
      theirs.delete(own);
      const [only] = theirs;
      if (!own || !only || theirs.size > 1 || own.size + only.size > most) continue;
      for (const member of own.members) {
        only.members.push(member);
        groups.set(member, only);
      }
      only.size += own.size;
      changed = true;
    }
  }

  // The largest first; each goes where most is that uses it or that it uses, if there is room, else where most room is.
  const parts = Array.from({ length: wanted }, () => ({ size: 0, members: new Set<string>() }));
  const placed = new Map<string, number>();
  for (const group of [...new Set(groups.values())].sort((a, b) => b.size - a.size)) {
    const near = new Set(group.members.flatMap((name) => [...(users.get(name) ?? [])]));
    const links = parts.map(({ members }) => [...near].filter((name) => members.has(name)).length);
    const order = parts
      .map((_, index) => index)
      .sort(
        (a, b) =>
          (links[b] ?? 0) - (links[a] ?? 0) || (parts[a]?.size ?? 0) - (parts[b]?.size ?? 0),
      );
    const lightest = parts.reduce(
      (best, { size }, index) => (size < (parts[best]?.size ?? 0) ? index : best),
      0,
    );
    const chosen =
      order.find((index) => (parts[index]?.size ?? 0) + group.size <= most * 1.1) ?? lightest;
    const part = parts[chosen];
    if (part) part.size += group.size;
    for (const member of group.members) {
      part?.members.add(member);
      placed.set(member, chosen);
    }
  }
  return placed;
}

class Group {
  size: number;
  readonly members: string[];

  constructor({ name, size }: Item) {
    this.size = size;
    this.members = [name];
  }
}

/** Who uses each single item, directly or by way of items that are copied. */
function usersOf(
  single: readonly Item[],
  byName: ReadonlyMap<string, Item>,
): Map<string, Set<string>> {
  const users = new Map<string, Set<string>>();
  for (const item of single)
    for (const name of neededBy([item.name], byName)) {
      if (name === item.name || byName.get(name)?.copied !== false) continue;
      users.set(name, (users.get(name) ?? new Set()).add(item.name));
    }
  return users;
}

/** The items that some need beside them: themselves, what they use, and what copied ones of that use in turn. */
export function neededBy(
  names: Iterable<string>,
  byName: ReadonlyMap<string, Item>,
): ReadonlySet<string> {
  const first = new Set(names);
  const needed = new Set(first);
  // The set grows while it is walked.
  for (const name of needed) {
    const item = byName.get(name);
    if (item && (item.copied || first.has(name))) for (const used of item.uses) needed.add(used);
  }
  return needed;
}
