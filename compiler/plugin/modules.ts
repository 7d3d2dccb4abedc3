/** What bundlers get in the place of a source with native functions. */
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Compiled } from './builds.ts';

const mapReference = /\n\/\/# sourceMappingURL=(\S+)\s*$/;
/** What `linkGlue` writes: the path to the glue, which is in the folder `native`. */
const glueReference = /(\bfrom |\brequire\()"((?:\.\.?\/)+(?:[^"\n]*\/)?native\/[^"/\n]+\.cjs)"/;

/** As TypeScript writes it. */
interface SourceMap {
  readonly version: 3;
  readonly file: string;
  names: string[];
  sources: string[];
  sourceRoot?: string;
  sourcesContent?: string[];
  mappings: string;
}

/**
 * The emitted JavaScript of a source, whose native functions come from the bridge, with its source map; undefined where
 * it has none, and is for the bundler as it stands.
 */
export function bundled(
  script: string,
  source: string,
  { bridge }: Pick<Compiled, 'bridge'>,
): { code: string; map: SourceMap } | undefined {
  const text = readFileSync(script, 'utf8');
  const found = glueReference.exec(text);
  if (!found) return undefined;
  const [all, before = ''] = found;
  const path = bridge(before.startsWith('require') ? 'cjs' : 'mjs').replaceAll('\\', '/');
  const [, name = ''] = mapReference.exec(text) ?? [];
  const map = JSON.parse(readFileSync(resolve(dirname(script), name), 'utf8')) as SourceMap;
  return {
    code: text.replace(mapReference, '\n').replace(all, () => `${before}${JSON.stringify(path)}`),
    map: {
      ...map,
      sourceRoot: '',
      sources: [source],
      sourcesContent: [readFileSync(source, 'utf8')],
    },
  };
}
