/*
 * What the parts of the runtime in C have of the system: integers, memory, threads, time and the environment. There
 * are no headers but these, so that one source serves all systems. Nothing comes from libuv: of that Bun and Deno have
 * a part alone.
 */
typedef __UINT16_TYPE__ uint16_t;
typedef __INT32_TYPE__ int32_t;
typedef __UINT32_TYPE__ uint32_t;
typedef __INT64_TYPE__ int64_t;
typedef __UINT64_TYPE__ uint64_t;
typedef __UINTPTR_TYPE__ uintptr_t;
typedef __SIZE_TYPE__ size_t;
typedef _Bool bool;
#define NULL ((void *)0)

void *malloc(size_t);
void *calloc(size_t, size_t);
void free(void *);
void *memcpy(void *, const void *, size_t);

#define get(place) __atomic_load_n(&(place), __ATOMIC_ACQUIRE)
#define set(place, value) __atomic_store_n(&(place), value, __ATOMIC_RELEASE)

static inline int64_t smaller(int64_t a, int64_t b) { return a < b ? a : b; }
static inline int64_t larger(int64_t a, int64_t b) { return a > b ? a : b; }

#if defined(_WIN32)
#include "system/windows.h"
#else
#include "system/posix.h"
#endif
