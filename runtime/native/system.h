/*
 * What the parts of the runtime in C have of the system: integers, memory, and libuv, which every Node process exports.
 * There are no headers but these, so that one source serves all systems. Libraries for C have the few functions of
 * libuv themselves.
 */
typedef __INT32_TYPE__ int32_t;
typedef __UINT32_TYPE__ uint32_t;
typedef __INT64_TYPE__ int64_t;
typedef __UINT64_TYPE__ uint64_t;
typedef __UINTPTR_TYPE__ uintptr_t;
typedef __SIZE_TYPE__ size_t;
typedef _Bool bool;
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

void *malloc(size_t);
void *calloc(size_t, size_t);
void free(void *);
void *memcpy(void *, const void *, size_t);

#if defined(TSN_WITHOUT_NODE)
#include "library/threads.h"
#else
int uv_mutex_init(uv_mutex *);
void uv_mutex_destroy(uv_mutex *);
void uv_mutex_lock(uv_mutex *);
void uv_mutex_unlock(uv_mutex *);
int uv_cond_init(uv_cond *);
void uv_cond_destroy(uv_cond *);
void uv_cond_signal(uv_cond *);
void uv_cond_broadcast(uv_cond *);
void uv_cond_wait(uv_cond *, uv_mutex *);
int uv_thread_create_ex(uv_thread *, const uv_thread_options *, void (*)(void *), void *);
unsigned uv_available_parallelism(void);
uint64_t uv_hrtime(void);
int uv_os_getenv(const char *, char *, size_t *);
int uv_os_setenv(const char *, const char *);
int uv_os_getpid(void);
#endif

#define get(place) __atomic_load_n(&(place), __ATOMIC_ACQUIRE)
#define set(place, value) __atomic_store_n(&(place), value, __ATOMIC_RELEASE)

static inline int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }
static inline int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }
