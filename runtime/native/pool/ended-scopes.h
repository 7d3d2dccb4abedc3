/* The ends of scopes. */

static void release_scope(scope *s) {
  while (s && __atomic_sub_fetch(&s->references, 1, __ATOMIC_ACQ_REL) == 0) {
    scope *outer = s->outer;
    pool *p = s->pool;
    __atomic_sub_fetch(&p->scopes, 1, __ATOMIC_RELAXED);
    free(s);
    s = outer;
  }
}
