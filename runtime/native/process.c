/*
 * What `tsnative run` asks of the system: how many threads may compute, as the pool counts them, and that a thread runs
 * on some processors alone, which what it starts then does too. Linux has masks; elsewhere there are no functions for it.
 */
#include "system.h"

typedef struct napi_env_ *napi_env;
typedef struct napi_value_ *napi_value;
typedef struct napi_callback_info_ *napi_callback_info;

int32_t napi_create_function(napi_env, const char *, size_t, napi_value (*)(napi_env, napi_callback_info), void *, napi_value *);
int32_t napi_create_int32(napi_env, int32_t, napi_value *);
int32_t napi_get_cb_info(napi_env, napi_callback_info, size_t *, napi_value *, napi_value *, void **);
int32_t napi_get_typedarray_info(napi_env, napi_value, int32_t *, size_t *, void **, napi_value *, size_t *);
int32_t napi_set_named_property(napi_env, napi_value, const char *, napi_value);

int32_t tsn_pool_limit(void);

/* `limit()`: as the pool has it. */
static napi_value limit(napi_env env, napi_callback_info info) {
  napi_value result = NULL;
  napi_create_int32(env, tsn_pool_limit(), &result);
  return result;
}

#if defined(__linux__)
int sched_setaffinity(int, size_t, const void *);

/* `setAffinity(mask)`: has the calling thread run on the processors whose bits are set in a Uint8Array; 0 when it does. */
static napi_value set_affinity(napi_env env, napi_callback_info info) {
  size_t count = 1, length = 0;
  napi_value mask, result = NULL;
  void *data = NULL;
  int32_t failed = -1;
  if (napi_get_cb_info(env, info, &count, &mask, NULL, NULL) == 0 && count == 1 &&
      napi_get_typedarray_info(env, mask, NULL, &length, &data, NULL, NULL) == 0)
    failed = sched_setaffinity(0, length, data);
  napi_create_int32(env, failed, &result);
  return result;
}
#endif

static void add_function(napi_env env, napi_value to, const char *name, napi_value (*function)(napi_env, napi_callback_info)) {
  napi_value made;
  if (napi_create_function(env, name, (size_t)-1, function, NULL, &made) == 0) napi_set_named_property(env, to, name, made);
}

__attribute__((visibility("hidden"))) napi_value tsn_process_register(napi_env env, napi_value exports) {
  add_function(env, exports, "limit", limit);
#if defined(__linux__)
  add_function(env, exports, "setAffinity", set_affinity);
#endif
  return exports;
}
