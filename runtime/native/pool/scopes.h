/* Limits of threads that JavaScript sets for what it calls. */

/* A call of `withThreads`. What computes in it counts in those around it too. */
typedef struct scope {
  /* The pool that it is of: a package of another version may have another one. */
  void *pool;
  struct scope *outer;
  /* How many threads may compute in it, and how many do. */
  int32_t threads;
  int32_t running;
  /* Those of JavaScript, of scopes inside it and of tasks. */
  int32_t references;
} scope;

/* Whether one more thread may compute in it. With the mutex. */
static int has_room_in(const scope *s) {
  for (; s; s = s->outer)
    if (s->running >= s->threads) return 0;
  return 1;
}

/* Counts threads that begin to compute in it or, below 0, end. With the mutex. */
static void count_in(scope *s, int32_t threads) {
  for (; s; s = s->outer) s->running += threads;
}

/* The most threads that compute in it, of so many. */
static int32_t limit_in(const scope *s, int32_t threads) {
  for (; s; s = s->outer) threads = (int32_t)smaller(threads, s->threads);
  return threads;
}

static void keep_scope(scope *s) {
  if (s) __atomic_add_fetch(&s->references, 1, __ATOMIC_RELAXED);
}
