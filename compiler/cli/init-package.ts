/** The package.json of a project that uses tsnative. */

const buildScript = 'tsnative build';

/** The fields that `npm install <package>` writes into a package.json of its own making. */
const npmOwnFields = ['dependencies', 'devDependencies'];

/**
 * What a package.json is to hold. Fields that exist are kept as they are.
 * @param before its text, or undefined where there is none
 * @param folder the folder's name, for a new package's name
 * @param version of tsnative, for the dependency; one that is there already, such as `file:`, stays
 * @returns its new text, the same as `before` when nothing is missing, and a remark for the user; or why it can't be read
 */
export function amendPackage(
  before: string | undefined,
  folder: string,
  version: string,
): { text: string; note: string } | { problem: string } {
  const parsed = parseObject(before ?? '{}');
  if (typeof parsed === 'string') return { problem: parsed };
  const isNew = Object.keys(parsed).every((field) => npmOwnFields.includes(field));
  const scripts = fieldsOf(parsed['scripts']);
  const depends = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
  const hasDependency = depends.some((field) => 'tsnative' in fieldsOf(parsed[field]));
  const after = {
    ...(isNew && { name: packageName(folder), version: '0.1.0', private: true, type: 'module' }),
    ...parsed,
    ...(!('build' in scripts) && { scripts: { ...scripts, build: buildScript } }),
    ...(!hasDependency && {
      dependencies: { ...fieldsOf(parsed['dependencies']), tsnative: `^${version}` },
    }),
  };
  const build = scripts['build'];
  const note =
    build === undefined || String(build).includes(buildScript)
      ? ''
      : `its build script is ${JSON.stringify(build)}; ${buildScript} takes the place of tsc`;
  if (before !== undefined && JSON.stringify(after) === JSON.stringify(parsed))
    return { text: before, note: note || 'already set up' };
  const indent = /^[\t ]+/m.exec(before ?? '')?.[0] ?? '  ';
  return { text: `${JSON.stringify(after, undefined, indent)}\n`, note };
}

function parseObject(text: string): Record<string, unknown> | string {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isObject(value) ? value : 'it holds no object';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return isObject(value) ? value : {};
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A folder's name as npm allows it for a package. */
function packageName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|-+$/g, '');
  // The package can't have the name of its own dependency.
  return name === '' || name === 'tsnative' ? 'my-native-app' : name;
}
