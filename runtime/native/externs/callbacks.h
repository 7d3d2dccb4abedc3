/* Functions of native code that C calls while a function of its own runs; see compiler/4-emit/externs/callbacks.ts. */

struct site;
struct pump;

/* What has 8 bytes also where pointers have 4. */
#define wide _Alignas(8)

/* A call of a function of C that may call back. Generated code sets the second to the fourth field. */
typedef struct frame {
  /* The frame around it on its thread. */
  wide struct frame *outer;
  /* The context of the call from JavaScript. */
  wide char *context;
  /* What the function was passed as; NULL for a call that may come to functions which the library has kept. */
  wide struct site *of;
  /* The function that was passed. */
  wide void *function;
  /* The frame of the same thread that the site had before. */
  wide struct frame *before;
  /* Where its thread waits meanwhile, and runs what other threads ask for; NULL where it is in C itself. */
  wide struct pump *pump;
  /* What was thrown on another thread: not 0 once somebody writes it, and then the word and the values of the error. */
  int32_t failed;
  int32_t word;
  int64_t values[4];
  /* C has called on another thread, and may not. */
  int32_t stray;
  /* Its index among the places of a site that C calls on threads of its own. */
  int32_t place;
} frame;

/* `context.stackLimit`, `context.errorSite` and `context.errorValues` of compiler/4-emit/layout.ts. */
enum { stack_limit = 16, error_site = 24, error_values = 32 };

/*
 * A parameter of a function of C that takes functions. Of the first thread that passes one, the frame is here at hand:
 * who calls within its part of that thread's stack is on that thread. Generated code looks at both fields.
 */
typedef struct site {
  wide frame *frame;
  wide char *limit;
  spin_lock lock;
  /* How many frames there are, of all threads. */
  int32_t entered;
  /* C has called on a thread that has none. */
  int32_t strays;
} site;

static int is_in_stack(const char *place, const char *limit, const frame *end) {
  return limit <= place && place < (const char *)end;
}

/* Whether the frame is the one at hand; others are found by `tsn_callback_frame`. */
exported int32_t tsn_callback_enter(frame *f) {
  char *limit = *(char **)(f->context + stack_limit);
  int32_t at_hand = 0;
  f->outer = get_own();
  f->failed = f->stray = 0;
  f->before = NULL;
  f->pump = NULL;
  set_own(f);
  if (!f->of) return 0;
  lock(&f->of->lock);
  f->of->entered++;
  if (f->of->frame ? is_in_stack((char *)f, f->of->limit, f->of->frame) : limit < (char *)f) {
    f->before = f->of->frame;
    f->of->limit = limit;
    f->of->frame = f;
    at_hand = 1;
  }
  unlock(&f->of->lock);
  return at_hand;
}

static void tell_error(frame *f) {
  int32_t *word = (int32_t *)(f->context + error_site);
  if (get(f->failed) != 2 || *word != 0) return;
  memcpy(f->context + error_values, f->values, sizeof f->values);
  *word = f->word;
}

/* Gives whether C has called on another thread and may not. */
exported int32_t tsn_callback_leave(frame *f) {
  site *s = f->of;
  set_own(f->outer);
  if (!s) return f->stray;
  lock(&s->lock);
  s->entered--;
  if (s->frame == f) {
    s->frame = f->before;
    if (!s->frame) s->limit = NULL;
  }
  if (s->strays) f->stray = 1;
  s->strays = 0;
  unlock(&s->lock);
  return f->stray;
}

/* The innermost frame of this thread that belongs to a site. */
exported frame *tsn_callback_frame(const site *of) {
  frame *f = get_own();
  while (f && f->of != of) f = f->outer;
  return f;
}

/* Keeps what was thrown on a thread of C's own, if it is the first. */
exported void tsn_callback_fail(frame *f, int32_t word, const int64_t *values) {
  int32_t none = 0;
  if (!__atomic_compare_exchange_n(&f->failed, &none, 1, 0, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) return;
  f->word = word;
  memcpy(f->values, values, sizeof f->values);
  set(f->failed, 2);
}

/* C has called a function whose call has ended, or whose environment has. */
exported void tsn_callback_released(const char *message, int32_t *told) {
  if (__atomic_exchange_n(told, 1, __ATOMIC_RELAXED) == 0) tell(message);
}

/* Notes that C has called on a thread that has no frame, which is told when a call ends that has one, if there is any. */
exported void tsn_callback_stray(site *of, const char *message, int32_t *told) {
  lock(&of->lock);
  int32_t entered = of->entered;
  if (entered > 0) of->strays = 1;
  unlock(&of->lock);
  if (entered == 0) tsn_callback_released(message, told);
}
