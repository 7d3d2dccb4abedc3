/*
 * Numbers as JavaScript writes them (ECMA-262 6.1.6.1.20): the fewest digits that stand for the number, of those the
 * nearest. Errors alone are told by it, so it is short rather than fast: the free-format algorithm of R. Burger and
 * K. Dybvig, "Printing Floating-Point Numbers Quickly and Accurately" (1996), with whole numbers of any length.
 */

static size_t put_bytes(const void *bytes, size_t length, char *out) {
  for (size_t i = 0; out && i < length; i++) out[i] = ((const char *)bytes)[i];
  return length;
}

static size_t put_integer(uint64_t value, int is_negative, char *out) {
  char digits[24];
  size_t start = sizeof digits;
  do digits[--start] = (char)('0' + value % 10);
  while (value /= 10);
  if (is_negative) digits[--start] = '-';
  return put_bytes(digits + start, sizeof digits - start, out);
}

enum { parts_of_large = 40, most_digits = 17 };

/* A whole number below 2^1280, the lowest part first. */
typedef struct {
  uint32_t parts[parts_of_large];
} large;

static void times(large *number, uint32_t factor) {
  uint64_t carry = 0;
  for (int i = 0; i < parts_of_large; i++, carry >>= 32) {
    carry += (uint64_t)number->parts[i] * factor;
    number->parts[i] = (uint32_t)carry;
  }
}

static void shift(large *number, int bits) {
  for (; bits > 0; bits -= 16) times(number, 1u << (bits < 16 ? bits : 16));
}

/* Adds `sign` times `other`, where nothing becomes less than 0. */
static void add(large *number, const large *other, int sign) {
  int64_t carry = 0;
  for (int i = 0; i < parts_of_large; i++, carry >>= 32) {
    carry += (int64_t)number->parts[i] + sign * (int64_t)other->parts[i];
    number->parts[i] = (uint32_t)carry;
  }
}

/* Less than 0, 0 or more, as `a` is less than `b`, equal or more. */
static int compare(const large *a, const large *b) {
  for (int i = parts_of_large - 1; i >= 0; i--)
    if (a->parts[i] != b->parts[i]) return a->parts[i] < b->parts[i] ? -1 : 1;
  return 0;
}

static int compare_sum(const large *a, const large *b, const large *c) {
  large sum = *a;
  add(&sum, b, 1);
  return compare(&sum, c);
}

/* Writes the digits of a finite number above 0; gives where the point is, counted from the first of them. */
static int put_digits(uint64_t bits, uint8_t *digits, int *count) {
  uint64_t fraction = bits & 0xfffffffffffff;
  int exponent = (int)(bits >> 52), point = 0;
  int is_lowest = fraction == 0 && exponent > 1;
  if (exponent) fraction |= (uint64_t)1 << 52;
  else exponent = 1;
  exponent -= 1075;
  /* The number is rest / unit, and those up to `below` less or `above` more are read as the same; all are doubled. */
  large rest = {{(uint32_t)fraction, (uint32_t)(fraction >> 32)}}, unit = {{1}}, below = {{1}};
  int up = exponent > 0 ? exponent : 0;
  shift(&rest, up + 1 + is_lowest);
  shift(&unit, up - exponent + 1 + is_lowest);
  shift(&below, up);
  large above = below;
  shift(&above, is_lowest);
  /* Halves are read as the even one of two. */
  int is_odd = (int)(fraction & 1);
  for (; compare_sum(&rest, &above, &unit) >= is_odd; point++) times(&unit, 10);
  for (;; point--) {
    times(&rest, 10);
    times(&below, 10);
    times(&above, 10);
    if (compare_sum(&rest, &above, &unit) >= is_odd) break;
  }
  for (*count = 0;; times(&rest, 10), times(&below, 10), times(&above, 10)) {
    uint8_t digit = 0;
    for (; compare(&rest, &unit) >= 0; digit++) add(&rest, &unit, -1);
    int is_low = compare(&rest, &below) <= -is_odd;
    int is_high = compare_sum(&rest, &above, &unit) >= is_odd;
    if (is_low || is_high) {
      int half = compare_sum(&rest, &rest, &unit);
      digit += is_high && (!is_low || half > 0 || (half == 0 && digit % 2));
    }
    digits[(*count)++] = (uint8_t)('0' + digit);
    if (is_low || is_high) return point;
  }
}

static size_t put_zeros(int count, char *out) {
  for (int i = 0; out && i < count; i++) out[i] = '0';
  return (size_t)count;
}

/* Writes a number where `out` isn't NULL, and gives how many bytes that are. */
static size_t put_number(double number, char *out) {
  union {
    double number;
    uint64_t bits;
  } both = {number};
  uint64_t bits = both.bits & 0x7fffffffffffffff;
  uint8_t digits[most_digits];
  size_t end = 0;
  int count, point;
#define to (out ? out + end : NULL)
  if (bits > (uint64_t)0x7ff << 52) return put_bytes("NaN", 3, out);
  if (bits == 0) return put_bytes("0", 1, out);
  if (both.bits != bits) end += put_bytes("-", 1, out);
  if (bits == (uint64_t)0x7ff << 52) return end + put_bytes("Infinity", 8, to);
  point = put_digits(bits, digits, &count);
  if (point > 21 || point <= -6) {
    end += put_bytes(digits, 1, to);
    if (count > 1) end += put_bytes(".", 1, to);
    end += put_bytes(digits + 1, (size_t)count - 1, to);
    end += put_bytes(point > 0 ? "e+" : "e-", 2, to);
    return end + put_integer((uint64_t)(point > 0 ? point - 1 : 1 - point), 0, to);
  }
  int whole = point < 0 ? 0 : point < count ? point : count;
  end += put_bytes(digits, (size_t)whole, to);
  if (point >= count) return end + put_zeros(point - count, to);
  end += whole == 0 ? put_bytes("0.", 2, to) : put_bytes(".", 1, to);
  if (point < 0) end += put_zeros(-point, to);
  return end + put_bytes(digits + whole, (size_t)(count - whole), to);
#undef to
}
