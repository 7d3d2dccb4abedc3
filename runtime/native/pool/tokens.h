/*
 * Tokens that processes share, so that all of them together have no more threads that compute than there are tokens
 * (`tsnative run`). They lie in a file that each process maps: every token has the process whose thread has it, or 0.
 * So nothing is out of order where a process is killed: those that wait see that it is gone, and take its tokens.
 *
 * A thread of the pool takes a token before it computes, and gives it back before it sleeps. Callers and tasks that find
 * none wait for one; the pool's threads then give theirs away, and so do callers after a while, in loops. What is done
 * within microseconds needs none. Nobody waits for long: then a thread runs without.
 */
#if defined(__linux__)
long syscall(long, ...);
void *mmap(void *, size_t, int, int, int, long);
long lseek(int, long, int);

enum {
  tokens_version = 1,
  most_tokens = 256,
  most_waiting = 64,
  /* Milliseconds: how long a caller keeps a token that others wait for, and waits for one. */
  token_turn = 5,
  token_patience = 500,
  /* How long one who waits sleeps at a time, and between looks for processes that are gone. */
  token_sleep = 50,
  token_check = 100,
#if defined(__aarch64__)
  futex_call = 98,
#else
  futex_call = 202,
#endif
  futex_wait = 0,
  futex_wake = 1,
};

/* The file; compiler/run/tokens.ts makes it. */
typedef struct tokens {
  int32_t version;
  int32_t total;
  /* Grow with each token that is given back: what those sleep on that must have one, and those that could use one. */
  int32_t needed;
  int32_t useful;
  /* A bit for each of `waiters` in use. */
  uint64_t waiting;
  /* When somebody last looked for processes that are gone, in milliseconds. */
  int64_t checked;
  int64_t owners[most_tokens];
  int64_t waiters[most_waiting];
} tokens;

/* Since when this thread has a token, in milliseconds; 0 where it has none, `beside` where it runs without. */
static __thread int64_t token_since;
enum { beside = -1 };

static int64_t milliseconds(void) { return (int64_t)(uv_hrtime() / 1000000) + 1; }

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

static int is_gone(int64_t process) { return process != 0 && process_identity(process >> 32) != process; }

static void sleep_on(int32_t *word, int32_t value, int64_t most) {
  const int64_t time[2] = {most / 1000, most % 1000 * 1000000};
  syscall(futex_call, word, futex_wait, value, time, NULL, 0);
}

/* Tells that a token is there: first those that must have one. */
static void announce_token(tokens *t) {
  __atomic_add_fetch(&t->needed, 1, __ATOMIC_RELEASE);
  __atomic_add_fetch(&t->useful, 1, __ATOMIC_RELEASE);
  syscall(futex_call, get(t->waiting) ? &t->needed : &t->useful, futex_wake, 1, NULL, NULL, 0);
}

/* Takes the tokens of processes that are gone, and their places among those that wait. */
static void check_owners(const pool *p) {
  tokens *t = p->tokens;
  int64_t now = milliseconds(), before = get(t->checked);
  if (now - before < token_check && now >= before) return;
  if (!exchange(&t->checked, before, now)) return;
  for (int32_t i = 0; i < t->total; i++) {
    int64_t owner = get(t->owners[i]);
    if (owner != p->process && is_gone(owner) && exchange(&t->owners[i], owner, 0)) announce_token(t);
  }
  for (int32_t i = 0; i < most_waiting; i++) {
    int64_t waiter = get(t->waiters[i]);
    if (waiter == beside || !is_gone(waiter) || !exchange(&t->waiters[i], waiter, beside)) continue;
    __atomic_and_fetch(&t->waiting, ~(1ull << i), __ATOMIC_ACQ_REL);
    set(t->waiters[i], 0);
  }
}

static int grab_token(pool *p) {
  tokens *t = p->tokens;
  for (int32_t i = 0; i < t->total; i++)
    if (get(t->owners[i]) == 0 && exchange(&t->owners[i], 0, p->process)) {
      token_since = milliseconds();
      return 1;
    }
  return 0;
}

static int32_t token_count(const pool *p) { return p->tokens ? p->tokens->total : 0; }

/* Whether callers or tasks of any process wait for a token. */
static int token_is_needed(const pool *p) { return p->tokens && get(p->tokens->waiting) != 0; }

/* Takes a token where one is there that nobody waits for; 1 where the thread may compute. */
static int try_token(pool *p) {
  if (!p->tokens || token_since) return 1;
  return !token_is_needed(p) && grab_token(p);
}

static void give_token_back(pool *p) {
  tokens *t = p->tokens;
  if (!t) return;
  if (token_since > 0)
    for (int32_t i = 0; i < t->total; i++)
      if (get(t->owners[i]) == p->process && exchange(&t->owners[i], p->process, 0)) {
        announce_token(t);
        break;
      }
  token_since = 0;
}

/* Waits until the thread has a token or, after a time, runs without. */
static void wait_for_token(pool *p) {
  tokens *t = p->tokens;
  int64_t start = milliseconds();
  /* Who came earlier goes first. */
  int64_t sleep = token_is_needed(p) ? 1 : 0;
  int32_t place = 0;
  while (place < most_waiting && !exchange(&t->waiters[place], 0, p->process)) place++;
  if (place < most_waiting) __atomic_or_fetch(&t->waiting, 1ull << place, __ATOMIC_ACQ_REL);
  for (;;) {
    int32_t seen = get(t->needed);
    if (sleep > 0) sleep_on(&t->needed, seen, sleep);
    seen = get(t->needed);
    if (grab_token(p)) break;
    check_owners(p);
    if (milliseconds() - start >= token_patience) {
      token_since = beside;
      break;
    }
    sleep_on(&t->needed, seen, token_sleep);
    sleep = 0;
  }
  if (place == most_waiting) return;
  __atomic_and_fetch(&t->waiting, ~(1ull << place), __ATOMIC_ACQ_REL);
  set(t->waiters[place], 0);
}

static void need_token(pool *p) {
  if (!try_token(p)) wait_for_token(p);
}

/* Between pieces: who has had a token for a while lets others have it. */
static void offer_token(pool *p) {
  if (!p->tokens) return;
  if (token_since == beside) {
    grab_token(p);
    return;
  }
  if (!token_is_needed(p) || milliseconds() - token_since < token_turn) return;
  give_token_back(p);
  wait_for_token(p);
}

/* Of a thread of the pool that has done something: others go first. */
static void yield_token(pool *p) {
  if (token_since == beside || token_is_needed(p)) give_token_back(p);
}

/* Waits a while for a token that nobody else needs; 0 where there was none. */
static int await_token(pool *p) {
  int32_t seen = get(p->tokens->useful);
  check_owners(p);
  if (try_token(p)) return 1;
  sleep_on(&p->tokens->useful, seen, token_sleep);
  return try_token(p);
}

/* Maps the file of tokens that the environment names; without it the process goes by itself. */
static void share_tokens(pool *p) {
  char path[most_path];
  size_t size = sizeof path;
  enum { read_write_close_on_exec = 02000002, to_end = 2, read_and_write = 3, shared = 1 };
  if (uv_os_getenv("TSNATIVE_TOKENS", path, &size) != 0) return;
  int file = open(path, read_write_close_on_exec);
  if (file < 0) return;
  if (lseek(file, 0, to_end) >= (long)sizeof(tokens)) {
    tokens *t = mmap(NULL, sizeof(tokens), read_and_write, shared, file, 0);
    p->process = process_identity(uv_os_getpid());
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
static void need_token(pool *p) {}
static void offer_token(pool *p) {}
static void yield_token(pool *p) {}
static int await_token(pool *p) { return 1; }
#endif
