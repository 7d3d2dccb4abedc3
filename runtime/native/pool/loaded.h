/* Keeping the addon in memory. */

#if defined(_WIN32)
int GetModuleHandleExA(unsigned, const void *, void **);
#elif defined(__APPLE__)
typedef struct {
  const char *file;
  void *base;
  const char *symbol;
  void *address;
} symbol_info;
int dladdr(const void *, symbol_info *);
void *dlopen(const char *, int);
#endif

/* Node unloads an addon with the last environment that has it, but the pool's threads run its code. */
static void stay_loaded(void) {
#if defined(_WIN32)
  void *handle;
  enum { pin = 1, by_address = 4 };
  GetModuleHandleExA(pin | by_address, (const void *)stay_loaded, &handle);
#elif defined(__APPLE__)
  symbol_info info;
  enum { lazy = 1, no_load = 0x10, no_delete = 0x80 };
  if (dladdr((const void *)stay_loaded, &info)) dlopen(info.file, lazy | no_load | no_delete);
#endif
  /* Elsewhere the linker marks it (`-z nodelete`). */
}
