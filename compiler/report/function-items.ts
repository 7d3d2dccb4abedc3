/** What there is to tell of one function's lines: from its final IR and from what passes noted. */
import type { Note } from '../3-optimize/notes.ts';
import { nativeName } from '../4-emit/abi.ts';
import {
  isView,
  viewClass,
  viewKind,
  type IrFunction,
  type Operation,
  type Span,
} from '../ir/types.ts';
import { callKey, sourceName } from './loop-items.ts';
import type { Item } from './model.ts';
import {
  placedOperations,
  variesIn,
  type HoldsLoop,
  type PlacedOperation,
} from './source-loops.ts';
import { code, itemOf, type Quote } from './words.ts';

export interface PlacedItem {
  readonly line: number;
  readonly column: number;
  readonly item: Item;
}

export interface FunctionFacts {
  readonly items: readonly PlacedItem[];
  readonly kept: number;
  readonly inInnermostLoops: number;
  readonly removed: number;
  readonly allocations: number;
}

export interface FunctionContext {
  readonly holdsLoop: HoldsLoop;
  /** For a call's `callKey`, whether LLVM inlined it: in some of the caller's copies, in others not. */
  readonly inlined: ReadonlyMap<string, ReadonlySet<boolean>>;
  /** Whether the innermost loop around a line has been vectorised. */
  readonly vectorized: (line: number) => boolean;
  readonly quote: Quote;
}

export function functionFacts(
  fn: IrFunction,
  notes: readonly Note[],
  { holdsLoop, inlined, vectorized, quote }: FunctionContext,
): FunctionFacts {
  /** In a loop that has no other inside. */
  const isHot = ({ loops }: PlacedOperation): boolean => {
    const innermost = loops.at(-1);
    return innermost !== undefined && !holdsLoop(innermost);
  };
  const operations = placedOperations(fn);
  const left = new Map<string, PlacedOperation[]>();
  for (const placed of operations)
    if (isCheck(placed.op) && !placed.rare) {
      const key = checkKey(placed.op.span, placed.op.attributes.subject);
      left.set(key, [...(left.get(key) ?? []), placed]);
    }
  const items: PlacedItem[] = [];
  const put = (span: Span | undefined, item: Item): void => {
    if (span) items.push({ line: span.line, column: span.column, item });
  };
  const told = new Set<string>();
  const gone = new Set<string>();
  let removed = 0;
  for (const note of notes) {
    if (note.kind === 'type') {
      if (!isOfSource(note, quote) || note !== decisive(note, notes)) continue;
    } else if (note.kind === 'check') {
      const isLeft = left.has(checkKey(note.span, note.subject));
      if (note.outcome === 'kept' && isLeft) continue;
      const key = `${checkKey(note.span, note.subject)} ${note.outcome}`;
      if (!gone.has(key)) removed++;
      gone.add(key);
      if (isLeft || note !== decisiveCheck(note, notes)) continue;
    }
    const item = itemOf(
      note.kind === 'type' ? { ...note, subject: plainName(note.subject) } : note,
      quote,
    );
    // What is still kept here, a later pass has made needless.
    const shown =
      note.kind === 'check' && note.outcome === 'kept'
        ? {
            ...item,
            ...movedCheck,
            title: item.title.replace('is bounds-checked', 'is checked before the loop'),
          }
        : item;
    const key = JSON.stringify([note.span?.line, shown.title]);
    if (told.has(key)) continue;
    told.add(key);
    put(note.span, shown);
  }
  for (const [key, placed] of left) {
    const [first] = placed;
    if (!first) continue;
    const free = vectorized(first.op.span?.line ?? 0);
    const hot = !free && placed.some(isHot);
    const note = notes.find(
      (other) =>
        other.kind === 'check' &&
        other.outcome === 'kept' &&
        checkKey(other.span, other.subject) === key,
    );
    const item = note ? itemOf(note, quote) : plainCheck(first.op, quote);
    if (free) put(first.op.span, { ...item, ...checkOfVectors });
    else put(first.op.span, { ...item, tone: hot ? 'cost' : 'info', hot });
  }
  let allocations = 0;
  for (const placed of operations.filter(({ rare }) => !rare)) {
    const item = operationItem(placed, isHot(placed), inlined, quote);
    if (item?.kind === 'allocation') allocations++;
    if (item) put(placed.op.span, item);
  }
  const kept = [...left.values()].flat();
  return {
    items,
    kept: kept.length,
    inInnermostLoops: kept.filter(
      (placed) => isHot(placed) && !vectorized(placed.op.span?.line ?? 0),
    ).length,
    removed,
    allocations,
  };
}

const movedCheck = {
  tone: 'good',
  text: 'Whether it can fail is found out before the loop: where it can’t, a copy without the check runs.',
  rewrite: undefined,
} as const;

const checkOfVectors = {
  tone: 'good',
  text: 'tsnative found no proof, but LLVM did, or tests it before the loop: the vectorised loop has no check.',
  rewrite: undefined,
  hot: false,
} as const;

const isCheck = ({ op }: Operation): boolean =>
  op === 'check.bounds' || op === 'check.range' || op.endsWith('.exact');

const checkKey = (span: Span | undefined, subject: string | undefined): string =>
  `${span?.line}:${span?.column} ${subject}`;

type TypeNote = Extract<Note, { kind: 'type' }>;
type CheckNote = Extract<Note, { kind: 'check' }>;

/** Of the notes on one variable, which a function with several copies has, the one on the quickest copy. */
function decisive(note: TypeNote, notes: readonly Note[]): TypeNote {
  const same = notes.filter(
    (other): other is TypeNote =>
      other.kind === 'type' &&
      other.span?.line === note.span?.line &&
      other.span?.column === note.span?.column &&
      plainName(other.subject) === plainName(note.subject),
  );
  const rank = ({ reason: { name } }: TypeNote): number =>
    name === 'assumed' ? 0 : name === 'integers' ? 1 : 2;
  return same.reduce((best, other) => (rank(other) < rank(best) ? other : best), same[0] ?? note);
}

/** The same for checks: the first one without a check. */
function decisiveCheck(note: CheckNote, notes: readonly Note[]): CheckNote {
  const key = checkKey(note.span, note.subject);
  const same = notes.filter(
    (other): other is CheckNote =>
      other.kind === 'check' && checkKey(other.span, other.subject) === key,
  );
  return same.find(({ outcome }) => outcome === 'removed') ?? same[0] ?? note;
}

/** Locals of one name are told apart by a number behind it. */
const plainName = (name: string | undefined): string | undefined => name?.replace(/\.\d+$/, '');

/** Whether a note is about a name that the source has; lowering makes others for itself. */
function isOfSource({ subject, span }: Note, quote: Quote): boolean {
  const name = plainName(subject);
  if (name === undefined || !/^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)) return false;
  const line = quote(span && { ...span, column: 1, length: Infinity });
  return (
    line === undefined ||
    new RegExp(`(?<![\\w$])${name.replaceAll('$', '\\$')}(?![\\w$])`).test(line)
  );
}

function plainCheck(op: Operation, quote: Quote): Item {
  const text = quote(op.span);
  const subject = code(op.attributes.subject ?? text ?? 'it');
  if (op.op.endsWith('.exact'))
    return {
      kind: 'check',
      tone: 'cost',
      title: `${code(text ?? op.op)} is checked for overflow`,
      text: 'The exact result may not fit 64 bits; then it throws.',
      rewrite: '`BigInt.asIntN(64, …)` wraps instead.',
    };
  return { kind: 'check', tone: 'cost', title: `${subject} is checked` };
}

function operationItem(
  { op, loops }: PlacedOperation,
  hot: boolean,
  inlined: ReadonlyMap<string, ReadonlySet<boolean>>,
  quote: Quote,
): Item | undefined {
  const [result] = op.results;
  const around = loops.at(-1);
  const [a] = op.args;
  switch (op.op) {
    case 'view.new':
    case 'view.sub': {
      const kind = result && isView(result.type) ? viewClass[viewKind(result.type)] : 'array';
      return {
        kind: 'allocation',
        tone: loops.length > 0 ? 'cost' : 'info',
        title:
          op.op === 'view.new'
            ? `${code(`new ${kind}`)} allocates`
            : `A view object is made of ${code(kind)}`,
        text: loops.length > 0 ? 'In a loop: each round allocates, and frees later.' : undefined,
        rewrite: loops.length > 0 ? 'Make it once before the loop, and use it again.' : undefined,
        hot,
      };
    }
    case 'fptoint':
    case 'toint':
      // What stays the same in a loop, LLVM converts before it.
      if (a?.type !== 'f64' || !around || !variesIn(around, a)) return undefined;
      return {
        kind: 'conversion',
        tone: hot ? 'cost' : 'info',
        title: `A double becomes an integer${op.op === 'toint' ? ', modulo 2^32' : ''}`,
        text: `${code(quote(op.span) ?? 'The value')} is computed as a double and converted each time.`,
        rewrite:
          'Where it is an integer anyway, a hint such as `i32` on what it is made of keeps it one.',
        hot,
      };
    case 'call':
      return callItem(op, hot, inlined);
    default:
      return undefined;
  }
}

function callItem(
  { attributes: { callee }, span }: Operation,
  hot: boolean,
  inlined: ReadonlyMap<string, ReadonlySet<boolean>>,
): Item | undefined {
  if (callee === undefined || !span) return undefined;
  const outcomes = inlined.get(callKey(span.file, span.line, nativeName(callee)));
  const name = sourceName(callee);
  // LLVM removes calls of what has no effect without a word.
  if (outcomes?.has(true) && !outcomes.has(false))
    return {
      kind: 'call',
      tone: 'good',
      title: `${name} is inlined`,
      text: 'Its code stands in place of the call.',
    };
  return {
    kind: 'call',
    tone: hot ? 'cost' : 'info',
    title: `${name} is called`,
    text: 'LLVM leaves the call, as the callee is large or called from several places.',
    hot,
  };
}
