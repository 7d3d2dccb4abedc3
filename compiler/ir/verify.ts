/**
 * Checks that IR keeps its rules: that values are defined once and before their uses, that types
 * are those of the table in `ops.ts`, that jumps have targets. It runs between passes in tests.
 */
import { outsOfExtern, sizeOfResult, valuesOfExtern, type Extern } from './externs.ts';
import { printNode } from './print.ts';
import { operationProblems, type Surroundings } from './verify-operation.ts';
import { elementOf, recordName } from './records.ts';
import {
  isList,
  isRecord,
  isScalar,
  type BoundaryType,
  type Foreign,
  type IrFunction,
  type IrModule,
  type IrRecord,
  type IrType,
  type Node,
  type Value,
  valueTypes,
} from './types.ts';
import { usedValues } from './walk.ts';

/** As many values as a `throw` can carry: the context has so many slots. */
const maxThrownValues = 4;

/**
 * @param module with it, calls and globals are checked against what they name
 * @returns what is wrong, each with the function, the place and the node; empty for good IR
 */
export function verify(fn: IrFunction, module?: IrModule): string[] {
  const verifier = new Verifier(fn, surroundings(fn, module));
  verifier.run();
  return verifier.problems;
}

/** All problems of a module: its functions', doubled names, exports that don't fit what they call. */
export function verifyModule(module: IrModule): string[] {
  const functions = new Map(module.functions.map((fn) => [fn.name, fn]));
  const problems = [
    ...recordProblems(module.records),
    ...doubled(module.functions).map((name) => `function ${name} is there twice`),
    ...doubled(module.globals).map((name) => `global ${name} is there twice`),
    ...doubled(module.tables ?? []).map((name) => `table ${name} is there twice`),
  ];
  for (const { name, callee, params, result, more = [] } of module.exports) {
    const fn = functions.get(callee);
    const tagged = (type: BoundaryType | undefined): IrType[] => (type ? valueTypes(type) : []);
    if (!fn) problems.push(`export ${name} calls ${callee}, which is not there`);
    else if (
      !same(params.flatMap(tagged), paramTypes(fn)) ||
      !same([result, ...more].flatMap(tagged), fn.results)
    )
      problems.push(`export ${name} does not fit the signature of ${callee}`);
  }
  const around = surroundings(undefined, module);
  for (const fn of module.functions) {
    const verifier = new Verifier(fn, { ...around, locals: localTypes(fn) });
    verifier.run();
    problems.push(...verifier.problems);
  }
  return problems;
}

/** Names that stand twice or for nothing, and classes and unions that are made of what they can't be. */
function recordProblems(records: readonly IrRecord[]): string[] {
  const byName = new Map(records.map((record) => [record.name, record]));
  return [
    ...doubled(records).map((name) => `record ${name} is there twice`),
    ...records.flatMap(({ name, kind, members, base, error, variants, discriminant }) => [
      ...doubled(members).map((member) => `record ${name} has ${member} twice`),
      ...members
        .filter(({ type }) => !knowsType(byName, type))
        .map((member) => `record ${name}: ${member.name} is of ${member.type}, which is not there`),
      ...(base !== undefined && !(byName.get(base)?.kind === kind && isExtended(kind))
        ? [`record ${name} extends ${base}, which it can't`]
        : []),
      ...(error !== undefined && kind !== 'class' ? [`record ${name} is no class`] : []),
      ...((kind === 'union') === (variants !== undefined) ? [] : [`record ${name} has variants`]),
      ...(discriminant && discriminant.literals.length !== variants?.length
        ? [`record ${name} has other variants than literals`]
        : []),
      ...(variants ?? [])
        .filter((variant) => (byName.get(variant)?.kind ?? 'union') === 'union')
        .map((variant) => `record ${name} has the variant ${variant}, which can't be one`),
    ]),
  ];
}

/** Classes extend classes, objects stand for those of types with fewer properties. */
const isExtended = (kind: IrRecord['kind']): boolean => kind === 'class' || kind === 'object';

/** Whether the records that a type is made of are there. */
function knowsType(records: ReadonlyMap<string, IrRecord>, type: IrType): boolean {
  if (isList(type)) return knowsType(records, elementOf(type).type);
  return !isRecord(type) || records.has(recordName(type));
}

const localTypes = (fn: IrFunction | undefined): Map<string, IrType> =>
  new Map(fn?.locals.map(({ name, type }) => [name, type]));

const paramTypes = (fn: IrFunction): IrType[] => fn.params.map(({ value }) => value.type);

function surroundings(fn: IrFunction | undefined, module: IrModule | undefined): Surroundings {
  return {
    locals: localTypes(fn),
    records: module && new Map(module.records.map((record) => [record.name, record])),
    globals: module && new Map(module.globals.map(({ name, type }) => [name, type])),
    tables: module && new Map(module.tables?.map(({ name, type }) => [name, type])),
    functions:
      module &&
      new Map(
        module.functions.map((callee) => [
          callee.name,
          { params: paramTypes(callee), results: callee.results },
        ]),
      ),
  };
}

const same = (a: readonly IrType[], b: readonly IrType[]): boolean =>
  a.length === b.length && a.every((type, index) => type === b[index]);

/** The names that come twice. */
function doubled(items: readonly { readonly name: string }[]): string[] {
  const seen = new Set<string>();
  return items.flatMap(({ name }) => (seen.size === seen.add(name).size ? [name] : []));
}

class Verifier {
  readonly problems: string[] = [];
  private readonly fn: IrFunction;
  private readonly around: Surroundings;
  /** Values that have a definition anywhere so far. */
  private readonly defined = new Set<number>();
  /** Values whose definition dominates the current node. */
  private readonly visible = new Map<number, IrType>();
  private readonly labels: string[] = [];

  constructor(fn: IrFunction, around: Surroundings) {
    this.fn = fn;
    this.around = around;
  }

  run(): void {
    for (const name of doubled(this.fn.locals)) this.report(`local ${name} is there twice`);
    for (const { value } of this.fn.params) this.define(value, undefined);
    if (this.fn.foreign) this.foreign(this.fn.foreign);
    if (this.fn.extern) this.extern(this.fn.extern);
    this.region(this.fn.body);
    if (this.fn.unwind) this.region(this.fn.unwind);
  }

  private foreign({ params, result }: Foreign): void {
    const { fn } = this;
    const takes: IrType[] = ['js', ...params.flatMap(valueTypes)];
    if (!same(takes, paramTypes(fn)) || !same(result ? valueTypes(result) : [], fn.results))
      this.report('its signature is not that of its function of JavaScript');
    if (fn.body.length > 0) this.report('a function of JavaScript has no body');
  }

  private extern({ params, result }: Extern): void {
    const { fn } = this;
    const { results, arrays } = sizeOfResult(result);
    const takes = params.reduce((sum, param) => sum + valuesOfExtern(param), arrays);
    const outs = params.reduce((sum, param) => sum + outsOfExtern(param), results);
    if (takes !== fn.params.length || outs !== fn.results.length)
      this.report('its signature is not that of its function of C');
    if (fn.body.some((node) => node.kind !== 'op' || node.op !== 'extern.target'))
      this.report('a function of C has no body');
  }

  /** Inner regions see the values of outer ones, not the other way round. */
  private region(nodes: readonly Node[]): void {
    const own: Value[] = [];
    for (const node of nodes) {
      for (const value of usedValues(node)) this.use(value, node);
      this.node(node);
      if (node.kind !== 'op') continue;
      for (const value of node.results) {
        this.define(value, node);
        own.push(value);
      }
    }
    for (const { id } of own) this.visible.delete(id);
  }

  private node(node: Node): void {
    switch (node.kind) {
      case 'op':
        for (const problem of operationProblems(node, this.around)) this.report(problem, node);
        return;
      case 'if':
        if (node.condition.type !== 'bool')
          this.report(`the condition is ${node.condition.type}, not bool`, node);
        this.region(node.then);
        this.region(node.else);
        return;
      case 'loop':
      case 'block':
        if (this.labels.includes(node.label))
          this.report(`label ${node.label} is inside another of that name`, node);
        this.labels.push(node.label);
        this.region(node.body);
        this.labels.pop();
        return;
      case 'try':
        this.region(node.body);
        this.region(node.handler);
        return;
      case 'rethrow':
        if (node.error.type !== 'error') this.report(`%${node.error.id} is no error`, node);
        return;
      case 'break':
        if (!this.labels.includes(node.label))
          this.report(`label ${node.label} is not around it`, node);
        return;
      case 'return': {
        const types = node.values.map((value) => value.type);
        if (!same(types, this.fn.results))
          this.report(`returns (${types.join(', ')}), not (${this.fn.results.join(', ')})`, node);
        return;
      }
      case 'throw': {
        const values = usedValues(node);
        if (values.length > maxThrownValues)
          this.report(`throws more than ${maxThrownValues} values`, node);
        for (const { id, type } of values)
          if (!isScalar(type)) this.report(`%${id} is ${type}, not a scalar`, node);
        return;
      }
    }
  }

  private define({ id, type }: Value, node: Node | undefined): void {
    if (this.defined.has(id)) this.report(`%${id} is defined twice`, node);
    if (id >= this.fn.nextValue) this.report(`%${id} is not below nextValue`, node);
    this.defined.add(id);
    this.visible.set(id, type);
  }

  private use({ id, type }: Value, node: Node): void {
    const known = this.visible.get(id);
    if (known === undefined) {
      const why = this.defined.has(id) ? 'is not visible here' : 'is not defined before';
      this.report(`%${id} ${why}`, node);
    } else if (known !== type) this.report(`%${id} is ${known}, used as ${type}`, node);
  }

  private report(problem: string, node?: Node): void {
    const at = node?.span ? ` at ${node.span.file}:${node.span.line}:${node.span.column}` : '';
    const what = node ? `: ${printNode(node)}` : '';
    this.problems.push(`${this.fn.name}${at}: ${problem}${what}`);
  }
}
