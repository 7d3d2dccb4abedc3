/**
 * The bits of 2/π, for reducing large arguments of sin, cos and tan. Every double is below 2^1024, so that no
 * bit after the 1216th matters.
 *
 * @native
 */
import { toI64 } from './intrinsics.ts';
import type { i32, u32, u64 } from 'tsnative';

/** Bits 32·index to 32·index + 31 behind the binary point; 0 for the bits before it. */
function twoOverPiWord(index: i32): u32 {
  switch (index) {
    case 0:
      return 0xa2f9836e;
    case 1:
      return 0x4e441529;
    case 2:
      return 0xfc2757d1;
    case 3:
      return 0xf534ddc0;
    case 4:
      return 0xdb629599;
    case 5:
      return 0x3c439041;
    case 6:
      return 0xfe5163ab;
    case 7:
      return 0xdebbc561;
    case 8:
      return 0xb7246e3a;
    case 9:
      return 0x424dd2e0;
    case 10:
      return 0x06492eea;
    case 11:
      return 0x09d1921c;
    case 12:
      return 0xfe1deb1c;
    case 13:
      return 0xb129a73e;
    case 14:
      return 0xe88235f5;
    case 15:
      return 0x2ebb4484;
    case 16:
      return 0xe99c7026;
    case 17:
      return 0xb45f7e41;
    case 18:
      return 0x3991d639;
    case 19:
      return 0x835339f4;
    case 20:
      return 0x9c845f8b;
    case 21:
      return 0xbdf9283b;
    case 22:
      return 0x1ff897ff;
    case 23:
      return 0xde05980f;
    case 24:
      return 0xef2f118b;
    case 25:
      return 0x5a0a6d1f;
    case 26:
      return 0x6d367ecf;
    case 27:
      return 0x27cb09b7;
    case 28:
      return 0x4f463f66;
    case 29:
      return 0x9e5fea2d;
    case 30:
      return 0x7527bac7;
    case 31:
      return 0xebe5f17b;
    case 32:
      return 0x3d0739f7;
    case 33:
      return 0x8a5292ea;
    case 34:
      return 0x6bfb5fb1;
    case 35:
      return 0x1f8d5d08;
    case 36:
      return 0x56033046;
    case 37:
      return 0xfc7b6bab;
    default:
      return 0;
  }
}

/** The 32 bits that start `offset` bits behind the binary point. */
export function twoOverPiBits(offset: i32): u64 {
  const index = offset >> 5;
  const shift = offset & 31;
  const first = twoOverPiWord(index) << shift;
  const second = (twoOverPiWord((index + 1) | 0) >>> 1) >>> (31 - shift);
  return BigInt.asUintN(64, toI64((first | second) >>> 0));
}
