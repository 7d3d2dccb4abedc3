/* Threads, time and the environment of Linux, macOS and FreeBSD. */

/* Larger than what any of them has. */
typedef union {
  char bytes[128];
  int64_t align;
} mutex, condition, thread_attributes;

typedef struct {
  int64_t seconds, nanoseconds;
} time_stamp;

int pthread_attr_destroy(thread_attributes *);
int pthread_attr_init(thread_attributes *);
int pthread_attr_setdetachstate(thread_attributes *, int);
int pthread_attr_setstacksize(thread_attributes *, size_t);
int pthread_cond_broadcast(condition *);
int pthread_cond_destroy(condition *);
int pthread_cond_init(condition *, const void *);
int pthread_cond_signal(condition *);
int pthread_cond_wait(condition *, mutex *);
int pthread_create(uintptr_t *, const thread_attributes *, void *(*)(void *), void *);
int pthread_mutex_destroy(mutex *);
int pthread_mutex_init(mutex *, const void *);
int pthread_mutex_lock(mutex *);
int pthread_mutex_unlock(mutex *);
int clock_gettime(int, time_stamp *);
char *getenv(const char *);
int getpid(void);
int setenv(const char *, const char *, int);
long sysconf(int);

enum {
#if defined(__linux__)
  clock_monotonic = 1,
  processors_online = 84,
  detached = 1,
#elif defined(__APPLE__)
  clock_monotonic = 6,
  processors_online = 58,
  detached = 2,
#else
  clock_monotonic = 4,
  processors_online = 58,
  detached = 1,
#endif
};

/* 0 when it is made; so of what follows. */
static inline int mutex_init(mutex *m) { return pthread_mutex_init(m, NULL); }
static inline void mutex_destroy(mutex *m) { pthread_mutex_destroy(m); }
static inline void mutex_lock(mutex *m) { pthread_mutex_lock(m); }
static inline void mutex_unlock(mutex *m) { pthread_mutex_unlock(m); }

static inline int condition_init(condition *c) { return pthread_cond_init(c, NULL); }
static inline void condition_destroy(condition *c) { pthread_cond_destroy(c); }
static inline void condition_signal(condition *c) { pthread_cond_signal(c); }
static inline void condition_broadcast(condition *c) { pthread_cond_broadcast(c); }
static inline void condition_wait(condition *c, mutex *m) { pthread_cond_wait(c, m); }

typedef void *thread_result;

/* Starts a thread that nobody waits for. */
static inline int thread_start(size_t stack, thread_result (*run)(void *), void *data) {
  thread_attributes attributes;
  uintptr_t made;
  if (pthread_attr_init(&attributes) != 0) return 1;
  pthread_attr_setdetachstate(&attributes, detached);
  pthread_attr_setstacksize(&attributes, stack);
  int failed = pthread_create(&made, &attributes, run, data);
  pthread_attr_destroy(&attributes);
  return failed;
}

static inline int64_t processor_count(void) { return sysconf(processors_online); }

/* Nanoseconds since some moment. */
static inline uint64_t nanoseconds(void) {
  time_stamp time = {0};
  clock_gettime(clock_monotonic, &time);
  return (uint64_t)time.seconds * 1000000000 + (uint64_t)time.nanoseconds;
}

/* Copies a variable of the environment; 0 where there is none that fits. */
static inline int environment(const char *name, char *text, size_t room) {
  const char *value = getenv(name);
  size_t length = 0;
  if (!value) return 0;
  while (value[length]) length++;
  if (length >= room) return 0;
  memcpy(text, value, length + 1);
  return 1;
}

static inline void set_environment(const char *name, const char *text) { setenv(name, text, 1); }
static inline int process_id(void) { return getpid(); }
