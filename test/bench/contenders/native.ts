/** The kernels as tsnative compiles them: as they are, without hints, and without bounds checks. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hostTarget } from '../../../compiler/5-link/targets.ts';
import { info } from '../../../runtime/index.ts';
import { buildProject, makeProject } from '../../support/project.ts';
import type { Kernel } from '../kernels/index.ts';
import { unchecked, withoutHints } from '../kernels/variants.ts';
import { inJavaScriptMemory, type Contender, type KernelFunction } from './types.ts';

const forms = { ours: (source: string) => source, plain: withoutHints, unchecked };
export type NativeForm = keyof typeof forms;

/** What a kernel on the heap calls takes instances, so it can't be marked with an option of its own. */
export const isThere = (form: NativeForm, { suite }: Kernel): boolean =>
  !(form === 'unchecked' && suite === 'heap');

export interface Native {
  /** @throws for a form that there is not of the kernel */
  readonly contender: (form: NativeForm, kernel: Kernel) => Contender;
  /** The CPU that the code which runs here was made for, as clang names it. */
  readonly cpu: string;
}

/**
 * Builds the forms of the kernels in one project and loads them.
 * @param cpu as for `tsnative build --cpu`, and its default
 * @throws where the build has diagnostics
 */
export async function compileNative(
  kernels: readonly Kernel[],
  wanted: readonly NativeForm[],
  cpu: string | undefined,
): Promise<Native> {
  const path = (form: NativeForm, { suite, name }: Kernel): string => `${form}/${suite}/${name}`;
  const made = wanted.flatMap((form) =>
    kernels.filter((kernel) => isThere(form, kernel)).map((kernel) => ({ form, kernel })),
  );
  const project = makeProject(
    Object.fromEntries(
      made.map(({ form, kernel }) => [`src/${path(form, kernel)}.ts`, forms[form](kernel.source)]),
    ),
  );
  try {
    const { diagnostics } = await buildProject(project, cpu === undefined ? {} : { cpu });
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new Error(JSON.stringify(errors, undefined, 2));
    process.env['TSNATIVE'] = 'require';
    const loaded = new Map<string, KernelFunction>();
    for (const { form, kernel } of made) {
      const url = pathToFileURL(join(project.folder, `out/${path(form, kernel)}.js`)).href;
      const functions = (await import(url)) as Record<string, KernelFunction>;
      loaded.set(path(form, kernel), present(functions[kernel.signature.name], kernel));
    }
    const chosen = info().modules.find(({ file }) => file.startsWith(project.folder))?.cpu;
    const tier = hostTarget(cpu).tiers.find(({ name }) => name === chosen);
    if (tier === undefined) throw new Error(`it isn't known what ${chosen} is`);
    return {
      contender: (form, kernel) =>
        inJavaScriptMemory(present(loaded.get(path(form, kernel)), kernel)),
      cpu: tier.cpu,
    };
  } finally {
    project.remove();
  }
}

function present<T>(value: T | undefined, { name }: Kernel): T {
  if (value === undefined) throw new Error(`${name} was not built`);
  return value;
}
