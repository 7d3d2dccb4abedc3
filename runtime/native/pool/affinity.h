/* The affinity mask of the process, on Linux. */

/* How many processors the affinity mask has; 0 where the system doesn't say. */
static int64_t affinity(char *text) {
  if (!read_file("/proc/self/status", text, most_text)) return 0;
  for (const char *at = text; *at; at = next_line(at)) {
    const char *list = behind(at, "Cpus_allowed_list:");
    if (!list) continue;
    int64_t count = 0;
    while (*list == ' ' || *list == '\t') list++;
    while (*list >= '0' && *list <= '9') {
      int64_t first = (int64_t)number(&list, 10), last = first;
      if (*list == '-') {
        list++;
        last = (int64_t)number(&list, 10);
      }
      count += last - first + 1;
      if (*list == ',') list++;
    }
    return count;
  }
  return 0;
}
