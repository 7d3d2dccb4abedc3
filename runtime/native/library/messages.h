/*
 * The messages of errors, in UTF-8. What native code records of an error are four values; what its message is made of
 * are parts, which the compiler has laid down for each site (`compiler/4-emit/c/sites.ts`).
 */

enum { end_of_parts, text_part, value_part, own_text, own_properties };
enum { as_double = 'd', as_signed = 's', as_unsigned = 'u', as_boolean = 'b', as_number = 'n' };

/* Of a string, where its reference points to. */
static uint32_t length_of_string(const void *text) { return ((const uint32_t *)text)[-2]; }
static int64_t width_of_string(const void *text) { return ((const uint32_t *)text)[-1] & 1; }

static size_t put_value(int64_t value, int how, char *out) {
  union {
    int64_t bits;
    double number;
  } both = {value};
  switch (how) {
    case as_double: return put_number(both.number, out);
    case as_number: return put_number((double)value, out);
    case as_boolean: return value ? put_bytes("true", 4, out) : put_bytes("false", 5, out);
    case as_unsigned: return put_integer((uint64_t)value, 0, out);
    default: return put_integer(value < 0 ? -(uint64_t)value : (uint64_t)value, value < 0, out);
  }
}

/* The number that four units from `at` on are the bits of. */
static double number_in(const void *text, size_t at) {
  union {
    uint64_t bits;
    double number;
  } both = {0};
  for (size_t i = 0; i < 4; i++) both.bits = both.bits << 16 | unit_at(text, width_of_string(text), at + i);
  return both.number;
}

/*
 * The message among the properties that the text of an error of a class tells (`propertiesOf` in runtime/messages.ts);
 * nothing where it has none.
 */
static size_t put_message_of(const void *text, char *out) {
  static const char wanted[] = "message";
  size_t count = length_of_string(text);
  int64_t wide = width_of_string(text);
  for (size_t at = 0; at < count;) {
    uint32_t kind = unit_at(text, wide, at++), unit;
    size_t same = 0, length = 0;
    while ((unit = unit_at(text, wide, at++))) {
      if (length == same && same < sizeof wanted - 1 && unit == (uint32_t)wanted[same]) same++;
      length++;
    }
    int is_message = length == same && same == sizeof wanted - 1;
    if (kind == 'd') at += 4;
    if (kind != 's') continue;
    size_t units = (size_t)number_in(text, at);
    at += 4;
    if (is_message) return put_units((const char *)text + (at << wide), wide, units, out);
    at += units;
  }
  return 0;
}

static size_t put_parts(const uint8_t *parts, const int64_t *values, char *out) {
  size_t end = 0;
  for (;;) {
    char *to = out ? out + end : NULL;
    const void *text = (const void *)(uintptr_t)values[0];
    switch (*parts++) {
      case text_part: {
        size_t length = parts[0] | (size_t)parts[1] << 8 | (size_t)parts[2] << 16;
        end += put_bytes(parts + 3, length, to);
        parts += 3 + length;
        break;
      }
      case value_part:
        end += put_value(values[parts[0]], parts[1], to);
        parts += 2;
        break;
      case own_text: end += put_units(text, width_of_string(text), length_of_string(text), to); break;
      case own_properties: end += put_message_of(text, to); break;
      default: return end;
    }
  }
}

/* The message with a zero behind it, from `malloc`; NULL where there is no memory. */
char *tsn_library_message(const uint8_t *parts, const int64_t *values, size_t *length) {
  size_t bytes = put_parts(parts, values, NULL);
  char *message = malloc(bytes + 1);
  if (!message) return NULL;
  put_parts(parts, values, message);
  message[bytes] = 0;
  if (length) *length = bytes;
  return message;
}
