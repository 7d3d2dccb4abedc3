/*
 * Environments that have given C functions to keep: what C calls of these on threads of its own comes to the environment's
 * event loop or, while its thread is in the library, to the pump there (hub.h). It doesn't keep the process alive. When the
 * environment ends, threads that wait get nothing, and so do all that call later.
 */

typedef struct napi_ref_ *napi_ref;
typedef struct napi_handle_scope_ *napi_handle_scope;
typedef struct napi_threadsafe_function_ *napi_threadsafe_function;

int32_t napi_add_env_cleanup_hook(napi_env, void (*)(void *), void *);
int32_t napi_call_function(napi_env, napi_value, napi_value, size_t, const napi_value *, napi_value *);
int32_t napi_call_threadsafe_function(napi_threadsafe_function, void *, int32_t);
int32_t napi_close_handle_scope(napi_env, napi_handle_scope);
int32_t napi_create_function(napi_env, const char *, size_t, napi_value (*)(napi_env, napi_callback_info), void *, napi_value *);
int32_t napi_create_threadsafe_function(napi_env, napi_value, napi_value, napi_value, size_t, size_t, void *, void *, void *, void (*)(napi_env, napi_value, void *, void *), napi_threadsafe_function *);
int32_t napi_fatal_exception(napi_env, napi_value);
int32_t napi_get_and_clear_last_exception(napi_env, napi_value *);
int32_t napi_get_undefined(napi_env, napi_value *);
int32_t napi_is_exception_pending(napi_env, bool *);
int32_t napi_open_handle_scope(napi_env, napi_handle_scope *);
int32_t napi_unref_threadsafe_function(napi_env, napi_threadsafe_function);

typedef struct home {
  struct home *next;
  napi_env env;
  void *heap;
  /* What the environment's functions get from Node-API. */
  void *data;
  napi_threadsafe_function wake;
  queue calls;
  /* What is delivered now. */
  served *current;
  /* A thread of C's has left a function of the environment. */
  condition left;
} home;

static home *homes;

/* Takes the functions of an environment away from C. */
static void close_home(void *argument) {
  home *h = argument;
  hub_lock();
  for (kept *k = all_kept; k; k = k->next)
    for (int32_t i = 0; i < k->count; i++)
      if (k->places[i].heap == h->heap) {
        set(k->places[i].heap, NULL);
        k->places[i].home = NULL;
      }
  end_calls(&h->calls);
  /* It exits in there, and doesn't come back. */
  if (h->current) end_call(h->current, 0);
  h->current = NULL;
  for (kept *k = all_kept; k; k = k->next)
    for (int32_t i = 0; i < k->count; i++)
      while (k->places[i].running > 0 && !k->places[i].heap) condition_wait(&h->left, &hub.mutex);
  home **at = &homes;
  while (*at != h) at = &(*at)->next;
  *at = h->next;
  hub_unlock();
  condition_destroy(&h->left);
  free(h);
}

/* Runs one call through JavaScript, as its event loop does. What is thrown nobody catches. */
static void deliver_call(home *h, served *s) {
  napi_env env = h->env;
  napi_handle_scope scope;
  napi_value function, undefined, result;
  bool failed = 0;
  napi_open_handle_scope(env, &scope);
  if (napi_create_function(env, "called by C", (size_t)-1, (napi_value(*)(napi_env, napi_callback_info))s->deliver, h->data, &function) == 0 &&
      napi_get_undefined(env, &undefined) == 0)
    napi_call_function(env, undefined, function, 0, NULL, &result);
  napi_is_exception_pending(env, &failed);
  failed = failed && napi_get_and_clear_last_exception(env, &result) == 0;
  hub_lock();
  h->current = NULL;
  end_call(s, 1);
  hub_unlock();
  /* Who listens to that may wait for the thread. */
  if (failed) napi_fatal_exception(env, result);
  napi_close_handle_scope(env, scope);
}

/* Runs what is in the queue, on the thread of JavaScript; without `env` that is ending. */
static void deliver(napi_env env, napi_value unused, void *context, void *data) {
  home *h = context;
  if (!env) return;
  hub_lock();
  served *last = h->calls.first;
  while (last && last->next) last = last->next;
  /* The event loop has other things to do, too. */
  for (int32_t is_last = 0; !is_last && (h->current = next_call(&h->calls));) {
    is_last = h->current == last;
    hub_unlock();
    deliver_call(h, h->current);
    hub_lock();
  }
  if (h->calls.first) napi_call_threadsafe_function(h->wake, NULL, 0);
  hub_unlock();
}

/* What is delivered now. */
exported served *tsn_home_current(napi_env env) {
  hub_lock();
  home *h = homes;
  while (h->env != env) h = h->next;
  served *s = h->current;
  hub_unlock();
  return s;
}

/* Has a pump run what waits for the event loop, which the library may wait for. With the lock. */
static void take_calls(pump *p) {
  home *h = homes;
  while (h && h->env != p->env) h = h->next;
  if (!h) return;
  queue others = {0};
  for (served *s; (s = next_call(&h->calls));) add_call(s->library == p->library ? &p->calls : &others, s);
  h->calls = others;
}

/* That of an environment; NULL where there is no memory. */
static home *home_of(napi_env env, void *heap, void *data) {
  hub_lock();
  home *h = homes;
  while (h && h->env != env) h = h->next;
  hub_unlock();
  if (h) return h;
  h = calloc(1, sizeof *h);
  napi_value name;
  if (!h) return NULL;
  h->env = env;
  h->heap = heap;
  h->data = data;
  if (napi_create_string_utf8(env, "tsnative", (size_t)-1, &name) ||
      napi_create_threadsafe_function(env, NULL, NULL, name, 0, 1, NULL, NULL, h, deliver, &h->wake)) {
    free(h);
    return NULL;
  }
  napi_unref_threadsafe_function(env, h->wake);
  condition_init(&h->left);
  /* It runs before that of the function, as it comes later. */
  napi_add_env_cleanup_hook(env, close_home, h);
  hub_lock();
  h->next = homes;
  homes = h;
  hub_unlock();
  return h;
}

/* As `keep`. @param env that of the heap; NULL where that is a call's alone @param data what functions of the environment get */
exported int32_t tsn_kept_keep(kept *k, int32_t most, void *heap, napi_env env, void *data, void *function, int32_t plain) {
  home *h = env ? home_of(env, heap, data) : NULL;
  return keep(k, most, heap, h != NULL, function, plain, h);
}

static pump *pump_of(const home *h, int32_t library) {
  pump *p = hub.pumps;
  while (p && (p->env != h->env || p->library != library)) p = p->outer;
  return p;
}

/* Has the thread that a kept function belongs to run a call of it; 0 where there is none any more. */
static int32_t post_kept(kept *k, int32_t place, int32_t library, served *s) {
  s->ended = 0;
  s->frame = NULL;
  s->library = library;
  hub_lock();
  home *h = k->places[place].home;
  if (!h) {
    hub_unlock();
    return 0;
  }
  s->function = k->places[place].function;
  condition_init(&s->done);
  pump *p = pump_of(h, library);
  if (p) {
    add_call(&p->calls, s);
    condition_signal(&p->news);
  } else {
    if (!h->calls.first) napi_call_threadsafe_function(h->wake, NULL, 0);
    add_call(&h->calls, s);
  }
  return wait_for(s);
}

exported int32_t tsn_kept_post(kept *k, int32_t place, int32_t library, served *s) {
  s->failed = 0;
  return post_kept(k, place, library, s);
}

/* Tells the thread that a kept function belongs to what that has thrown on a thread of C's. */
exported void tsn_kept_fail(kept *k, int32_t place, int32_t library, served *s, int32_t word, const int64_t *values) {
  s->failed = 1;
  s->word = word;
  memcpy(s->values, values, sizeof s->values);
  post_kept(k, place, library, s);
}

/* The function of a place, which stays until `tsn_kept_end`; NULL where there is none any more. */
exported void *tsn_kept_begin(kept *k, int32_t place) {
  hub_lock();
  void *function = k->places[place].heap ? k->places[place].function : NULL;
  if (function) k->places[place].running++;
  hub_unlock();
  return function;
}

exported void tsn_kept_end(kept *k, int32_t place) {
  hub_lock();
  k->places[place].running--;
  if (!k->places[place].heap)
    for (home *h = homes; h; h = h->next) condition_broadcast(&h->left);
  hub_unlock();
}
