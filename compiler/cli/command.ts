/** A command of the command line as data; `parser.ts` hands it to yargs. */
import type { InferredOptionTypes, Options, PositionalOptions } from 'yargs';
import type { CliContext } from './context.ts';

export interface Command<
  O extends Record<string, Options> = Record<string, Options>,
  P extends Record<string, PositionalOptions> = Record<string, PositionalOptions>,
> {
  readonly name: string;
  readonly describe: string;
  readonly options: O;
  /** All optional, in order. */
  readonly positionals?: P;
  /** What stands behind the first positional is that one's alone, whatever it looks like. */
  readonly isFollowed?: boolean;
  /** Command line and what it does. */
  readonly examples: readonly (readonly [string, string])[];
  /** Returns the exit code. */
  run(args: InferredOptionTypes<O & P>, context: CliContext): Promise<number>;
}

/** The command as given; infers the types of its arguments. */
export function command<
  O extends Record<string, Options>,
  P extends Record<string, PositionalOptions>,
>(definition: Command<O, P>): Command<O, P> {
  return definition;
}
