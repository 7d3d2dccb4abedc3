/* The opening of shared libraries for functions that C calls, where no loader has opened them. */

#if !defined(__wasm__)

/* Puts texts one behind the other, into memory of their own; NULL where there is none. */
static char *joined(const char *const *texts, int count) {
  size_t length = 0, at = 0;
  for (int i = 0; i < count; i++) length += length_of(texts[i]);
  char *all = malloc(length + 1);
  if (!all) return NULL;
  for (int i = 0; i < count; i++)
    for (const char *c = texts[i]; *c; c++) all[at++] = *c;
  all[at] = 0;
  return all;
}

/*
 * Opens the first of a library's files that has all its functions, an empty name being the program itself, and notes their
 * addresses. Gives NULL, or what is wrong in memory of its own: why no file can be opened, or which function it lacks.
 */
exported char *tsn_library_open(const char *name, const char *const *files, int64_t file_count, const bound *table, int64_t count, int64_t library) {
  const char *unknown[] = {"the library ", name, " is not there: nobody says how its file is called on this system"};
  char *told = NULL;
  for (int64_t i = 0; i < file_count; i++) {
    const char *file = files[i], *missing = NULL;
    void *opened = open_library(file);
    if (!opened) {
      const char *absent[] = {"the library ", name, " is not there: ", why()};
      if (!told) told = joined(absent, 4);
      continue;
    }
    for (int64_t entry = 0; entry < count; entry++) {
      if (table[entry].library != library) continue;
      void *address = find_symbol(opened, table[entry].symbol);
      if (address) set(*table[entry].slot, address);
      else if (!missing) missing = table[entry].symbol;
    }
    free(told);
    if (!missing) return NULL;
    const char *end = ": its @extern should have another name, or the library another version";
    const char *of_system[] = {"this system has no function ", missing, end};
    const char *of_file[] = {"the library ", name, " (", file, ") has no function ", missing, end};
    told = *file ? joined(of_file, 7) : joined(of_system, 3);
  }
  return told ? told : joined(unknown, 3);
}

#endif
