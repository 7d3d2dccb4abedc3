/* Work that runs by itself on a thread of the pool. */
typedef struct task {
  struct task *next;
  /* Runs with a thread's stack limit; the task may be gone afterwards. */
  void (*run)(struct task *, void *stack_limit);
  /* Counts for it; NULL for none. */
  struct scope *scope;
} task;

/* Leaves a task to a thread of the pool; 0 where there is none. */
int32_t tsn_pool_submit(task *);
/* Takes a task back; 0 where it was begun. */
int32_t tsn_pool_withdraw(task *);
