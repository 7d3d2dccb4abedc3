/* How many threads compute: the least of what the system gives and what is asked for. */

/* A number in the environment; 0 where there is none. */
static int64_t asked_for(const char *name) {
  char text[16];
  if (!environment(name, text, sizeof text)) return 0;
  const char *at = text;
  int64_t asked = (int64_t)number(&at, 10);
  return *at == 0 ? asked : 0;
}

/* Lowers the limit of threads, and notes why. */
static void lower_limit(pool *p, int64_t threads, int32_t source) {
  if (threads <= 0 || threads >= p->threads) return;
  p->threads = (int32_t)threads;
  p->source = source;
}

static void configure(pool *p) {
  p->threads = most_threads;
  p->source = from_system;
  lower_limit(p, processor_count(), from_affinity);
#if defined(__linux__)
  char *text = malloc(most_text);
  if (text) {
    const int64_t own = affinity(text);
    if (own > 0) {
      p->threads = most_threads;
      lower_limit(p, own, from_affinity);
    }
    lower_limit(p, quota(text), from_group);
    free(text);
  }
  share_tokens(p);
#endif
  lower_limit(p, asked_for("TSNATIVE_NUM_THREADS"), from_variable);
  lower_limit(p, token_count(p), from_tokens);
  p->worth_opening = 20000;
  p->least_piece = 10000;
  /* Tests want more threads than there are processors, and all of them in every loop. */
  int64_t tested = asked_for("TSNATIVE_TEST_THREADS");
  if (tested > 0) {
    p->threads = (int32_t)smaller(tested, most_threads);
    p->source = from_variable;
    p->worth_opening = 1;
    p->least_piece = 1;
  }
}
