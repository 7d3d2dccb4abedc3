/* The CRC-32 of n bytes (ISO 3309), a byte at a time by a table, which it makes first. */
int crc32(int n, unsigned char *data, int *table) {
  for (int byte = 0; byte < 256; byte++) {
    int rest = byte;
    for (int bit = 0; bit < 8; bit++) {
      int odd = rest & 1;
      rest = (int)((unsigned)rest >> 1);
      // The polynomial, as a signed number.
      if (odd == 1) rest = rest ^ -306674912;
    }
    table[byte] = rest;
  }
  int crc = -1;
  for (int i = 0; i < n; i++) {
    crc = table[(crc ^ data[i]) & 255] ^ (int)((unsigned)crc >> 8);
  }
  return ~crc;
}
