/**
 * What a call keeps of its objects until JavaScript has all of the answer: their numbers, where they stand on
 * the wire, and the result. A call that throws leaves its session behind, and so does one whose answer
 * doesn't fit; JavaScript then calls the export's second function, which writes the answer and ends the session.
 * Sessions are a stack, since a call may lead to JavaScript code that calls native code.
 */
import type { IrModule, IrRecord, RecordMember } from '../ir/types.ts';
import type { WirePlan } from '../ir/wire-plan.ts';
import { travels } from './format.ts';

/**
 * The record of an export's session.
 * @param name its own
 * @param sessions the name of the record of all
 */
export function sessionRecord(plan: WirePlan, name: string, sessions: string): IrRecord {
  const plain = { undefined: false, null: false };
  const members: RecordMember[] = [
    { name: 'outer', type: `rec.${sessions}`, undefined: false, null: true },
    ...plan.numbered.flatMap(({ type, written }, number): RecordMember[] => [
      { name: `objects.${number}`, type: `list.${type}`, ...plain },
      ...(written.length > 0
        ? [{ name: `heads.${number}`, type: 'list.i64', ...plain } as const]
        : []),
    ]),
    { name: 'returned', type: 'bool', ...plain },
    ...(plan.result && travels(plan, plan.result) ? [{ name: 'result', ...plan.result }] : []),
  ];
  return { name, sourceName: `a call of ${plan.callee}`, kind: 'object', members };
}

/**
 * Adds what all sessions share: their record, and the global that keeps the newest.
 * @param name of both
 */
export function addSessions(module: IrModule, records: readonly IrRecord[], name: string): void {
  if (records.length === 0) return;
  const variants = records.map(({ name }) => name);
  module.records.push(...records, {
    name,
    sourceName: 'a call',
    kind: 'union',
    members: [],
    variants,
  });
  module.globals.push({
    name,
    type: `rec.${name}`,
    kept: true,
    sourceName: name,
    span: undefined,
  });
}
