/**
 * Loop versioning: what the checks inside a loop come to over all its rounds is tested once before it,
 * and the loop is there twice: without those checks for when the tests hold, and as it was for when
 * they don't. So a check that fails throws where it did, after the same effects.
 *
 * Where the bounds that are tested before the loop hold for every value that a check sees, then in the
 * loop without checks the first check that would have failed cannot exist: up to there everything is as
 * it was with checks, so what the analysis derived from them is true of that value too.
 *
 * The views that the fast loop touches are tested to be apart as well, if it stores to one of them, and
 * its accesses say so (`Attributes.apart`). A loop without checks is there twice for that alone.
 */
import {
  integerBounds,
  isInteger,
  type If,
  type IrFunction,
  type Loop,
  type Node,
  type Operation,
  type Value,
} from '../ir/types.ts';
import { regionsOf, replaceValues, rewriteOps, walkNodes } from '../ir/walk.ts';
import { carefulCopy } from './careful.ts';
import type { Part } from './notes.ts';
import type { Pass, PassContext } from './pass.ts';
import { analyzeRanges, type Ranges } from './ranges.ts';
import { markApart, meet, pairsApart } from './versions/apart.ts';
import { Hull } from './versions/hull.ts';
import { Places } from './versions/places.ts';
import { Prelude } from './versions/prelude.ts';

/** A function is not made longer than so many operations by copies of loops. */
const maxOperations = 20_000;

export const version: Pass = (fn, context) => {
  const { assertElided, note } = context;
  let hasCandidates = false;
  let size = 0;
  const count = (nodes: readonly Node[], inLoop: boolean): void => {
    for (const node of nodes) {
      size++;
      if (node.kind === 'op')
        hasCandidates ||= inLoop && (isCheck(node) || node.op === 'view.store');
      else if (node.kind !== 'loop' || !node.rare)
        for (const region of regionsOf(node)) count(region, inLoop || node.kind === 'loop');
    }
  };
  count(fn.body, false);
  if (!hasCandidates) return false;
  const ranges = analyzeRanges(fn, context);
  if (!ranges) return false;
  return new Versioning(fn, ranges, size, assertElided, note).run();
};

const isCheck = ({ op, args: [a], attributes }: Operation): boolean =>
  (op === 'check.bounds' || op === 'check.range') &&
  a !== undefined &&
  isInteger(a.type) &&
  a.type !== 'u64' &&
  attributes.elided !== true;

class Versioning {
  private readonly fn: IrFunction;
  private readonly ranges: Ranges;
  private readonly places: Places;
  private readonly assertElided: boolean;
  private readonly note: PassContext['note'];
  private size: number;
  private labels = 0;
  /** The checks that have been proved. */
  private readonly elided = new Set<Operation>();

  constructor(
    fn: IrFunction,
    ranges: Ranges,
    size: number,
    assertElided: boolean,
    note: PassContext['note'],
  ) {
    this.fn = fn;
    this.ranges = ranges;
    this.size = size;
    this.assertElided = assertElided;
    this.note = note;
    this.places = new Places(fn);
  }

  run(): boolean {
    this.region(this.fn.body);
    if (this.elided.size > 0) this.removeChecks();
    return this.labels > 0;
  }

  private region(nodes: Node[]): void {
    for (let index = 0; index < nodes.length; index++) {
      const node = nodes[index];
      if (!node || node.kind === 'op' || (node.kind === 'loop' && node.rare)) continue;
      if (node.kind === 'loop') {
        const before = this.versioned(node);
        if (before) {
          nodes.splice(index, 1, ...before);
          index += before.length - 1;
        }
      }
      // What is left of checks in the fast loop may be known before an inner one.
      for (const region of regionsOf(node)) this.region(region);
    }
  }

  /** What takes the place of a loop: the tests and both copies. Undefined where there is nothing to win. */
  private versioned(loop: Loop): Node[] | undefined {
    const checks: Operation[] = [];
    let size = 0;
    let isChecked = false;
    let catches = false;
    walkNodes([loop], (node) => {
      size++;
      if (node.kind === 'try') catches = true;
      if (node.kind !== 'op' || this.elided.has(node)) return;
      isChecked ||= node.op === 'check.bounds' || node.op === 'check.range';
      if (isCheck(node)) checks.push(node);
    });
    // What is counted in a `try` may be left out half-way.
    if (catches || this.size + size > maxOperations) return undefined;
    const prelude = new Prelude(this.fn, loop.span);
    const hull = new Hull(loop, this.places, this.ranges, prelude);
    const tests: Value[] = [];
    let isLeft = false;
    const held = checks.filter((check) => {
      const conditions = whenNeverFails(check, hull);
      if (!conditions) return false;
      // What may fail although no check does is better tested where more is known.
      const isHere = conditions.isMet || this.places.of(check).loops.at(-1) === loop;
      if (isHere) tests.push(...conditions.tests);
      else isLeft = true;
      return isHere;
    });
    const apart = pairsApart(this.fn, loop, hull);
    if (held.length === 0 && ((isChecked && !isLeft) || !apart || !meet(loop, apart)))
      return undefined;
    for (const check of held) this.elided.add(check);
    const [careful] = carefulCopy(this.fn, [loop], `careful${this.labels++}`);
    if (!careful) throw new Error('a loop has no copy');
    if (apart) {
      tests.push(...apart.pairs.map((pair) => prelude.add('view.apart', pair, 'bool')));
      markApart(apart.keys, `r${this.labels++}`);
    }
    const condition = prelude.all(tests);
    if (!condition) return undefined;
    this.size += size;
    this.note?.({
      kind: 'loop',
      span: loop.span,
      ...tested(held.length, checks.length, apart !== undefined),
    });
    const choice: If = {
      kind: 'if',
      condition,
      then: [loop],
      else: [careful],
      span: loop.span,
    };
    return [...needed(prelude.ops, condition), choice];
  }

  private removeChecks(): void {
    const replaced = new Map<number, Value>();
    rewriteOps(this.fn.body, (op) => {
      if (!this.elided.has(op)) return undefined;
      if (this.assertElided) return [{ ...op, attributes: { ...op.attributes, elided: true } }];
      const [a] = op.args;
      const [result] = op.results;
      if (!a || !result) return undefined;
      if (a.type !== result.type)
        return [{ ...op, op: 'conv', args: [a], attributes: { exact: true } } satisfies Operation];
      replaced.set(result.id, a);
      return [];
    });
    replaceValues(this.fn.body, replaced);
  }
}

/** What to tell of a loop that is there twice. */
function tested(
  held: number,
  checks: number,
  apart: boolean,
): { readonly outcome: string; readonly parts: readonly Part[] } {
  if (held === 0) {
    const parts = ['A copy of the loop for arrays that don’t share memory runs where they don’t.'];
    return { outcome: 'Arrays are tested before the loop', parts };
  }
  const parts = [
    `${held} of the ${checks} checks inside can be decided there`,
    ...(apart ? [', and so can whether the arrays share memory'] : []),
    ': a copy of the loop without them runs where they hold, and one as it was where they don’t.',
  ];
  return { outcome: 'Checks are tested before the loop', parts };
}

/** What must hold before the loop so that a check in it never fails; undefined where nothing is known to do. */
function whenNeverFails(
  check: Operation,
  hull: Hull,
): { readonly tests: readonly Value[]; readonly isMet: boolean } | undefined {
  const [value, length] = check.args;
  const [result] = check.results;
  if (!value || !result) return undefined;
  const place = hull.places.of(check);
  const low = hull.bound(value, 'lo', place);
  const high = low && hull.bound(value, 'hi', place);
  if (!low || !high) return undefined;
  const tests = [...low.needs, ...high.needs];
  let isMet = true;
  const { min, max } = isInteger(result.type) ? integerBounds(result.type) : { min: 0n, max: 0n };
  const isBounds = check.op === 'check.bounds';
  const fixedLength = isBounds ? length && hull.fixed(length) : undefined;
  if (isBounds && !fixedLength) return undefined;
  const least = isBounds ? 0n : min;
  if (low.min < Number(least)) {
    const test = hull.prelude.compare('le', least, low.at);
    if (test === false) return undefined;
    if (test) tests.push(test);
    isMet = low.isMet;
  }
  if (fixedLength || high.max > Number(max)) {
    const test = fixedLength
      ? hull.prelude.compare('lt', high.at, fixedLength)
      : hull.prelude.compare('le', high.at, max);
    if (test === false) return undefined;
    if (test) tests.push(test);
    isMet &&= high.isMet;
  }
  return { tests, isMet };
}

/** The operations that a value depends on. */
function needed(ops: readonly Operation[], result: Value): Operation[] {
  const wanted = new Set([result.id]);
  const kept = [...ops].reverse().filter(({ results, args }) => {
    if (!results.some(({ id }) => wanted.has(id))) return false;
    for (const { id } of args) wanted.add(id);
    return true;
  });
  return kept.reverse();
}
