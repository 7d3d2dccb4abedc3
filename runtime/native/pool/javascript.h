/* What JavaScript has of scopes: values that hold one, which its own part finds for the call that runs. */

typedef struct napi_env_ *napi_env;
typedef struct napi_value_ *napi_value;
typedef struct napi_ref_ *napi_ref;
typedef struct napi_callback_info_ *napi_callback_info;

int32_t napi_call_function(napi_env, napi_value, napi_value, size_t, const napi_value *, napi_value *);
int32_t napi_create_external(napi_env, void *, void (*)(napi_env, void *, void *), void *, napi_value *);
int32_t napi_create_int32(napi_env, int32_t, napi_value *);
int32_t napi_get_and_clear_last_exception(napi_env, napi_value *);
int32_t napi_get_cb_info(napi_env, napi_callback_info, size_t *, napi_value *, napi_value *, void **);
int32_t napi_get_reference_value(napi_env, napi_ref, napi_value *);
int32_t napi_get_undefined(napi_env, napi_value *);
int32_t napi_get_value_external(napi_env, napi_value, void **);
int32_t napi_get_value_int32(napi_env, napi_value, int32_t *);
int32_t napi_typeof(napi_env, napi_value, int32_t *);

enum {
  napi_external = 8,
  /* `scope` in runtime/requests.ts. */
  request_scope = 11,
};

static void finalize_scope(napi_env env, void *data, void *hint) { release_scope(data); }

/* The scope that a value holds; NULL for other values, and where it is of another pool. */
static scope *held_scope(pool *p, napi_env env, napi_value value) {
  int32_t type = 0;
  void *held = NULL;
  if (napi_typeof(env, value, &type) != 0 || type != napi_external) return NULL;
  if (napi_get_value_external(env, value, &held) != 0 || !held) return NULL;
  scope *s = held;
  return s->pool == p ? s : NULL;
}

/* `$scope(threads, outer)`: a value that holds a new scope; `undefined` where there is no memory. */
__attribute__((visibility("hidden"))) napi_value tsn_pool_scope(napi_env env, napi_callback_info info) {
  pool *p = own_pool();
  size_t count = 2;
  napi_value given[2], made = NULL;
  int32_t threads = 1;
  if (!p || napi_get_cb_info(env, info, &count, given, NULL, NULL) != 0) return NULL;
  napi_get_value_int32(env, given[0], &threads);
  scope *s = malloc(sizeof *s);
  if (!s) return NULL;
  *s = (scope){p, held_scope(p, env, given[1]), threads, 0, 1};
  keep_scope(s->outer);
  __atomic_add_fetch(&p->scopes, 1, __ATOMIC_RELAXED);
  if (napi_create_external(env, s, finalize_scope, NULL, &made) != 0) release_scope(s);
  return made;
}

/* The scope of the call from JavaScript that runs; NULL where no limit is set. `answer` is the loader's function. */
__attribute__((visibility("hidden"))) scope *tsn_pool_scope_of(napi_env env, napi_ref answer) {
  pool *p = own_pool();
  napi_value function, undefined, request, result;
  if (!p || get(p->scopes) == 0) return NULL;
  if (napi_get_reference_value(env, answer, &function) != 0 || napi_get_undefined(env, &undefined) != 0 ||
      napi_create_int32(env, request_scope, &request) != 0)
    return NULL;
  if (napi_call_function(env, undefined, function, 1, &request, &result) == 0) return held_scope(p, env, result);
  /* The stack is nearly full; what follows will tell. */
  napi_get_and_clear_last_exception(env, &result);
  return NULL;
}
