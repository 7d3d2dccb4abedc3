/** Reads the text that `print.ts` writes. It checks the syntax alone; `verify.ts` checks the rest. */
import { errorClasses } from '../../runtime/messages.ts';
import { FunctionParser } from './parse-function.ts';
import { boundary, parenthesized, separated, span, type } from './parse-words.ts';
import { Scanner } from './scan.ts';
import {
  isNumeric,
  type BoundaryType,
  type ErrorClass,
  type IrExport,
  type IrFunction,
  type IrGlobal,
  type IrModule,
  type IrRecord,
  type IrTable,
  type RecordMember,
} from './types.ts';

/** @throws IrSyntaxError, with the line, for text that is no module */
export function parseModule(text: string): IrModule {
  const scan = new Scanner(text);
  const files = fileTable(scan);
  const module: IrModule = { records: [], functions: [], globals: [], exports: [] };
  while (!scan.atEnd) {
    if (scan.acceptWord('func')) module.functions.push(new FunctionParser(scan, files).parse());
    else if (scan.acceptWord('export')) module.exports.push(exported(scan, files));
    else if (scan.acceptWord('global')) module.globals.push(global(scan, files));
    else if (scan.acceptWord('record')) module.records.push(record(scan));
    else if (scan.acceptWord('table')) (module.tables ??= []).push(table(scan));
    else scan.fail("expected 'record', 'global', 'table', 'export' or 'func'");
  }
  return module;
}

/** Reads one function, with its file table before it. @throws IrSyntaxError */
export function parseFunction(text: string): IrFunction {
  const scan = new Scanner(text);
  const files = fileTable(scan);
  if (!scan.acceptWord('func')) scan.fail("expected 'func'");
  const fn = new FunctionParser(scan, files).parse();
  if (!scan.atEnd) scan.fail('expected nothing behind the function');
  return fn;
}

const recordKinds = ['object', 'tuple', 'class', 'union', 'map', 'set'] as const;

function record(scan: Scanner): IrRecord {
  const name = scan.name("the record's name");
  const sourceName = scan.string("the source's name");
  const word = scan.word(recordKinds.join(' or '));
  const kind =
    recordKinds.find((known) => known === word) ?? scan.fail(`${word} is no kind of record`);
  const spread = scan.acceptWord('spread');
  const wrapped = scan.acceptWord('wrapped');
  const keeps = scan.acceptWord('keeps');
  const error = scan.acceptWord('error')
    ? errorClass(scan, scan.word('a class of errors'))
    : undefined;
  const callable = scan.acceptWord('callable');
  const base = scan.acceptWord('extends') ? scan.name('a record') : undefined;
  const variants = scan.accept('=') ? variantNames(scan) : undefined;
  const discriminant =
    variants && scan.acceptWord('by')
      ? { member: scan.name('a member'), literals: separated(scan, () => literals(scan)) }
      : undefined;
  const members = variants ? [] : parenthesized(scan, () => member(scan));
  scan.endLine();
  return {
    name,
    sourceName,
    kind,
    members,
    ...(spread && { spread }),
    ...(wrapped && { wrapped }),
    ...(keeps && { keeps }),
    ...(error && { error }),
    ...(base !== undefined && { base }),
    ...(variants && { variants }),
    ...(callable && { callable }),
    ...(discriminant && { discriminant }),
  };
}

const errorClass = (scan: Scanner, name: string): ErrorClass =>
  errorClasses.find((known) => known === name) ?? scan.fail(`${name} is no class of errors`);

/** There may be none: of a function type that no function ever comes to. */
const variantNames = (scan: Scanner): string[] =>
  scan.sees('\n') ? [] : separated(scan, () => scan.name('a record'));

function member(scan: Scanner): RecordMember {
  const first = scan.name("a member's name");
  const isReadonly = first === 'readonly' && !scan.sees(':');
  const name = isReadonly ? scan.name("a member's name") : first;
  const optional = scan.accept('?');
  scan.expect(':');
  return {
    name,
    ...boundary(scan),
    ...(isReadonly && { readonly: true }),
    ...(optional && { optional }),
    ...(scan.acceptWord('of') && { literals: literals(scan) }),
  };
}

function literals(scan: Scanner): NonNullable<RecordMember['literals']> {
  scan.expect('[');
  const values = separated(scan, () => {
    if (scan.sees('"')) return scan.string('text');
    const value = scan.constant();
    return typeof value === 'bigint' ? scan.fail('a bigint is no literal') : value;
  });
  scan.expect(']');
  return values;
}

function global(scan: Scanner, files: readonly string[]): IrGlobal {
  const name = scan.name("the global's name");
  scan.expect(':');
  const globalType = type(scan);
  const word = scan.name("the source's name");
  // A source may call its constant `kept`; then nothing else stands there.
  const kept = word === 'kept' && scan.atName;
  const sourceName = kept ? scan.name("the source's name") : word;
  const frame = scan.acceptWord('frame') ? scan.integer('a number of elements') : undefined;
  const item = {
    name,
    type: globalType,
    ...(kept && { kept }),
    ...(frame !== undefined && { frame }),
    ...(scan.acceptWord('length') && { length: scan.integer('a number of elements') }),
    ...(scan.acceptWord('array') && { isArray: true }),
    sourceName,
    span: span(scan, files),
  };
  scan.endLine();
  return item;
}

/** Reads one table. @throws IrSyntaxError */
export function parseTable(text: string): IrTable {
  const scan = new Scanner(text);
  if (!scan.acceptWord('table')) scan.fail("expected 'table'");
  return table(scan);
}

function table(scan: Scanner): IrTable {
  const name = scan.name("the table's name");
  scan.expect(':');
  const elements = type(scan);
  if (!isNumeric(elements)) return scan.fail(`a table of ${elements}`);
  scan.expect('[');
  const values = separated(scan, () => scan.constant());
  scan.expect(']');
  scan.endLine();
  return { name, type: elements, values };
}

function exported(scan: Scanner, files: readonly string[]): IrExport {
  const name = scan.name("the export's name");
  scan.expect('=');
  const callee = scan.name('a function');
  const params = parenthesized(scan, () => {
    const param = scan.name("a parameter's name");
    scan.expect(':');
    return { name: param, ...boundary(scan) };
  });
  const given = scan.accept('->');
  const result = given && !scan.acceptWord('void') ? boundary(scan) : undefined;
  const more: BoundaryType[] = [];
  while (given && scan.accept(',')) more.push(boundary(scan));
  const item: IrExport = {
    callee,
    name,
    params,
    result,
    ...(more.length > 0 && { more }),
    span: span(scan, files),
  };
  scan.endLine();
  return item;
}

function fileTable(scan: Scanner): string[] {
  const files: string[] = [];
  while (scan.acceptWord('file')) {
    if (scan.integer('a file number') !== files.length) scan.fail('files must count up from 0');
    files.push(scan.string('a file name'));
    scan.endLine();
  }
  return files;
}
