/* What callers do: those of regions, and those that leave tasks to the pool. */

/* A caller that isn't inside a region counts as one of the threads, and may have to wait until it does. */
static void enter(pool *p, scope *s) {
  mutex_lock(&p->mutex);
  set(p->waiting, p->waiting + 1);
  while (p->running >= p->threads && p->running > p->tasks) condition_wait(&p->room, &p->mutex);
  set(p->waiting, p->waiting - 1);
  start_computing(p, s);
  mutex_unlock(&p->mutex);
  resume_token(p);
}

static void leave(pool *p, scope *s) {
  rest_token(p);
  mutex_lock(&p->mutex);
  stop_computing(p, s);
  if (p->waiting == 0 && (find_task(p) || find_region(p, NULL))) wake(p, 1);
  mutex_unlock(&p->mutex);
}

/* Waits until no other thread is in a region. */
static void wait_for_helpers(pool *p, region *r, int32_t depth) {
  for (int i = 0; i < patience && get(r->helpers) > 0; i++) relax();
  int sleeps = get(r->helpers) > 0;
  if (sleeps) give_token_back(p);
  mutex_lock(&p->mutex);
  region **link = &p->open;
  while (*link != r) link = &(*link)->older;
  *link = r->older;
  while (r->helpers > 0) condition_wait(&p->left, &p->mutex);
  mutex_unlock(&p->mutex);
  if (sleeps && depth > 0) need_token(p);
}

static void call_helper(pool *p) {
  mutex_lock(&p->mutex);
  wake(p, 1);
  mutex_unlock(&p->mutex);
}

/* Runs the iterations from `next` on with the pool; 1 where one failed. */
static int32_t run_open(pool *p, region *r, void *limit, int32_t depth) {
  need_token(p);
  mutex_lock(&p->mutex);
  r->older = p->open;
  p->open = r;
  if (r->threads > 1) {
    wake(p, helpers_with_tokens(p, r->threads - 1));
    start_threads(p, (int32_t)smaller(p->helping + r->threads, p->threads) - 1);
  }
  mutex_unlock(&p->mutex);
  int64_t from, to;
  while (take(r, &from, &to)) {
    run_piece(p, r, limit, from, to);
    offer_token(p);
    if (r->threads > 1 && may_call_helper(p)) call_helper(p);
  }
  wait_for_helpers(p, r, depth);
  return r->failed < r->count;
}

static int32_t run(void *pool_, tsn_piece piece, void *data, int64_t count, void *limit,
                   int32_t depth, int32_t eager, scope *s, tsn_error *error) {
  pool *p = pool_;
  if (depth == 0) enter(p, s);
  int32_t failed = 0, threads = limit_in(s, p->threads);
  int64_t done = 0;
  uint64_t start = nanoseconds(), took = 0;
  if (threads == 1 && !p->tokens) {
    failed = piece(data, limit, 0, count, error);
    done = count;
  }
  for (int64_t size = 1; !eager && done < count && !failed && took < p->worth_opening; size *= 2) {
    int64_t to = smaller(done + size, count);
    failed = piece(data, limit, done, to, error);
    done = to;
    took = nanoseconds() - start;
  }
  if (done < count && !failed) {
    int64_t grain = 1;
    if (!eager) grain = larger(1, (int64_t)(p->least_piece * (double)done / (double)took));
    if (count - done <= grain) failed = piece(data, limit, done, count, error);
    else {
      region r = {piece, data, count, grain, done, count, {0}, s, threads, 0, NULL};
      failed = run_open(p, &r, limit, depth);
      if (failed) *error = r.error;
    }
  }
  if (depth == 0) leave(p, s);
  return failed;
}

/* Leaves a task to a thread of the pool; 0 where there is none. */
static int32_t submit(void *pool_, task *t) {
  pool *p = pool_;
  mutex_lock(&p->mutex);
  /* Nobody who waits for a task computes, so the pool has a thread for each that may. */
  if (p->started == 0 || (p->queued >= p->sleeping && has_room_in(t->scope)))
    start_threads(p, (int32_t)smaller(p->started + 1, p->threads));
  int32_t taken = p->started > 0;
  if (taken) {
    keep_scope(t->scope);
    add_task(p, t);
    wake(p, has_room_in(t->scope));
  }
  mutex_unlock(&p->mutex);
  return taken;
}

/* Takes a task back; 0 where it was begun. */
static int32_t withdraw(void *pool_, task *t) {
  pool *p = pool_;
  mutex_lock(&p->mutex);
  int32_t taken = take_task(p, t);
  mutex_unlock(&p->mutex);
  if (taken) release_scope(t->scope);
  return taken;
}
