/* Regions, from their callers' side. */

/* A caller that isn't inside a region counts as one of the threads, and may have to wait until it does. */
static void enter(pool *p) {
  uv_mutex_lock(&p->mutex);
  p->waiting++;
  while (p->running >= p->threads && p->running > p->tasks) uv_cond_wait(&p->room, &p->mutex);
  p->waiting--;
  p->running++;
  uv_mutex_unlock(&p->mutex);
}

static void leave(pool *p) {
  uv_mutex_lock(&p->mutex);
  p->running--;
  if (p->waiting > 0) uv_cond_signal(&p->room);
  else if (p->open || p->first) wake(p);
  uv_mutex_unlock(&p->mutex);
}

/* Runs the iterations from `next` on with the pool; 1 where one failed. */
static int32_t run_open(pool *p, region *r, void *limit) {
  uv_mutex_lock(&p->mutex);
  r->older = p->open;
  p->open = r;
  wake(p);
  start_threads(p, p->threads - 1);
  uv_mutex_unlock(&p->mutex);
  int64_t from, to;
  while (take(p, r, &from, &to)) run_piece(p, r, limit, from, to);
  for (int i = 0; i < patience && get(r->helpers) > 0; i++) relax();
  uv_mutex_lock(&p->mutex);
  region **link = &p->open;
  while (*link != r) link = &(*link)->older;
  *link = r->older;
  while (r->helpers > 0) uv_cond_wait(&p->left, &p->mutex);
  uv_mutex_unlock(&p->mutex);
  return r->failed < r->count;
}

static int32_t run(void *pool_, tsn_piece piece, void *data, int64_t count, void *limit,
                   int32_t depth, int32_t eager, tsn_error *error) {
  pool *p = pool_;
  if (depth == 0) enter(p);
  int32_t failed = 0;
  int64_t done = 0;
  uint64_t start = uv_hrtime(), took = 0;
  for (int64_t size = 1; !eager && done < count && !failed && took < p->worth_opening; size *= 2) {
    int64_t to = smaller(done + size, count);
    failed = piece(data, limit, done, to, error);
    done = to;
    took = uv_hrtime() - start;
  }
  if (done < count && !failed) {
    int64_t grain = 1;
    if (!eager) grain = larger(1, (int64_t)(p->least_piece * (double)done / (double)took));
    if (count - done <= grain) failed = piece(data, limit, done, count, error);
    else {
      region r = {piece, data, count, grain, done, count, {0}, 0, NULL};
      failed = run_open(p, &r, limit);
      if (failed) *error = r.error;
    }
  }
  if (depth == 0) leave(p);
  return failed;
}
