/**
 * The JavaScript of the glue for an export with objects: a function that makes, of the binary's functions, the
 * one that emitted code calls. It is written for the export's very types, so that V8 sees plain code.
 */
import { isOptional, type IrExport, type ViewKind } from '../ir/types.ts';
import type { MethodUse } from '../4-emit/boundary/facts.ts';
import { isWrapped } from '../ir/records.ts';
import { JavaScriptWriter } from './javascript-writer.ts';
import { argumentsOf } from './javascript-arguments.ts';
import { answerOf } from './javascript-answer.ts';
import { fixedSlots, needsWire, travels } from './format.ts';
import type { WirePlan } from '../ir/wire-plan.ts';

/**
 * The text of a function expression `(native, rest, fail, instances) => (...args) => result`.
 * @param exported its name, what it does with a field of an instance, if it is for one, and whether JavaScript runs for
 * arguments that it refuses
 * @param exact the kinds of typed arrays whose class must be the very one
 */
export function wireScript(
  plan: WirePlan,
  {
    name,
    field,
    steady = false,
    isAsync = false,
  }: Pick<IrExport, 'name' | 'field' | 'steady' | 'isAsync'>,
  exact: ReadonlySet<ViewKind> = new Set(),
): string {
  const writer = new JavaScriptWriter(plan, exact);
  const names = plan.params.map((_, index) => `a${index}`);
  const body = needsWire(plan)
    ? throughWire(writer, names, { name, isField: field === 'get', steady, isAsync })
    : directly(writer, names, steady);
  return `(native, rest, fail, instances) => {
const names = ${JSON.stringify(plan.numbered.map(({ type }) => type))};
${writer.functions().join('\n')}
return ${isAsync ? 'async ' : ''}(${names.join(', ')}) => {
${body.join('\n')}
};
}`;
}

/** The body of a function that needs no wire, since it has only numbers, typed arrays and instances. */
function directly(writer: JavaScriptWriter, names: readonly string[], steady: boolean): string[] {
  return [
    'try {',
    `return ${handedBack(writer, `native(${handedOver(writer, names).join(', ')})`)};`,
    '} catch (error) {',
    ...(steady ? [giveUp] : []),
    `throw fail(error, [${names.join(', ')}]);`,
    '}',
  ];
}

/** What refuses arguments has not called native code yet. */
const giveUp = 'if (error instanceof Refused) return refused;';

/**
 * @param exported.name the function's
 * @param exported.isField whether the result is what a field holds: a copy, in which changes would be lost
 */
function throughWire(
  writer: JavaScriptWriter,
  names: readonly string[],
  {
    name,
    isField,
    steady,
    isAsync,
  }: {
    readonly name: string;
    readonly isField: boolean;
    readonly steady: boolean;
    readonly isAsync: boolean;
  },
): string[] {
  const { plan } = writer;
  const count = plan.numbered.length;
  const send = argumentsOf(writer, names);
  const answer = answerOf(writer);
  const { result } = plan;
  const isDirect = result !== undefined && !travels(plan, result);
  const slots = result && !isDirect && count === 0 ? (fixedSlots(plan, result) ?? 0) : 0;
  const direct = handedOver(writer, names);
  const { guard } = plan;
  const more = [...(plan.views ? ['w.views'] : []), ...(guard ? ['guard'] : [])];
  const call = `${isAsync ? 'await ' : ''}native(${['w.view', ...direct, ...more].join(', ')})`;
  const body = [
    ...(guard
      ? [
          'send(w);',
          'const sent = w.p;',
          guard === 'compare'
            ? `const guard = () => lookAgain(${JSON.stringify(name)}, w, sent, ${count}, send);`
            : `const guard = () => calledMeanwhile(${JSON.stringify(name)});`,
        ]
      : send),
    `w.ask(${count}, ${slots});`,
    isDirect ? `const result = ${handedBack(writer, call)};` : `${call};`,
    ...(plan.views ? ['w.adopt();'] : writer.hasSession ? ['w.complete(rest);'] : []),
    ...(result && !isDirect ? [...answer.result, `const result = ${answer.value};`] : []),
    ...answer.changes,
    ...(result ? [isField ? 'return frozen(result);' : 'return result;'] : []),
  ];
  const thrown = `throw fail(error, [${names.join(', ')}]);`;
  const unwound =
    answer.changes.length > 0
      ? [
          plan.views ? 'if (w.hasAnswer()) {' : 'if (w.tellsChanges(rest)) {',
          ...answer.changes,
          '}',
          thrown,
        ]
      : [thrown];
  return [
    ...(guard ? ['const send = (w) => {', ...send, '};'] : []),
    `const w = takeWire(${count});`,
    'try {',
    ...body,
    '} catch (error) {',
    ...(steady ? [giveUp] : []),
    ...unwound,
    '} finally {',
    `giveWire(w, ${count});`,
    '}',
  ];
}

/** Expressions for the arguments of these names that don't travel on the wire. */
function handedOver(writer: JavaScriptWriter, names: readonly string[]): string[] {
  const { plan } = writer;
  return plan.params.flatMap((param, index) => {
    const name = names[index] ?? '';
    if (travels(plan, param)) return [];
    if (!isWrapped(plan, param.type)) return [name];
    const absent = [
      ...(param.undefined ? [`${name} === undefined`] : []),
      ...(param.null ? [`${name} === null`] : []),
    ];
    const handle = `${writer.handle(param.type)}(${name})`;
    return [absent.length > 0 ? `${absent.join(' || ')} ? ${name} : ${handle}` : handle];
  });
}

/** An expression for a result that doesn't travel on the wire. */
function handedBack(writer: JavaScriptWriter, call: string): string {
  const { result, records } = writer.plan;
  if (!result || !isWrapped({ records }, result.type)) return call;
  const wrapper = writer.wrapper(result.type);
  if (!isOptional(result)) return `${wrapper}(${call})`;
  const maybe = writer.once('maybe', result.type, 'handle', () => [
    `return typeof handle === 'number' ? ${wrapper}(handle) : handle;`,
  ]);
  return `${maybe}(${call})`;
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
export function wireScripts(exports: readonly IrExport[], methods: MethodUse = new Map()): string {
  const scripts = exports.flatMap(({ wire, ...exported }) =>
    wire
      ? [
          `${JSON.stringify(wire.callee)}: ${wireScript(wire, exported, methods.get(exported.callee))}`,
        ]
      : [],
  );
  return indented(`{\n${scripts.join(',\n')}\n}`);
}
