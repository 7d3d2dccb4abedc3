/** The plugin for rollup; see `index.ts`. */
import { plugin } from './index.ts';

export default plugin.rollup;
