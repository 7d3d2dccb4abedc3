/** `for (const [index, element] of array.entries())`. */
import { Node } from '../../ts-morph.ts';
import { isConstantPattern } from '../patterns.ts';
import { declareNamed } from './variables.ts';
