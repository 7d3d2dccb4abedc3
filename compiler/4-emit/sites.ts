/** The places of a module that errors can come from. Native code records an index into them; JavaScript makes the message. */
import type { Site } from '../../runtime/messages.ts';

export class Sites {
  /** In the order of their indices. */
  readonly list: Site[] = [];
  private readonly indices = new Map<string, number>();
  private readonly users: Set<string>[] = [];

  /**
   * The index of a site, which is added if it is new. `context.errorSite` holds it plus one.
   * @param user the IR function that it is in
   */
  indexOf(site: Site, user?: string): number {
    const text = JSON.stringify(site);
    const index = this.indices.get(text) ?? this.list.push(site) - 1;
    this.indices.set(text, index);
    const users = (this.users[index] ??= new Set());
    if (user !== undefined) users.add(user);
    return index;
  }

  /** The indices of the sites that are in some functions. */
  of(names: ReadonlySet<string>): Set<number> {
    const has = (users: ReadonlySet<string>): boolean => [...users].some((name) => names.has(name));
    return new Set(this.users.flatMap((users, index) => (has(users) ? [index] : [])));
  }
}
