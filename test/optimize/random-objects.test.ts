/** Programs of objects do what they did, also where objects have become locals. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { compileProject } from '../../compiler/front-end.ts';
import { createInterpreter, type Interpreter } from '../../compiler/ir/interpret.ts';
import type { IrModule } from '../../compiler/ir/types.ts';
import { verify } from '../../compiler/ir/verify.ts';
import { walkOps } from '../../compiler/ir/walk.ts';
import { makeProject } from '../support/project.ts';
import { random } from './random.ts';
import { randomObjects } from './random-objects.ts';

const programs = Number(process.env['OPTIMIZE_PROGRAMS'] ?? 40);
const firstSeed = Number(process.env['OPTIMIZE_SEED'] ?? 1);
const numbers = [0, 1, -0, 2.5, 3, NaN];

const seeds = Array.from({ length: programs }, (_, index) => firstSeed + index);
const project = makeProject(
  Object.fromEntries(seeds.map((seed) => [`src/p${seed}.ts`, randomObjects(random(seed))])),
);
test.after(() => project.remove());

function compiled(level: 0 | 3): IrModule {
  const { module, diagnostics } = compileProject(project.tsconfig, level, {
    verify: (fn, around) => assert.equal(verify(fn, around), [], fn.name),
  });
  assert.equal(diagnostics, []);
  if (!module) throw new Error('no module');
  return module;
}

const made = (module: IrModule): number => {
  let count = 0;
  for (const { body } of module.functions)
    walkOps(body, ({ op }) => (count += op === 'rec.new' ? 1 : 0));
  return count;
};

test('random objects', async () => {
  const modules = [compiled(0), compiled(3)];
  const machines = modules.map((module): readonly [IrModule, Interpreter] => [
    module,
    createInterpreter(module, { maxSteps: 200_000 }),
  ]);
  for (const seed of seeds) {
    const file = `src/p${seed}.ts`;
    const { main } = (await import(pathToFileURL(join(project.folder, file)).href)) as {
      main(n: number): number;
    };
    for (const n of numbers) {
      const expected = main(n);
      for (const [module, machine] of machines) {
        const exported = module.exports.find(({ span }) => span?.file.endsWith(file));
        assert.ok(exported);
        const actual = machine.callExport(exported, [n]);
        assert.ok(
          Object.is(actual, expected),
          `seed ${seed}: main(${n}) is ${String(actual)}, not ${expected}`,
        );
      }
    }
  }
  const [before, after] = modules.map(made);
  console.log(`  ${programs} programs, ${before} places make objects, ${after} of them in the end`);
});

test.run();
