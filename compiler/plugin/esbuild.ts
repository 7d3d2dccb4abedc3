/** The plugin for esbuild; see `index.ts`. */
import { plugin } from './index.ts';

export default plugin.esbuild;
