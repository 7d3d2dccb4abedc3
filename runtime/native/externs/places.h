/* Functions that C calls on threads of its own while a function of its own runs: each call has a *place*, whose trampoline tells which one it is. */

enum { most_places = 16 };

typedef struct {
  struct {
    wide frame *frame;
    /* How many threads are in its function. */
    wide int64_t running;
  } places[most_places];
} places;

/* Gives the frame of a call a place; -1 where there is none. */
exported int32_t tsn_place_enter(places *all, frame *f) {
  f->outer = get_own();
  f->failed = f->stray = 0;
  f->pump = NULL;
  f->place = -1;
  for (int32_t i = 0; i < most_places && f->place < 0; i++) {
    frame *none = NULL;
    if (__atomic_compare_exchange_n(&all->places[i].frame, &none, f, 0, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED)) f->place = i;
  }
  if (f->place >= 0) set_own(f);
  return f->place;
}

/* What other threads have thrown is the context's error then. */
exported void tsn_place_leave(places *all, frame *f) {
  set_own(f->outer);
  hub_lock();
  __atomic_store_n(&all->places[f->place].frame, NULL, __ATOMIC_SEQ_CST);
  hub_unlock();
  /* A thread of C's that hasn't ended its call yet, though the function that it was passed to has. */
  while (__atomic_load_n(&all->places[f->place].running, __ATOMIC_SEQ_CST) > 0) pause_shortly();
  tell_error(f);
}

/* Has the thread of a place's frame run a call; 0 where there is no frame, or none of which the thread waits. */
exported int32_t tsn_place_post(places *all, int32_t place, served *s) {
  s->ended = s->failed = 0;
  hub_lock();
  s->frame = __atomic_load_n(&all->places[place].frame, __ATOMIC_ACQUIRE);
  if (!s->frame || !s->frame->pump) {
    hub_unlock();
    return 0;
  }
  condition_init(&s->done);
  add_call(&s->frame->pump->calls, s);
  condition_signal(&s->frame->pump->news);
  return wait_for(s);
}

/* The frame of a place, which stays until `tsn_place_end`; NULL where there is none. */
exported frame *tsn_place_begin(places *all, int32_t place) {
  __atomic_add_fetch(&all->places[place].running, 1, __ATOMIC_SEQ_CST);
  frame *f = __atomic_load_n(&all->places[place].frame, __ATOMIC_SEQ_CST);
  if (!f) __atomic_sub_fetch(&all->places[place].running, 1, __ATOMIC_SEQ_CST);
  return f;
}

exported void tsn_place_end(places *all, int32_t place) { __atomic_sub_fetch(&all->places[place].running, 1, __ATOMIC_SEQ_CST); }

/* Whether a frame is one of this thread's. */
exported int32_t tsn_place_is_own(const frame *of) {
  const frame *f = get_own();
  while (f && f != of) f = f->outer;
  return f != NULL;
}
