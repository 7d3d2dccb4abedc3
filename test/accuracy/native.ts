/** The library's functions as machine code: `Math`'s, called in a project that is built for it. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildProject, makeProject } from '../support/project.ts';
import { functionNames, type FunctionName } from './reference.ts';

type NumberFunction = (...args: readonly number[]) => number;

/** The expression that ends up in a function of the library, of the parameters x, y, z, v and w. */
const callOf = (name: FunctionName): string => {
  switch (name) {
    case 'hypot2':
      return 'Math.hypot(x, y)';
    case 'hypot3':
      return 'Math.hypot(x, y, z)';
    case 'hypotN':
      return 'Math.hypot(x, y, z, v, w)';
    case 'rem':
      return 'x % y';
    case 'atan2':
    case 'pow':
      return `Math.${name}(x, y)`;
    default:
      return `Math.${name}(x)`;
  }
};

/**
 * Builds all functions natively.
 * @throws Error when a diagnostic stops the build or the binary doesn't load
 */
export async function nativeFunctions(): Promise<Record<string, NumberFunction>> {
  const source = functionNames
    .map(
      (name) => `/** @native */
export function ${name}(x: number, y: number, z: number, v: number, w: number): number {
  return ${callOf(name)};
}`,
    )
    .join('\n');
  const project = makeProject({ 'src/math.ts': source });
  try {
    const { diagnostics } = await buildProject(project);
    if (diagnostics.length > 0)
      throw new Error(diagnostics.map(({ message }) => message).join('\n'));
    process.env['TSNATIVE'] = 'require';
    const url = pathToFileURL(join(project.folder, 'out', 'math.js')).href;
    const built = (await import(url)) as Record<string, NumberFunction>;
    return Object.fromEntries(
      functionNames.map((name) => [
        name,
        // Missing numbers don't count in the calls above, but must be there.
        (...args) => built[name]?.(...[0, 1, 2, 3, 4].map((index) => args[index] ?? 0)) ?? NaN,
      ]),
    );
  } finally {
    project.remove();
  }
}
