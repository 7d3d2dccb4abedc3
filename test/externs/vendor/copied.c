#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct point { double x, y; };
struct thing {
  uint8_t kind;
  char name[8];
  struct point at, corners[2];
  int16_t sizes[3];
};

static struct thing last;

int32_t thing_move(struct thing *t, double x) {
  t->at.x += x;
  t->corners[0].x += 2 * x;
  t->corners[1].x += 3 * x;
  t->corners[1].y = x;
  t->sizes[2] = (int16_t)x;
  last = *t;
  return (int32_t)strlen(t->name);
}

/* All of the name, without a 0 behind it. */
void thing_fill(struct thing *t, uint8_t letter) {
  if (t) memset(t->name, letter, sizeof t->name);
}

double thing_sum(const struct thing *t) {
  return t->kind + t->at.x + t->corners[1].y + t->sizes[0] + (double)strlen(t->name);
}

struct thing thing_of(const char *name, double x) {
  struct thing made = {7, "", {x, x + 1}, {{x + 2, x + 3}, {x + 4, x + 5}}, {10, 20, 30}};
  strncpy(made.name, name, sizeof made.name);
  return made;
}

void *thing_at(void) { return &last; }

struct listener {
  double (*scale)(double);
  struct { double range[2]; int32_t (*over)(double); double last; } limits;
  int64_t heard;
};

double tell_listener(struct listener *l, double from, double to) {
  double sum = 0;
  for (double x = from; x <= to; x++) {
    double y = l->scale(x);
    if (y > l->limits.range[1]) l->limits.last = l->limits.over(y);
    sum += y;
    l->heard++;
  }
  l->limits.range[1] *= 2;
  return sum;
}

struct node { int32_t depth; };
struct found { struct node *node; int32_t depth; };
struct found node_find(int32_t depth) {
  struct node *made = malloc(sizeof *made);
  made->depth = depth + 1;
  return (struct found){made, depth};
}
int32_t node_depth(struct node *n) { return n->depth; }
void node_free(struct node *n) { free(n); }

struct four { double d[4]; };
struct four_job { struct four given; double (*f)(double); struct thing *t; };

static void *four_run(void *data) {
  struct four_job *job = data;
  for (int i = 0; i < 4; i++) job->given.d[i] = job->f(job->given.d[i]);
  job->t->at.y = job->given.d[3];
  return 0;
}

int pthread_create(uintptr_t *thread, const void *how, void *(*run)(void *), void *data);
int pthread_join(uintptr_t thread, void **result);

struct four four_map(struct four given, double (*f)(double), struct thing *t) {
  struct four_job job = {given, f, t};
  uintptr_t thread;
  pthread_create(&thread, 0, four_run, &job);
  pthread_join(thread, 0);
  return job.given;
}
