/*
 * Calls of async functions: each runs as a task on a thread of the pool (pool.c), and its promise settles on the
 * thread of JavaScript that made it.
 *
 * Native code works on copies of the typed arrays, which JavaScript may change, resize, hand over to another thread
 * or drop meanwhile; what it wrote is written back before the promise settles. Only what SharedArrayBuffers have is
 * there for both at once, so an environment waits for calls with such when it ends. It leaves the others to
 * themselves: they have memory of their own, and nobody asks for their results any more.
 */
#include "system.h"
#include "task.h"

typedef struct napi_env_ *napi_env;
typedef struct napi_value_ *napi_value;
typedef struct napi_ref_ *napi_ref;
typedef struct napi_deferred_ *napi_deferred;
typedef struct napi_threadsafe_function_ *napi_threadsafe_function;
typedef int32_t napi_status;

napi_status napi_add_env_cleanup_hook(napi_env, void (*)(void *), void *);
napi_status napi_call_threadsafe_function(napi_threadsafe_function, void *, int32_t);
napi_status napi_create_promise(napi_env, napi_deferred *, napi_value *);
napi_status napi_create_reference(napi_env, napi_value, uint32_t, napi_ref *);
napi_status napi_create_string_utf8(napi_env, const char *, size_t, napi_value *);
napi_status napi_create_threadsafe_function(napi_env, napi_value, napi_value, napi_value, size_t, size_t, void *, void *, void *, void (*)(napi_env, napi_value, void *, void *), napi_threadsafe_function *);
napi_status napi_delete_reference(napi_env, napi_ref);
napi_status napi_get_and_clear_last_exception(napi_env, napi_value *);
napi_status napi_get_dataview_info(napi_env, napi_value, size_t *, void **, napi_value *, size_t *);
napi_status napi_get_reference_value(napi_env, napi_ref, napi_value *);
napi_status napi_get_typedarray_info(napi_env, napi_value, int32_t *, size_t *, void **, napi_value *, size_t *);
napi_status napi_get_undefined(napi_env, napi_value *);
napi_status napi_is_arraybuffer(napi_env, napi_value, bool *);
napi_status napi_is_exception_pending(napi_env, bool *);
napi_status napi_ref_threadsafe_function(napi_env, napi_threadsafe_function);
napi_status napi_reject_deferred(napi_env, napi_deferred, napi_value);
napi_status napi_resolve_deferred(napi_env, napi_deferred, napi_value);
napi_status napi_throw_error(napi_env, const char *, const char *);
napi_status napi_unref_threadsafe_function(napi_env, napi_threadsafe_function);

/* As in 4-emit/layout.ts. */
typedef struct {
  void *data;
  int64_t byte_length;
  int64_t references;
  napi_value js;
  int32_t native;
  napi_value view;
} buffer;

typedef struct {
  void *data;
  int64_t length;
  int64_t byte_offset;
  int64_t references;
  buffer *buffer;
  napi_value js;
  int32_t kind;
  int32_t number;
  void *kept;
} view;

enum { kind_buffer = 11, kind_dataview = 12, immortal = -1 };

/* Bytes of an element, by `viewKinds`. */
static const int32_t element_bytes[] = {1, 1, 1, 2, 2, 4, 4, 4, 8, 8, 8, 1, 1};

/* A typed array of a call. */
typedef struct {
  /* As native code has it: `copy`, or what stands elsewhere in the block. */
  view *own;
  view copy;
  buffer copy_buffer;
  /* What it was received as. */
  const view *received;
  const buffer *received_buffer;
  napi_ref object;
  char *data;
  int64_t bytes;
  /* The block that it is the first in. */
  void *block;
  int32_t is_copied;
} call_view;

struct state;

/* The first part of a call's block; 4-emit/layout.ts has its offsets (`asyncCall`). */
typedef struct call {
  task task;
  /* Runs native code. */
  void (*work)(struct call *);
  /* Makes the result; NULL for `undefined` and, with an exception pending, after an error. */
  napi_value (*finish)(napi_env, struct call *);
  /* Frees what native code has left. */
  void (*discard)(struct call *);
  void *stack_limit;
  /* The environment's. */
  void *data;
  call_view *views;
  int32_t view_count;
  int32_t failed;
  napi_deferred deferred;
  struct state *state;
  /* The calls of an environment that have not settled. */
  struct call *older;
  struct call *newer;
  int32_t has_shared;
  int32_t lacks_memory;
  /* Kinds of typed arrays that native code may have written, a bit each. */
  uint32_t written;
  /* The array of what is inside of objects, and its reference; NULL where there is none. */
  napi_value array;
  napi_ref array_object;
  /* Native code has ended. */
  int32_t is_done;
  /* Not 0 where native code is to end; nobody wants to know what it did. */
  char ended;
  double number;
} call;

/* What an environment has of its calls; it lives as long as one of them. */
typedef struct state {
  mutex mutex;
  /* A call with shared memory has ended. */
  condition ended;
  napi_threadsafe_function wake;
  /* The newest. */
  call *calls;
  /* Calls of which JavaScript awaits the end. */
  int32_t pending;
  /* How many there were. */
  double begun;
  /* Those, with the environment itself. */
  int32_t users;
  int32_t closed;
} state;

static void release_state(state *s) {
  mutex_lock(&s->mutex);
  int32_t users = --s->users;
  mutex_unlock(&s->mutex);
  if (users > 0) return;
  mutex_destroy(&s->mutex);
  condition_destroy(&s->ended);
  free(s);
}

/* With the mutex. */
static void unlink_call(call *c) {
  if (c->newer) c->newer->older = c->older;
  else c->state->calls = c->older;
  if (c->older) c->older->newer = c->newer;
}

/* Frees a call that no list has any more. */
static void end_call(call *c) {
  state *s = c->state;
  c->discard(c);
  for (int32_t i = 0; i < c->view_count; i++) free(c->views[i].block);
  free(c);
  release_state(s);
}

/* What the pool runs. */
static void run_call(task *t, void *stack_limit) {
  call *c = (call *)t;
  state *s = c->state;
  c->stack_limit = stack_limit;
  c->work(c);
  mutex_lock(&s->mutex);
  c->is_done = 1;
  int32_t closed = s->closed;
  if (!closed) napi_call_threadsafe_function(s->wake, c, 0);
  else {
    unlink_call(c);
    condition_signal(&s->ended);
  }
  mutex_unlock(&s->mutex);
  if (closed) end_call(c);
}

/* Where the elements of a typed array or DataView are now; 0 for one without any. */
static int64_t look(napi_env env, napi_value object, int32_t kind, char **data, napi_value *of) {
  void *at = NULL;
  size_t length = 0;
  napi_status status = kind == kind_dataview
      ? napi_get_dataview_info(env, object, &length, &at, of, NULL)
      : napi_get_typedarray_info(env, object, NULL, &length, &at, of, NULL);
  *data = at;
  return status == 0 && at ? (int64_t)length * element_bytes[kind] : 0;
}

/* Gives JavaScript what native code wrote, as far as its arrays are still so long. */
static void write_back(napi_env env, call *c, call_view *v) {
  if (!v->is_copied || !(c->written >> v->own->kind & 1)) return;
  char *data;
  int64_t bytes = look(env, v->own->js, v->own->kind, &data, NULL);
  if (bytes > v->bytes) bytes = v->bytes;
  if (bytes > 0) memcpy(data, v->own->data, (size_t)bytes);
}

/* Settles a call's promise, on its own thread of JavaScript; without `env` that is ending. */
static void settle(napi_env env, napi_value unused, void *context, void *data) {
  call *c = data;
  state *s = c->state;
  mutex_lock(&s->mutex);
  unlink_call(c);
  mutex_unlock(&s->mutex);
  if (env) {
    for (int32_t i = 0; i < c->view_count; i++) {
      call_view *v = &c->views[i];
      v->own->js = NULL;
      if (v->object) napi_get_reference_value(env, v->object, &v->own->js);
      v->own->buffer->js = NULL;
      v->own->buffer->view = v->own->js;
    }
    if (c->array_object) napi_get_reference_value(env, c->array_object, &c->array);
    for (int32_t i = 0; i < c->view_count && !c->ended; i++)
      if (c->views[i].own->js) write_back(env, c, &c->views[i]);
    napi_value result = c->finish(env, c);
    bool failed = 0;
    napi_is_exception_pending(env, &failed);
    if (failed) {
      napi_value error;
      if (napi_get_and_clear_last_exception(env, &error) == 0) napi_reject_deferred(env, c->deferred, error);
    } else {
      if (!result) napi_get_undefined(env, &result);
      napi_resolve_deferred(env, c->deferred, result);
    }
    for (int32_t i = 0; i < c->view_count; i++)
      if (c->views[i].object) napi_delete_reference(env, c->views[i].object);
    if (c->array_object) napi_delete_reference(env, c->array_object);
    if (--s->pending == 0) napi_unref_threadsafe_function(env, s->wake);
  }
  end_call(c);
}

/* Ends an environment: calls that wait for a thread never run. */
static void close_state(void *argument) {
  state *s = argument;
  mutex_lock(&s->mutex);
  s->closed = 1;
  for (call *c = s->calls, *older; c; c = older) {
    older = c->older;
    __atomic_store_n(&c->ended, 1, __ATOMIC_RELAXED);
    if (!tsn_pool_withdraw(&c->task)) continue;
    unlink_call(c);
    mutex_unlock(&s->mutex);
    end_call(c);
    mutex_lock(&s->mutex);
    /* Others may have ended meanwhile. */
    older = s->calls;
  }
  for (;;) {
    call *c = s->calls;
    while (c && (c->is_done || !c->has_shared)) c = c->older;
    if (!c) break;
    condition_wait(&s->ended, &s->mutex);
  }
  mutex_unlock(&s->mutex);
  release_state(s);
}

static state *make_state(napi_env env) {
  state *s = calloc(1, sizeof *s);
  if (!s) return NULL;
  napi_value name;
  if (mutex_init(&s->mutex) || condition_init(&s->ended) ||
      napi_create_string_utf8(env, "tsnative", (size_t)-1, &name) ||
      napi_create_threadsafe_function(env, NULL, NULL, name, 0, 1, NULL, NULL, NULL, settle, &s->wake)) {
    free(s);
    return NULL;
  }
  s->users = 1;
  napi_unref_threadsafe_function(env, s->wake);
  /* It runs before that of the function, as it comes later. */
  napi_add_env_cleanup_hook(env, close_state, s);
  return s;
}

static void *out_of_memory(napi_env env) {
  napi_throw_error(env, NULL, "Out of memory");
  return NULL;
}

/*
 * Begins a call: gives a block of `bytes`, all zero but for its first part, with room for `views` typed arrays at its
 * end; NULL with an exception pending.
 * @param slot where the environment keeps the state of its calls, NULL at first
 */
__attribute__((visibility("hidden"))) void *tsn_async_begin(napi_env env, void *data, state **slot, int64_t bytes,
                                                            int32_t views, void (*work)(call *),
                                                            napi_value (*finish)(napi_env, call *),
                                                            void (*discard)(call *)) {
  if (!*slot) *slot = make_state(env);
  state *s = *slot;
  call *c = s ? calloc(1, (size_t)bytes + (size_t)views * sizeof(call_view)) : NULL;
  if (!c) return out_of_memory(env);
  c->task.run = run_call;
  c->work = work;
  c->finish = finish;
  c->discard = discard;
  c->data = data;
  c->views = (call_view *)((char *)c + bytes);
  c->state = s;
  return c;
}

/* Notes a typed array, which the caller has given its `own`. */
static call_view *note(napi_env env, call *c, const view *received) {
  call_view *v = &c->views[c->view_count++];
  v->received = received;
  v->received_buffer = received->buffer;
  if (napi_create_reference(env, received->js, 1, &v->object)) c->lacks_memory = 1;
  napi_value of = NULL;
  bool is_own = 1;
  v->bytes = look(env, received->js, received->kind, &v->data, &of);
  if (of && napi_is_arraybuffer(env, of, &is_own) == 0 && !is_own) c->has_shared = 1;
  v->is_copied = is_own && v->bytes > 0;
  return v;
}

/* The typed array as the call has it: the same one for the same; NULL for NULL. */
__attribute__((visibility("hidden"))) view *tsn_async_view(napi_env env, call *c, const view *received) {
  /* It is absent, or a constant without a value, which nothing that runs reads. */
  if (!received || !received->js) return NULL;
  buffer *of = NULL;
  for (int32_t i = 0; i < c->view_count; i++) {
    if (c->views[i].received == received) return c->views[i].own;
    if (c->views[i].received_buffer == received->buffer) of = c->views[i].own->buffer;
  }
  call_view *v = note(env, c, received);
  v->own = &v->copy;
  v->copy = *received;
  v->copy.buffer = of ? of : &v->copy_buffer;
  v->copy_buffer.references = immortal;
  return v->own;
}

/* Notes the typed arrays inside of objects, which stand in memory of their own, and the array that JavaScript has of them. */
__attribute__((visibility("hidden"))) void tsn_async_inside(napi_env env, call *c, char *given, int64_t count, napi_value array) {
  for (int64_t i = 0; i < count; i++) {
    view *own = (view *)(given + i * (int64_t)(sizeof(view) + sizeof(buffer)));
    note(env, c, own)->own = own;
  }
  if (napi_create_reference(env, array, 1, &c->array_object)) c->lacks_memory = 1;
}

#if defined(__linux__)
long syscall(long, ...);
#endif

/*
 * Asks for large pages. The system fills what is copied to with zeros, page by page, at the first use: of 100 MB that takes
 * more than ten times as long with small pages as the copying itself.
 */
static void want_large_pages(char *from, size_t bytes) {
#if defined(__linux__)
  enum {
#if defined(__aarch64__)
    advise_call = 233,
#else
    advise_call = 28,
#endif
    huge_pages = 14,
  };
  const uintptr_t large = 2 << 20;
  uintptr_t first = ((uintptr_t)from + large - 1) & ~(large - 1), end = ((uintptr_t)from + bytes) & ~(large - 1);
  /* Where there are none, small ones do. */
  if (first < end) syscall(advise_call, first, end - first, huge_pages);
#endif
}

/* Copies typed arrays; what lies in one piece of memory does so in the copy. 0 where there is no memory. */
static int32_t copy_views(call *c) {
  for (int32_t first = 0; first < c->view_count; first++) {
    call_view *v = &c->views[first];
    if (!v->is_copied || v->own->data != v->data) continue;
    char *from = v->data, *to = from + v->bytes;
    for (int32_t i = 0; i < c->view_count; i++) {
      call_view *other = &c->views[i];
      char *end = other->data + other->bytes;
      if (!other->is_copied || end <= from || other->data >= to || (other->data >= from && end <= to)) continue;
      if (other->data < from) from = other->data;
      if (end > to) to = end;
      i = -1;
    }
    /* As far from the line of a cache as it was. */
    size_t offset = (uintptr_t)from & 63;
    v->block = malloc((size_t)(to - from) + 128);
    if (!v->block) return 0;
    want_large_pages(v->block, (size_t)(to - from) + 128);
    char *copy = (char *)(((uintptr_t)v->block + 63) & ~(uintptr_t)63) + offset;
    memcpy(copy, from, (size_t)(to - from));
    for (int32_t i = 0; i < c->view_count; i++) {
      call_view *other = &c->views[i];
      if (other->is_copied && other->data >= from && other->data < to) other->own->data = copy + (other->data - from);
    }
  }
  return 1;
}

/* Starts a call and gives its promise; NULL with an exception pending. Its memory is no longer the caller's. */
__attribute__((visibility("hidden"))) napi_value tsn_async_start(napi_env env, call *c, uint32_t written) {
  state *s = c->state;
  napi_value promise = NULL;
  c->written = written;
  mutex_lock(&s->mutex);
  s->users++;
  mutex_unlock(&s->mutex);
  if (c->lacks_memory || !copy_views(c) || napi_create_promise(env, &c->deferred, &promise)) {
    end_call(c);
    return out_of_memory(env);
  }
  mutex_lock(&s->mutex);
  c->number = ++s->begun;
  c->older = s->calls;
  if (c->older) c->older->newer = c;
  s->calls = c;
  mutex_unlock(&s->mutex);
  if (s->pending++ == 0) napi_ref_threadsafe_function(env, s->wake);
  if (!tsn_pool_submit(&c->task)) {
    /* Without any thread, JavaScript's own has to do. */
    char here;
    run_call(&c->task, &here - (256 << 10));
  }
  return promise;
}

/* The number of the call that was begun last; 0 where there was none. */
__attribute__((visibility("hidden"))) double tsn_async_begun(state *s) { return s ? s->begun : 0; }

/* Has the call of a number end soon, if it has not ended: its promise then tells nothing of use, or never settles. */
__attribute__((visibility("hidden"))) void tsn_async_end(napi_env env, state *s, double number) {
  mutex_lock(&s->mutex);
  call *c = s->calls;
  while (c && c->number != number) c = c->older;
  if (c) __atomic_store_n(&c->ended, 1, __ATOMIC_RELAXED);
  int32_t is_idle = c && tsn_pool_withdraw(&c->task);
  if (is_idle) unlink_call(c);
  mutex_unlock(&s->mutex);
  if (!is_idle) return;
  for (int32_t i = 0; i < c->view_count; i++)
    if (c->views[i].object) napi_delete_reference(env, c->views[i].object);
  if (c->array_object) napi_delete_reference(env, c->array_object);
  if (--s->pending == 0) napi_unref_threadsafe_function(env, s->wake);
  end_call(c);
}
