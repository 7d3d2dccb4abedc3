/** The places of a module that errors can come from. Native code records an index into them; JavaScript makes the message. */
import type { Site } from '../../runtime/messages.ts';

/** So many indices a function gets at a time, where it keeps them. */
const blockSize = 4;

/** Where the sites of functions are, build after build, so that a site more in one function is nothing to the code of others. */
export class SitePlaces {
  /** The first indices of each function's blocks. */
  private readonly blocks = new Map<string, number[]>();
  private end = 0;

  /** The index of a function's site. @param number how many the function has before it */
  of(owner: string, number: number): number {
    const blocks = this.blocks.get(owner) ?? [];
    this.blocks.set(owner, blocks);
    const block = Math.floor(number / blockSize);
    for (; blocks.length <= block; this.end += blockSize) blocks.push(this.end);
    // Safe: it was just made if it wasn't there.
    return blocks[block]! + (number % blockSize);
  }
}

export class Sites {
  private readonly places: SitePlaces | undefined;
  private readonly known: Site[] = [];
  private readonly indices = new Map<string, number>();
  private readonly counts = new Map<string, number>();
  private readonly users: Set<string>[] = [];

  /** @param places by default a site is where the one before it ends, and one for all functions that have it */
  constructor(places?: SitePlaces) {
    this.places = places;
  }

  /** In the order of their indices; what no code names may be anything. */
  get list(): Site[] {
    const [other] = this.known.filter(Boolean);
    return other ? Array.from(this.known, (site: Site | undefined) => site ?? other) : [];
  }

  /**
   * The index of a site, which is added if it is new. `context.errorSite` holds it plus one.
   * @param user the IR function that it is in
   */
  indexOf(site: Site, user?: string): number {
    const owner = this.places ? (user ?? '') : '';
    const text = owner + JSON.stringify(site);
    const index = this.indices.get(text) ?? this.next(owner);
    this.indices.set(text, index);
    this.known[index] = site;
    const users = (this.users[index] ??= new Set());
    if (user !== undefined) users.add(user);
    return index;
  }

  /** The indices of the sites that are in some functions. */
  of(names: ReadonlySet<string>): Set<number> {
    const has = (users: ReadonlySet<string>): boolean => [...users].some((name) => names.has(name));
    return new Set(this.users.flatMap((users, index) => (has(users) ? [index] : [])));
  }

  private next(owner: string): number {
    const number = this.counts.get(owner) ?? 0;
    this.counts.set(owner, number + 1);
    return this.places?.of(owner, number) ?? number;
  }
}
