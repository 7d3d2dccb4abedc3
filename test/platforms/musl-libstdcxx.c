/* What Debian's libstdc++ takes from glibc and musl has not, as far as a program calls it. */
#include <locale.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/random.h>
#include <time.h>

char __libc_single_threaded = 0;

unsigned arc4random(void) {
  unsigned number = 0;
  if (getrandom(&number, sizeof number, 0) != sizeof number) abort();
  return number;
}

size_t __strftime_l(char *text, size_t size, const char *format, const struct tm *time, locale_t locale) {
  return strftime_l(text, size, format, time, locale);
}

/* Finds nothing, so that the unwinder asks dl_iterate_phdr, which musl has. */
int _dl_find_object(void *address, void *result) { return -1; }

/* Destructors of threads' variables don't run. */
int __cxa_thread_atexit_impl(void (*destroy)(void *), void *object, void *handle) { return 0; }

/* std::istream::ignore and that of wide characters, of versions of the library that nobody here calls. */
void _ZNSi6ignoreEl(void) { abort(); }
void _ZNSt13basic_istreamIwSt11char_traitsIwEE6ignoreEl(void) { abort(); }
