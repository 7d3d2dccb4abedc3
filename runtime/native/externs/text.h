/* Strings of UTF-16 units as texts in UTF-8 that end with 0, and back. */

#define exported __attribute__((visibility("hidden")))

enum {
  text_fine,
  text_has_zero,
  text_has_half_a_pair,
  text_has_no_memory,
  text_has_no_room = text_has_no_memory,
};

static uint32_t unit_at(const void *units, int64_t index, int32_t wide) {
  return wide ? ((const uint16_t *)units)[index] : ((const unsigned char *)units)[index];
}

static unsigned char *put_character(unsigned char *at, uint32_t c) {
  if (c < 0x80) {
    *at++ = (unsigned char)c;
    return at;
  }
  if (c < 0x800) {
    *at++ = (unsigned char)(0xc0 | c >> 6);
  } else {
    if (c < 0x10000) {
      *at++ = (unsigned char)(0xe0 | c >> 12);
    } else {
      *at++ = (unsigned char)(0xf0 | c >> 18);
      *at++ = (unsigned char)(0x80 | (c >> 12 & 63));
    }
    *at++ = (unsigned char)(0x80 | (c >> 6 & 63));
  }
  *at++ = (unsigned char)(0x80 | (c & 63));
  return at;
}

/*
 * Writes units of one byte, or of two where they are `wide`, as a text with its 0, of which `end` is behind the last byte
 * that there is room for. Gives what is wrong.
 */
static int32_t put_text(const void *units, int64_t length, int32_t wide, unsigned char *at, const unsigned char *end) {
  for (int64_t i = 0; i < length; i++) {
    uint32_t c = unit_at(units, i, wide);
    if (c == 0) return text_has_zero;
    if (c >= 0xd800 && c < 0xe000) {
      uint32_t next = c < 0xdc00 && i + 1 < length ? unit_at(units, i + 1, wide) : 0;
      if (next < 0xdc00 || next >= 0xe000) return text_has_half_a_pair;
      c = 0x10000 + ((c - 0xd800) << 10) + (next - 0xdc00);
      i++;
    }
    if (end - at <= (c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4)) return text_has_no_room;
    at = put_character(at, c);
  }
  *at = 0;
  return text_fine;
}

/* Writes a text into the buffer, or into memory of its own where there is no room. Gives what is wrong. */
exported int32_t tsn_text_to_c(const void *units, int64_t length, int32_t wide, unsigned char *buffer, int64_t room, unsigned char **text) {
  /* A unit becomes three bytes at most, and two become four. */
  int64_t most = length * (wide ? 3 : 2) + 1;
  unsigned char *start = buffer;
  if (most > room) {
    start = malloc((size_t)most);
    if (!start) return text_has_no_memory;
  }
  int32_t problem = put_text(units, length, wide, start, start + (most > room ? most : room));
  if (problem == text_fine)
    *text = start;
  else if (start != buffer)
    free(start);
  return problem;
}

/* Writes a text into a structure that has so many bytes for it, which are 0. Gives what is wrong. */
exported int32_t tsn_text_to_room(const void *units, int64_t length, int32_t wide, unsigned char *to, int64_t room) {
  return put_text(units, length, wide, to, to + room);
}

/*
 * The next character of a text, which is moved on. What is no UTF-8 is U+FFFD for each of the longest parts that could
 * begin a character (the Unicode Standard 3.9, U+FFFD Substitution of Maximal Subparts), as in JavaScript's TextDecoder.
 */
static uint32_t next_character(const unsigned char **text) {
  const unsigned char *at = *text;
  uint32_t c = *at++;
  int more = 0;
  unsigned least = 0x80, most = 0xbf;
  if (c >= 0x80) {
    if (c >= 0xc2 && c <= 0xdf) {
      more = 1;
      c &= 31;
    } else if (c >= 0xe0 && c <= 0xef) {
      more = 2;
      if (c == 0xe0) least = 0xa0;
      if (c == 0xed) most = 0x9f;
      c &= 15;
    } else if (c >= 0xf0 && c <= 0xf4) {
      more = 3;
      if (c == 0xf0) least = 0x90;
      if (c == 0xf4) most = 0x8f;
      c &= 7;
    } else {
      c = 0xfffd;
    }
  }
  for (; more > 0; more--) {
    if (*at < least || *at > most) {
      c = 0xfffd;
      break;
    }
    c = c << 6 | (*at++ & 63);
    least = 0x80;
    most = 0xbf;
  }
  *text = at;
  return c;
}

/* How many UTF-16 units a text has. */
exported int64_t tsn_text_units(const unsigned char *text) {
  int64_t units = 0;
  while (*text) units += next_character(&text) < 0x10000 ? 1 : 2;
  return units;
}

/* Writes the units of a text; gives how many they are. */
exported int64_t tsn_text_from_c(const unsigned char *text, uint16_t *units) {
  uint16_t *at = units;
  while (*text) {
    uint32_t c = next_character(&text);
    if (c < 0x10000) {
      *at++ = (uint16_t)c;
    } else {
      *at++ = (uint16_t)(0xd800 + ((c - 0x10000) >> 10));
      *at++ = (uint16_t)(0xdc00 + ((c - 0x10000) & 0x3ff));
    }
  }
  return at - units;
}
