/** The same pictures in Node, natively: prints their digests. */
import { compiled, digest, pictures } from './kernels.ts';

declare const console: { log(text: string): void };
const digests = Object.entries(pictures).map(([name, { draw }]) => [name, digest(draw(compiled))]);
console.log(JSON.stringify(Object.fromEntries(digests)));
