/** What a process keeps of one module's assembly for the next, most of which is the same. */
import { SitePlaces } from './sites.ts';

/** What a text of LLVM assembly names. */
export interface Named {
  /** Functions and globals. */
  readonly symbols: ReadonlySet<string>;
  /** The numbers of metadata nodes. */
  readonly nodes: ReadonlySet<number>;
}

/** With more texts, all are forgotten. */
const most = 20_000;

export class KeptEmission {
  readonly sites = new SitePlaces();
  private readonly known = new Map<string, Named>();

  /** What a function's text names. @param find finds it out */
  namedIn(text: string, find: (text: string) => Named): Named {
    const known = this.known.get(text);
    if (known) return known;
    if (this.known.size > most) this.known.clear();
    const made = find(text);
    this.known.set(text, made);
    return made;
  }
}
