/* The pieces of a region. */

static int has_work(region *r) { return get(r->next) < smaller(r->count, get(r->failed)); }

/* Takes a piece; 0 where nothing is left. */
static int take(region *r, int64_t *from, int64_t *to) {
  int64_t next = get(r->next);
  for (;;) {
    if (next >= r->count || next >= get(r->failed)) return 0;
    int64_t left = r->count - next;
    int64_t size = larger(r->grain, left / (2 * r->threads));
    int64_t end = next + smaller(size, left);
    if (__atomic_compare_exchange_n(&r->next, &next, end, 1, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE)) {
      *from = next;
      *to = end;
      return 1;
    }
  }
}

static void run_piece(pool *p, region *r, void *limit, int64_t from, int64_t to) {
  tsn_error error;
  if (!r->piece(r->data, limit, from, to, &error)) return;
  mutex_lock(&p->mutex);
  if (from < r->failed) {
    r->error = error;
    set(r->failed, from);
  }
  mutex_unlock(&p->mutex);
}
