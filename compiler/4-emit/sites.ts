/** The places of a module that errors can come from. Native code records an index into them; JavaScript makes the message. */
import type { Site } from '../../runtime/messages.ts';

export class Sites {
  /** In the order of their indices. */
  readonly list: Site[] = [];
  private readonly indices = new Map<string, number>();

  /** The index of a site, which is added if it is new. `context.errorSite` holds it plus one. */
  indexOf(site: Site): number {
    const text = JSON.stringify(site);
    const known = this.indices.get(text);
    if (known !== undefined) return known;
    this.indices.set(text, this.list.length);
    return this.list.push(site) - 1;
  }
}
