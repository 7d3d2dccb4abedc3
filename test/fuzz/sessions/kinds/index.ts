/** The kinds of sessions, and how one is made. */
import { derivedSeed, Random } from '../../random.ts';
import type { Session } from '../session.ts';
import { async } from './async.ts';
import { callbacks } from './callbacks.ts';
import { classes } from './classes.ts';
import { collections } from './collections.ts';
import { control } from './control.ts';
import { externs } from './externs.ts';
import { generics } from './generics.ts';
import { keeping } from './keeping.ts';
import { methods } from './methods.ts';
import { nd } from './nd.ts';
import { text } from './text.ts';
import { views } from './views.ts';

/** What a kind makes of a random sequence; `index` makes names of C unique. */
export type Content = Pick<Session, 'module' | 'script' | 'sources'>;

const kinds: Readonly<Record<string, (random: Random, index: number) => Content>> = {
  classes,
  control,
  collections,
  text,
  views,
  async,
  keeping,
  methods,
  generics,
  nd,
  callbacks,
  externs,
};

export const kindNames: readonly string[] = Object.keys(kinds);

/** @param among names of kinds, which take turns */
export function makeSession(seed: number, index: number, among: readonly string[]): Session {
  const kind = among[index % among.length] ?? '';
  const make = kinds[kind];
  if (!make) throw new Error(`there is no kind ${kind}`);
  return { index, kind, ...make(new Random(derivedSeed(seed, index)), index) };
}
