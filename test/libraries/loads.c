/* Loads a file whose name it is given, finds a function of it, and calls that: what programs do that aren't linked with it. */
#include <stdint.h>
#include <stdio.h>

#if defined(_WIN32)
#include <windows.h>
static void *load(const char *file) { return (void *)LoadLibraryA(file); }
static void *find(void *file, const char *name) { return (void *)GetProcAddress((HMODULE)file, name); }
#else
#include <dlfcn.h>
static void *load(const char *file) { return dlopen(file, RTLD_NOW); }
static void *find(void *file, const char *name) { return dlsym(file, name); }
#endif

#if defined(SOME_OF_NODE)
/* A program that has of Node-API what follows, and nothing more. */
int32_t napi_throw_error(void *env, const char *code, const char *message) {
  (void)env, (void)code;
  return puts(message) < 0;
}
#endif

typedef struct {
  int32_t kind;
  const char *name;
  char *message;
} native_error;

int main(int count, char **args) {
  void *file = count > 1 ? load(args[1]) : NULL;
  if (!file) return puts("it does not load"), 1;
  int32_t (*check)(double, const char *, size_t, _Bool, double *, native_error *) = find(file, "test_project_check");
  void (*clear)(native_error *) = find(file, "tsnative_clear");
  double root = 0;
  native_error error = {0};
  int32_t status = check(2.25, "", 0, 0, &root, &error);
  printf("%d %g\n", status, root);
  status = check(-1e-7, "x", 1, 1, &root, &error);
  printf("%d %s: %s\n", status, error.name, error.message);
  clear(&error);
#if defined(SOME_OF_NODE)
  void *(*entry)(void *, void *) = find(file, "napi_register_module_v1");
  printf("%d\n", entry(NULL, &error) == &error);
#endif
  return 0;
}
