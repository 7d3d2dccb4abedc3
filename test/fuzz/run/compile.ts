/** Many programs as one module of IR: each in a file of one project. */
import { dirname } from 'node:path';
import { readProject } from '../../../compiler/1-read/project.ts';
import { lowerProject } from '../../../compiler/2-lower/index.ts';
import { relativeSpans } from '../../../compiler/2-lower/relative-spans.ts';
import { optimize } from '../../../compiler/3-optimize/index.ts';
import type { Diagnostic } from '../../../compiler/diagnostics/types.ts';
import { parseModule } from '../../../compiler/ir/parse.ts';
import { printModule } from '../../../compiler/ir/print.ts';
import type { IrModule } from '../../../compiler/ir/types.ts';
import { verifyModule } from '../../../compiler/ir/verify.ts';
import { libraryFunction, linkLibrary } from '../../../compiler/library.ts';
import { addWire } from '../../../compiler/wire/index.ts';
import { baseConfig, makeProject } from '../../support/project.ts';
import { fileOf, typescriptOf, type Program } from '../program.ts';

const config = {
  ...baseConfig,
  compilerOptions: {
    ...baseConfig.compilerOptions,
    lib: ['ES2023'],
    allowUnreachableCode: true,
    allowUnusedLabels: true,
  },
};

export interface Compiled {
  /** The IR as lowering made it. */
  readonly before: IrModule;
  readonly after: IrModule;
}

/**
 * Compiles programs together.
 * @returns the diagnostics where there are some
 * @throws Error where the compiler fails, or makes IR that its verifier refuses
 */
export function compile(programs: readonly Program[]): Compiled | readonly Diagnostic[] {
  const files = programs.map((program) => [fileOf(program), typescriptOf(program)] as const);
  const project = makeProject(Object.fromEntries(files), config);
  try {
    const reading = readProject({ project: project.tsconfig });
    const lowering = lowerProject(reading);
    const diagnostics = [...reading.diagnostics, ...lowering.diagnostics];
    if (diagnostics.length > 0) return diagnostics;
    const before = relativeSpans(lowering.module, dirname(project.tsconfig));
    linkLibrary(before);
    const after = withImplied(parseModule(printModule(before)), before);
    // What the wire looks like is no part of IR's text.
    addWire(before);
    addWire(after);
    check('lowering', before);
    const assertElided = process.env['TSNATIVE_ASSERT_ELIDED'] === '1';
    optimize(after, { level: 3, libraryFunction, assertElided });
    check('optimizing', after);
    return { before, after };
  } finally {
    project.remove();
  }
}

/** A copy of a module with what its text leaves out of the exports: which constants need not be there. */
const withImplied = (copy: IrModule, { exports }: IrModule): IrModule => ({
  ...copy,
  exports: copy.exports.map((exported, index) => ({
    ...exported,
    ...(exports[index]?.implied && { implied: exports[index].implied }),
  })),
});

function check(phase: string, module: IrModule): void {
  const [problem] = verifyModule(module);
  if (problem !== undefined) throw new Error(`the IR after ${phase} is wrong: ${problem}`);
}
