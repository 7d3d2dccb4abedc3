/** The plugin for webpack; see `index.ts`. */
import { plugin } from './index.ts';

export default plugin.webpack;
