/* What the threads of the pool do, for as long as the process lives. */

static void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

#if defined(__linux__)
int prctl(int, ...);
#endif

/* Names the thread that runs, as `top -H` and debuggers show it. */
static void name_thread(void) {
#if defined(__linux__)
  enum { set_name = 15 };
  prctl(set_name, "tsnative");
#endif
}

/* Has so many of the pool's threads look for work, and those that are awake. With the mutex. */
static void wake(pool *p, int32_t threads) {
  set(p->news, p->news + 1);
  for (int64_t left = smaller(threads, p->sleeping); left > 0; left--) condition_signal(&p->work);
}

/* Whether one more of the pool's threads may compute. With the mutex. */
static int has_room(const pool *p) { return p->running + p->waiting < p->threads; }

/* The newest region that a thread may help in, but for one; NULL where there is none. With the mutex. */
static region *find_region(const pool *p, const region *but) {
  for (region *r = p->open; r; r = r->older)
    if (r != but && has_work(r) && has_room_in(r->scope)) return r;
  return NULL;
}

/* A thread computes from now on, in a scope or, with NULL, in none. With the mutex. */
static void start_computing(pool *p, scope *s) {
  p->running++;
  count_in(s, 1);
}

static void stop_computing(pool *p, scope *s) {
  p->running--;
  count_in(s, -1);
  if (p->waiting > 0) condition_signal(&p->room);
}

/* As above, of one of the pool's threads: another one may do what is left beside that. */
static void start_helping(pool *p, scope *s, const region *r) {
  p->helping++;
  start_computing(p, s);
  if (p->sleeping > 0 && has_room(p) && (find_task(p) || find_region(p, r))) wake(p, 1);
}

static void stop_helping(pool *p, scope *s) {
  p->helping--;
  stop_computing(p, s);
}

static void run_task(pool *p, task *t, void *limit) {
  scope *s = t->scope;
  take_task(p, t);
  p->tasks++;
  start_helping(p, s, NULL);
  mutex_unlock(&p->mutex);
  t->run(t, limit);
  yield_token(p);
  mutex_lock(&p->mutex);
  p->tasks--;
  stop_helping(p, s);
  release_scope(s);
}

static void help_in(pool *p, region *r, void *limit) {
  int64_t from, to;
  start_helping(p, r->scope, r);
  set(r->helpers, r->helpers + 1);
  mutex_unlock(&p->mutex);
  while (get(p->waiting) == 0 && !token_is_needed(p) && take(r, &from, &to)) run_piece(p, r, limit, from, to);
  yield_token(p);
  mutex_lock(&p->mutex);
  stop_helping(p, r->scope);
  set(r->helpers, r->helpers - 1);
  if (r->helpers == 0) condition_broadcast(&p->left);
}

static void sleep_until_woken(pool *p) {
  set(p->sleeping, p->sleeping + 1);
  condition_wait(&p->work, &p->mutex);
  set(p->sleeping, p->sleeping - 1);
}

/* Looks for news for a while, and then sleeps until there are some. */
static void rest(pool *p) {
  int32_t news = p->news;
  mutex_unlock(&p->mutex);
  if (try_token(p))
    for (int i = 0; i < patience && get(p->news) == news && !token_is_needed(p); i++) relax();
  if (get(p->news) == news) give_token_back(p);
  mutex_lock(&p->mutex);
  if (p->news != news) return;
  sleep_until_woken(p);
}

/* Waits for a token for a task. With the mutex, but not meanwhile. */
static void get_token_for_task(pool *p) {
  mutex_unlock(&p->mutex);
  need_token_to_begin(p);
  mutex_lock(&p->mutex);
}

static thread_result help(void *argument) {
  pool *p = argument;
  char here;
  void *limit = &here - (stack_bytes - stack_margin);
  name_thread();
  mutex_lock(&p->mutex);
  for (;;) {
    task *t = has_room(p) ? find_task(p) : NULL;
    region *r = has_room(p) && !t ? find_region(p, NULL) : NULL;
    if (!t && !r) rest(p);
    else if (try_token(p)) t ? run_task(p, t, limit) : help_in(p, r, limit);
    else t ? get_token_for_task(p) : sleep_until_woken(p);
  }
}

/* Makes threads until the pool has so many. With the mutex. */
static void start_threads(pool *p, int32_t count) {
  while (p->started < count) {
    /* Without another thread the others have to do. */
    if (thread_start(stack_bytes, help, p) != 0) break;
    p->started++;
  }
}
