/** Puts together what is known of a build into a `Report`: notes, final IR, LLVM's remarks and assembly. */
import type { Callback } from '../2-lower/callbacks.ts';
import type { PlainLoop } from '../2-lower/parallel/advice.ts';
import type { ParallelLoop } from '../2-lower/parallel/regions.ts';
import type { Notes } from '../3-optimize/notes.ts';
import type { IrModule, Span } from '../ir/types.ts';
import { readAssembly, type AssemblyFunction } from './assembly.ts';
import { boundaryItems, calledBack } from './boundary-words.ts';
import { isVectorBody, lineCosts } from './cost.ts';
import { functionFacts, type PlacedItem } from './function-items.ts';
import {
  inlinings,
  lanesOf,
  tellLoops,
  vectorizedOf,
  inParallel,
  onOneThread,
} from './loop-items.ts';
import type {
  AssemblyPiece,
  FileReport,
  FunctionReport,
  Item,
  LineReport,
  Report,
} from './model.ts';
import { otherRemark } from './remark-words.ts';
import { readRemarks, type Remark } from './remarks.ts';
import { loopAt, loopFinder, sourceLoops, type SourceLoop } from './source-loops.ts';
import type { Quote } from './words.ts';

/** A native function of the source. */
export interface SourceFunction {
  /** Of the IR function. */
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly tagged: boolean;
}

export interface ReportInput extends Omit<Report, 'files'> {
  /** After all passes. */
  readonly module: IrModule;
  readonly notes: Notes;
  readonly functions: readonly SourceFunction[];
  /** With files as those of functions. */
  readonly callbacks: readonly Callback[];
  readonly parallel: readonly ParallelLoop[];
  readonly plain: readonly PlainLoop[];
  /** Texts by the files' names in spans. */
  readonly sources: ReadonlyMap<string, string>;
  /** LLVM's, with debug locations. */
  readonly assembly: string;
  /** LLVM's, as YAML. */
  readonly remarks: string;
}

export function collectReport(input: ReportInput): Report {
  const remarks = readRemarks(input.remarks);
  const assembly = readAssembly(input.assembly);
  const costs = lineCosts(assembly, lanesOf(remarks));
  const paths = [...new Set(input.functions.map(({ file }) => file))];
  const files = paths.map((path) =>
    fileReport(path, input, {
      remarks: remarks.filter(({ place }) => place?.file === path),
      pieces: assemblyPieces(path, assembly),
      costs: costs.get(path) ?? new Map<number, number>(),
    }),
  );
  const { project, version, toolchain, cpu, level } = input;
  const costOf = ({ functions }: FileReport): number =>
    functions.reduce((sum, { cost }) => sum + cost, 0);
  files.sort((a, b) => costOf(b) - costOf(a));
  return { project, version, toolchain, cpu, level, files };
}

/** What LLVM made of one file. */
interface FileMaterial {
  readonly remarks: readonly Remark[];
  readonly pieces: ReadonlyMap<number, readonly AssemblyPiece[]>;
  readonly costs: ReadonlyMap<number, number>;
}

function fileReport(path: string, input: ReportInput, material: FileMaterial): FileReport {
  const { remarks, pieces, costs } = material;
  const total = [...costs.values()].reduce((sum, cost) => sum + cost, 0);
  const most = Math.max(1, ...costs.values());
  const source = input.sources.get(path) ?? '';
  const quote = quoteFrom(path, source);
  const inlined = inlinings(remarks);
  const placed: PlacedItem[] = [];
  const functions = input.functions
    .filter(({ file }) => file === path)
    .map((fn) => {
      const told = tellFunction(fn, input, { remarks, inlined, quote });
      placed.push(...told.items);
      const cost = [...costs]
        .filter(([line]) => fn.line <= line && line <= fn.endLine)
        .reduce((sum, [, amount]) => sum + amount, 0);
      return { ...told.report, cost, share: total === 0 ? 0 : cost / total };
    })
    .sort((a, b) => b.cost - a.cost);
  const numbers = new Set([...placed.map(({ line }) => line), ...costs.keys()]);
  const lines = [...numbers]
    .sort((a, b) => a - b)
    .map((line): LineReport => {
      const cost = costs.get(line) ?? 0;
      return {
        line,
        cost,
        heat: cost / most,
        items: sorted(placed.filter((item) => item.line === line)),
        assembly: pieces.get(line) ?? [],
      };
    });
  return { path, source, functions, lines };
}

interface ToldFunction {
  readonly report: Omit<FunctionReport, 'cost' | 'share'>;
  readonly items: readonly PlacedItem[];
}

function tellFunction(
  { id, name, file: path, line, endLine, tagged }: SourceFunction,
  { module, notes, callbacks, parallel, plain }: ReportInput,
  {
    remarks,
    inlined,
    quote,
  }: Pick<FileMaterial, 'remarks'> & {
    readonly inlined: ReturnType<typeof inlinings>;
    readonly quote: Quote;
  },
): ToldFunction {
  const none = { kept: 0, inInnermostLoops: 0, removed: 0 };
  const own = remarks.filter(({ place }) => place && line <= place.line && place.line <= endLine);
  const fn = module.functions.find((candidate) => candidate.name === id);
  const report = { name, line, endLine, tagged };
  if (!fn) return { report: { ...report, loops: [], checks: none, allocations: 0 }, items: [] };
  const holdsLoop = loopFinder(module);
  const loops = sourceLoops(fn, holdsLoop);
  const vectorizedLoops = vectorizedOf(loops, own);
  const facts = functionFacts(fn, notes.of(id), {
    holdsLoop,
    inlined,
    quote,
    vectorized: (at) => {
      const loop = loopAt(loops, at);
      return loop !== undefined && vectorizedLoops.has(loop);
    },
  });
  const told = tellLoops(loops, own, (loop) => checkedIn(loop, loops, facts.items));
  const exported = module.exports.find(({ wire, callee }) => (wire?.callee ?? callee) === id);
  const items: PlacedItem[] = [
    ...facts.items,
    ...told.flatMap(({ report: { line: at }, items: loopItems }, index) =>
      loopItems.map((item) => ({ line: at, column: loops[index]?.span.column ?? 0, item })),
    ),
    ...remarkItems(own, loops),
    ...callbackItems(path, callbacks, { line, endLine }, loops),
    ...parallel
      .filter((loop) => loop.file === path && line <= loop.line && loop.line <= endLine)
      .map((loop) => ({ line: loop.line, column: 0, item: inParallel(loop) })),
    ...plain
      .filter((loop) => loop.file === path && line <= loop.line && loop.line <= endLine)
      .map((loop) => ({ line: loop.line, column: 0, item: onOneThread(loop) })),
    ...(exported ? boundaryItems(module, exported) : []).map((item) => ({ line, column: 0, item })),
  ];
  const { kept, inInnermostLoops, removed, allocations } = facts;
  return {
    report: {
      ...report,
      loops: told.map((loop) => loop.report),
      checks: { kept, inInnermostLoops, removed },
      allocations,
    },
    items,
  };
}

/** What is checked in a loop, as `a[i] (line 4)`. */
const checkedIn = (
  loop: SourceLoop,
  loops: readonly SourceLoop[],
  items: readonly PlacedItem[],
): string[] =>
  items
    .filter(
      ({ line, item }) =>
        item.kind === 'check' && item.hot === true && loopAt(loops, line) === loop,
    )
    .map(({ line, item }) => `${/`[^`]*`/.exec(item.title)?.[0] ?? 'a check'} (line ${line})`);

/** Remarks that are neither about vectorising a loop nor about inlining, each once. */
function remarkItems(remarks: readonly Remark[], loops: readonly SourceLoop[]): PlacedItem[] {
  const items = new Map<string, PlacedItem>();
  for (const remark of remarks) {
    const words = otherRemark(remark);
    if (!words || !remark.place) continue;
    const { line, column } = remark.place;
    // What LLVM made of an outer loop as a whole is a copy for a case in which the inner one never runs.
    if (remark.pass === 'loop-idiom' && !loopAt(loops, line)?.innermost) continue;
    items.set(`${line} ${words.title}`, {
      line,
      column,
      item: { kind: 'remark', tone: 'good', ...words },
    });
  }
  return [...items.values()];
}

/** The calls of functions of JavaScript in a function. */
const callbackItems = (
  path: string,
  callbacks: readonly Callback[],
  { line: first, endLine }: Pick<SourceFunction, 'line' | 'endLine'>,
  loops: readonly SourceLoop[],
): PlacedItem[] =>
  callbacks
    .filter(({ file, line }) => file === path && first <= line && line <= endLine)
    .map(({ name, line }) => ({
      line,
      column: 0,
      item: calledBack(name, loopAt(loops, line)?.innermost === true),
    }));

const order = ['loop', 'check', 'conversion', 'allocation', 'type', 'call', 'remark', 'boundary'];
const tones = ['cost', 'good', 'info'];

/** What costs comes first, then by kind and place. */
const sorted = (items: readonly PlacedItem[]): Item[] =>
  [...items]
    .sort(
      (a, b) =>
        Number(b.item.tone === 'cost') - Number(a.item.tone === 'cost') ||
        order.indexOf(a.item.kind) - order.indexOf(b.item.kind) ||
        tones.indexOf(a.item.tone) - tones.indexOf(b.item.tone) ||
        a.column - b.column,
    )
    .map(({ item }) => item)
    .filter((item, index, all) => {
      const text = JSON.stringify(item);
      return all.findIndex((other) => JSON.stringify(other) === text) === index;
    });

/** The instructions of each line of a file, in pieces that stand together. */
function assemblyPieces(
  path: string,
  functions: readonly AssemblyFunction[],
): Map<number, AssemblyPiece[]> {
  const pieces = new Map<number, AssemblyPiece[]>();
  for (const fn of functions)
    for (const block of fn.blocks) {
      let open: { line: number; rare: boolean; instructions: string[] } | undefined;
      for (const { file, line, text, rare } of block.instructions) {
        if (file !== path) {
          open = undefined;
          continue;
        }
        if (open?.line !== line || open.rare !== rare) {
          open = { line, rare, instructions: [] };
          const piece = {
            fn: fn.name,
            depth: block.depth,
            vector: isVectorBody(block),
            rare,
            instructions: open.instructions,
          };
          pieces.set(line, [...(pieces.get(line) ?? []), piece]);
        }
        open.instructions.push(text);
      }
    }
  for (const list of pieces.values())
    list.sort(
      (a, b) =>
        Number(a.rare) - Number(b.rare) || b.depth - a.depth || Number(b.vector) - Number(a.vector),
    );
  return pieces;
}

const longest = 48;

function quoteFrom(path: string, source: string): Quote {
  const lines = source.split(/\r?\n/);
  return (span: Span | undefined) => {
    if (!span || span.file !== path) return undefined;
    const text = lines[span.line - 1]?.slice(span.column - 1, span.column - 1 + span.length).trim();
    if (text === undefined || text === '') return undefined;
    return text.length > longest && span.length !== Infinity
      ? `${text.slice(0, longest - 1)}…`
      : text;
  };
}
