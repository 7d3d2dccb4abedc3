/* Reading and writing of texts that end with 0. */

/* Reads a number of a base up to a sign that is no digit of it. */
static uint64_t number(const char **text, unsigned base) {
  uint64_t value = 0;
  for (;; ++*text) {
    unsigned digit = **text >= 'a' ? (unsigned)(**text - 'a') + 10 : (unsigned)(**text - '0');
    if (digit >= base) return value;
    value = value * base + digit;
  }
}

static char *write_number(char *end, uint64_t value, unsigned base) {
  do {
    *--end = "0123456789abcdef"[value % base];
    value /= base;
  } while (value > 0);
  return end;
}

static int64_t length_of(const char *text) {
  int64_t length = 0;
  while (text[length]) length++;
  return length;
}

/* The part of a text behind another one, where it begins with that; else NULL. */
static const char *behind(const char *text, const char *start) {
  while (*start)
    if (*text++ != *start++) return NULL;
  return text;
}

static const char *next_line(const char *at) {
  while (*at && *at != '\n') at++;
  return *at ? at + 1 : at;
}

/* The end of a word, before a space or the end of its line. */
static const char *word_end(const char *at) {
  while (*at && *at != ' ' && *at != '\n') at++;
  return at;
}

/* The word of that index in a line. */
static const char *word(const char *at, int index) {
  for (; index > 0; index--) {
    at = word_end(at);
    if (*at == ' ') at++;
  }
  return at;
}

/* Whether one of the words between commas is this one. */
static int lists(const char *at, const char *end, const char *wanted) {
  while (at < end) {
    const char *rest = behind(at, wanted);
    if (rest && (rest == end || *rest == ',')) return 1;
    while (at < end && *at != ',') at++;
    at++;
  }
  return 0;
}
