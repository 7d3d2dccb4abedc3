/* What the pool has of its work and its threads. */

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
  /* Counts for it; NULL for none. */
  scope *scope;
  /* How many threads may compute in it. */
  int32_t threads;
  /* How many of the pool's threads are in it. */
  int32_t helpers;
  struct region *older;
} region;

/* Where the limit of threads comes from; runtime/pool.ts has words for it. */
enum { from_system, from_affinity, from_group, from_variable, from_tokens };

typedef struct {
  int32_t version;
  int32_t threads;
  int32_t source;
  /* Regions that end sooner, in nanoseconds, aren't opened to other threads. */
  uint64_t worth_opening;
  /* A piece takes at least about so long, in nanoseconds. */
  double least_piece;
  mutex mutex;
  /* There is work; room for one more caller; a region without helpers. */
  condition work;
  condition room;
  condition left;
  /* The open regions, the newest first. */
  region *open;
  /* The tasks that nobody has begun, the oldest first, and how many these are. */
  task *first;
  task *last;
  int32_t queued;
  /* How many threads have a task. They are among those that compute. */
  int32_t tasks;
  /* How many of the pool's threads compute. */
  int32_t helping;
  /* How many threads compute, how many callers wait to, how many the pool has and how many of these sleep. */
  int32_t running;
  int32_t waiting;
  int32_t started;
  int32_t sleeping;
  /* Grows whenever there is something new to look at. */
  int32_t news;
  /* How many scopes there are. */
  int32_t scopes;
  /* What processes share; NULL where this one goes by itself. And how others know this one. */
  struct tokens *tokens;
  int64_t process;
  /* When a caller has last called a helper. */
  int64_t called;
  int32_t (*run)(void *pool, tsn_piece, void *, int64_t, void *, int32_t, int32_t, scope *, tsn_error *);
  int32_t (*submit)(void *pool, task *);
  int32_t (*withdraw)(void *pool, task *);
} pool;
