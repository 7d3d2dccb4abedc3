/**
 * Calls with typed arrays inside of objects give all of their answer before they end, as these don't live on behind it:
 * what doesn't fit goes into a DataView that native code makes, and what an error leaves changed is told before it goes on.
 */
import { valueTypes, type IrType, type Value } from '../ir/types.ts';
import { answerStart, givenOf, keepResult, writeAnswer } from './answer.ts';
import { once, passesSession, type Coder } from './coder.ts';
import { writeValue } from './encode.ts';
import { slotBytes, travels } from './format.ts';

/**
 * Calls the function of the source and answers; gives its results.
 * @param session undefined where objects have no numbers
 * @param changes whether it may change objects that came in
 */
export function answeredCall(
  c: Coder,
  session: Value | undefined,
  args: Value[],
  changes: boolean,
): Value[] {
  const { b } = c;
  const { callee, result } = c.code.plan;
  const types = result ? valueTypes(result) : [];
  const answer = answerFunction(c, session ? [] : types);
  const results =
    session && changes
      ? changingCall(c, callee, args, types, () => giveAnswer(c, answer, []))
      : b.call(callee, args, types);
  if (session) keepResult(c, session, result, results);
  giveAnswer(c, answer, session ? [] : results);
  return results;
}

/** A call whose changes are told also when it throws. */
function changingCall(
  c: Coder,
  callee: string,
  args: Value[],
  types: readonly IrType[],
  tell: () => void,
): Value[] {
  const { b } = c;
  const kept = types.map((type) => b.local('result', type));
  b.try(
    () =>
      b.call(callee, args, types).forEach((value, index) => {
        const local = kept[index];
        if (local !== undefined) b.set(local, value);
      }),
    () => {
      const error = b.op('error.caught', []);
      tell();
      b.rethrow(error);
    },
    true,
  );
  return kept.map((local) => b.get(local));
}

/** The function that writes the answer and gives where it ends; without a session it takes the result. */
const answerFunction = ({ code }: Coder, types: readonly IrType[]): string =>
  once(
    code,
    'answer',
    types.map((type, index) => [`result${index}`, type] as const),
    ['i64'],
    (c, results) => {
      const { result } = code.plan;
      const at = c.local('at', answerStart(c));
      if (passesSession(code)) writeAnswer(c, c.session, at);
      else if (result && travels(code.plan, result)) writeValue(c, result, givenOf(results), at);
      c.b.return([c.b.get(at)]);
    },
  );

function giveAnswer(c: Coder, answer: string, results: readonly Value[]): void {
  const { b, wire } = c;
  const session = passesSession(c.code) ? [c.session] : [];
  const writeTo = (to: Value): Value => {
    const [end] = b.call(answer, [to, ...results, ...session], ['i64']);
    if (!end) throw new Error('an answer ends somewhere');
    return end;
  };
  const end = writeTo(wire);
  b.if(c.binary('gt', end, b.op('view.length', [wire])), () => {
    const larger = b.op('view.new', [end], 'view.dataview');
    const start = answerStart(c);
    c.times(c.binary('div', start, slotBytes), (slot) => {
      const offset = c.binary('mul', slot, slotBytes);
      const word = c.load('i64', offset);
      b.effect('data.store', [larger, offset, word], { littleEndian: true });
    });
    writeTo(larger);
    b.op('view.number', [larger]);
  });
  c.store(c.int(0), c.number(c.binary('div', end, slotBytes)));
}
