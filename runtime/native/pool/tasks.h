/* Tasks that wait for a thread. */

/* The oldest task that may begin; NULL where there is none. With the mutex. */
static task *find_task(const pool *p) {
  task *t = p->first;
  while (t && !has_room_in(t->scope)) t = t->next;
  return t;
}

/* Takes a task out of the queue; 0 where it isn't in there. With the mutex. */
static int take_task(pool *p, task *t) {
  task *before = NULL;
  task *at = p->first;
  for (; at && at != t; at = at->next) before = at;
  if (!at) return 0;
  if (before) before->next = t->next;
  else p->first = t->next;
  if (p->last == t) p->last = before;
  p->queued--;
  return 1;
}

static void add_task(pool *p, task *t) {
  t->next = NULL;
  if (p->last) p->last->next = t;
  else p->first = t;
  p->last = t;
  p->queued++;
}
