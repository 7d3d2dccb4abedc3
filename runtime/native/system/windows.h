/* Threads, time and the environment of Windows, from kernel32.dll alone. */

/* Both are a word that is 0 at first (SRWLOCK and CONDITION_VARIABLE). */
typedef struct {
  void *word;
} mutex, condition;

void AcquireSRWLockExclusive(mutex *);
int CloseHandle(void *);
void *CreateThread(void *, size_t, unsigned (*)(void *), void *, unsigned, unsigned *);
void *GetCurrentProcess(void);
unsigned GetCurrentProcessId(void);
unsigned GetEnvironmentVariableA(const char *, char *, unsigned);
int GetProcessAffinityMask(void *, uintptr_t *, uintptr_t *);
int QueryPerformanceCounter(int64_t *);
int QueryPerformanceFrequency(int64_t *);
void ReleaseSRWLockExclusive(mutex *);
int SetEnvironmentVariableA(const char *, const char *);
int SleepConditionVariableSRW(condition *, mutex *, unsigned, unsigned);
void WakeAllConditionVariable(condition *);
void WakeConditionVariable(condition *);

/* 0 when it is made; so of what follows. */
static inline int mutex_init(mutex *m) {
  m->word = NULL;
  return 0;
}
static inline void mutex_destroy(mutex *m) {}
static inline void mutex_lock(mutex *m) { AcquireSRWLockExclusive(m); }
static inline void mutex_unlock(mutex *m) { ReleaseSRWLockExclusive(m); }

static inline int condition_init(condition *c) {
  c->word = NULL;
  return 0;
}
static inline void condition_destroy(condition *c) {}
static inline void condition_signal(condition *c) { WakeConditionVariable(c); }
static inline void condition_broadcast(condition *c) { WakeAllConditionVariable(c); }
static inline void condition_wait(condition *c, mutex *m) {
  enum { forever = -1 };
  SleepConditionVariableSRW(c, m, (unsigned)forever, 0);
}

typedef unsigned thread_result;

/* Starts a thread that nobody waits for. */
static inline int thread_start(size_t stack, thread_result (*run)(void *), void *data) {
  enum { stack_is_reserved = 0x10000 };
  void *made = CreateThread(NULL, stack, run, data, stack_is_reserved, NULL);
  if (!made) return 1;
  CloseHandle(made);
  return 0;
}

/* Those of the process's group of up to 64. */
static inline int64_t processor_count(void) {
  uintptr_t own = 0, all = 0;
  int64_t count = 0;
  if (!GetProcessAffinityMask(GetCurrentProcess(), &own, &all)) return 1;
  for (; own; own &= own - 1) count++;
  return count > 0 ? count : 1;
}

/* Nanoseconds since some moment. */
static inline uint64_t nanoseconds(void) {
  int64_t ticks = 0, each_second = 0;
  QueryPerformanceCounter(&ticks);
  QueryPerformanceFrequency(&each_second);
  if (each_second <= 0) return 0;
  const int64_t seconds = ticks / each_second, rest = ticks % each_second;
  return (uint64_t)seconds * 1000000000 + (uint64_t)rest * 1000000000 / (uint64_t)each_second;
}

/* Copies a variable of the environment; 0 where there is none that fits. */
static inline int environment(const char *name, char *text, size_t room) {
  const unsigned length = GetEnvironmentVariableA(name, text, (unsigned)room);
  return length > 0 && length < room;
}

static inline void set_environment(const char *name, const char *text) { SetEnvironmentVariableA(name, text); }
static inline int process_id(void) { return (int)GetCurrentProcessId(); }
