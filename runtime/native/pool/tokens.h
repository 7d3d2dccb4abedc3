/*
 * Tokens that processes share, so that all of them together have no more threads that compute than there are tokens
 * (`tsnative run`). They lie in a file that each process maps: every token has the process whose thread has it, or 0.
 * So nothing is out of order where a process is killed: those that wait see that it is gone, and take its tokens.
 *
 * A thread of the pool takes a token before it computes, and gives it back before it sleeps. Callers and tasks that find
 * none wait for one; the pool's threads then give theirs away, and so do callers after a while, in loops. Tasks that have
 * not begun wait as long as it takes, in order, as they do for a thread of the pool. A thread of JavaScript is not kept
 * waiting for long, nor is a task in its midst, since the end of a worker thread may wait for it: then they run without.
 * What a thread of JavaScript does within microseconds needs no token.
 *
 * Whoever gives a token back wakes who has waited longest; nobody looks again and again, as each that looks is one more
 * thread that is ready to run. Helpers are called by callers, between pieces, when there are tokens for them.
 */
#if defined(__linux__)
long syscall(long, ...);
void *mmap(void *, size_t, int, int, int, long);
long lseek(int, long, int);

enum {
  tokens_version = 1,
  most_tokens = 256,
  most_waiting = 64,
  /* In microseconds: how long a caller keeps a token that others wait for. */
  token_turn = 20000,
  /* For how long a thread of JavaScript keeps one for its next call, if others wait. */
  token_rest = 300,
  /* How long one waits at most, and sleeps at a time, if its turn is next, where nobody wakes it. */
  token_patience = 500000,
  token_sleep = 40000,
  /* The least time between two calls for helpers. */
  token_call = 500,
  /* The least time between two looks for processes that are gone. */
  token_check = 100000,
  /* In nanoseconds: how long one sleeps before it hands a token over. */
  token_pause = 20000,
#if defined(__aarch64__)
  futex_call = 98,
  nanosleep_call = 101,
  set_scheduler_call = 119,
  get_scheduler_call = 120,
#else
  futex_call = 202,
  nanosleep_call = 35,
  set_scheduler_call = 144,
  get_scheduler_call = 145,
#endif
  usual_scheduling = 0,
  batch_scheduling = 3,
  /* Of those that sleep, some have bits by which they are woken. */
  futex_wait = 9,
  futex_wake = 10,
};

/* The file; compiler/run/tokens.ts makes it. */
typedef struct tokens {
  int32_t version;
  int32_t total;
  /* Grows with each token that is given back while others wait. */
  int32_t given;
  /* How often a thread has gone on without one, having waited in vain. */
  int32_t beside;
  /* A bit for each of `waiters` in use. */
  uint64_t waiting;
  /* When somebody last looked for processes that are gone. */
  int64_t checked;
  /* Whose tokens are; with `kept` added, since when their thread computes no more. */
  int64_t owners[most_tokens];
  int64_t resting[most_tokens];
  /* Whose threads wait, and since when. */
  int64_t waiters[most_waiting];
  int64_t since[most_waiting];
} tokens;

static const int64_t kept = (int64_t)1 << 62;

/* Which token this thread has, plus one; 0 where it has none, `beside` where it runs without. */
static __thread int32_t own_token;
/* Since when. And, of threads of JavaScript, when they computed last, and whether it was long before that. */
static __thread int64_t token_since;
static __thread int64_t token_rested;
static __thread int32_t comes_seldom;
/* Whether its last call had to have one. */
static __thread int32_t needed_token;
enum { beside = -1 };

static int64_t microseconds(void) { return (int64_t)(nanoseconds() / 1000) + 1; }

static int exchange(int64_t *place, int64_t from, int64_t to) {
  return __atomic_compare_exchange_n(place, &from, to, 0, __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
}

/* A process by its number and when it began, as numbers are used again; 0 where it is gone. */
static int64_t process_identity(int64_t pid) {
  char path[most_path] = {0}, digits[24], text[1024];
  char *end = digits + sizeof digits - 1;
  *end = 0;
  const char *number_text = write_number(end, (uint64_t)pid, 10);
  add(path, "/proc/", 6);
  add(path, number_text, end - number_text);
  add(path, "/stat", 5);
  if (!read_file(path, text, sizeof text)) return 0;
  const char *at = text;
  /* The program's name may have any signs. */
  for (const char *sign = text; *sign; sign++)
    if (*sign == ')') at = sign;
  if (*word(at, 1) == 'Z' || *word(at, 1) == 'X') return 0;
  const char *began = word(at, 20);
  return pid << 32 | (int64_t)(number(&began, 10) & 0xffffffff);
}

static int is_gone(int64_t process) {
  return process != 0 && process != beside && process_identity((process & ~kept) >> 32) != (process & ~kept);
}

/* Takes the tokens of processes that are gone, and their places among those that wait. */
static void check_owners(const pool *p) {
  tokens *t = p->tokens;
  int64_t now = microseconds(), before = get(t->checked);
  if ((now - before < token_check && now >= before) || !exchange(&t->checked, before, now)) return;
  for (int32_t i = 0; i < t->total; i++) {
    int64_t owner = get(t->owners[i]);
    if ((owner & ~kept) != p->process && is_gone(owner)) exchange(&t->owners[i], owner, 0);
  }
  for (int32_t i = 0; i < most_waiting; i++) {
    int64_t waiter = get(t->waiters[i]);
    if (!is_gone(waiter) || !exchange(&t->waiters[i], waiter, beside)) continue;
    __atomic_and_fetch(&t->waiting, ~(1ull << i), __ATOMIC_ACQ_REL);
    set(t->waiters[i], 0);
  }
}

/* Whether a token can be had, where its owner is that. */
static int is_free(const tokens *t, int32_t i, int64_t owner, int64_t now) {
  return owner == 0 || (owner & kept && now - get(t->resting[i]) >= token_rest);
}

/* How many can be had, if no more than some. */
static int32_t free_tokens(const tokens *t, int32_t most) {
  int64_t now = microseconds();
  int32_t count = 0;
  for (int32_t i = 0; i < t->total && count < most; i++) count += is_free(t, i, get(t->owners[i]), now);
  return count;
}

/* Takes a token where more of them are there than some. */
static int grab_token(pool *p, int32_t more_than) {
  tokens *t = p->tokens;
  int64_t now = microseconds();
  for (int32_t i = 0; i < t->total; i++) {
    int64_t owner = get(t->owners[i]);
    if (!is_free(t, i, owner, now) || more_than-- > 0 || !exchange(&t->owners[i], owner, p->process)) continue;
    own_token = i + 1;
    token_since = now;
    return 1;
  }
  return 0;
}

static int32_t token_count(const pool *p) { return p->tokens ? p->tokens->total : 0; }

/* Whether callers or tasks of any process wait for a token. */
static int token_is_needed(const pool *p) { return p->tokens && get(p->tokens->waiting) != 0; }

/* Takes a token where one is there that nobody waits for; 1 where the thread may compute. */
static int try_token(pool *p) {
  if (!p->tokens || own_token) return 1;
  return !token_is_needed(p) && grab_token(p, 0);
}

/* Sleeps until the thread is woken, at the latest after a time in microseconds. */
static void sleep_for_token(tokens *t, int32_t given, uint32_t bits, int64_t most) {
  uint64_t end = nanoseconds() + (uint64_t)most * 1000;
  const int64_t until[2] = {(int64_t)(end / 1000000000), (int64_t)(end % 1000000000)};
  syscall(futex_call, &t->given, futex_wait, given, until, NULL, bits);
}

/* Changes how the thread is scheduled; 0 where it wasn't as that is to be left. */
static int change_scheduling(int from, int to) {
  const int32_t priority = 0;
  return syscall(get_scheduler_call, 0) == from && syscall(set_scheduler_call, 0, to, &priority) == 0;
}

/* Wakes who has waited longest. */
static void wake_waiter(tokens *t) {
  int64_t first = 0;
  int32_t place = -1;
  for (uint64_t left = get(t->waiting); left; left &= left - 1) {
    int32_t at = __builtin_ctzll(left);
    if (place >= 0 && get(t->since[at]) >= first) continue;
    first = get(t->since[at]);
    place = at;
  }
  if (place < 0) return;
  __atomic_add_fetch(&t->given, 1, __ATOMIC_RELEASE);
  syscall(futex_call, &t->given, futex_wake, 2, NULL, NULL, 1u << place % 32);
}

static void give_token_back(pool *p) {
  if (own_token > 0) {
    set(p->tokens->owners[own_token - 1], 0);
    wake_waiter(p->tokens);
  }
  own_token = 0;
}

/* A thread of JavaScript may soon compute again: until then others may take its token, but not at once. */
static void rest_token(pool *p) {
  if (!p->tokens) return;
  token_rested = microseconds();
  if (own_token <= 0 || (comes_seldom && token_is_needed(p))) {
    give_token_back(p);
    return;
  }
  tokens *t = p->tokens;
  set(t->resting[own_token - 1], token_rested);
  set(t->owners[own_token - 1], p->process + kept);
}

/* How many waited before a time. */
static int32_t earlier(const tokens *t, int64_t start) {
  int32_t count = 0;
  for (uint64_t left = get(t->waiting); left; left &= left - 1)
    count += get(t->since[__builtin_ctzll(left)]) < start;
  return count;
}

/*
 * Begins a new slice of the processor's time, in which the system takes that from nobody: a thread at the end of its slice
 * would be stopped when it wakes another one, and be ready to run beside that for some milliseconds, until it can sleep.
 */
static void begin_slice(void) {
  const int64_t pause[2] = {0, token_pause};
  syscall(nanosleep_call, pause, NULL);
}

/* Waits until the thread has a token or, after a time in microseconds, runs without. */
static void wait_for_token(pool *p, int had, int64_t most) {
  tokens *t = p->tokens;
  int64_t start = microseconds();
  int32_t place = 0;
  while (place < most_waiting && !exchange(&t->waiters[place], 0, p->process)) place++;
  if (place < most_waiting) {
    set(t->since[place], start);
    __atomic_or_fetch(&t->waiting, 1ull << place, __ATOMIC_ACQ_REL);
  }
  /* One of a batch doesn't take the processor from the one that wakes it, which is about to sleep. */
  int is_usual = change_scheduling(usual_scheduling, batch_scheduling);
  /* What it has had itself it gives to one of those that are before it now. */
  if (had) {
    begin_slice();
    give_token_back(p);
  }
  for (;;) {
    int32_t given = get(t->given), before = earlier(t, start);
    if (grab_token(p, before)) break;
    check_owners(p);
    if (microseconds() - start >= most) {
      own_token = beside;
      __atomic_add_fetch(&t->beside, 1, __ATOMIC_RELAXED);
      break;
    }
    sleep_for_token(t, given, place < most_waiting ? 1u << place % 32 : ~0u, (before + 1) * token_sleep);
  }
  if (place < most_waiting) {
    __atomic_and_fetch(&t->waiting, ~(1ull << place), __ATOMIC_ACQ_REL);
    set(t->waiters[place], 0);
  }
  if (is_usual) change_scheduling(batch_scheduling, usual_scheduling);
  /* Two who gave theirs back at a time have woken the same one. */
  if (token_is_needed(p) && free_tokens(t, 1)) wake_waiter(t);
}

static void need_token(pool *p) {
  needed_token = 1;
  if (!try_token(p)) wait_for_token(p, 0, token_patience);
}

/* Of a task that has not begun: it may wait for ever, as others are at work. */
static void need_token_to_begin(pool *p) {
  if (!try_token(p)) wait_for_token(p, 0, __INT64_MAX__);
}

/* Between pieces: who has had a token for a while lets others have it. */
static void offer_token(pool *p) {
  if (!p->tokens) return;
  if (own_token == beside) {
    grab_token(p, 0);
    return;
  }
  if (token_is_needed(p) && microseconds() - token_since >= token_turn) wait_for_token(p, 1, token_patience);
}

/* The thread of JavaScript computes again. Whether it must have a token shows when it doesn't end soon, or from last time. */
static void resume_token(pool *p) {
  if (!p->tokens) return;
  comes_seldom = microseconds() - token_rested > token_rest;
  if (own_token > 0 && !exchange(&p->tokens->owners[own_token - 1], p->process + kept, p->process)) own_token = 0;
  if (own_token) offer_token(p);
  else if (needed_token) need_token(p);
  else try_token(p);
  needed_token = 0;
}

/* How many of some helpers would find tokens. */
static int32_t helpers_with_tokens(const pool *p, int32_t helpers) {
  if (!p->tokens) return helpers;
  return token_is_needed(p) ? 0 : free_tokens(p->tokens, helpers);
}

/* Whether to call a helper, as there is a token for it now. */
static int may_call_helper(pool *p) {
  if (!p->tokens || get(p->sleeping) == 0 || !helpers_with_tokens(p, 1)) return 0;
  int64_t now = microseconds(), before = get(p->called);
  return now - before >= token_call && exchange(&p->called, before, now);
}

/* Of a thread of the pool that has done something: others go first. */
static void yield_token(pool *p) {
  if (own_token == beside || token_is_needed(p)) give_token_back(p);
}

/* Maps the file of tokens that the environment names; without it the process goes by itself. */
static void share_tokens(pool *p) {
  char path[most_path];
  enum { read_write_close_on_exec = 02000002, to_end = 2, read_and_write = 3, shared = 1 };
  if (!environment("TSNATIVE_TOKENS", path, sizeof path)) return;
  int file = open(path, read_write_close_on_exec);
  if (file < 0) return;
  if (lseek(file, 0, to_end) >= (long)sizeof(tokens)) {
    tokens *t = mmap(NULL, sizeof(tokens), read_and_write, shared, file, 0);
    p->process = process_identity(process_id());
    if (t != (tokens *)-1 && p->process && t->version == tokens_version && t->total > 0 && t->total <= most_tokens)
      p->tokens = t;
  }
  close(file);
}
#else
static int32_t token_count(const pool *p) { return 0; }
static int token_is_needed(const pool *p) { return 0; }
static int try_token(pool *p) { return 1; }
static void give_token_back(pool *p) {}
static void rest_token(pool *p) {}
static void resume_token(pool *p) {}
static void need_token(pool *p) {}
static void need_token_to_begin(pool *p) {}
static void offer_token(pool *p) {}
static void yield_token(pool *p) {}
static int32_t helpers_with_tokens(const pool *p, int32_t helpers) { return helpers; }
static int may_call_helper(pool *p) { return 0; }
#endif
