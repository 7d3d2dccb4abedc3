/* The one pool of a process: the first package that is loaded leaves its address in the environment. */

static const char variable[] = "TSNATIVE_POOL";
static const int32_t version = 5;

/* The pool that a package of this process has left in the environment, if there is one. */
static pool *published(void) {
  char text[64];
  if (!environment(variable, text, sizeof text)) return NULL;
  const char *at = text;
  if (number(&at, 10) != (uint64_t)version || *at++ != ':') return NULL;
  /* The parent process leaves its own to its children. */
  if (number(&at, 10) != (uint64_t)process_id() || *at++ != ':') return NULL;
  return (pool *)(uintptr_t)number(&at, 16);
}

static void publish(pool *p) {
  char text[64];
  char *at = text + sizeof text - 1;
  *at = 0;
  at = write_number(at, (uint64_t)(uintptr_t)p, 16);
  *--at = ':';
  at = write_number(at, (uint64_t)process_id(), 10);
  *--at = ':';
  at = write_number(at, (uint64_t)version, 10);
  set_environment(variable, at);
}
