/** The kernels as plain JavaScript: the same source without types, and nothing of tsnative. */
import { implementations } from '../../accuracy/measure.ts';
import type { Kernel } from '../kernels/index.ts';
import { asJavaScript } from '../kernels/variants.ts';
import { inJavaScriptMemory, type Contender, type KernelFunction } from './types.ts';

export const inV8 = ({ source, signature }: Kernel): Contender => {
  const exports: Record<string, KernelFunction> = {};
  new Function('exports', asJavaScript(source))(exports);
  return inJavaScriptMemory(exported(exports, signature.name));
};

/** As `inV8`, but with the functions of our library for those whose last bit is left open. */
export const withOurMath = ({ source, signature }: Kernel): Contender => {
  const exports: Record<string, KernelFunction> = {};
  const ours = Object.create(Math, Object.getOwnPropertyDescriptors(implementations)) as Math;
  new Function('exports', 'Math', asJavaScript(source))(exports, ours);
  return inJavaScriptMemory(exported(exports, signature.name));
};

function exported(exports: Readonly<Record<string, KernelFunction>>, name: string): KernelFunction {
  const f = exports[name];
  if (f === undefined) throw new Error(`no function ${name}`);
  return f;
}
