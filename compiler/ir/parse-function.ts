/** Reads the text of one function. */
import { errorClasses } from '../../runtime/messages.ts';
import { defaultOptions } from './build.ts';
import { ops, type OpName } from './ops.ts';
import { boundary, parenthesized, separated, span, type } from './parse-words.ts';
import { attributeNames, leadingAttribute } from './print.ts';
import type { Extern } from './externs.ts';
import type { Scanner } from './scan.ts';
import type {
  Attributes,
  Foreign,
  FunctionOptions,
  IrFunction,
  Local,
  Node,
  Operation,
  Parameter,
  Span,
  Throw,
  Try,
  Value,
} from './types.ts';

export class FunctionParser {
  private readonly scan: Scanner;
  private readonly files: readonly string[];
  private readonly values = new Map<number, Value>();
  private nextValue = 0;
  private unwind: Node[] | undefined;

  constructor(scan: Scanner, files: readonly string[]) {
    this.scan = scan;
    this.files = files;
  }

  /** Reads on behind the word `func`. */
  parse(): IrFunction {
    const { scan } = this;
    const name = scan.name("the function's name");
    const params = parenthesized(scan, () => this.param());
    const results = scan.accept('->') ? separated(scan, () => type(scan)) : [];
    const options = this.options();
    const next = scan.acceptWord('next') ? this.next() : undefined;
    const foreign = scan.acceptWord('foreign') ? this.foreign() : undefined;
    const extern = scan.acceptWord('extern')
      ? (JSON.parse(scan.string('a function of C')) as Extern)
      : undefined;
    const at = this.span();
    const locals: Local[] = [];
    scan.expect('{');
    scan.endLine();
    while (scan.acceptWord('local')) {
      const local = scan.name("a local's name");
      scan.expect(':');
      locals.push({ name: local, type: type(scan) });
      scan.endLine();
    }
    const body = this.region();
    scan.endLine();
    const nextValue = next ?? this.nextValue;
    const fn = { name, params, results, locals, body, options, span: at, nextValue };
    return {
      ...fn,
      ...(foreign && { foreign }),
      ...(extern && { extern }),
      ...(this.unwind && { unwind: this.unwind }),
    };
  }

  private foreign(): Foreign {
    const { scan } = this;
    const params = parenthesized(scan, () => boundary(scan));
    return { params, result: scan.accept('->') ? boundary(scan) : undefined };
  }

  private next(): number {
    this.scan.expect('=');
    return this.scan.integer('a value number');
  }

  private options(): FunctionOptions {
    const { scan } = this;
    const options = { ...defaultOptions };
    if (scan.acceptWord('fastmath')) options.fastmath = true;
    if (scan.acceptWord('bounds')) {
      scan.expect('=');
      options.bounds = this.oneOf(['throw', 'js', 'unchecked']);
    }
    if (scan.acceptWord('overflow')) {
      scan.expect('=');
      options.overflow = this.oneOf(['throw', 'unchecked']);
    }
    return options;
  }

  private oneOf<T extends string>(words: readonly T[]): T {
    const word = this.scan.word(words.join(' or '));
    return (
      words.find((known) => known === word) ??
      this.scan.fail(`expected ${words.join(' or ')}, not '${word}'`)
    );
  }

  private param(): Parameter {
    const { scan } = this;
    if (!scan.atName) {
      const value = this.definition();
      const name = value.hint ?? scan.fail('a parameter needs a name');
      return { name, value, ...this.nullable() };
    }
    const name = scan.name("a parameter's name");
    scan.expect('=');
    return { name, value: this.definition(), ...this.nullable() };
  }

  private nullable(): Pick<Parameter, 'mayBeNull'> {
    const { scan } = this;
    if (!scan.accept('|')) return {};
    if (scan.word("'null'") !== 'null') scan.fail("expected 'null'");
    return { mayBeNull: true };
  }

  private span(): Span | undefined {
    return span(this.scan, this.files);
  }

  /** `%id.hint: type` */
  private definition(): Value {
    const { scan } = this;
    const id = this.valueId();
    const hint = scan.accept('.') ? scan.name('a hint') : undefined;
    scan.expect(':');
    const valueType = type(scan);
    const value = hint === undefined ? { id, type: valueType } : { id, type: valueType, hint };
    this.values.set(id, value);
    this.nextValue = Math.max(this.nextValue, id + 1);
    return value;
  }

  /** `%id.hint`, of a value that was defined further up. */
  private use(): Value {
    const id = this.valueId();
    if (this.scan.accept('.')) this.scan.name('a hint');
    return this.values.get(id) ?? this.scan.fail(`%${id} is not defined before this use`);
  }

  private valueId(): number {
    this.scan.expect('%');
    return this.scan.integer('a value number');
  }

  /** The nodes up to the closing brace, which is passed. */
  private region(): Node[] {
    const nodes: Node[] = [];
    while (!this.scan.accept('}')) {
      if (this.scan.atEnd) this.scan.fail("expected '}'");
      if (this.scan.acceptWord('unwind')) {
        this.unwind = this.opened();
        this.scan.endLine();
      } else nodes.push(this.node());
    }
    return nodes;
  }

  private node(): Node {
    const { scan } = this;
    if (scan.sees('%')) return this.operation();
    if (scan.acceptWord('if')) return this.if();
    if (scan.acceptWord('loop')) return this.labelled('loop');
    if (scan.acceptWord('block')) return this.labelled('block');
    if (scan.acceptWord('try')) return this.try();
    if (scan.acceptWord('rethrow'))
      return this.ended({ kind: 'rethrow', error: this.use(), span: this.span() });
    if (scan.acceptWord('break'))
      return this.ended({ kind: 'break', label: scan.name('a label'), span: this.span() });
    if (scan.acceptWord('return')) {
      const values = scan.sees('%') ? separated(scan, () => this.use()) : [];
      return this.ended({ kind: 'return', values, span: this.span() });
    }
    if (scan.acceptWord('throw')) return this.throw();
    return this.operation();
  }

  private ended<T extends Node>(node: T): T {
    this.scan.endLine();
    return node;
  }

  private if(): Node {
    const { scan } = this;
    const condition = this.use();
    const at = this.span();
    const then = this.opened();
    const otherwise = scan.acceptWord('else') ? this.opened() : [];
    return this.ended({ kind: 'if', condition, then, else: otherwise, span: at });
  }

  private labelled(kind: 'loop' | 'block'): Node {
    const label = this.scan.name('a label');
    const rare = kind === 'loop' && this.scan.acceptWord('rare');
    const lanes = kind === 'block' && this.scan.acceptWord('lanes');
    const at = this.span();
    const node = { label, body: this.opened(), span: at };
    return this.ended(
      kind === 'loop'
        ? { kind, ...node, ...(rare && { rare }) }
        : { kind, ...node, ...(lanes && { lanes }) },
    );
  }

  private try(): Node {
    const all = this.scan.acceptWord('all');
    const at = this.span();
    const body = this.opened();
    if (!this.scan.acceptWord('catch')) this.scan.fail("expected 'catch'");
    const node: Try = { kind: 'try', body, handler: this.opened(), span: at };
    return this.ended(all ? { ...node, all } : node);
  }

  private opened(): Node[] {
    this.scan.expect('{');
    this.scan.endLine();
    return this.region();
  }

  private throw(): Node {
    const { scan } = this;
    const errorClass = this.oneOf(errorClasses);
    const isCheck = scan.acceptWord('check');
    const calls = scan.acceptWord('calls') ? scan.word('a function') : undefined;
    const part = (): string | Value =>
      scan.sees('%') ? this.use() : scan.string('text or a value');
    const parts = scan.sees('%') || scan.sees('"') ? separated(scan, part) : [];
    const node: Throw = { kind: 'throw', errorClass, parts, span: this.span() };
    return this.ended({
      ...node,
      ...(isCheck && { isCheck }),
      ...(calls !== undefined && { calls }),
    });
  }

  private operation(): Operation {
    const { scan } = this;
    const results = scan.sees('%') ? separated(scan, () => this.definition()) : [];
    if (results.length > 0) scan.expect('=');
    const op = scan.word('an operation');
    if (!isOp(op)) return scan.fail(`${op} is no operation`);
    const attributes: { -readonly [name in keyof Attributes]: Attributes[name] } = {};
    const leading = leadingAttribute[op];
    if (leading !== undefined && !scan.accept('?'))
      Object.assign(attributes, { [leading]: this.attribute(leading) });
    const hasArgs = leading === undefined ? scan.sees('%') : scan.accept(',');
    const args = hasArgs ? separated(scan, () => this.use()) : [];
    while (scan.atName) {
      const name = this.oneOf(attributeNames);
      scan.expect('=');
      Object.assign(attributes, { [name]: this.attribute(name) });
    }
    return this.ended({ kind: 'op', op, args, results, attributes, span: this.span() });
  }

  private attribute(name: keyof Attributes): Attributes[typeof name] {
    switch (name) {
      case 'local':
      case 'global':
      case 'table':
      case 'callee':
      case 'slot':
      case 'record':
      case 'subject':
      case 'apart':
        return this.scan.name(`the ${name}`);
      case 'errorClass':
        return this.oneOf(errorClasses);
      case 'text':
        return this.scan.string('text');
      case 'value':
      case 'replaces':
      case 'littleEndian':
      case 'write':
      case 'elided':
      case 'exact':
      case 'absent':
      case 'eager':
      case 'kernel':
      case 'alone':
        return this.scan.constant();
    }
  }
}

const isOp = (name: string): name is OpName => Object.hasOwn(ops, name);
