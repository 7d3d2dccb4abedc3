/*
 * Calls that C makes on threads of its own, and that the thread of JavaScript has to run: they wait in a queue. Where that
 * thread is in a function of C which may wait for them in turn, it isn't there itself: a *helper* runs the function, and the
 * thread waits at a *pump*, running what comes. What C calls at other times comes through the event loop (homes.h).
 */

/* On the stack of the thread that C calls on. Generated code has the arguments and the result behind it. */
typedef struct served {
  wide struct served *next;
  /* Runs it, on the thread that it is for, in the frame. */
  wide void (*run)(struct served *);
  wide frame *frame;
  /* Of a function that C keeps. */
  wide void *function;
  /* Runs it where there is no frame; a `napi_callback`. */
  wide void *deliver;
  /* Of that function, by its number. */
  int32_t library;
  /* What was thrown on this thread already, as in frames: then nothing is left to run. */
  int32_t failed;
  int64_t values[4];
  int32_t word;
  int32_t ended;
  int32_t has_run;
  condition done;
} served;

/* In the order in which they came. */
typedef struct {
  served *first;
  served **last;
} queue;

typedef struct pump {
  /* Of the same environment, or any other. */
  struct pump *outer;
  /* The environment whose functions it runs, and the number of the library that it is in. */
  void *env;
  int32_t library;
  int32_t is_finished;
  queue calls;
  condition news;
} pump;

typedef struct helper {
  struct helper *next;
  void (*run)(void *);
  void *block;
  pump *for_pump;
  condition wake;
} helper;

enum { helper_stack = 8 << 20 };

#if defined(__wasm__)
static void hub_lock(void) {}
static void hub_unlock(void) {}
#else
static struct {
  spin_lock begin;
  int32_t is_made;
  mutex mutex;
  pump *pumps;
  helper *idle;
} hub;

static void hub_lock(void) {
  if (!get(hub.is_made)) {
    lock(&hub.begin);
    if (!hub.is_made) {
      mutex_init(&hub.mutex);
      set(hub.is_made, 1);
    }
    unlock(&hub.begin);
  }
  mutex_lock(&hub.mutex);
}

static void hub_unlock(void) { mutex_unlock(&hub.mutex); }

static void add_call(queue *q, served *s) {
  s->next = NULL;
  if (!q->first) q->last = &q->first;
  *q->last = s;
  q->last = &s->next;
}

static served *next_call(queue *q) {
  served *s = q->first;
  if (s) q->first = s->next;
  return s;
}

/* Lets the thread that waits for a call go on. With the lock, after which the call may be gone. */
static void end_call(served *s, int32_t has_run) {
  s->has_run = has_run;
  s->ended = 1;
  condition_signal(&s->done);
}

static void end_calls(queue *q) {
  for (served *s; (s = next_call(q));) end_call(s, 0);
}

/* Waits until a call that is in a queue has run; 0 where it has not, and never will. With the lock. */
static int32_t wait_for(served *s) {
  while (!s->ended) condition_wait(&s->done, &hub.mutex);
  hub_unlock();
  condition_destroy(&s->done);
  return s->has_run;
}

static thread_result help(void *argument) {
  helper *h = argument;
  hub_lock();
  for (;;) {
    while (!h->run) condition_wait(&h->wake, &hub.mutex);
    hub_unlock();
    h->run(h->block);
    hub_lock();
    h->run = NULL;
    h->for_pump->is_finished = 1;
    condition_signal(&h->for_pump->news);
    h->next = hub.idle;
    hub.idle = h;
  }
}

/* One that nobody has; NULL where there is no thread. With the lock. */
static helper *take_helper(void) {
  helper *h = hub.idle;
  if (h) {
    hub.idle = h->next;
    return h;
  }
  h = calloc(1, sizeof *h);
  if (!h) return NULL;
  condition_init(&h->wake);
  if (thread_start(helper_stack, help, h) == 0) return h;
  condition_destroy(&h->wake);
  free(h);
  return NULL;
}
#endif
