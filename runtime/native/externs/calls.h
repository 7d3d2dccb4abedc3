/* Calls of functions of C that may wait for functions which C calls on other threads. */

/*
 * Runs a call of C's on a helper, and on this thread what comes for its innermost frames, so many of them, or for
 * functions of its environment that the library has kept. Gives 0 where there is no thread for it.
 */
exported int32_t tsn_hub_call(void (*run)(void *), void *block, int32_t frames, void *env, int32_t library) {
  pump p = {.env = env, .library = library};
  condition_init(&p.news);
  hub_lock();
  helper *h = take_helper();
  if (h) {
    frame *f = get_own();
    for (int32_t i = 0; i < frames; i++, f = f->outer) f->pump = &p;
    p.outer = hub.pumps;
    hub.pumps = &p;
    take_calls(&p);
    h->for_pump = &p;
    h->block = block;
    h->run = run;
    condition_signal(&h->wake);
    for (;;) {
      served *s = next_call(&p.calls);
      if (s) {
        hub_unlock();
        if (!s->frame) s->frame = get_own();
        s->run(s);
        hub_lock();
        end_call(s, 1);
      } else if (p.is_finished) {
        break;
      } else {
        condition_wait(&p.news, &hub.mutex);
      }
    }
    pump **at = &hub.pumps;
    while (*at != &p) at = &(*at)->outer;
    *at = p.outer;
    f = get_own();
    for (int32_t i = 0; i < frames; i++, f = f->outer) f->pump = NULL;
  }
  hub_unlock();
  condition_destroy(&p.news);
  return h != NULL;
}
