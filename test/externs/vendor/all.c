/* Functions that take and give everything that a declaration can have. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include "all.h"

signed char add_i8(signed char a, signed char b) { return (signed char)(a + b); }
unsigned char add_u8(unsigned char a, unsigned char b) { return (unsigned char)(a + b); }
short add_i16(short a, short b) { return (short)(a + b); }
unsigned short add_u16(unsigned short a, unsigned short b) { return (unsigned short)(a + b); }
int add_i32(int a, int b) { return (int)((unsigned)a + (unsigned)b); }
unsigned add_u32(unsigned a, unsigned b) { return a + b; }
long long add_i64(long long a, long long b) { return (long long)((unsigned long long)a + (unsigned long long)b); }
unsigned long long add_u64(unsigned long long a, unsigned long long b) { return a + b; }
float add_f32(float a, float b) { return a + b; }
double add_f64(double a, double b) { return a + b; }
_Bool xor_bool(_Bool a, _Bool b) { return a != b; }

/* More arguments of both kinds than registers take. */
double many(int a, double b, long long c, float d, short e, double f, unsigned char g, double h, int i, double j,
            int k, double l, int m, double n, double o, double p) {
  return a + b * 2 + (double)c * 3 + d * 4 + e * 5 + f * 6 + g * 7 + h * 8 + i * 9 + j * 10 + k * 11 + l * 12 + m * 13 + n * 14 + o * 15 + p * 16;
}

int sum_bytes(const unsigned char *bytes, int count) {
  int sum = 0;
  if (!bytes) return -1;
  while (count-- > 0) sum += *bytes++;
  return sum;
}

void negate(double *values, int count) {
  for (int i = 0; i < count; i++) values[i] = -values[i];
}

/* Bytes of a text, and the text with its letters in the other order of bytes. */
int text_bytes(const char *text) { return text ? (int)strlen(text) : -1; }
static char kept[600];
const char *repeated(const char *text, int count) {
  kept[0] = 0;
  if (count < 0) return NULL;
  for (; count > 0 && strlen(kept) + strlen(text) < sizeof kept; count--) strcat(kept, text);
  return kept;
}
const char *broken_text(void) { return "a\xff\xc3(\xe2\x82\xf0\x9f\x98\x80\xed\xa0\x80z"; }

int divided(int a, int b, int *quotient, int *rest) {
  if (b == 0) {
    errno = EDOM;
    return -1;
  }
  if (quotient) *quotient = a / b;
  if (rest) *rest = a % b;
  return 0;
}

struct counter { int value; };
static int living;
struct counter *counter_make(int value) {
  if (value < 0) return NULL;
  struct counter *made = malloc(sizeof *made);
  made->value = value;
  living++;
  return made;
}
int counter_next(struct counter *c) { return c ? ++c->value : -1; }
void counter_free(struct counter *c) {
  free(c);
  living--;
}
int counters(void) { return living; }
int counter_open(int value, struct counter **made) {
  *made = counter_make(value);
  return *made ? 0 : 1;
}

double shape_area(struct shape *s) {
  s->calls++;
  s->wide = s->width > s->height;
  return s->width * s->height * s->scale;
}

struct span {
  const double *data;
  int length;
  double sum;
};
int span_sum(struct span *s) {
  s->sum = 0;
  for (int i = 0; i < s->length; i++) s->sum += s->data[i];
  return s->length;
}

/* The sum of values whose kinds a text tells: i for int, d for double, l for long long, s for a text. */
double sum_of(const char *kinds, ...) {
  va_list list;
  double sum = 0;
  va_start(list, kinds);
  for (; *kinds; kinds++) {
    if (*kinds == 'i') sum += va_arg(list, int);
    if (*kinds == 'd') sum += va_arg(list, double);
    if (*kinds == 'l') sum += (double)va_arg(list, long long);
    if (*kinds == 's') sum += (double)strlen(va_arg(list, const char *));
  }
  va_end(list);
  return sum;
}

double integrate(double (*f)(double x), double from, double to, int steps) {
  double sum = 0;
  for (int i = 0; i < steps; i++) sum += f(from + (to - from) * (i + 0.5) / steps);
  return sum * (to - from) / steps;
}

int each_word(const char *text, int (*take)(const char *word, void *data), void *data) {
  char word[32];
  int words = 0;
  while (*text) {
    size_t length = 0;
    while (*text && *text != ' ' && length < sizeof word - 1) word[length++] = *text++;
    while (*text == ' ') text++;
    word[length] = 0;
    words++;
    if (take(word, data) != 0) break;
  }
  return words;
}

static double (*listener)(double);
void listen_to(double (*f)(double)) { listener = f; }
double notify(double x) { return listener ? listener(x) : -1; }
