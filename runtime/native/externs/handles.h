/*
 * The handles that C has freed last, by their addresses: a table with open addressing (Knuth, The Art of Computer
 * Programming 3, 6.4, Algorithm L), in which what is freed later takes the place of what is nearest where it is full.
 */

enum { freed_places = 4096, most_probes = 16 };

static uint64_t freed[freed_places];
/* How many there are; while it is 0, nobody need look. */
static int64_t freed_count;
static spin_lock freed_lock;

static uint64_t first_place(uint64_t address) { return (address >> 4) * 0x9e3779b97f4a7c15u >> 52; }

/* Where an address is, or would be; -1 where all places near are others'. */
static int64_t find_freed(uint64_t address) {
  uint64_t at = first_place(address);
  int64_t hole = -1;
  for (int i = 0; i < most_probes; i++) {
    uint64_t place = (at + (uint64_t)i) % freed_places;
    if (freed[place] == address) return (int64_t)place;
    if (freed[place] == 0 && hole < 0) hole = (int64_t)place;
  }
  return hole;
}

/* Whether a handle was freed, and nothing has been given at its address since. */
exported int32_t tsn_handle_freed(uint64_t address) {
  if (get(freed_count) == 0 || address == 0) return 0;
  lock(&freed_lock);
  int64_t place = find_freed(address);
  int32_t is_freed = place >= 0 && freed[place] == address;
  unlock(&freed_lock);
  return is_freed;
}

exported void tsn_handle_free(uint64_t address) {
  if (address == 0) return;
  lock(&freed_lock);
  int64_t place = find_freed(address);
  if (place < 0) place = (int64_t)first_place(address);
  if (freed[place] == 0) set(freed_count, freed_count + 1);
  freed[place] = address;
  unlock(&freed_lock);
}

exported void tsn_handle_made(uint64_t address) {
  if (get(freed_count) == 0 || address == 0) return;
  lock(&freed_lock);
  int64_t place = find_freed(address);
  if (place >= 0 && freed[place] == address) {
    freed[place] = 0;
    set(freed_count, freed_count - 1);
  }
  unlock(&freed_lock);
}
