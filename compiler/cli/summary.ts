/** What a build has made, for people: a line for each native function, the files, the time. */
import picocolors from 'picocolors';
import type { BuildResult, BuiltFile, BuiltFunction } from '../build-types.ts';
import { displayPath } from '../diagnostics/list.ts';
import type { FunctionOptions } from '../ir/types.ts';
import type { Crossing } from '../wire/crossings.ts';
import { bytes, columns, plural, seconds } from './format.ts';

export interface SummaryOptions {
  readonly colour: boolean;
  readonly cwd: string;
}

/** More files than this are counted, not listed. */
const mostListed = 12;

/** More places that call JavaScript than this are counted, not listed. */
const mostCallbacks = 4;

/** More loops on one thread than this are counted, not listed. */
const mostPlain = 4;

/** The text that `tsnative build` ends with; ends with a newline. */
export function summarize(result: BuildResult, options: SummaryOptions): string {
  const pc = picocolors.createColors(options.colour);
  const parts = [
    [
      ...functionLines(result.functions, options),
      ...callbackLines(result, options),
      ...parallelLines(result, options),
      ...plainLines(result, options),
    ],
    fileLines(result, options),
    [pc.bold(lastLine(result))],
  ];
  const shown = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
  return `${shown.join('\n\n')}\n`;
}

/** The options of a function that are not the default ones, as the tag spells them. */
export function describeOptions(options: FunctionOptions): string {
  return [
    ...(options.fastmath ? ['fastmath'] : []),
    ...(options.bounds === 'throw' ? [] : [`bounds: ${options.bounds}`]),
    ...(options.overflow === 'throw' ? [] : [`overflow: ${options.overflow}`]),
  ].join(', ');
}

function functionLines(functions: readonly BuiltFunction[], options: SummaryOptions): string[] {
  const pc = picocolors.createColors(options.colour);
  if (functions.length === 0)
    return ['no function is marked /** @native */, so this is what tsc writes'];
  const rows = functions.map((fn) => [
    fn.tagged ? `✓ ${fn.name}` : `  ${fn.name}`,
    `${displayPath(fn.file, options.cwd)}:${fn.line}`,
    [describeOptions(fn.options), fn.tagged ? '' : origin(fn), copies(fn.crossing)]
      .filter(Boolean)
      .join('  '),
  ]);
  return columns(rows).map((line, index) => {
    const fn = functions[index];
    if (fn === undefined || !fn.tagged) return pc.dim(line);
    const unchecked = line.replace(/(bounds|overflow): unchecked/g, (text) => pc.yellow(text));
    return unchecked.replace('✓', pc.green('✓'));
  });
}

/** What each call from JavaScript copies. */
function copies(crossing: Crossing | undefined): string {
  if (!crossing) return '';
  const { params, result } = crossing;
  const named = (isWrittenBack: boolean, where: string): string[] => {
    const names = params
      .filter((param) => param.passage === 'copy' && param.isWrittenBack === isWrittenBack)
      .map(({ name }) => name);
    return names.length > 0 ? [`${names.join(', ')} ${where}`] : [];
  };
  const parts = [
    ...named(false, 'in'),
    ...named(true, 'in and back'),
    ...(result?.passage === 'copy' ? ['the result out'] : []),
  ];
  return parts.length > 0 ? `copies ${parts.join('; ')}` : '';
}

/** Where native code calls functions of JavaScript. */
function callbackLines({ callbacks }: BuildResult, { cwd, colour }: SummaryOptions): string[] {
  if (callbacks.length === 0) return [];
  const listed = callbacks
    .slice(0, mostCallbacks)
    .map(({ name, file, line }) => `${name} (${displayPath(file, cwd)}:${line})`);
  const more = callbacks.length - listed.length;
  const places = plural(callbacks.length, 'place');
  const text = `calls JavaScript in ${places}: ${listed.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  return [picocolors.createColors(colour).dim(text)];
}

/** Which loops run on several threads, and when they don't. */
function parallelLines({ parallel }: BuildResult, { cwd, colour }: SummaryOptions): string[] {
  const { dim } = picocolors.createColors(colour);
  return parallel.map(({ name, file, line, inOrderWhere }) => {
    const exception =
      inOrderWhere.length > 0 ? `, in order where ${inOrderWhere.join(' or ')}` : '';
    return dim(`${name} on all cores (${displayPath(file, cwd)}:${line})${exception}`);
  });
}

/** Which loops could run on several threads, and why others can't. */
function plainLines({ plain }: BuildResult, { cwd, colour }: SummaryOptions): string[] {
  const { dim } = picocolors.createColors(colour);
  const [possible, others] = [true, false].map((is) =>
    plain.filter(({ refused }) => (refused === undefined) === is),
  );
  const listed = [...(possible ?? []), ...(others ?? [])]
    .slice(0, mostPlain)
    .map(({ file, line, instead, refused }) => {
      const place = `${displayPath(file, cwd)}:${line}`;
      return refused
        ? `on one thread (${place}): ${refused.why}`
        : `could be ${instead} (${place})`;
    });
  const more = plain.length - listed.length;
  if (more > 0) listed.push(`${plural(more, 'more loop')} on one thread: see tsnative report`);
  return listed.map(dim);
}

/** Why a function without a tag is native. */
function origin({ calledBy = [] }: BuiltFunction): string {
  return calledBy.length > 0 ? `(called by ${calledBy.join(', ')})` : '(called by native code)';
}

function fileLines({ addons, outputs }: BuildResult, { cwd, colour }: SummaryOptions): string[] {
  const pc = picocolors.createColors(colour);
  const others = outputs.filter(({ path }) => !addons.some((addon) => addon.path === path));
  const row = ({ path, bytes: size }: BuiltFile): string[] => [displayPath(path, cwd), bytes(size)];
  const listed = others.length <= mostListed ? others : [];
  const addonRows = addons.map((addon) => [...row(addon), `for ${addon.cpus.join(', ')}`]);
  const lines = columns([...addonRows, ...listed.map(row)]).map((line, index) =>
    index < addons.length ? line : pc.dim(line),
  );
  if (listed.length < others.length) {
    const total = others.reduce((sum, { bytes: size }) => sum + size, 0);
    lines.push(pc.dim(`and ${plural(others.length, 'more file')}, ${bytes(total)}`));
  }
  return lines;
}

function lastLine({ upToDate, milliseconds, toolchain }: BuildResult): string {
  if (upToDate) return `nothing has changed (${seconds(milliseconds)})`;
  const by = toolchain === undefined ? '' : ` with ${toolchain}`;
  return `built in ${seconds(milliseconds)}${by}`;
}
