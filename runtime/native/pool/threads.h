/* What the threads of the pool do, for as long as the process lives. */

static void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static region *find_work(pool *p) {
  for (region *r = p->open; r; r = r->older)
    if (has_work(r)) return r;
  return NULL;
}

/* One of the pool's threads computes no more. With the mutex. */
static void rest(pool *p) {
  p->running--;
  if (p->waiting > 0) uv_cond_signal(&p->room);
}

/* What a thread of the pool does, for as long as the process lives. */
static void help(void *argument) {
  pool *p = argument;
  char here;
  void *limit = &here - (stack_bytes - stack_margin);
  uv_mutex_lock(&p->mutex);
  for (;;) {
    int has_room = p->running + p->waiting < p->threads;
    task *t = has_room ? next_task(p) : NULL;
    if (t) {
      p->running++;
      p->tasks++;
      uv_mutex_unlock(&p->mutex);
      t->run(t, limit);
      uv_mutex_lock(&p->mutex);
      p->tasks--;
      rest(p);
      continue;
    }
    region *r = has_room ? find_work(p) : NULL;
    if (!r) {
      int32_t news = p->news;
      uv_mutex_unlock(&p->mutex);
      for (int i = 0; i < patience && get(p->news) == news; i++) relax();
      uv_mutex_lock(&p->mutex);
      if (p->news == news) {
        p->sleeping++;
        uv_cond_wait(&p->work, &p->mutex);
        p->sleeping--;
      }
      continue;
    }
    p->running++;
    set(r->helpers, r->helpers + 1);
    uv_mutex_unlock(&p->mutex);
    int64_t from, to;
    while (get(p->waiting) == 0 && take(p, r, &from, &to)) run_piece(p, r, limit, from, to);
    uv_mutex_lock(&p->mutex);
    rest(p);
    set(r->helpers, r->helpers - 1);
    if (r->helpers == 0) uv_cond_broadcast(&p->left);
  }
}

/* Makes threads until the pool has so many. With the mutex. */
static void start_threads(pool *p, int32_t count) {
  while (p->started < count) {
    uv_thread thread;
    uv_thread_options options = {1 /* UV_THREAD_HAS_STACK_SIZE */, stack_bytes};
    /* Without another thread the others have to do. */
    if (uv_thread_create_ex(&thread, &options, help, p) != 0) break;
    p->started++;
  }
}

/* Has the pool's threads look for work. With the mutex. */
static void wake(pool *p) {
  set(p->news, p->news + 1);
  if (p->sleeping > 0) uv_cond_broadcast(&p->work);
}
