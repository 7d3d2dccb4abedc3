/**
 * IR as text. `parse.ts` reads it back to the same IR; README.md describes it.
 * A function's text is complete with the table of files that its spans refer to.
 */
import { defaultOptions } from './build.ts';
import type { OpName } from './ops.ts';
import type {
  Attributes,
  Block,
  BoundaryType,
  Constant,
  IrExport,
  IrFunction,
  IrModule,
  IrRecord,
  IrTable,
  Literals,
  Loop,
  Node,
  Operation,
  Span,
  Value,
} from './types.ts';
import { walkNodes } from './walk.ts';

/** The attribute that is written right behind an operation's name, without its own. */
export const leadingAttribute: Partial<Record<OpName, keyof Attributes>> = {
  const: 'value',
  'local.get': 'local',
  'local.set': 'local',
  'global.get': 'global',
  'state.get': 'global',
  'state.set': 'global',
  'table.load': 'table',
  call: 'callee',
  parallel: 'callee',
  'extern.target': 'callee',
  'rec.get': 'slot',
  'rec.set': 'slot',
  'rec.is': 'record',
  'error.new': 'errorClass',
  'error.of': 'errorClass',
  'error.asked': 'record',
  'error.kind': 'slot',
  'error.field': 'slot',
  'error.is': 'errorClass',
  'str.const': 'text',
};

/** All attributes, in the order in which they are written. */
export const attributeNames = [
  'value',
  'local',
  'global',
  'table',
  'callee',
  'slot',
  'record',
  'errorClass',
  'text',
  'replaces',
  'moves',
  'littleEndian',
  'subject',
  'write',
  'elided',
  'exact',
  'absent',
  'eager',
  'kernel',
  'apart',
  'alone',
] as const satisfies readonly (keyof Attributes)[];

/** The text of a module: files, records, globals, tables, exports, functions. */
export function printModule(module: IrModule): string {
  const files = new Files();
  const parts = [
    module.records.map((record) => `${recordLine(record)}\n`),
    module.globals.map(
      ({ name, type, kept, frame, length, isArray, sourceName, span }) =>
        `global ${word(name)}: ${type}${kept ? ' kept' : ''} ${word(sourceName)}${frame === undefined ? '' : ` frame ${frame}`}${length === undefined ? '' : ` length ${length}`}${isArray ? ' array' : ''}${files.at(span)}\n`,
    ),
    (module.tables ?? []).map((table) => `${tableLine(table)}\n`),
    module.exports.map((item) => `${exportLine(item, files)}\n`),
    module.functions.map((fn) => `${functionText(fn, files)}\n`),
  ];
  const text = parts
    .filter((lines) => lines.length > 0)
    .map((lines, index) => lines.join(index < parts.length - 1 ? '' : '\n'))
    .join('\n');
  return [files.table(), text].filter(Boolean).join('\n');
}

/** The text of one function, preceded by its files. */
export function printFunction(fn: IrFunction): string {
  const files = new Files();
  const text = functionText(fn, files);
  return `${files.table()}${text}\n`;
}

/** A node as messages show it: its first line, without its span. */
export function printNode(node: Node): string {
  const lines: string[] = [];
  nodeLines(node, '', lines, new Files(), false);
  return lines[0] ?? '';
}

/** Numbers the files of spans in order of appearance. */
class Files {
  private readonly indices = new Map<string, number>();

  /** The suffix that says where something comes from: ` @file:line:column+length`. */
  at(span: Span | undefined): string {
    if (!span) return '';
    let index = this.indices.get(span.file);
    if (index === undefined) {
      index = this.indices.size;
      this.indices.set(span.file, index);
    }
    return ` @${index}:${span.line}:${span.column}+${span.length}`;
  }

  table(): string {
    return [...this.indices].map(([file, index]) => `file ${index} ${quote(file)}\n`).join('');
  }
}

function exportLine(item: IrExport, files: Files): string {
  const params = item.params.map((param) => `${word(param.name)}: ${boundary(param)}`).join(', ');
  const more = (item.more ?? []).map((one) => `, ${boundary(one)}`).join('');
  const result =
    item.result || more ? ` -> ${item.result ? boundary(item.result) : 'void'}${more}` : '';
  return `export ${word(item.name)} = ${word(item.callee)}(${params})${result}${files.at(item.span)}`;
}

/** `record Name "source name" kind [wrapped] [keeps] [error Class] [extends Base] { member: type, … }`, or of a union `= Name, Name [by member [literal], [literal]]`. */
function recordLine(record: IrRecord): string {
  const { name, sourceName, kind, members, spread, wrapped, keeps, base, variants } = record;
  const { callable, discriminant, error } = record;
  const shown = members.map((member) => {
    const prefix = member.readonly ? 'readonly ' : '';
    const suffix = member.literals ? ` of ${literalsText(member.literals)}` : '';
    return `${prefix}${word(member.name)}${member.optional ? '?' : ''}: ${boundary(member)}${suffix}`;
  });
  const header = `record ${word(name)} ${quote(sourceName)} ${kind}`;
  if (variants) {
    const told = discriminant
      ? ` by ${word(discriminant.member)} ${discriminant.literals.map(literalsText).join(', ')}`
      : '';
    return `${header}${callable ? ' callable' : ''} =${variants.map((variant) => ` ${word(variant)}`).join(',')}${told}`;
  }
  const parent = base === undefined ? '' : ` extends ${word(base)}`;
  const words = `${spread ? ' spread' : ''}${wrapped ? ' wrapped' : ''}${keeps ? ' keeps' : ''}${error ? ` error ${error}` : ''}`;
  return `${header}${words}${parent}(${shown.join(', ')})`;
}

const literalsText = (values: Literals): string =>
  `[${values.map((value) => (typeof value === 'string' ? quote(value) : constantText(value))).join(', ')}]`;

const tableLine = ({ name, type, values }: IrTable): string =>
  `table ${word(name)}: ${type} [${values.map(constantText).join(', ')}]`;

const boundary = (type: BoundaryType): string =>
  type.type + (type.undefined ? ' | undefined' : '') + (type.null ? ' | null' : '');

function functionText(fn: IrFunction, files: Files): string {
  const params = fn.params.map(({ name, value, mayBeNull }) => {
    const text = typed(value) + (mayBeNull ? ' | null' : '');
    return name === value.hint ? text : `${word(name)} = ${text}`;
  });
  const results = fn.results.length > 0 ? ` -> ${fn.results.join(', ')}` : '';
  const header = `func ${word(fn.name)}(${params.join(', ')})${results}`;
  const lines = [`${header}${functionOptions(fn)}${files.at(fn.span)} {`];
  for (const { name, type } of fn.locals) lines.push(`  local ${word(name)}: ${type}`);
  regionLines(fn.body, '  ', lines, files);
  if (fn.unwind) {
    lines.push('  unwind {');
    regionLines(fn.unwind, '    ', lines, files);
    lines.push('  }');
  }
  lines.push('}');
  return lines.join('\n');
}

function functionOptions(fn: IrFunction): string {
  const { fastmath, bounds, overflow } = fn.options;
  let text = fastmath ? ' fastmath' : '';
  if (bounds !== defaultOptions.bounds) text += ` bounds=${bounds}`;
  if (overflow !== defaultOptions.overflow) text += ` overflow=${overflow}`;
  if (fn.nextValue !== nextOf(fn)) text += ` next=${fn.nextValue}`;
  if (fn.foreign) {
    const { params, result } = fn.foreign;
    text += ` foreign(${params.map(boundary).join(', ')})${result ? ` -> ${boundary(result)}` : ''}`;
  }
  if (fn.extern) text += ` extern ${JSON.stringify(JSON.stringify(fn.extern))}`;
  return text;
}

/** The value id that follows all those defined. */
function nextOf(fn: IrFunction): number {
  let next = 0;
  const count = ({ id }: Value): void => {
    if (id >= next) next = id + 1;
  };
  for (const { value } of fn.params) count(value);
  walkNodes([...fn.body, ...(fn.unwind ?? [])], (node) => {
    if (node.kind === 'op') node.results.forEach(count);
  });
  return next;
}

/** What is said of a loop or block behind its name. */
const wordOf = (node: Loop | Block): string =>
  node.kind === 'loop' ? (node.rare ? ' rare' : '') : node.lanes ? ' lanes' : '';

function regionLines(nodes: readonly Node[], indent: string, lines: string[], files: Files): void {
  for (const node of nodes) nodeLines(node, indent, lines, files, true);
}

function nodeLines(
  node: Node,
  indent: string,
  lines: string[],
  files: Files,
  withSpan: boolean,
): void {
  const at = withSpan ? files.at(node.span) : '';
  const inner = `${indent}  `;
  switch (node.kind) {
    case 'op':
      lines.push(indent + operationText(node) + at);
      return;
    case 'if':
      lines.push(`${indent}if ${used(node.condition)}${at} {`);
      regionLines(node.then, inner, lines, files);
      if (node.else.length > 0) {
        lines.push(`${indent}} else {`);
        regionLines(node.else, inner, lines, files);
      }
      lines.push(`${indent}}`);
      return;
    case 'loop':
    case 'block':
      lines.push(`${indent}${node.kind} ${word(node.label)}${wordOf(node)}${at} {`);
      regionLines(node.body, inner, lines, files);
      lines.push(`${indent}}`);
      return;
    case 'try':
      lines.push(`${indent}try${node.all ? ' all' : ''}${at} {`);
      regionLines(node.body, inner, lines, files);
      lines.push(`${indent}} catch {`);
      regionLines(node.handler, inner, lines, files);
      lines.push(`${indent}}`);
      return;
    case 'rethrow':
      lines.push(`${indent}rethrow ${used(node.error)}${at}`);
      return;
    case 'break':
      lines.push(`${indent}break ${word(node.label)}${at}`);
      return;
    case 'return':
      lines.push(`${indent}return${list(node.values.map(used))}${at}`);
      return;
    case 'throw': {
      const parts = node.parts.map((part) => (typeof part === 'string' ? quote(part) : used(part)));
      const check = node.isCheck ? ' check' : '';
      const calls = node.calls === undefined ? '' : ` calls ${word(node.calls)}`;
      lines.push(`${indent}throw ${node.errorClass}${check}${calls}${list(parts)}${at}`);
      return;
    }
  }
}

function operationText({ op, args, results, attributes }: Operation): string {
  let text = results.length > 0 ? `${results.map(typed).join(', ')} = ${op}` : op;
  const leading = leadingAttribute[op];
  if (leading !== undefined) text += ` ${attributeText(leading, attributes)}`;
  if (args.length > 0) text += (leading === undefined ? ' ' : ', ') + args.map(used).join(', ');
  for (const name of attributeNames) {
    if (name !== leading && attributes[name] !== undefined)
      text += ` ${name}=${attributeText(name, attributes)}`;
  }
  return text;
}

/** Names are words, what people read is quoted, and `?` stands for what is missing. */
function attributeText(name: keyof Attributes, attributes: Attributes): string {
  const value = attributes[name];
  if (value === undefined) return '?';
  if (typeof value !== 'string') return constantText(value);
  return name === 'subject' || name === 'text' ? quote(value) : word(value);
}

/** The shortest digits that give the same number back; bigints end in `n`. */
function constantText(value: Constant): string {
  if (typeof value === 'bigint') return `${value}n`;
  return Object.is(value, -0) ? '-0' : String(value);
}

const list = (items: readonly string[]): string => (items.length > 0 ? ` ${items.join(', ')}` : '');

const used = ({ id, hint }: Value): string =>
  hint === undefined ? `%${id}` : `%${id}.${word(hint)}`;

const typed = (value: Value): string => `${used(value)}: ${value.type}`;

/** A name, quoted unless it reads as one word. */
const word = (name: string): string => (/^[A-Za-z_$][\w$.]*$/.test(name) ? name : quote(name));

const quote = (text: string): string => JSON.stringify(text);
