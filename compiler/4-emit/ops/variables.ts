/** Locals, module constants and calls. */
import { bitWidth, isNumeric, isScalar, isView } from '../../ir/types.ts';
import { callNative, isPresentView } from '../abi.ts';
import type { Emit } from '../emission.ts';
import { emitExternCall } from '../externs/call.ts';
import { variants } from '../inlining.ts';
import { tableAddress } from '../tables.ts';
import { context } from '../layout.ts';
import { versionFor } from '../tiers.ts';
import { fromSlot, llvmType } from '../types.ts';

const call: Emit = (e, op) => {
  const { functions, throwing, calls, tiers } = e.module;
  const callee = functions.get(op.attributes.callee ?? '');
  if (!callee) throw new Error(`${e.fn.name} calls ${op.attributes.callee}, which is not there`);
  if (callee.extern) return emitExternCall(e, op, callee);
  const version = versionFor(tiers, callee.name, e.module.version);
  const args = op.args.map((arg) => e.operand(arg));
  const attributes = calls.inlined.has(op)
    ? ' alwaysinline'
    : calls.vectorized.has(callee.name)
      ? variants(callee, version)
      : '';
  const canThrow = throwing.has(callee.name);
  const { error, results } = callNative(e.f, callee, canThrow, e.ctx, args, version, attributes);
  if (error !== undefined) e.propagate(error);
  op.results.forEach((result, index) =>
    e.define(result, results[index] ?? '', isPresentView(callee.results, index)),
  );
};

const globalGet: Emit = (e, op) => {
  const type = op.results[0]?.type;
  const index = e.module.ir.globals.findIndex(({ name }) => name === op.attributes.global);
  if (type === undefined || index < 0) throw new Error(`no global ${op.attributes.global}`);
  const slot = e.f.offset(e.loadContext('ptr', context.globals), 8 * index);
  const suffix = e.access('global', 8);
  if (isScalar(type)) return fromSlot(e.f, type, e.f.load('i64', slot, suffix));
  return e.f.load('ptr', slot, suffix);
};

const tableLoad: Emit = (e, op) => {
  const type = op.results[0]?.type;
  if (type === undefined || !isNumeric(type)) throw new Error('table.load without a result');
  const { llvm, ir } = e.module;
  const table = tableAddress(llvm, ir, op.attributes.table);
  const element = e.f.gep(llvmType(type), table, e.operand(op.args[0]));
  const suffix = `, align ${bitWidth(type) / 8}, !invariant.load ${llvm.node('!{}')}`;
  return e.f.load(llvmType(type), element, suffix);
};

export const variableOps = {
  'local.get': (e, op) => {
    const type = op.results[0]?.type;
    if (type === undefined) throw new Error('local.get without a result');
    return e.f.load(llvmType(type), e.slot(op.attributes.local));
  },
  'local.set': (e, op) => {
    const [value] = op.args;
    if (value === undefined) throw new Error('local.set without a value');
    e.f.store(llvmType(value.type), e.operand(value), e.slot(op.attributes.local));
  },
  lane: (e, op) => e.operand(op.args[0]),
  'global.get': (e, op) => {
    const [result] = op.results;
    const operand = globalGet(e, op);
    // A module constant that is a view is always there.
    if (result && operand !== undefined && isView(result.type)) e.define(result, operand, true);
    else return operand;
  },
  'table.load': tableLoad,
  call,
} as const satisfies Record<string, Emit>;
