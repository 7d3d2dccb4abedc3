/** Records, lists and strings as machine code on each toolchain: the interpreter gives the same. */
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ownership } from '../../compiler/3-optimize/ownership.ts';
import { passContext } from '../../compiler/3-optimize/pass.ts';
import { cloneFunction } from '../../compiler/ir/walk.ts';
import { createInterpreter } from '../../compiler/ir/interpret.ts';
import { isNativeError } from '../../compiler/ir/errors.ts';
import { parseModule } from '../../compiler/ir/parse.ts';
import { isFloat, isScalar, type IrModule, type IrType } from '../../compiler/ir/types.ts';
import { verifyModule } from '../../compiler/ir/verify.ts';
import { programs } from './heap-programs.ts';
import { compile, machines, missing } from './machine.ts';

const scratch = new DataView(new ArrayBuffer(8));

function slotOf(type: IrType, value: unknown): bigint {
  if (isFloat(type)) {
    scratch.setFloat64(0, Number(value));
    return scratch.getBigInt64(0);
  }
  return BigInt.asIntN(64, BigInt(value as number));
}

/** What a call gives, as slots; undefined for an error. */
function interpreted(
  module: IrModule,
  name: string,
  args: readonly number[],
): bigint[] | undefined {
  const fn = module.functions.find((candidate) => candidate.name === name);
  if (!fn) throw new Error(`no function ${name}`);
  const given = fn.params.map(({ value: { type } }, index) => {
    const arg = args[index] ?? 0;
    return type === 'i64' || type === 'u64' ? BigInt(arg) : type === 'bool' ? arg !== 0 : arg;
  });
  try {
    const result = createInterpreter(module).call(name, given);
    const results = fn.results.length === 1 ? [result] : ((result as unknown[] | undefined) ?? []);
    return results.map((value, index) => slotOf(fn.results[index] ?? 'i64', value));
  } catch (error) {
    if (isNativeError(error)) return undefined;
    throw error;
  }
}

for (const machine of machines) {
  const problem = missing(machine);
  if (problem !== undefined) {
    test.skip(`the heap on ${machine}: ${problem}`);
    continue;
  }
  for (const { name, text, calls } of programs)
    test(`${name} on ${machine}`, () => {
      const module = parseModule(text);
      assert.equal(verifyModule(module), []);
      const raw = { ...module, functions: module.functions.map(cloneFunction) };
      const context = passContext(module);
      for (const fn of module.functions) ownership(fn, context);
      assert.equal(verifyModule(module), []);
      const run = compile(module, machine);
      for (const [callee, ...args] of calls) {
        const expected = interpreted(raw, callee, args);
        const types = module.functions.find((fn) => fn.name === callee)?.params ?? [];
        assert.ok(types.every(({ value }) => isScalar(value.type)));
        const row = types.map(({ value }, index) => slotOf(value.type, args[index] ?? 0));
        const [outcome] = run(callee, [row]);
        const call = `${callee}(${args.join(', ')})`;
        assert.equal(outcome?.site ? undefined : outcome?.results, expected, call);
        assert.is(outcome?.live, 0, `${call}: all is freed`);
      }
    });
}

test.run();
