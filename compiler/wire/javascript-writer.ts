/** Collects the functions that the script of an export is made of. */
import {
  viewClass,
  viewKind,
  type IrRecord,
  type IrType,
  type ViewKind,
  type ViewType,
} from '../ir/types.ts';
import { needsSession, numberedType } from './format.ts';
import { kindsOf } from './instances.ts';
import { recordOf } from '../ir/records.ts';
import type { WirePlan } from '../ir/wire-plan.ts';

export class JavaScriptWriter {
  readonly plan: WirePlan;
  /** The kinds of typed arrays whose class must be the very one. */
  private readonly exact: ReadonlySet<ViewKind>;
  readonly hasSession: boolean;
  private readonly texts = new Map<string, string>();
  private readonly names = new Map<string, string>();

  constructor(plan: WirePlan, exact: ReadonlySet<ViewKind>) {
    this.plan = plan;
    this.exact = exact;
    this.hasSession = needsSession(plan);
  }

  record(type: IrType): IrRecord {
    return recordOf(this.plan, type);
  }

  numbered(type: IrType): ReturnType<typeof numberedType> {
    return numberedType(this.plan, type);
  }

  /** The name of a function, which is written when it is first asked for. */
  once(what: string, type: IrType, params: string, body: () => readonly string[]): string {
    const key = `${what} ${type}`;
    const known = this.names.get(key);
    if (known !== undefined) return known;
    const name = `${what}${this.names.size}`;
    this.names.set(key, name);
    // Its place is taken before what it calls is written.
    this.texts.set(name, '');
    this.texts.set(name, `// ${type}\nconst ${name} = (${params}) => {\n${body().join('\n')}\n};`);
    return name;
  }

  /** The name of the function that gives the number of a typed array. */
  viewNumber(type: ViewType): string {
    const kind = viewKind(type);
    return this.once('view', type, 'w, o', () => [
      `if (!isUsableView(o, ${JSON.stringify(viewClass[kind])}, ${this.exact.has(kind)})) refuse(o, ${JSON.stringify(type)});`,
      'return w.viewNumber(o);',
    ]);
  }

  /** The name of the function that gives the handle of an instance. */
  handle(type: IrType): string {
    return this.once('handle', type, 'o', () => [
      `const handle = instances.handleOf(o, ${this.kinds(type)});`,
      `if (handle < 0) refuse(o, ${JSON.stringify(type)});`,
      'return handle;',
    ]);
  }

  /** The name of the function that gives the instance of a handle. */
  wrapper(type: IrType): string {
    return this.once('instance', type, 'handle', () => [
      `return instances.wrapperOf(handle, ${this.kinds(type)});`,
    ]);
  }

  /** The name of the list of the kinds that instances of a type may be of. */
  private kinds(type: IrType): string {
    const key = `kinds ${type}`;
    const known = this.names.get(key);
    if (known !== undefined) return known;
    const name = `kinds${this.names.size}`;
    this.names.set(key, name);
    this.texts.set(name, `const ${name} = ${JSON.stringify(kindsOf(this.plan.records, type))};`);
    return name;
  }

  functions(): string[] {
    return [...this.texts.values()];
  }
}

/** How a property is named in an object literal; one called `__proto__` would set the prototype. */
export const keyOf = (name: string): string =>
  name === '__proto__' ? '["__proto__"]' : JSON.stringify(name);

/** How a property is got of an object. */
export const propertyOf = (object: string, record: IrRecord, name: string): string =>
  record.kind === 'tuple' ? `${object}[${name}]` : `${object}[${JSON.stringify(name)}]`;
