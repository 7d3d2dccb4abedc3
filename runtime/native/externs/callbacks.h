/* Functions of native code that C calls; see compiler/4-emit/externs/callbacks.ts. */

/* A parameter of a function of C that takes functions. */
typedef struct {
  /* The frame that was entered last of all threads. */
  struct frame *active;
  spin_lock lock;
} site;

/* What has 8 bytes also where pointers have 4. */
#define wide _Alignas(8)

/* A call of a function of C that may call back. Generated code sets the second to the fourth field. */
typedef struct frame {
  /* The frame around it on its thread. */
  wide struct frame *outer;
  /* The context of the call from JavaScript. */
  wide char *context;
  /* NULL for a call that may come to functions which the library has kept. */
  wide site *of;
  /* The function that was passed. */
  wide void *function;
  /* The site's active frame before it. */
  wide struct frame *before;
  /* What was thrown on another thread: not 0 once somebody writes it, and then the word and the values of the error. */
  int32_t failed;
  int32_t word;
  int64_t values[4];
  /* C has called on another thread, and may not. */
  int32_t stray;
} frame;

/* `context.errorSite` and `context.errorValues` of compiler/4-emit/layout.ts. */
enum { error_site = 24, error_values = 32 };

exported void tsn_callback_enter(frame *f) {
  f->outer = get_own();
  f->failed = f->stray = 0;
  set_own(f);
  if (!f->of) return;
  lock(&f->of->lock);
  f->before = f->of->active;
  f->of->active = f;
  unlock(&f->of->lock);
}

/* Gives whether C has called on another thread and may not. What was thrown there is the context's error then. */
exported int32_t tsn_callback_leave(frame *f) {
  set_own(f->outer);
  if (f->of) {
    lock(&f->of->lock);
    /* Frames of other threads may have been entered since. */
    frame **at = &f->of->active;
    while (*at && *at != f) at = &(*at)->before;
    if (*at) *at = f->before;
    unlock(&f->of->lock);
  }
  int32_t *word = (int32_t *)(f->context + error_site);
  if (get(f->failed) == 2 && *word == 0) {
    memcpy(f->context + error_values, f->values, sizeof f->values);
    *word = f->word;
  }
  return f->stray;
}

/* The innermost frame of this thread that belongs to a site. */
exported frame *tsn_callback_frame(const site *of) {
  frame *f = get_own();
  while (f && f->of != of) f = f->outer;
  return f;
}

/* The frame of another thread that a call on a thread of C's own belongs to. */
exported frame *tsn_callback_active(site *of) {
  lock(&of->lock);
  frame *f = of->active;
  unlock(&of->lock);
  return f;
}

/* Notes that C has called on a thread of its own. */
exported void tsn_callback_stray(site *of) {
  lock(&of->lock);
  if (of->active) of->active->stray = 1;
  unlock(&of->lock);
}

/* Keeps what was thrown on a thread of C's own, if it is the first. */
exported void tsn_callback_fail(frame *f, int32_t word, const int64_t *values) {
  int32_t none = 0;
  if (!__atomic_compare_exchange_n(&f->failed, &none, 1, 0, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) return;
  f->word = word;
  memcpy(f->values, values, sizeof f->values);
  set(f->failed, 2);
}

/* The functions that C keeps of a parameter. */
typedef struct {
  spin_lock lock;
  int32_t padding;
  int64_t count;
  struct {
    void *function;
    /* Of the environment that it belongs to. */
    void *heap;
    /* It has captured nothing, so it belongs to all. */
    int64_t plain;
  } places[];
} kept;

enum { new_place = 65536 };

/* `header.shape` of compiler/4-emit/layout.ts. */
static int32_t shape_of(const void *object) { return ((const int32_t *)object)[-2]; }

/*
 * The place of a function, with `new_place` where it has just got it; -1 where there is no room. Functions that are
 * `plain` are the same where they are of one shape.
 */
exported int32_t tsn_callback_keep(kept *k, int32_t most, void *heap, void *function, int32_t plain) {
  lock(&k->lock);
  int32_t place = -1;
  for (int32_t i = 0; i < k->count && place < 0; i++) {
    void *known = k->places[i].function;
    if (k->places[i].heap == heap && (known == function || (plain && shape_of(known) == shape_of(function)))) place = i;
  }
  if (place < 0 && k->count < most) {
    k->places[k->count].function = function;
    k->places[k->count].heap = heap;
    k->places[k->count].plain = plain;
    place = (int32_t)k->count++ | new_place;
  }
  unlock(&k->lock);
  return place;
}

/*
 * The innermost frame of this thread, in whose context a function that is kept runs, and the function; NULL where the
 * thread has none, or is another environment's.
 */
exported frame *tsn_callback_kept(kept *k, int32_t place, int64_t heap_offset, void **function) {
  frame *f = get_own();
  if (!f) return NULL;
  lock(&k->lock);
  *function = k->places[place].function;
  void *heap = k->places[place].heap;
  int is_plain = k->places[place].plain != 0;
  unlock(&k->lock);
  if (is_plain || *(void **)(f->context + heap_offset) == heap) return f;
  f->stray = 1;
  return NULL;
}
