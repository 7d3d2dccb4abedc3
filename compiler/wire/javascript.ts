/**
 * The JavaScript of the glue for an export with objects: a function that makes, of the binary's functions, the
 * one that emitted code calls. It is written for the export's very types, so that V8 sees plain code.
 */
import type { IrExport } from '../ir/types.ts';
import { isView } from '../ir/types.ts';
import { JavaScriptWriter } from './javascript-writer.ts';
import { argumentsOf } from './javascript-arguments.ts';
import { answerOf } from './javascript-answer.ts';
import { fixedSlots } from './format.ts';
import type { WirePlan } from '../ir/wire-plan.ts';

/** The text of a function expression `(native, rest, fail) => (...args) => result`. */
export function wireScript(plan: WirePlan): string {
  const writer = new JavaScriptWriter(plan);
  const names = plan.params.map((_, index) => `a${index}`);
  const count = plan.numbered.length;
  const send = argumentsOf(writer, names);
  const answer = answerOf(writer);
  const views = names.filter((_, index) => isView(plan.params[index]?.type ?? 'f64'));
  const { result } = plan;
  const isViewResult = result !== undefined && isView(result.type);
  const slots = result && !isViewResult && count === 0 ? (fixedSlots(plan, result) ?? 0) : 0;
  const call = `native(${['w.view', ...views].join(', ')})`;
  const body = [
    ...send,
    `w.ask(${count}, ${slots});`,
    isViewResult ? `const result = ${call};` : `${call};`,
    ...(writer.hasSession ? ['w.complete(rest);'] : []),
    ...(result && !isViewResult ? [...answer.result, `const result = ${answer.value};`] : []),
    ...answer.changes,
    ...(result ? ['return result;'] : []),
  ];
  const unwound =
    answer.changes.length > 0
      ? `if (w.tellsChanges(rest)) {\n${answer.changes.join('\n')}\n}\nthrow fail(error, [${names.join(', ')}]);`
      : `throw fail(error, [${names.join(', ')}]);`;
  return `(native, rest, fail) => {
const names = ${JSON.stringify(plan.numbered.map(({ type }) => type))};
${writer.functions().join('\n')}
return (${names.join(', ')}) => {
const w = takeWire(${count});
try {
${body.join('\n')}
} catch (error) {
${unwound}
} finally {
giveWire(w, ${count});
}
};
}`;
}

/** Lines moved in by the braces around them, which all stand at lines' ends and beginnings. */
function indented(text: string): string {
  let depth = 0;
  return text
    .split('\n')
    .map((line) => {
      if (line.startsWith('}')) depth--;
      const shown = `${'  '.repeat(depth)}${line}`;
      if (line.endsWith('{')) depth++;
      return shown;
    })
    .join('\n');
}

/** The scripts of a module's exports by the ids of their functions. */
export function wireScripts(exports: readonly IrExport[]): string {
  const scripts = exports.flatMap(({ wire }) =>
    wire ? [`${JSON.stringify(wire.callee)}: ${wireScript(wire)}`] : [],
  );
  return indented(`{\n${scripts.join(',\n')}\n}`);
}
