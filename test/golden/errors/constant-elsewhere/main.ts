import { version } from './dependency.js';

/** @native */
export function current(): number {
  return version;
}
