/** What the functions are made with that read and write the wire. */
import { IrBuilder } from '../ir/build.ts';
import type { OpName } from '../ir/ops.ts';
import type { IrFunction, IrModule, IrType, RecordType, ScalarType, Value } from '../ir/types.ts';
import type { WirePlan } from '../ir/wire-plan.ts';

/** What the functions of one export share. */
export interface WireCode {
  readonly module: IrModule;
  readonly plan: WirePlan;
  /** The name of the record of all sessions, and of the global that keeps the newest. */
  readonly sessions: string;
  /** The type of the call's session; undefined where it needs none. */
  readonly session: RecordType | undefined;
  /** Functions that were made or are being made, by their names. */
  readonly made: Map<string, IrFunction>;
}

/** Whether functions get the session: where objects have numbers. */
export const passesSession = ({ plan }: WireCode): boolean => plan.numbered.length > 0;

/** Makes a function once. Its parameters are the wire, those of `params`, and the session where objects have numbers. */
export function once(
  code: WireCode,
  name: string,
  params: readonly (readonly [string, IrType])[],
  results: readonly IrType[],
  body: (coder: Coder, values: readonly Value[]) => void,
): string {
  const full = `${code.plan.callee}.wire.${name}`;
  if (code.made.has(full)) return full;
  const coder = new Coder(code, full);
  code.made.set(full, coder.b.fn);
  const values = params.map(([param, type]) => coder.b.param(param, type));
  coder.takeSession();
  coder.b.fn.results.push(...results);
  body(coder, values);
  return full;
}

/** Writes one function. */
export class Coder {
  readonly code: WireCode;
  readonly b: IrBuilder;
  private readonly ownWire: Value | undefined;
  private ownSession: Value | undefined;

  /** @param hasWire whether the function's first parameter is the wire */
  constructor(code: WireCode, name: string, hasWire = true) {
    this.code = code;
    this.b = new IrBuilder(name);
    this.ownWire = hasWire ? this.b.param('wire', 'view.dataview') : undefined;
  }

  get wire(): Value {
    if (!this.ownWire) throw new Error(`${this.b.fn.name} has no wire`);
    return this.ownWire;
  }

  /** Declares the parameter for the session where functions get it. */
  takeSession(): void {
    const { session } = this.code;
    if (session && passesSession(this.code)) this.ownSession = this.b.param('session', session);
  }

  useSession(session: Value): void {
    this.ownSession = session;
  }

  get session(): Value {
    if (!this.ownSession) throw new Error(`${this.b.fn.name} has no session`);
    return this.ownSession;
  }

  /** Calls a function that `once` made, with the wire and, where it takes it, the session. */
  call(name: string, args: readonly Value[], results: readonly IrType[]): Value[] {
    const session = passesSession(this.code) ? [this.session] : [];
    return this.b.call(name, [this.wire, ...args, ...session], results);
  }

  /** What a slot of the session holds. */
  held(slot: string, type: IrType): Value {
    return this.b.op('rec.get', [this.session], type, { slot });
  }

  /** An i64 constant. */
  int(value: number): Value {
    return this.b.const('i64', BigInt(value));
  }

  binary(op: OpName, a: Value, b: Value | number): Value {
    return this.b.op(op, [a, typeof b === 'number' ? this.constant(a.type, b) : b]);
  }

  private constant(type: IrType, value: number): Value {
    const isWide = type === 'i64' || type === 'u64';
    return this.b.const(type as ScalarType, isWide ? BigInt(value) : value);
  }

  add(a: Value, b: Value | number): Value {
    return b === 0 ? a : this.binary('add', a, b);
  }

  /** What is at a byte offset. */
  load(type: IrType, at: Value): Value {
    return this.b.op('data.load', [this.wire, at], type, { littleEndian: true });
  }

  /** The number of a slot as an i64. */
  loadInt(at: Value): Value {
    return this.b.op('fptoint', [this.load('f64', at)], 'i64');
  }

  store(at: Value, value: Value): void {
    this.b.effect('data.store', [this.wire, at, value], { littleEndian: true });
  }

  /** An i64 as the number of a slot. */
  number(value: Value): Value {
    return this.b.op('conv', [value], 'f64');
  }

  /** A local with a first value. */
  local(name: string, first: Value): string {
    const local = this.b.local(name, first.type);
    this.b.set(local, first);
    return local;
  }

  /** Runs `body` for 0 ≤ i < count. */
  times(count: Value, body: (index: Value) => void): void {
    const { b } = this;
    const index = this.local('i', this.int(0));
    const label = b.label('each');
    b.loop(label, () => {
      const at = b.get(index);
      b.if(
        this.binary('lt', at, count),
        () => body(at),
        () => b.break(label),
      );
      b.set(index, this.add(at, 1));
    });
  }

  /** Bytes rounded up to slots. */
  padded(bytes: Value): Value {
    const { b } = this;
    return b.op('and', [this.add(bytes, 7), b.const('i64', -8n)]);
  }
}
