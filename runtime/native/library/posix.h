/* On POSIX. Systems number things differently. */

#if defined(__APPLE__)
enum { detached_thread = 2, monotonic_clock = 6, online_processors = 58 };
#elif defined(__FreeBSD__)
enum { detached_thread = 1, monotonic_clock = 4, online_processors = 58 };
#else
enum { detached_thread = 1, monotonic_clock = 1, online_processors = 84 };
#endif

/* Larger than what any system has. */
typedef union {
  char bytes[256];
  int64_t align;
} pthread_attributes;

typedef struct {
  long seconds;
  long nanoseconds;
} timespec;

int pthread_mutex_init(uv_mutex *, const void *);
int pthread_mutex_lock(uv_mutex *);
int pthread_mutex_unlock(uv_mutex *);
int pthread_cond_init(uv_cond *, const void *);
int pthread_cond_signal(uv_cond *);
int pthread_cond_broadcast(uv_cond *);
int pthread_cond_wait(uv_cond *, uv_mutex *);
int pthread_attr_init(pthread_attributes *);
int pthread_attr_destroy(pthread_attributes *);
int pthread_attr_setstacksize(pthread_attributes *, size_t);
int pthread_attr_setdetachstate(pthread_attributes *, int);
int pthread_create(uv_thread *, const pthread_attributes *, void *(*)(void *), void *);
int clock_gettime(int, timespec *);
long sysconf(int);
int getpid(void);
char *getenv(const char *);
int setenv(const char *, const char *, int);

static int uv_mutex_init(uv_mutex *m) { return pthread_mutex_init(m, NULL); }
static void uv_mutex_lock(uv_mutex *m) { pthread_mutex_lock(m); }
static void uv_mutex_unlock(uv_mutex *m) { pthread_mutex_unlock(m); }
static int uv_cond_init(uv_cond *c) { return pthread_cond_init(c, NULL); }
static void uv_cond_signal(uv_cond *c) { pthread_cond_signal(c); }
static void uv_cond_broadcast(uv_cond *c) { pthread_cond_broadcast(c); }
static void uv_cond_wait(uv_cond *c, uv_mutex *m) { pthread_cond_wait(c, m); }

typedef struct {
  void (*run)(void *);
  void *data;
} thread_start;

static void *start_thread(void *given) {
  thread_start start = *(thread_start *)given;
  free(given);
  start.run(start.data);
  return NULL;
}

/* Nobody waits for the thread's end. */
static int uv_thread_create_ex(uv_thread *thread, const uv_thread_options *options, void (*run)(void *), void *data) {
  pthread_attributes attributes;
  thread_start *start = malloc(sizeof *start);
  if (!start) return -1;
  *start = (thread_start){run, data};
  int failed = pthread_attr_init(&attributes);
  if (!failed) {
    pthread_attr_setstacksize(&attributes, options->stack_size);
    pthread_attr_setdetachstate(&attributes, detached_thread);
    failed = pthread_create(thread, &attributes, start_thread, start);
    pthread_attr_destroy(&attributes);
  }
  if (failed) free(start);
  return failed;
}

static unsigned uv_available_parallelism(void) {
  long processors = sysconf(online_processors);
  return processors > 0 ? (unsigned)processors : 1;
}

static uint64_t uv_hrtime(void) {
  timespec now = {0, 0};
  clock_gettime(monotonic_clock, &now);
  return (uint64_t)now.seconds * 1000000000 + (uint64_t)now.nanoseconds;
}

static int uv_os_getpid(void) { return getpid(); }

/* 0 where the variable is there and fits. */
static int uv_os_getenv(const char *name, char *text, size_t *size) {
  const char *value = getenv(name);
  if (!value) return -1;
  for (size_t i = 0; i < *size; i++) {
    text[i] = value[i];
    if (!value[i]) return *size = i, 0;
  }
  return -1;
}

static int uv_os_setenv(const char *name, const char *value) { return setenv(name, value, 1); }
