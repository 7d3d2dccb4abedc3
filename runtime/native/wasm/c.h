/*
 * What sources in C have of C's library where there is no system, with the sizes of 32 bits that C has here: memory,
 * `string.h` and what sorts. They are compiled with other names for these (`wasmNames` in 5-link/runtime-sources.ts), as
 * those themselves are what generated code calls. The linker leaves out what nobody uses.
 */
typedef __SIZE_TYPE__ size_c;

void *tsn_c_malloc(size_c bytes) { return tsn_malloc(bytes); }
void *tsn_c_calloc(size_c count, size_c bytes) { return tsn_calloc(count, bytes); }
void *tsn_c_realloc(void *old, size_c bytes) { return tsn_realloc(old, bytes); }
void tsn_c_release(void *bytes) { tsn_free(bytes); }

void *tsn_c_memcpy(void *to, const void *from, size_c bytes) { return __builtin_memcpy(to, from, bytes); }
void *tsn_c_memmove(void *to, const void *from, size_c bytes) { return __builtin_memmove(to, from, bytes); }
void *tsn_c_memset(void *to, int value, size_c bytes) { return __builtin_memset(to, value, bytes); }

int tsn_c_memcmp(const void *a, const void *b, size_c bytes) {
  const unsigned char *p = a, *q = b;
  for (; bytes > 0; bytes--, p++, q++)
    if (*p != *q) return *p - *q;
  return 0;
}

size_c tsn_c_strlen(const char *text) {
  const char *at = text;
  while (*at) at++;
  return (size_c)(at - text);
}

int tsn_c_strncmp(const char *a, const char *b, size_c most) {
  for (; most > 0; most--, a++, b++) {
    if (*a != *b) return (unsigned char)*a - (unsigned char)*b;
    if (!*a) return 0;
  }
  return 0;
}

int tsn_c_strcmp(const char *a, const char *b) { return tsn_c_strncmp(a, b, (size_c)-1); }

char *tsn_c_strncpy(char *to, const char *from, size_c most) {
  size_c at = 0;
  for (; at < most && from[at]; at++) to[at] = from[at];
  for (; at < most; at++) to[at] = 0;
  return to;
}

char *tsn_c_strcpy(char *to, const char *from) {
  __builtin_memcpy(to, from, tsn_c_strlen(from) + 1);
  return to;
}

char *tsn_c_strcat(char *to, const char *from) {
  tsn_c_strcpy(to + tsn_c_strlen(to), from);
  return to;
}

char *tsn_c_strstr(const char *text, const char *wanted) {
  size_c length = tsn_c_strlen(wanted);
  for (;; text++) {
    if (tsn_c_strncmp(text, wanted, length) == 0) return (char *)text;
    if (!*text) return NULL;
  }
}

char *tsn_c_strchr(const char *text, int wanted) {
  for (;; text++) {
    if (*text == (char)wanted) return (char *)text;
    if (!*text) return NULL;
  }
}

static void swap(char *a, char *b, size_c bytes) {
  for (; bytes > 0; bytes--, a++, b++) {
    char other = *a;
    *a = *b;
    *b = other;
  }
}

/* Heapsort (Williams 1964): in place, and never slow. */
void tsn_c_qsort(void *base, size_c count, size_c bytes, int (*compare)(const void *, const void *)) {
  char *all = base;
  if (count < 2) return;
  for (size_c start = count / 2, end = count; end > 1;) {
    if (start > 0)
      start--;
    else
      swap(all, all + --end * bytes, bytes);
    for (size_c root = start; 2 * root + 1 < end;) {
      size_c child = 2 * root + 1;
      if (child + 1 < end && compare(all + child * bytes, all + (child + 1) * bytes) < 0) child++;
      if (compare(all + root * bytes, all + child * bytes) >= 0) break;
      swap(all + root * bytes, all + child * bytes, bytes);
      root = child;
    }
  }
}

/* `errno`, as wasi's headers have it; tsn_errno of externs.c is where it is. */
int tsn_c_errno __asm__("errno");
