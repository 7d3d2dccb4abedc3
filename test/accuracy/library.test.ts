/** The library as the compiler has it gives the very bits that its sources give as JavaScript. */
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createInterpreter } from '../../compiler/ir/interpret.ts';
import { parseModule } from '../../compiler/ir/parse.ts';
import { buildLibrary } from '../../compiler/library-build.ts';
import { forInputs } from './inputs.ts';
import { implementations } from './measure.ts';
import { functionNames } from './reference.ts';

const sources = fileURLToPath(new URL('../../runtime/std', import.meta.url));
const interpreter = createInterpreter(parseModule(buildLibrary(sources)));

for (const name of functionNames) {
  test(`std.${name}`, () => {
    const viaArray = name === 'hypotN';
    forInputs(name, 2000, 3, (args) => {
      const actual = interpreter.call(`std.${name}`, viaArray ? [Float64Array.from(args)] : args);
      const expected = implementations[name](...args);
      assert.ok(Object.is(actual, expected), `${name}(${args.join(', ')}): ${actual}, ${expected}`);
    });
  });
}

test.run();
