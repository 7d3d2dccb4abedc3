/** Just enough of the WAV format: PCM, 16 bits, one channel. */

export interface Sound {
  readonly rate: number;
  readonly samples: Float32Array;
}

export function encodeWav({ rate, samples }: Sound): Uint8Array {
  const bytes = Buffer.alloc(44 + samples.length * 2);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((x, i) => bytes.writeInt16LE(Math.round(x * 32767), 44 + i * 2));
  return bytes;
}

/** @throws RangeError for any other format */
export function decodeWav(file: Uint8Array): Sound {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.length);
  const isPcm = bytes.toString('latin1', 8, 12) === 'WAVE' && bytes.readUInt16LE(34) === 16;
  if (!isPcm || bytes.readUInt16LE(22) !== 1) throw new RangeError('not a 16-bit mono WAV file');
  const count = bytes.readUInt32LE(40) / 2;
  const samples = Float32Array.from(
    { length: count },
    (_, i) => bytes.readInt16LE(44 + i * 2) / 32768,
  );
  return { rate: bytes.readUInt32LE(24), samples };
}
