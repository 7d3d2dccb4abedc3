/** The pipeline once more, for `tsnative report` and `build --explain`: source → IR → LLVM → what became of it. */
import { inArrays } from './1-read/hints.ts';
import { isGenerated } from './1-read/kernels/index.ts';
import { dirname, relative, sep } from 'node:path';
import { plainLoops } from './2-lower/parallel/advice.ts';
import { Notes } from './3-optimize/notes.ts';
import { emitAddon } from './4-emit/addon.ts';
import { explanation } from './5-link/explanation.ts';
import { selectToolchain } from './5-link/select.ts';
import { hostTarget, tuning } from './5-link/targets.ts';
import type { Explain } from './build-types.ts';
import { hasErrors } from './diagnostics/list.ts';
import { lowerSources, optimized } from './front-end.ts';
import { packageName } from './project-folder.ts';
import { collectReport } from './report/collect.ts';
import { withinStack } from './too-deep.ts';

/** Compiles a project as `build` does, with debug locations, and reports on it. See `Explain`. */
export const explain: Explain = (options, events, signal) =>
  withinStack(() => explainOnce(options, events, signal));

const explainOnce: Explain = async (options, events, signal) => {
  // Of an addon for several CPUs, the code for the best of them.
  const target = hostTarget(hostTarget(options.cpu).tiers.at(-1)?.name);
  const toolchain = await selectToolchain(options.toolchain);
  events.progress('reading');
  const project = lowerSources(options.project);
  const { reading, lowering, diagnostics } = project;
  if (hasErrors(diagnostics)) return { diagnostics, report: undefined };
  const root = dirname(reading.configPath);
  const notes = new Notes();
  const module = optimized(project, options.level, { notes });
  const { llvm } = emitAddon(module, {
    dialect: toolchain.dialect,
    triple: target.triple,
    ...tuning(target),
    debug: { directory: root },
    platform: target.platform,
    hash: '',
  });
  events.progress('asking LLVM');
  const told = await explanation(toolchain, { llvm, target, level: options.level }, signal);
  const pathOf = (file: string): string => relative(root, file).split(sep).join('/');
  const own = lowering.functions.filter(
    ({ file, node }) => !inArrays(file.getFilePath()) && !isGenerated(node.compilerNode),
  );
  const functions = own.map(({ id, name, file, node, span, tagged }) => ({
    id,
    name,
    file: pathOf(file.getFilePath()),
    line: span.line,
    endLine: node.getEndLineNumber(),
    tagged,
  }));
  const sources = new Map(own.map(({ file }) => [pathOf(file.getFilePath()), file.getFullText()]));
  const report = collectReport({
    project: packageName(reading.configPath),
    version: options.version,
    toolchain: toolchain.version,
    cpu: target.cpu,
    level: options.level,
    module,
    notes,
    functions,
    callbacks: lowering.callbacks.map((one) => ({ ...one, file: pathOf(one.file) })),
    parallel: lowering.parallel.map((one) => ({ ...one, file: pathOf(one.file) })),
    plain: plainLoops(own).map((one) => ({ ...one, file: pathOf(one.file) })),
    sources,
    ...told,
  });
  return { diagnostics, report };
};
