/*
 * The threads that parallel loops of native code run on. One pool serves a process, however many compiled
 * packages and worker threads it has: the first package that is loaded makes it and leaves its address in the
 * environment, where the others find it.
 *
 * A loop over 0 … count − 1 is a region. Its caller begins alone, in order; what doesn't end within microseconds
 * it opens to the pool. Threads then take pieces from the front of what is left: large ones first, and never less
 * than what pays for the taking (guided self-scheduling: Polychronopoulos and Kuck, 1987). A region inside
 * another one is open to the same threads, so nesting adds none.
 *
 * A task, such as a call of an async function, runs by itself on a thread of the pool, from its start to its end. The
 * regions in it are open to the other threads, as those in a region are.
 *
 * Never more threads compute than the limit says: callers count too. Where several JavaScript threads have regions,
 * the pool's threads give way, and callers wait for each other. Only tasks can't give way: where they have all
 * threads, one caller at a time runs beside them, so that no JavaScript thread waits for the end of a long task.
 *
 * It stands on libuv, which every Node process exports; there are no headers, so that one source serves all systems.
 */
typedef __INT32_TYPE__ int32_t;
typedef __INT64_TYPE__ int64_t;
typedef __UINT64_TYPE__ uint64_t;
typedef __UINTPTR_TYPE__ uintptr_t;
typedef __SIZE_TYPE__ size_t;
#define NULL ((void *)0)

/* Larger than libuv's mutex, condition and thread of any system. */
typedef union {
  char bytes[128];
  int64_t align;
} uv_mutex, uv_cond, uv_thread;

typedef struct {
  unsigned flags;
  size_t stack_size;
} uv_thread_options;

int uv_mutex_init(uv_mutex *);
void uv_mutex_lock(uv_mutex *);
void uv_mutex_unlock(uv_mutex *);
int uv_cond_init(uv_cond *);
void uv_cond_signal(uv_cond *);
void uv_cond_broadcast(uv_cond *);
void uv_cond_wait(uv_cond *, uv_mutex *);
int uv_thread_create_ex(uv_thread *, const uv_thread_options *, void (*)(void *), void *);
unsigned uv_available_parallelism(void);
uint64_t uv_hrtime(void);
int uv_os_getenv(const char *, char *, size_t *);
int uv_os_setenv(const char *, const char *);
int uv_os_getpid(void);
void *malloc(size_t);
void free(void *);

enum {
  /* How often a thread looks for work before it sleeps. */
  patience = 2000,
  most_threads = 256,
  stack_bytes = 4 << 20,
  /* What runs below native code on such a stack: libc. */
  stack_margin = 64 << 10,
};

/* What the context of a call has of an error (`context` in layout.ts). */
typedef struct {
  int32_t site;
  int64_t values[4];
} tsn_error;

/* Runs iterations `from` to before `to` with a thread's stack limit; 1 where one of them failed. */
typedef int32_t (*tsn_piece)(void *data, void *stack_limit, int64_t from, int64_t to, tsn_error *);

typedef struct region {
  tsn_piece piece;
  void *data;
  int64_t count;
  /* Iterations of a piece at least. */
  int64_t grain;
  /* The first iteration that nobody has taken. */
  int64_t next;
  /* Where the lowest piece that failed begins; `count` while none has. */
  int64_t failed;
  tsn_error error;
  /* How many of the pool's threads are in it. */
  int32_t helpers;
  struct region *older;
} region;

typedef struct task {
  struct task *next;
  /* Runs with a thread's stack limit; the task may be gone afterwards. */
  void (*run)(struct task *, void *stack_limit);
} task;

/* Where the limit of threads comes from; runtime/pool.ts has words for it. */
enum { from_system, from_affinity, from_group, from_variable };

typedef struct {
  int32_t version;
  int32_t threads;
  int32_t source;
  /* Regions that end sooner, in nanoseconds, aren't opened to other threads. */
  uint64_t worth_opening;
  /* A piece takes at least about so long, in nanoseconds. */
  double least_piece;
  uv_mutex mutex;
  /* There is work; room for one more caller; a region without helpers. */
  uv_cond work;
  uv_cond room;
  uv_cond left;
  /* The open regions, the newest first. */
  region *open;
  /* The tasks that nobody has begun, the oldest first, and how many these are. */
  task *first;
  task *last;
  int32_t queued;
  /* How many threads have a task. They are among those that compute. */
  int32_t tasks;
  /* How many threads compute, how many callers wait to, how many the pool has and how many of these sleep. */
  int32_t running;
  int32_t waiting;
  int32_t started;
  int32_t sleeping;
  /* Grows whenever there is something new to look at. */
  int32_t news;
  int32_t (*run)(void *pool, tsn_piece, void *, int64_t, void *, int32_t, int32_t, tsn_error *);
  int32_t (*submit)(void *pool, task *);
  int32_t (*withdraw)(void *pool, task *);
} pool;

static const char variable[] = "TSNATIVE_POOL";
static const int32_t version = 3;

#define get(place) __atomic_load_n(&(place), __ATOMIC_ACQUIRE)
#define set(place, value) __atomic_store_n(&(place), value, __ATOMIC_RELEASE)

static void relax(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }
static int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }

static int has_work(region *r) { return get(r->next) < smaller(r->count, get(r->failed)); }

/* Takes a piece; 0 where nothing is left. */
static int take(pool *p, region *r, int64_t *from, int64_t *to) {
  int64_t next = get(r->next);
  for (;;) {
    if (next >= r->count || next >= get(r->failed)) return 0;
    int64_t left = r->count - next;
    int64_t size = larger(r->grain, left / (2 * p->threads));
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
  uv_mutex_lock(&p->mutex);
  if (from < r->failed) {
    r->error = error;
    set(r->failed, from);
  }
  uv_mutex_unlock(&p->mutex);
}

static region *find_work(pool *p) {
  for (region *r = p->open; r; r = r->older)
    if (has_work(r)) return r;
  return NULL;
}

static task *next_task(pool *p) {
  task *t = p->first;
  if (!t) return NULL;
  p->first = t->next;
  if (!p->first) p->last = NULL;
  p->queued--;
  return t;
}

/* One of the pool's threads computes no more. With the mutex. */
static void rest(pool *p) {
  p->running--;
  if (p->waiting > 0) uv_cond_signal(&p->room);
}

/* What a thread of the pool does, for as long as the process lives. */
static void help(void *argument) {
  pool *p = argument;
  char here;
  void *limit = &here - (stack_bytes - stack_margin);
  uv_mutex_lock(&p->mutex);
  for (;;) {
    int has_room = p->running + p->waiting < p->threads;
    task *t = has_room ? next_task(p) : NULL;
    if (t) {
      p->running++;
      p->tasks++;
      uv_mutex_unlock(&p->mutex);
      t->run(t, limit);
      uv_mutex_lock(&p->mutex);
      p->tasks--;
      rest(p);
      continue;
    }
    region *r = has_room ? find_work(p) : NULL;
    if (!r) {
      int32_t news = p->news;
      uv_mutex_unlock(&p->mutex);
      for (int i = 0; i < patience && get(p->news) == news; i++) relax();
      uv_mutex_lock(&p->mutex);
      if (p->news == news) {
        p->sleeping++;
        uv_cond_wait(&p->work, &p->mutex);
        p->sleeping--;
      }
      continue;
    }
    p->running++;
    set(r->helpers, r->helpers + 1);
    uv_mutex_unlock(&p->mutex);
    int64_t from, to;
    while (get(p->waiting) == 0 && take(p, r, &from, &to)) run_piece(p, r, limit, from, to);
    uv_mutex_lock(&p->mutex);
    rest(p);
    set(r->helpers, r->helpers - 1);
    if (r->helpers == 0) uv_cond_broadcast(&p->left);
  }
}

/* Makes threads until the pool has so many. With the mutex. */
static void start_threads(pool *p, int32_t count) {
  while (p->started < count) {
    uv_thread thread;
    uv_thread_options options = {1 /* UV_THREAD_HAS_STACK_SIZE */, stack_bytes};
    /* Without another thread the others have to do. */
    if (uv_thread_create_ex(&thread, &options, help, p) != 0) break;
    p->started++;
  }
}

/* Has the pool's threads look for work. With the mutex. */
static void wake(pool *p) {
  set(p->news, p->news + 1);
  if (p->sleeping > 0) uv_cond_broadcast(&p->work);
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

/* Reads a number of a base up to a sign that is no digit of it. */
static uint64_t number(const char **text, unsigned base) {
  uint64_t value = 0;
  for (;; ++*text) {
    unsigned digit = **text >= 'a' ? (unsigned)(**text - 'a') + 10 : (unsigned)(**text - '0');
    if (digit >= base) return value;
    value = value * base + digit;
  }
}

static char *write_number(char *end, uint64_t value, unsigned base) {
  do {
    *--end = "0123456789abcdef"[value % base];
    value /= base;
  } while (value > 0);
  return end;
}

/* The pool that a package of this process has left in the environment, if there is one. */
static pool *published(void) {
  char text[64];
  size_t size = sizeof text;
  if (uv_os_getenv(variable, text, &size) != 0) return NULL;
  const char *at = text;
  if (number(&at, 10) != (uint64_t)version || *at++ != ':') return NULL;
  /* The parent process leaves its own to its children. */
  if (number(&at, 10) != (uint64_t)uv_os_getpid() || *at++ != ':') return NULL;
  return (pool *)(uintptr_t)number(&at, 16);
}

static void publish(pool *p) {
  char text[64];
  char *at = text + sizeof text - 1;
  *at = 0;
  at = write_number(at, (uint64_t)(uintptr_t)p, 16);
  *--at = ':';
  at = write_number(at, (uint64_t)uv_os_getpid(), 10);
  *--at = ':';
  at = write_number(at, (uint64_t)version, 10);
  uv_os_setenv(variable, at);
}

/* A number in the environment; 0 where there is none. */
static int64_t asked_for(const char *name) {
  char text[16];
  size_t size = sizeof text;
  if (uv_os_getenv(name, text, &size) != 0) return 0;
  const char *at = text;
  int64_t asked = (int64_t)number(&at, 10);
  return *at == 0 ? asked : 0;
}

#if defined(__linux__)
int open(const char *, int, ...);
long read(int, void *, size_t);
int close(int);

enum { most_path = 1024, most_text = 16384, read_and_close_on_exec = 02000000 };

/* Adds a text to another one that has room for `most_path`; 0 where it doesn't fit. */
static int add(char *to, const char *text, int64_t length) {
  int64_t end = 0;
  while (to[end]) end++;
  if (end + length >= most_path) return 0;
  for (int64_t i = 0; i < length; i++) to[end + i] = text[i];
  to[end + length] = 0;
  return 1;
}

static int64_t length_of(const char *text) {
  int64_t length = 0;
  while (text[length]) length++;
  return length;
}

/* Reads a file of the system as far as there is room; 0 where there is none. Tests have another root. */
static int read_file(const char *path, char *text, int64_t room) {
  char full[most_path] = {0};
  size_t size = sizeof full;
  if (uv_os_getenv("TSNATIVE_TEST_ROOT", full, &size) != 0) full[0] = 0;
  if (!add(full, path, length_of(path))) return 0;
  int file = open(full, read_and_close_on_exec);
  if (file < 0) return 0;
  int64_t end = 0;
  for (long got; end < room - 1 && (got = read(file, text + end, (size_t)(room - 1 - end))) > 0;) end += got;
  close(file);
  text[end] = 0;
  return 1;
}

/* The part of a text behind another one, where it begins with that; else NULL. */
static const char *behind(const char *text, const char *start) {
  while (*start)
    if (*text++ != *start++) return NULL;
  return text;
}

static const char *next_line(const char *at) {
  while (*at && *at != '\n') at++;
  return *at ? at + 1 : at;
}

/* The end of a word, before a space or the end of its line. */
static const char *word_end(const char *at) {
  while (*at && *at != ' ' && *at != '\n') at++;
  return at;
}

/* The word of that index in a line. */
static const char *word(const char *at, int index) {
  for (; index > 0; index--) {
    at = word_end(at);
    if (*at == ' ') at++;
  }
  return at;
}

/* Whether one of the words between commas is this one. */
static int lists(const char *at, const char *end, const char *wanted) {
  while (at < end) {
    const char *rest = behind(at, wanted);
    if (rest && (rest == end || *rest == ',')) return 1;
    while (at < end && *at != ',') at++;
    at++;
  }
  return 0;
}

/* How many processors the affinity mask has; 0 where the system doesn't say. */
static int64_t affinity(char *text) {
  if (!read_file("/proc/self/status", text, most_text)) return 0;
  for (const char *at = text; *at; at = next_line(at)) {
    const char *list = behind(at, "Cpus_allowed_list:");
    if (!list) continue;
    int64_t count = 0;
    while (*list == ' ' || *list == '\t') list++;
    while (*list >= '0' && *list <= '9') {
      int64_t first = (int64_t)number(&list, 10), last = first;
      if (*list == '-') {
        list++;
        last = (int64_t)number(&list, 10);
      }
      count += last - first + 1;
      if (*list == ',') list++;
    }
    return count;
  }
  return 0;
}

/* The processors' time that a group may have in thousandths of a processor; 0 where nothing limits it. */
static int64_t quota_of(const char *group, int is_second) {
  char path[most_path] = {0};
  char text[64];
  int64_t quota, period;
  int64_t length = length_of(group);
  if (is_second) {
    if (!add(path, group, length) || !add(path, "/cpu.max", 8) || !read_file(path, text, sizeof text)) return 0;
    const char *at = text;
    if (*at < '0' || *at > '9') return 0;
    quota = (int64_t)number(&at, 10);
    if (*at == ' ') at++;
    period = (int64_t)number(&at, 10);
  } else {
    if (!add(path, group, length) || !add(path, "/cpu.cfs_quota_us", 17) || !read_file(path, text, sizeof text)) return 0;
    const char *at = text;
    if (*at < '0' || *at > '9') return 0;
    quota = (int64_t)number(&at, 10);
    path[length] = 0;
    if (!add(path, "/cpu.cfs_period_us", 18) || !read_file(path, text, sizeof text)) return 0;
    at = text;
    period = (int64_t)number(&at, 10);
  }
  return quota > 0 && period > 0 ? larger(1, quota * 1000 / period) : 0;
}

/* The least quota of the process's group of one version, and of those around it. */
static int64_t quota_in(int is_second, char *text) {
  /* The group: `0::/path`, or `4:cpu,cpuacct:/path`. */
  char own[most_path] = {0};
  int is_there = 0;
  if (!read_file("/proc/self/cgroup", text, most_text)) return 0;
  for (const char *at = text; *at && !is_there; at = next_line(at)) {
    const char *names = at, *path;
    while (*names && *names != ':' && *names != '\n') names++;
    if (*names != ':') continue;
    names++;
    for (path = names; *path && *path != ':' && *path != '\n';) path++;
    if (*path != ':' || (is_second ? names != path : !lists(names, path, "cpu"))) continue;
    path++;
    is_there = add(own, path, next_line(path) - path - (*(next_line(path) - 1) == '\n'));
  }
  if (!is_there || !read_file("/proc/self/mountinfo", text, most_text)) return 0;
  for (const char *at = text; *at; at = next_line(at)) {
    /* id parent device root point options … - type source options */
    const char *root = word(at, 3), *point = word(at, 4), *type = word(at, 5);
    while (*type && *type != '\n' && !behind(type, " - ")) type++;
    type = behind(type, " - ");
    if (!type) continue;
    const char *options = word(type, 2);
    if (is_second ? !behind(type, "cgroup2 ") : !behind(type, "cgroup ") || !lists(options, word_end(options), "cpu"))
      continue;
    char group[most_path] = {0};
    if (!add(group, point, word_end(point) - point)) return 0;
    int64_t top = length_of(group);
    /* What is mounted may be a group itself, as in containers; what isn't below it can't be seen. */
    int64_t skipped = word_end(root) - root;
    if (skipped == 1) skipped = 0;
    for (int64_t i = 0; i < skipped; i++)
      if (own[i] != root[i]) {
        skipped = length_of(own);
        break;
      }
    if (!add(group, own + skipped, length_of(own + skipped))) return 0;
    int64_t least = 0;
    for (int64_t end = length_of(group);; end--) {
      if (end > top && group[end] != '/' && group[end] != 0) continue;
      group[end] = 0;
      int64_t quota = quota_of(group, is_second);
      if (quota > 0 && (least == 0 || quota < least)) least = quota;
      if (end <= top) return least;
    }
  }
  return 0;
}

/* How many processors the quotas of control groups come to; 0 where none limits the process. */
static int64_t quota(char *text) {
  int64_t first = quota_in(0, text), second = quota_in(1, text);
  int64_t least = first && second ? smaller(first, second) : larger(first, second);
  return least > 0 ? larger(1, least / 1000) : 0;
}
#endif

/* Lowers the limit of threads, and notes why. */
static void lower_limit(pool *p, int64_t threads, int32_t source) {
  if (threads <= 0 || threads >= p->threads) return;
  p->threads = (int32_t)threads;
  p->source = source;
}

static void configure(pool *p) {
  p->threads = most_threads;
  p->source = from_system;
  lower_limit(p, (int64_t)uv_available_parallelism(), from_affinity);
#if defined(__linux__)
  char *text = malloc(most_text);
  if (text) {
    int64_t processors = affinity(text);
    /* Newer versions of libuv count quotas in. */
    if (processors > 0) {
      p->threads = most_threads;
      lower_limit(p, processors, from_affinity);
    }
    lower_limit(p, quota(text), from_group);
    free(text);
  }
#endif
  lower_limit(p, asked_for("TSNATIVE_NUM_THREADS"), from_variable);
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

static pool *make_pool(void) {
  pool *p = malloc(sizeof *p);
  if (!p) return NULL;
  *p = (pool){0};
  p->version = version;
  configure(p);
  p->run = run;
  p->submit = submit;
  p->withdraw = withdraw;
  if (uv_mutex_init(&p->mutex) || uv_cond_init(&p->work) || uv_cond_init(&p->room) ||
      uv_cond_init(&p->left))
    return NULL;
  publish(p);
  /* Another package may have been quicker. */
  pool *first = published();
  return first ? first : p;
}

#if defined(_WIN32)
int GetModuleHandleExA(unsigned, const void *, void **);
#elif defined(__APPLE__)
typedef struct {
  const char *file;
  void *base;
  const char *symbol;
  void *address;
} symbol_info;
int dladdr(const void *, symbol_info *);
void *dlopen(const char *, int);
#endif

static pool *known;

/* Node unloads an addon with the last environment that has it, but the pool's threads run its code. */
static void stay_loaded(void) {
#if defined(_WIN32)
  void *handle;
  enum { pin = 1, by_address = 4 };
  GetModuleHandleExA(pin | by_address, &known, &handle);
#elif defined(__APPLE__)
  symbol_info info;
  enum { lazy = 1, no_load = 0x10, no_delete = 0x80 };
  if (dladdr(&known, &info)) dlopen(info.file, lazy | no_load | no_delete);
#endif
  /* Elsewhere the linker marks it (`-z nodelete`). */
}

static pool *own_pool(void) {
  pool *p = get(known);
  if (p) return p;
  stay_loaded();
  p = published();
  if (!p) p = make_pool();
  set(known, p);
  return p;
}

/* The most threads that compute, and in the bits from 16 on where that comes from. */
__attribute__((visibility("hidden"))) int32_t tsn_pool_limit(void) {
  pool *p = own_pool();
  return p ? p->threads | p->source << 16 : 1;
}

__attribute__((visibility("hidden"))) int32_t tsn_pool_submit(task *t) {
  pool *p = own_pool();
  return p && p->submit(p, t);
}

__attribute__((visibility("hidden"))) int32_t tsn_pool_withdraw(task *t) {
  pool *p = own_pool();
  return p && p->withdraw(p, t);
}

/*
 * Runs `piece` over 0 … count − 1, and returns 1 with the error of the lowest iteration that failed.
 * `depth` is 0 for a caller that is in no region; `eager` says that each iteration is worth another thread.
 */
__attribute__((visibility("hidden"))) int32_t tsn_parallel_run(tsn_piece piece, void *data, int64_t count,
                                                               void *limit, int32_t depth, int32_t eager,
                                                               tsn_error *error) {
  pool *p = own_pool();
  if (!p || p->threads == 1) return piece(data, limit, 0, count, error);
  return p->run(p, piece, data, count, limit, depth, eager, error);
}
