/* Shared libraries, which are opened when the addon is loaded, and not by the system's loader with it: so one that is missing is only that. */

#if !defined(__wasm__)

#if !defined(TSN_WITHOUT_NODE)
typedef struct napi_env_ *napi_env;
typedef struct napi_value_ *napi_value;
typedef struct napi_callback_info_ *napi_callback_info;

int32_t napi_create_string_utf8(napi_env, const char *, size_t, napi_value *);
int32_t napi_get_cb_info(napi_env, napi_callback_info, size_t *, napi_value *, napi_value *, void **);
int32_t napi_get_null(napi_env, napi_value *);
int32_t napi_get_value_int32(napi_env, napi_value, int32_t *);
int32_t napi_get_value_string_utf8(napi_env, napi_value, char *, size_t, size_t *);
#endif

/* A function, where its address goes, and which library it is of. */
typedef struct {
  const char *symbol;
  void **slot;
  int64_t library;
} bound;

#if defined(_WIN32)
void *GetModuleHandleA(const char *);
void *GetProcAddress(void *, const char *);
void *LoadLibraryA(const char *);

static void *open_library(const char *file) { return *file ? LoadLibraryA(file) : GetModuleHandleA(NULL); }
static void *find_symbol(void *library, const char *symbol) { return GetProcAddress(library, symbol); }
static const char *why(void) { return "Windows does not find it, or something that it needs"; }
#else
void *dlopen(const char *, int);
void *dlsym(void *, const char *);
char *dlerror(void);

enum {
  lazily_bound = 1,
#if defined(__linux__)
  /* RTLD_DEEPBIND: a library calls its own functions and those of the libraries that it needs. Node has some of the same names, such as zlib's, of another version. */
  own_first = 8,
#else
  own_first = 0,
#endif
};

/* AddressSanitizer and ThreadSanitizer have to see all calls of `malloc`, and refuse libraries that call their own first. */
static int is_watched(void) { return dlsym(NULL, "__asan_init") || dlsym(NULL, "__tsan_init"); }

static void *open_library(const char *file) {
  return dlopen(*file ? file : NULL, *file && !is_watched() ? lazily_bound | own_first : lazily_bound);
}
static void *find_symbol(void *library, const char *symbol) { return dlsym(library, symbol); }

static const char *why(void) {
  const char *problem = dlerror();
  return problem ? problem : "nothing tells why";
}
#endif

#if !defined(TSN_WITHOUT_NODE)
/*
 * `$link(library, file)`: opens a file, or with an empty name the program itself, and notes the addresses of a library's
 * functions. Gives null, or what is wrong: why the file can't be opened or, each behind a colon, the names of functions
 * that it doesn't have. The file stays open: other environments may use it.
 */
exported napi_value tsn_link(napi_env env, napi_callback_info info, const bound *table, int64_t count) {
  char file[4096];
  size_t given = 2, length = 0;
  napi_value args[2], result = NULL;
  int32_t library = -1;
  const char *problem = NULL;
  char missing[4096];
  size_t at = 0;
  napi_get_cb_info(env, info, &given, args, NULL, NULL);
  napi_get_value_int32(env, args[0], &library);
  napi_get_value_string_utf8(env, args[1], file, sizeof file, &length);
  void *opened = open_library(file);
  if (!opened) problem = why();
  for (int64_t i = 0; i < count && opened; i++) {
    if (table[i].library != library) continue;
    void *address = find_symbol(opened, table[i].symbol);
    if (address) {
      set(*table[i].slot, address);
      continue;
    }
    /* Names that there is no room for are found missing once these are there. */
    if (at + length_of(table[i].symbol) + 2 > sizeof missing) continue;
    missing[at++] = ':';
    for (const char *c = table[i].symbol; *c; c++) missing[at++] = *c;
    missing[at] = 0;
    problem = missing;
  }
  if (problem)
    napi_create_string_utf8(env, problem, (size_t)-1, &result);
  else
    napi_get_null(env, &result);
  return result;
}
#endif

#endif
