/** The names by which C knows a package's functions. */
import type { IrExport, IrFunction } from '../../ir/types.ts';

/**
 * How the names of functions begin that an addon itself calls, of Node-API, of threads and the clock, and of its own runtime:
 * a symbol of one of these names would be called in its place.
 */
const calledByAddons = /^(?:(?:napi|node_api|pthread|tsn)(?:_|$)|(?:node|sched|clock)$)/;

/** The name of a package as symbols begin with it: of `@scope/some-name` it is `some_name`. */
export function symbolPrefix(packageName: string): string {
  const prefix = identifier(packageName.replace(/^@[^/]*\//, ''));
  return calledByAddons.test(prefix) ? `n${prefix}` : prefix;
}

/** What of the exports of a module, or of one that is put together of several, is to have symbols. */
interface Unnamed {
  readonly prefix: string;
  readonly exported: Pick<IrExport, 'name'>;
}

/**
 * Names symbols, each once: none like another one's, like a function of C that is declared, or like what all libraries have.
 * @param functions all of the module that they are in
 */
export function nameSymbols<T extends Unnamed>(
  symbols: readonly T[],
  functions: readonly Pick<IrFunction, 'extern'>[],
): (T & { readonly symbol: string })[] {
  const ofC = functions.flatMap(({ extern }) => extern?.symbol ?? []);
  const taken = new Set(['tsnative_free', 'tsnative_clear', ...ofC]);
  return symbols.map((one) => ({
    ...one,
    symbol: unique(`${one.prefix}_${identifier(one.exported.name)}`, taken),
  }));
}

/** A name as C and Python can have it: letters, digits and underscores, a letter first. */
export function identifier(name: string): string {
  const words = name.replace(/[^A-Za-z0-9_]+/g, '_');
  return /^[A-Za-z]/.test(words) ? words : `n${words}`;
}

/** The name, or the first with a number behind it that isn't taken, which is taken then. */
export function unique(name: string, taken: Set<string>): string {
  let made = name;
  for (let n = 2; taken.has(made); n++) made = `${name}_${n}`;
  taken.add(made);
  return made;
}
