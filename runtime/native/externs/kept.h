/*
 * The functions that C keeps of a parameter, each at a *place*, whose trampoline tells which one it is. A function belongs
 * to its environment, whose thread alone may run it, but for such as have captured nothing and so are all environments'.
 */

struct home;

typedef struct kept {
  /* Of all the tables with functions. */
  wide struct kept *next;
  wide int64_t count;
  struct {
    wide void *function;
    /* Of the environment that it belongs to; NULL where the place is free. */
    wide void *heap;
    wide struct home *home;
    /* How many threads that C has made are in it. */
    wide int64_t running;
    /* What stands for a function that has captured nothing (`header` of compiler/4-emit/layout.ts), which outlives all heaps. */
    wide struct {
      int64_t references;
      int32_t shape;
      int32_t mark;
    } plain;
  } places[];
} kept;

enum { new_place = 65536, lacks_room = -1, would_dangle = -2, immortal_count = -1 };

/* `header.shape` of compiler/4-emit/layout.ts. */
static int32_t shape_of(const void *object) { return ((const int32_t *)object)[-2]; }

static kept *all_kept;

#define is_plain(p) ((p)->function == (void *)(&(p)->plain + 1))

/*
 * The place of a function, with `new_place` where it has just got it, and has to be retained. Functions that are `plain`
 * have captured nothing, and are the same where they are of one shape. Others must be an environment's.
 */
static int32_t keep(kept *k, int32_t most, void *heap, int32_t outlives, void *function, int32_t plain, struct home *h) {
  int32_t place = lacks_room;
  if (!plain && !outlives) return would_dangle;
  hub_lock();
  for (int32_t i = 0; i < k->count && place < 0; i++) {
    void *known = k->places[i].function;
    if (k->places[i].heap != heap) continue;
    if (is_plain(&k->places[i]) ? plain && k->places[i].plain.shape == shape_of(function) : known == function) place = i;
  }
  if (place < 0) {
    /* C may still have what stood in a place that is free again, so these come last. */
    int32_t i = k->count < most ? (int32_t)k->count : 0;
    while (i < k->count && (k->places[i].heap || k->places[i].running > 0)) i++;
    if (i < most) {
      if (k->count == 0) {
        k->next = all_kept;
        all_kept = k;
      }
      if (i == k->count) k->count++;
      k->places[i].plain.references = immortal_count;
      k->places[i].plain.shape = shape_of(function);
      k->places[i].home = h;
      set(k->places[i].function, plain ? (void *)(&k->places[i].plain + 1) : function);
      set(k->places[i].heap, heap);
      place = plain ? i : i | new_place;
    }
  }
  hub_unlock();
  return place;
}

/* The innermost frame of this thread, in whose context a kept function runs, and the function; NULL where the thread has none, or is another environment's. */
exported frame *tsn_kept_frame(kept *k, int32_t place, int64_t heap_offset, void **function) {
  frame *f = get_own();
  if (!f) return NULL;
  /* Nobody but this thread takes what belongs to its environment. */
  void *heap = get(k->places[place].heap);
  *function = get(k->places[place].function);
  return heap && (heap == *(void **)(f->context + heap_offset) || is_plain(&k->places[place])) ? f : NULL;
}

/* Notes that C has called on a thread whose environment has no such function, or on one that is none's. */
exported void tsn_kept_stray(const char *message, int32_t *told) {
  frame *f = get_own();
  if (f) f->stray = 1;
  else tsn_callback_released(message, told);
}

#if defined(__wasm__)
/* As `keep`; there is one environment. */
exported int32_t tsn_kept_keep(kept *k, int32_t most, void *heap, void *env, void *data, void *function, int32_t plain) {
  return keep(k, most, heap, 1, function, plain, NULL);
}
#endif
