/* Functions that call others on threads of their own: while they run, or later. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef double (*function)(double);

struct part {
  pthread_t thread;
  function f;
  int from, to;
  double sum;
};

static void *add(void *argument) {
  struct part *p = argument;
  for (int i = p->from; i < p->to; i++) p->sum += p->f(i);
  return NULL;
}

/* The sum of f(0) … f(count - 1), computed by so many threads. */
double sum_on_threads(function f, int count, int threads) {
  struct part *parts = calloc((size_t)threads, sizeof *parts);
  double sum = 0;
  for (int i = 0; i < threads; i++) {
    parts[i] = (struct part){.f = f, .from = count * i / threads, .to = count * (i + 1) / threads};
    pthread_create(&parts[i].thread, NULL, add, &parts[i]);
  }
  for (int i = 0; i < threads; i++) {
    pthread_join(parts[i].thread, NULL);
    sum += parts[i].sum;
  }
  free(parts);
  return sum;
}

/* The same through a declaration that doesn't say so. */
double sum_unannounced(function f, int count) { return sum_on_threads(f, count, 1); }

/* On the calling thread, and at the end on another one. */
double sum_on_both(function f, int count) {
  double sum = 0;
  for (int i = 0; i < count; i++) sum += f(i);
  return sum + sum_on_threads(f, count, 1);
}

struct visit {
  int (*visit)(const char *word, long double weight, void *data);
  void *data;
};

static void *visit_all(void *argument) {
  struct visit *v = argument;
  const char *words[] = {"one", "zwölf", "€"};
  long result = 0;
  for (int i = 0; i < 3; i++) result += v->visit(words[i], i + 0.5L, v->data);
  return (void *)result;
}

/* A structure with a function. */
int visit_words(struct visit *v) {
  pthread_t thread;
  void *result;
  pthread_create(&thread, NULL, visit_all, v);
  pthread_join(thread, &result);
  return (int)(long)result;
}

/* A ticker, which calls a function again and again until it is stopped, and once more then. */
static struct {
  pthread_t thread;
  function f;
  int running;
  _Atomic int stopped;
  _Atomic int ticks;
  _Atomic double last;
} ticker;

static void sleep_milliseconds(int milliseconds) {
  struct timespec time = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
  nanosleep(&time, NULL);
}

static void *tick(void *argument) {
  while (!ticker.stopped) {
    ticker.last = ticker.f(ticker.ticks++);
    sleep_milliseconds(1);
  }
  ticker.last = ticker.f(-1);
  return NULL;
}

/* -1 while it runs already. */
int ticker_start(function f) {
  if (ticker.running) return -1;
  ticker.running = 1;
  ticker.f = f;
  ticker.stopped = 0;
  ticker.ticks = 0;
  ticker.last = 0;
  return pthread_create(&ticker.thread, NULL, tick, NULL);
}
double ticker_stop(void) {
  ticker.stopped = 1;
  pthread_join(ticker.thread, NULL);
  ticker.running = 0;
  return ticker.last;
}
int ticker_ticks(void) { return ticker.ticks; }
double ticker_last(void) { return ticker.last; }

/* Keeps a function though its declaration doesn't say so. */
static function remembered;
void remember(function f) { f(1), remembered = f; }
static void *call_remembered(void *argument) {
  *(double *)argument = remembered(7);
  return NULL;
}
double recall(void) { return remembered(7); }
double recall_on_thread(void) {
  pthread_t thread;
  double result = -1;
  pthread_create(&thread, NULL, call_remembered, &result);
  pthread_join(thread, NULL);
  return result;
}
