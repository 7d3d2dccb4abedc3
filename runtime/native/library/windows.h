/* On Windows, by its own locks and threads (Vista and later). */

void InitializeSRWLock(uv_mutex *);
void AcquireSRWLockExclusive(uv_mutex *);
void ReleaseSRWLockExclusive(uv_mutex *);
void InitializeConditionVariable(uv_cond *);
void WakeConditionVariable(uv_cond *);
void WakeAllConditionVariable(uv_cond *);
int SleepConditionVariableSRW(uv_cond *, uv_mutex *, unsigned milliseconds, unsigned flags);
void *CreateThread(void *, size_t, unsigned (*)(void *), void *, unsigned flags, unsigned *);
int CloseHandle(void *);
void *GetCurrentProcess(void);
unsigned GetCurrentProcessId(void);
int GetProcessAffinityMask(void *, uint64_t *process, uint64_t *system);
int QueryPerformanceCounter(int64_t *);
int QueryPerformanceFrequency(int64_t *);
unsigned GetEnvironmentVariableA(const char *, char *, unsigned);
int SetEnvironmentVariableA(const char *, const char *);

static int uv_mutex_init(uv_mutex *m) { return InitializeSRWLock(m), 0; }
static void uv_mutex_lock(uv_mutex *m) { AcquireSRWLockExclusive(m); }
static void uv_mutex_unlock(uv_mutex *m) { ReleaseSRWLockExclusive(m); }
static int uv_cond_init(uv_cond *c) { return InitializeConditionVariable(c), 0; }
static void uv_cond_signal(uv_cond *c) { WakeConditionVariable(c); }
static void uv_cond_broadcast(uv_cond *c) { WakeAllConditionVariable(c); }
static void uv_cond_wait(uv_cond *c, uv_mutex *m) { SleepConditionVariableSRW(c, m, 0xffffffff, 0); }

typedef struct {
  void (*run)(void *);
  void *data;
} thread_start;

static unsigned start_thread(void *given) {
  thread_start start = *(thread_start *)given;
  free(given);
  start.run(start.data);
  return 0;
}

/* Nobody waits for the thread's end. */
static int uv_thread_create_ex(uv_thread *thread, const uv_thread_options *options, void (*run)(void *), void *data) {
  enum { size_is_reservation = 0x10000 };
  thread_start *start = malloc(sizeof *start);
  if (!start) return -1;
  *start = (thread_start){run, data};
  void *handle = CreateThread(NULL, options->stack_size, start_thread, start, size_is_reservation, NULL);
  if (!handle) return free(start), -1;
  CloseHandle(handle);
  return 0;
}

/* The processors that the process may run on, of its group. */
static unsigned uv_available_parallelism(void) {
  uint64_t own = 0, all = 0;
  unsigned count = 0;
  GetProcessAffinityMask(GetCurrentProcess(), &own, &all);
  for (; own; own &= own - 1) count++;
  return count ? count : 1;
}

static uint64_t uv_hrtime(void) {
  int64_t now = 0, frequency = 1;
  QueryPerformanceCounter(&now);
  QueryPerformanceFrequency(&frequency);
  return (uint64_t)(now / frequency) * 1000000000 + (uint64_t)(now % frequency) * 1000000000 / (uint64_t)frequency;
}

static int uv_os_getpid(void) { return (int)GetCurrentProcessId(); }

/* 0 where the variable is there and fits. */
static int uv_os_getenv(const char *name, char *text, size_t *size) {
  unsigned length = GetEnvironmentVariableA(name, text, (unsigned)*size);
  if (length == 0 || length >= *size) return -1;
  return *size = length, 0;
}

static int uv_os_setenv(const char *name, const char *value) { return SetEnvironmentVariableA(name, value) ? 0 : -1; }
