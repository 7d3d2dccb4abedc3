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

static void release_scope(scope *s) {
  while (s && __atomic_sub_fetch(&s->references, 1, __ATOMIC_ACQ_REL) == 0) {
    scope *outer = s->outer;
    pool *p = s->pool;
    __atomic_sub_fetch(&p->scopes, 1, __ATOMIC_RELAXED);
    free(s);
    s = outer;
  }
}

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
