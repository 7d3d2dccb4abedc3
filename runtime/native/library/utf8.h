/* Strings as UTF-8 (RFC 3629), and back. */

static uint32_t unit_at(const void *units, int64_t wide, size_t index) {
  return wide ? ((const uint16_t *)units)[index] : ((const uint8_t *)units)[index];
}

/* Writes units as UTF-8 where `out` isn't NULL, and gives how many bytes that are. A surrogate without its other half is U+FFFD. */
static size_t put_units(const void *units, int64_t wide, size_t count, char *out) {
  size_t end = 0;
  for (size_t i = 0; i < count; i++) {
    uint32_t point = unit_at(units, wide, i);
    if (point >> 11 == 0x1b) {
      uint32_t next = i + 1 < count ? unit_at(units, wide, i + 1) : 0;
      int is_pair = point >> 10 == 0x36 && next >> 10 == 0x37;
      point = is_pair ? 0x10000 + ((point & 0x3ff) << 10) + (next & 0x3ff) : 0xfffd;
      i += is_pair;
    }
    char bytes[4];
    size_t length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    for (size_t at = length; at > 1; point >>= 6) bytes[--at] = (char)(0x80 | (point & 0x3f));
    bytes[0] = (char)(length == 1 ? point : (0xf00 >> length & 0xff) | point);
    for (size_t at = 0; at < length; at++, end++)
      if (out) out[end] = bytes[at];
  }
  return end;
}

/* A string as UTF-8 with a zero behind it, from `malloc`; NULL where there is no memory. */
char *tsn_library_text(const void *units, int64_t wide, int64_t count, size_t *length) {
  size_t bytes = put_units(units, wide, (size_t)count, NULL);
  char *text = malloc(bytes + 1);
  if (!text) return NULL;
  put_units(units, wide, (size_t)count, text);
  text[bytes] = 0;
  if (length) *length = bytes;
  return text;
}

/*
 * Writes UTF-8 as units of two bytes, of which there are at most as many as bytes; gives how many, or -1 for what is no
 * UTF-8: a sequence that is cut off, is longer than it need be, or stands for a surrogate or what is beyond U+10FFFF.
 */
int64_t tsn_library_units(const char *text, size_t length, uint16_t *units) {
  const uint8_t *bytes = (const uint8_t *)text;
  int64_t count = 0;
  for (size_t i = 0; i < length;) {
    uint32_t first = bytes[i], point;
    size_t more = first < 0x80 ? 0 : first < 0xc2 ? 4 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : 4;
    if (more > 3 || more >= length - i) return -1;
    point = more == 0 ? first : first & (0x3f >> more);
    for (size_t at = 1; at <= more; at++) {
      if (bytes[i + at] >> 6 != 2) return -1;
      point = point << 6 | (bytes[i + at] & 0x3f);
    }
    if ((more == 2 && point < 0x800) || (more == 3 && (point < 0x10000 || point > 0x10ffff)) || point >> 11 == 0x1b)
      return -1;
    if (point < 0x10000) units[count++] = (uint16_t)point;
    else {
      units[count++] = (uint16_t)(0xd800 + ((point - 0x10000) >> 10));
      units[count++] = (uint16_t)(0xdc00 + ((point - 0x10000) & 0x3ff));
    }
    i += more + 1;
  }
  return count;
}
