/** What a call answers: its result, what it changed, and what objects hold that came up. */
import { storageOf, tagSlot } from '../ir/records.ts';
import type { BoundaryType, Value } from '../ir/types.ts';
import { writeChanges } from './changes.ts';
import type { Coder } from './coder.ts';
import { markWith, writeQueue, writeValue, type Given } from './encode.ts';
import { slotBytes, travels } from './format.ts';

/** The offset of the answer. */
export const answerStart = (c: Coder): Value =>
  c.binary('mul', c.loadInt(c.int(slotBytes)), slotBytes);

/** A result of a call. */
export const givenOf = (results: readonly Value[]): Given => {
  const [first, second] = results;
  if (!first) throw new Error('there is no result');
  return second ? { tag: first, value: second } : { value: first };
};

/** Keeps a result in the call's session. */
export function keepResult(
  c: Coder,
  session: Value,
  result: BoundaryType | undefined,
  results: readonly Value[],
): void {
  const { b } = c;
  b.effect('rec.set', [session, b.const('bool', true)], { slot: 'returned' });
  if (!result || !travels(c.code.plan, result)) return;
  const { tag, value } = givenOf(results);
  if (storageOf(result) === 'tagged' && tag)
    b.effect('rec.set', [session, tag], { slot: tagSlot('result') });
  b.effect('rec.set', [session, value], { slot: 'result' });
}

/** Writes the answer of a session's call at the offset that a local holds. */
export function writeAnswer(c: Coder, session: Value, at: string): void {
  const { b, code } = c;
  const { result, numbered } = code.plan;
  const counts = new Map<number, Value>();
  const firsts = new Map<number, string>();
  numbered.forEach(({ type, goesOut, isQueued }, index) => {
    const objects = c.held(`objects.${index}`, `list.${type}`);
    const count = b.op('list.length', [objects]);
    counts.set(index, count);
    if (goesOut && isQueued) firsts.set(index, c.local('next', count));
    if (goesOut)
      c.times(count, (number) => markWith(c, b.op('list.load', [objects, number], type), number));
  });
  if (result && travels(code.plan, result)) {
    b.if(b.op('rec.get', [session], 'bool', { slot: 'returned' }), () => {
      const value = b.op('rec.get', [session], result.type, { slot: 'result' });
      const tag =
        storageOf(result) === 'tagged'
          ? b.op('rec.get', [session], 'u8', { slot: tagSlot('result') })
          : undefined;
      writeValue(c, result, { tag, value }, at);
    });
  }
  writeChanges(c, counts, at);
  writeQueue(c, firsts, at);
  numbered.forEach(({ type, goesOut }, index) => {
    const count = counts.get(index);
    if (!goesOut || !count) return;
    const objects = c.held(`objects.${index}`, `list.${type}`);
    c.times(b.op('list.length', [objects]), (number) =>
      b.effect('mark.set', [b.op('list.load', [objects, number], type), b.const('u32', 0)]),
    );
    b.effect('list.truncate', [objects, count]);
  });
}
