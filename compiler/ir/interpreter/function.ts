/** An IR function as a JavaScript function: its tree becomes the same tree of statements. */
import { printNode } from '../print.ts';
import { siteOf } from '../sites.ts';
import type { IrFunction, Node } from '../types.ts';
import { walkOps } from '../walk.ts';
import { operationText, valueName, type FunctionNames } from './operations.ts';
import { zero } from './scalar.ts';
import type { Runnable, State } from './state.ts';

/**
 * @param functionIndex the place of each function in `state.functions`
 * @throws Error for IR that `verify` would reject in a way that has no translation
 */
export function compileFunction(
  fn: IrFunction,
  functionIndex: ReadonlyMap<string, number>,
  state: State,
): Runnable {
  const writer = new FunctionWriter(fn, functionIndex);
  const body = writer.write();
  // Captured objects are constants of the generated code.
  const captured = writer.captured.map((_, index) => `k${index} = captured[${index}]`);
  const constants = captured.length > 0 ? `const ${captured.join(', ')};\n` : '';
  const make = new Function('rt', 'captured', `'use strict';\n${constants}return ${body};`) as (
    rt: State,
    captured: readonly unknown[],
  ) => Runnable;
  return make(state, writer.captured);
}

class FunctionWriter implements FunctionNames {
  readonly captured: unknown[] = [];
  private readonly fn: IrFunction;
  private readonly functionIndices: ReadonlyMap<string, number>;
  private readonly locals: ReadonlyMap<string, string>;
  private readonly lines: string[] = [];
  private readonly labels = new Map<string, string>();
  private labelCount = 0;
  /** Whether the function is counted as one on the stack: where it checks the stack itself. */
  private countsDepth = false;

  constructor(fn: IrFunction, functionIndices: ReadonlyMap<string, number>) {
    this.fn = fn;
    this.functionIndices = functionIndices;
    this.locals = new Map(fn.locals.map(({ name }, index) => [name, `local${index}`]));
    walkOps(fn.body, (op) => {
      if (op.op === 'check.stack') this.countsDepth = true;
    });
  }

  /** The source of a function expression. */
  write(): string {
    const { fn, lines } = this;
    lines.push(`function (${fn.params.map(({ value }) => valueName(value)).join(', ')}) {`);
    fn.locals.forEach(({ type }, index) => lines.push(`let local${index} = ${zero(type)};`));
    if (this.countsDepth) lines.push('rt.depth++;', this.step);
    this.region(fn.body);
    lines.push(fn.results.length === 0 ? this.return('') : this.faultAtEnd, '}');
    return lines.join('\n');
  }

  local(name: string | undefined): string {
    const local = name === undefined ? undefined : this.locals.get(name);
    if (local === undefined) throw new Error(`${this.fn.name}: no local ${name}`);
    return local;
  }

  functionIndex(name: string | undefined): number | undefined {
    return name === undefined ? undefined : this.functionIndices.get(name);
  }

  readonly capture = (value: unknown): string => `k${this.captured.push(value) - 1}`;

  private get faultAtEnd(): string {
    return `rt.fault(${this.capture(`${this.fn.name} ended without its result`)});`;
  }

  private readonly step = 'if (--rt.steps < 0) rt.limit();';

  private return(values: string): string {
    const depth = this.countsDepth ? 'rt.depth--; ' : '';
    return `${depth}return${values && ' '}${values};`;
  }

  private region(nodes: readonly Node[]): void {
    for (const node of nodes) this.node(node);
  }

  private node(node: Node): void {
    const { lines } = this;
    switch (node.kind) {
      case 'op':
        lines.push(operationText(node, this));
        return;
      case 'if':
        lines.push(`if (${valueName(node.condition)}) {`);
        this.region(node.then);
        lines.push('} else {');
        this.region(node.else);
        lines.push('}');
        return;
      case 'loop':
        this.labelled(node.label, 'for (;;) {', [this.step], node.body);
        return;
      case 'block':
        this.labelled(node.label, '{', [], node.body);
        return;
      case 'try': {
        const error = `error${this.labelCount++}`;
        const depth = `depth${this.labelCount++}`;
        lines.push(`const ${depth} = rt.depth; try {`);
        this.region(node.body);
        lines.push(
          `} catch (${error}) { rt.caught = rt.catch(${error}, ${node.all === true}); rt.depth = ${depth};`,
        );
        this.region(node.handler);
        lines.push('}');
        return;
      }
      case 'rethrow':
        lines.push(`throw ${valueName(node.error)};`);
        return;
      case 'break': {
        const label = this.labels.get(node.label);
        if (label === undefined)
          throw new Error(`${this.fn.name}: ${printNode(node)} has no target`);
        lines.push(`break ${label};`);
        return;
      }
      case 'return': {
        const values = node.values.map(valueName).join(', ');
        lines.push(this.return(node.values.length > 1 ? `[${values}]` : values));
        return;
      }
      case 'throw': {
        const values = node.parts.flatMap((part) =>
          typeof part === 'string' ? [] : [valueName(part)],
        );
        lines.push(`rt.fail(${this.capture(siteOf(node))}, [${values.join(', ')}]);`);
        return;
      }
    }
  }

  private labelled(label: string, open: string, first: string[], body: readonly Node[]): void {
    const name = `label${this.labelCount++}`;
    this.labels.set(label, name);
    this.lines.push(`${name}: ${open}`, ...first);
    this.region(body);
    this.lines.push('}');
  }
}
