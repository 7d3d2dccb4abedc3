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
 */
#include "system.h"
#include "task.h"
#include "text.h"
#include "pool/scopes.h"
#include "pool/types.h"
#include "pool/ended-scopes.h"
#if defined(__linux__)
#include "pool/files.h"
#include "pool/affinity.h"
#include "pool/quota.h"
#endif
#include "pool/tokens.h"
#include "pool/pieces.h"
#include "pool/tasks.h"
#include "pool/threads.h"
#include "pool/callers.h"
#include "pool/published.h"
#include "pool/limits.h"
#include "pool/loaded.h"

static pool *make_pool(void) {
  pool *p = malloc(sizeof *p);
  if (!p) return NULL;
  *p = (pool){0};
  p->version = version;
  configure(p);
  p->run = run;
  p->submit = submit;
  p->withdraw = withdraw;
  if (mutex_init(&p->mutex) || condition_init(&p->work) || condition_init(&p->room) ||
      condition_init(&p->left))
    return NULL;
  /* Another package may have been quicker: what is above takes some tenths of a millisecond. */
  if (!published()) publish(p);
  pool *first = published();
  return first ? first : p;
}

static pool *known;
static int32_t known_to;
static int32_t is_looking;

/* Whether the pool is this process's, not its parent's, whose threads `fork` didn't copy. Node doesn't fork. */
static int is_of_this_process(void) {
#if defined(TSN_WITHOUT_NODE)
  return get(known_to) == process_id();
#else
  return 1;
#endif
}

static pool *own_pool(void) {
  pool *p = get(known);
  if (p && is_of_this_process()) return p;
  /* The first loops of several threads of JavaScript may begin at the same moment. */
  while (__atomic_exchange_n(&is_looking, 1, __ATOMIC_ACQUIRE)) relax();
  p = get(known);
  if (!p || !is_of_this_process()) {
    stay_loaded();
    p = published();
    if (!p) p = make_pool();
    set(known_to, process_id());
    set(known, p);
  }
  set(is_looking, 0);
  return p;
}

/* The most threads that compute, in the bits from 16 on where that comes from, and in those from 20 on how many tokens there are. */
__attribute__((visibility("hidden"))) int32_t tsn_pool_limit(void) {
  pool *p = own_pool();
  return p ? p->threads | p->source << 16 | token_count(p) << 20 : 1;
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
 * `depth` is 0 for a caller that is in no region; `eager` says that each iteration is worth another thread; the scope
 * is NULL where JavaScript has set no limit.
 */
__attribute__((visibility("hidden"))) int32_t tsn_parallel_run(tsn_piece piece, void *data, int64_t count,
                                                               void *limit, int32_t depth, int32_t eager,
                                                               scope *s, tsn_error *error) {
  pool *p = own_pool();
  if (!p) return piece(data, limit, 0, count, error);
  return p->run(p, piece, data, count, limit, depth, eager, s, error);
}

#if !defined(TSN_WITHOUT_NODE)
#include "pool/javascript.h"
#endif
