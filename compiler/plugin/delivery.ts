/** How a bundle for browsers comes to the WebAssembly: what its glue says of where that is, in the words of each bundler. */
import { fetching } from '../4-emit/glue.ts';

/**
 * - `url`: the bundler puts beside the bundle what modules name by `new URL('./file', import.meta.url)`;
 * - `import`: … what modules import, and its default export is where that is, from the bundle's file on;
 * - `embedded`: it is in the bundle itself, as text, and nothing is waited for.
 */
export type Delivery = 'url' | 'import' | 'embedded';

/**
 * The glue for browsers as a bundler takes it.
 * @param glue as the build wrote it
 * @param file the name of the WebAssembly's file beside it
 * @param bytes what is in that
 */
export function delivered(
  glue: string,
  delivery: Delivery,
  file: string,
  bytes: Uint8Array,
): string {
  switch (delivery) {
    case 'url':
      return glue;
    case 'import':
      return `import file from './${file}';\n${replaced(glue, fetching(file), fetching(file, 'file'))}`;
    case 'embedded': {
      const text = Buffer.from(bytes).toString('base64');
      return replaced(glue, fetching(file), embedding(text));
    }
  }
}

/** The same for Rollup, where a placeholder stands for the place of a file that a plugin has emitted. */
export const withPlaceholder = (glue: string, file: string, placeholder: string): string =>
  replaced(glue, `new URL('./${file}', import.meta.url)`, `new URL(${placeholder})`);

const embedding = (text: string): string => `const url = { href: 'in the bundle' };
const fetched = embeddedModule('${text}', hash, startsAgain(manifest));
`;

function replaced(text: string, part: string, by: string): string {
  if (!text.includes(part))
    throw new Error('the glue for browsers says in other words what it fetches');
  return text.replace(part, () => by);
}
