/*
 * What native code needs of a system where there is none: WebAssembly has memory that grows, and nothing else.
 * Sizes have 64 bits, as everywhere in generated code, so that what is too large is refused and not cut off.
 */
typedef __INT32_TYPE__ int32_t;
typedef __UINT32_TYPE__ uint32_t;
typedef __INT64_TYPE__ int64_t;
typedef __UINT64_TYPE__ uint64_t;
#define NULL ((void *)0)

/*
 * The allocator: blocks with boundary tags, which join with their free neighbours (Knuth, The Art of Computer
 * Programming 1, 2.5), in a list for each power of two. A block is taken from its own list if one of the first fits,
 * else from the next list that has some.
 */

/* What stands before a block's bytes, which begin at a multiple of 16. */
typedef struct block {
  /* With the header, a multiple of 16; the lowest bit is 1 where it is used. */
  uint32_t size;
  /* The size of the block before it, 0 for the first of a piece of memory. */
  uint32_t before;
  uint32_t unused[2];
  /* Of a free block: its neighbours in the list. */
  struct block *next;
  struct block *previous;
} block;

enum {
  header_bytes = 16,
  least_bytes = 32,
  page_bytes = 65536,
  lists = 32,
  /* How many blocks of the own list are looked at. */
  looked_at = 8,
};
/* So offsets stay positive as numbers with a sign, as LLVM takes them. */
static const uint64_t most_bytes = 0x7fff0000;

static block *free_blocks[lists];
/* Where the memory that was asked for last ends, with a used block of no bytes. */
static block *last;

extern char __heap_base;

/* Tells JavaScript that its views of the memory are none any more. */
__attribute__((import_module("env"), import_name("tsn_grown"))) void tsn_grown(void);

static uint32_t size_of(const block *b) { return b->size & ~1u; }
static int is_used(const block *b) { return b->size & 1; }
static block *at(const block *b, int64_t bytes) { return (block *)((uint32_t)b + (uint32_t)bytes); }
static block *behind(const block *b) { return at(b, size_of(b)); }
static int list_of(uint32_t size) { return 31 - __builtin_clz(size); }

static void put(block *b) {
  block **list = &free_blocks[list_of(b->size)];
  b->next = *list;
  b->previous = NULL;
  if (*list) (*list)->previous = b;
  *list = b;
}

static void take(block *b) {
  if (b->previous)
    b->previous->next = b->next;
  else
    free_blocks[list_of(b->size)] = b->next;
  if (b->next) b->next->previous = b->previous;
}

static void set_size(block *b, uint32_t size) {
  b->size = size;
  at(b, size)->before = size;
}

/* Gives a block, of which nothing is in a list, back. */
static void give(block *b) {
  uint32_t size = size_of(b);
  block *next = at(b, size);
  if (!is_used(next)) {
    take(next);
    size += next->size;
  }
  if (b->before) {
    block *previous = at(b, -(int64_t)b->before);
    if (!is_used(previous)) {
      take(previous);
      size += previous->size;
      b = previous;
    }
  }
  set_size(b, size);
  put(b);
}

/* Asks for memory that has a block of so many bytes; 0 where there is none. */
static int more(uint32_t size) {
  uint32_t pages = (uint32_t)(((uint64_t)size + 2 * header_bytes + page_bytes - 1) / page_bytes);
  /* As much again as there is, at least: growing takes long. */
  uint32_t there = (uint32_t)__builtin_wasm_memory_size(0);
  uint32_t wanted = pages > there ? pages : there;
  if ((uint64_t)(there + wanted) * page_bytes > most_bytes) wanted = pages;
  if ((uint64_t)(there + wanted) * page_bytes > most_bytes) return 0;
  uint32_t start = (uint32_t)__builtin_wasm_memory_grow(0, wanted);
  if (start == -1u && wanted > pages) start = (uint32_t)__builtin_wasm_memory_grow(0, wanted = pages);
  if (start == -1u) return 0;
  tsn_grown();
  uint32_t from = start * (uint32_t)page_bytes;
  uint32_t bytes = wanted * (uint32_t)page_bytes;
  block *b = (block *)from;
  if (last && (uint32_t)last + header_bytes == from) {
    /* It goes on where the last piece ends. */
    b = last;
    bytes += header_bytes;
  } else {
    b->before = 0;
  }
  uint32_t room = bytes - header_bytes;
  set_size(b, room | 1);
  b->size = room | 1;
  last = at(b, room);
  last->before = room;
  last->size = 1;
  give(b);
  return 1;
}

static block *find(uint32_t size) {
  int own = list_of(size);
  int looks = looked_at;
  for (block *b = free_blocks[own]; b && looks > 0; b = b->next, looks--)
    if (b->size >= size) return b;
  for (int list = own + 1; list < lists; list++)
    if (free_blocks[list]) return free_blocks[list];
  return NULL;
}

__attribute__((export_name("tsn_allocate"))) void *tsn_allocate(uint32_t bytes) {
  if (bytes > most_bytes - header_bytes - 15) return NULL;
  uint32_t size = (bytes + header_bytes + 15) & ~15u;
  if (size < least_bytes) size = least_bytes;
  block *b = find(size);
  if (!b) {
    if (!more(size)) return NULL;
    /* Blocks of the own list that are too small may stand before it. */
    for (b = free_blocks[list_of(size)]; b && b->size < size; b = b->next) {
    }
    if (!b) b = find(size);
    if (!b) return NULL;
  }
  take(b);
  uint32_t rest = b->size - size;
  if (rest >= least_bytes) {
    set_size(b, size);
    block *other = at(b, size);
    set_size(other, rest);
    put(other);
  }
  b->size |= 1;
  return (char *)b + header_bytes;
}

__attribute__((export_name("tsn_free"))) void tsn_free(void *bytes) {
  if (bytes) give((block *)((char *)bytes - header_bytes));
}

void *tsn_malloc(int64_t bytes) __asm__("malloc");
void *tsn_malloc(int64_t bytes) {
  return (uint64_t)bytes > most_bytes ? NULL : tsn_allocate((uint32_t)bytes);
}

void *tsn_calloc(int64_t count, int64_t bytes) __asm__("calloc");
void *tsn_calloc(int64_t count, int64_t bytes) {
  uint64_t all;
  if (__builtin_mul_overflow((uint64_t)count, (uint64_t)bytes, &all) || all > most_bytes) return NULL;
  void *made = tsn_allocate((uint32_t)all);
  if (made) __builtin_memset(made, 0, (uint32_t)all);
  return made;
}

void tsn_c_free(void *bytes) __asm__("free");
void tsn_c_free(void *bytes) { tsn_free(bytes); }

void *tsn_realloc(void *old, int64_t bytes) __asm__("realloc");
void *tsn_realloc(void *old, int64_t bytes) {
  void *made = tsn_malloc(bytes);
  if (!made || !old) return made;
  uint32_t had = size_of((block *)((char *)old - header_bytes)) - header_bytes;
  __builtin_memcpy(made, old, had < bytes ? had : (uint32_t)bytes);
  tsn_free(old);
  return made;
}

void *tsn_memcpy(void *to, const void *from, int64_t bytes) __asm__("memcpy");
void *tsn_memcpy(void *to, const void *from, int64_t bytes) {
  return __builtin_memcpy(to, from, (uint32_t)bytes);
}

#include "wasm/c.h"

/* There are no threads: what is parallel runs in order, on the thread of JavaScript, under no limit of `withThreads`. */

typedef struct {
  int32_t site;
  int64_t values[4];
} tsn_error;

typedef int32_t (*tsn_piece)(void *data, void *stack_limit, int64_t from, int64_t to, tsn_error *);

int32_t tsn_parallel_run(tsn_piece piece, void *data, int64_t count, void *limit, int32_t depth, int32_t eager,
                         void *scope, tsn_error *error) {
  (void)depth, (void)eager, (void)scope;
  return piece(data, limit, 0, count, error);
}

void *tsn_pool_scope_of(void *env, void *answer) {
  (void)env, (void)answer;
  return NULL;
}

/* What LLVM calls for products of 128 bits, by the parts of 32 that WebAssembly multiplies. */
typedef unsigned __int128 wide;

wide __multi3(wide a, wide b) {
  uint64_t a_low = (uint64_t)a, b_low = (uint64_t)b;
  uint64_t a0 = (uint32_t)a_low, a1 = a_low >> 32, b0 = (uint32_t)b_low, b1 = b_low >> 32;
  uint64_t low = a0 * b0, middle = a1 * b0 + (low >> 32), other = a0 * b1 + (uint32_t)middle;
  uint64_t high = a1 * b1 + (middle >> 32) + (other >> 32);
  high += a_low * (uint64_t)(b >> 64) + (uint64_t)(a >> 64) * b_low;
  return (wide)high << 64 | (other << 32 | (uint32_t)low);
}
