/** The plugin for vite; see `index.ts`. */
import { plugin } from './index.ts';

export default plugin.vite;
