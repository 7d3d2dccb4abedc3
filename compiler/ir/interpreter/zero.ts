/** What locals, new slots and what stands beside a tag hold before there is a value. */
import { isWide } from '../scalars.ts';
import { isScalar, type IrType } from '../types.ts';

export function zeroValue(type: IrType): unknown {
  if (!isScalar(type)) return null;
  if (type === 'bool') return false;
  return isWide(type) ? 0n : 0;
}
