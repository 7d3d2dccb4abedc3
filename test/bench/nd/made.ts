import type { f64 } from 'tsnative';
import { vectorize } from 'tsnative/nd';

/** @native */
export const hyp = vectorize((b: f64, c: f64) => Math.sqrt(b * b + c * c));

export const plain = vectorize((b: f64, c: f64) => Math.sqrt(b * b + c * c));
