/** The kernels as tsnative compiles them: as they are, without hints, and without bounds checks. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hostTarget } from '../../../compiler/5-link/targets.ts';
import type { BuildOptions } from '../../../compiler/build-types.ts';
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

type Load = (form: NativeForm, kernel: Kernel) => Contender;

/**
 * Builds the forms of the kernels in one project and loads them.
 * @param cpu as for `tsnative build --cpu`, and its default
 * @throws where the build has diagnostics
 */
export const compileNative = (
  kernels: readonly Kernel[],
  wanted: readonly NativeForm[],
  cpu: string | undefined,
): Promise<Native> =>
  compiled(
    kernels,
    wanted,
    { options: cpu === undefined ? {} : { cpu }, mode: 'require' },
    (contender, folder) => {
      const chosen = info().modules.find(({ file }) => file.startsWith(folder))?.cpu;
      const tier = hostTarget(cpu).tiers.find(({ name }) => name === chosen);
      if (tier === undefined) throw new Error(`it isn't known what ${chosen} is`);
      return { contender, cpu: tier.cpu };
    },
  );

/** The same as WebAssembly, which runs in this process from then on. */
export const compileWasm = (kernels: readonly Kernel[]): Promise<(kernel: Kernel) => Contender> =>
  compiled(kernels, ['ours'], { options: { targets: ['wasm32'] }, mode: 'wasm' }, (contender) => {
    return (kernel) => contender('ours', kernel);
  });

async function compiled<T>(
  kernels: readonly Kernel[],
  wanted: readonly NativeForm[],
  { options, mode }: { readonly options: Partial<BuildOptions>; readonly mode: 'require' | 'wasm' },
  use: (load: Load, folder: string) => T,
): Promise<T> {
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
    const { diagnostics } = await buildProject(project, options);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) throw new Error(JSON.stringify(errors, undefined, 2));
    process.env['TSNATIVE'] = mode;
    const loaded = new Map<string, KernelFunction>();
    for (const { form, kernel } of made) {
      const url = pathToFileURL(join(project.folder, `out/${path(form, kernel)}.js`)).href;
      const functions = (await import(url)) as Record<string, KernelFunction>;
      loaded.set(path(form, kernel), present(functions[kernel.signature.name], kernel));
    }
    return use(
      (form, kernel) => inJavaScriptMemory(present(loaded.get(path(form, kernel)), kernel)),
      project.folder,
    );
  } finally {
    project.remove();
  }
}

function present<T>(value: T | undefined, { name }: Kernel): T {
  if (value === undefined) throw new Error(`${name} was not built`);
  return value;
}
