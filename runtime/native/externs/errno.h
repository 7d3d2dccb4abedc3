/* Where C's `errno` of this thread is. */

#if defined(__linux__)
int *__errno_location(void);
exported int *tsn_errno(void) { return __errno_location(); }
#elif defined(__APPLE__) || defined(__FreeBSD__)
int *__error(void);
exported int *tsn_errno(void) { return __error(); }
#elif defined(_WIN32)
void *GetModuleHandleA(const char *);
void *GetProcAddress(void *, const char *);
static int nowhere;
/* Each of Windows' C libraries has its own; this is that of what is compiled today. */
exported int *tsn_errno(void) {
  void *library = GetModuleHandleA("ucrtbase.dll");
  int *(*location)(void) = library ? (int *(*)(void))GetProcAddress(library, "_errno") : NULL;
  return location ? location() : &nowhere;
}
#else
/* In runtime/native/wasm/c.h. */
extern int tsn_c_errno __asm__("errno");
exported int *tsn_errno(void) { return &tsn_c_errno; }
#endif
