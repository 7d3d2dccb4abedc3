/* Tasks, from their callers' side. */

static void start_threads(pool *, int32_t count);
static void wake(pool *);

static task *next_task(pool *p) {
  task *t = p->first;
  if (!t) return NULL;
  p->first = t->next;
  if (!p->first) p->last = NULL;
  p->queued--;
  return t;
}

/* Leaves a task to a thread of the pool; 0 where there is none. */
static int32_t submit(void *pool_, task *t) {
  pool *p = pool_;
  uv_mutex_lock(&p->mutex);
  /* Nobody who waits for a task computes, so the pool has a thread for each that may. */
  if (p->queued >= p->sleeping) start_threads(p, (int32_t)smaller(p->started + 1, p->threads));
  int32_t taken = p->started > 0;
  if (taken) {
    t->next = NULL;
    if (p->last) p->last->next = t;
    else p->first = t;
    p->last = t;
    p->queued++;
    wake(p);
  }
  uv_mutex_unlock(&p->mutex);
  return taken;
}

/* Takes a task back; 0 where it was begun. */
static int32_t withdraw(void *pool_, task *t) {
  pool *p = pool_;
  uv_mutex_lock(&p->mutex);
  task *before = NULL;
  task *at = p->first;
  for (; at && at != t; at = at->next) before = at;
  if (at) {
    if (before) before->next = t->next;
    else p->first = t->next;
    if (p->last == t) p->last = before;
    p->queued--;
  }
  uv_mutex_unlock(&p->mutex);
  return at != NULL;
}
