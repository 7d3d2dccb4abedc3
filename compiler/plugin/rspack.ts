/** The plugin for rspack; see `index.ts`. */
import { plugin } from './index.ts';

export default plugin.rspack;
