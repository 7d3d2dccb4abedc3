/** The first half of the pipeline: from a project's sources to optimised IR. Pure but for reading files. */
import { dirname } from 'node:path';
import { withoutEchoes } from './1-read/echoes.ts';
import { readProject } from './1-read/project.ts';
import type { Reading } from './1-read/model.ts';
import { lowerProject, type LoweringResult } from './2-lower/index.ts';
import { relativeSpans } from './2-lower/relative-spans.ts';
import { optimize } from './3-optimize/index.ts';
import type { OptimizationLevel } from './5-link/types.ts';
import type { Diagnostic } from './diagnostics/types.ts';
import type { IrFunction, IrModule } from './ir/types.ts';
import { libraryFunction, linkLibrary } from './library.ts';

export interface FrontEndResult {
  readonly reading: Reading;
  readonly lowering: LoweringResult;
  /** Undefined where a diagnostic is an error. */
  readonly module: IrModule | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export interface FrontEndOptions {
  /** Instead of the tsconfig's own `outDir`. */
  readonly outDir?: string;
  /** JavaScript will be written, so options against that are errors. */
  readonly emits?: boolean;
  /** Called with each function after each pass, in tests. */
  readonly verify?: (fn: IrFunction, module: IrModule) => void;
}

/**
 * @param project path of the tsconfig file
 * @param level 0 leaves out what is only for speed
 */
export function compileProject(
  project: string,
  level: OptimizationLevel,
  { verify, ...options }: FrontEndOptions = {},
): FrontEndResult {
  const reading = readProject({ project, ...options });
  const lowering = lowerProject(reading);
  const told = reading.diagnostics;
  const diagnostics = [...told, ...withoutEchoes(reading.program, told, lowering.diagnostics)];
  const failed = diagnostics.some((diagnostic) => diagnostic.severity === 'error');
  if (failed) return { reading, lowering, module: undefined, diagnostics };
  const module = relativeSpans(lowering.module, dirname(project));
  linkLibrary(module);
  optimize(module, { level, libraryFunction, ...(verify && { verify }) });
  return { reading, lowering, module, diagnostics };
}
