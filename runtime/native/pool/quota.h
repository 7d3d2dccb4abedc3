/* The quotas of control groups, of both versions, on Linux. */

/* The processors' time that a group may have in thousandths of a processor; 0 where nothing limits it. */
static int64_t quota_of(const char *group, int is_second) {
  char path[most_path] = {0};
  char text[64];
  int64_t quota, period;
  int64_t length = length_of(group);
  if (is_second) {
    if (!add(path, group, length) || !add(path, "/cpu.max", 8) || !read_file(path, text, sizeof text)) return 0;
    const char *at = text;
    if (*at < '0' || *at > '9') return 0;
    quota = (int64_t)number(&at, 10);
    if (*at == ' ') at++;
    period = (int64_t)number(&at, 10);
  } else {
    if (!add(path, group, length) || !add(path, "/cpu.cfs_quota_us", 17) || !read_file(path, text, sizeof text)) return 0;
    const char *at = text;
    if (*at < '0' || *at > '9') return 0;
    quota = (int64_t)number(&at, 10);
    path[length] = 0;
    if (!add(path, "/cpu.cfs_period_us", 18) || !read_file(path, text, sizeof text)) return 0;
    at = text;
    period = (int64_t)number(&at, 10);
  }
  return quota > 0 && period > 0 ? larger(1, quota * 1000 / period) : 0;
}

/* The least quota of the process's group of one version, and of those around it. */
static int64_t quota_in(int is_second, char *text) {
  /* The group: `0::/path`, or `4:cpu,cpuacct:/path`. */
  char own[most_path] = {0};
  int is_there = 0;
  if (!read_file("/proc/self/cgroup", text, most_text)) return 0;
  for (const char *at = text; *at && !is_there; at = next_line(at)) {
    const char *names = at, *path;
    while (*names && *names != ':' && *names != '\n') names++;
    if (*names != ':') continue;
    names++;
    for (path = names; *path && *path != ':' && *path != '\n';) path++;
    if (*path != ':' || (is_second ? names != path : !lists(names, path, "cpu"))) continue;
    path++;
    is_there = add(own, path, next_line(path) - path - (*(next_line(path) - 1) == '\n'));
  }
  if (!is_there || !read_file("/proc/self/mountinfo", text, most_text)) return 0;
  for (const char *at = text; *at; at = next_line(at)) {
    /* id parent device root point options … - type source options */
    const char *root = word(at, 3), *point = word(at, 4), *type = word(at, 5);
    while (*type && *type != '\n' && !behind(type, " - ")) type++;
    type = behind(type, " - ");
    if (!type) continue;
    const char *options = word(type, 2);
    if (is_second ? !behind(type, "cgroup2 ") : !behind(type, "cgroup ") || !lists(options, word_end(options), "cpu"))
      continue;
    char group[most_path] = {0};
    if (!add(group, point, word_end(point) - point)) return 0;
    int64_t top = length_of(group);
    /* What is mounted may be a group itself, as in containers; what isn't below it can't be seen. */
    int64_t skipped = word_end(root) - root;
    if (skipped == 1) skipped = 0;
    for (int64_t i = 0; i < skipped; i++)
      if (own[i] != root[i]) {
        skipped = length_of(own);
        break;
      }
    if (!add(group, own + skipped, length_of(own + skipped))) return 0;
    int64_t least = 0;
    for (int64_t end = length_of(group);; end--) {
      if (end > top && group[end] != '/' && group[end] != 0) continue;
      group[end] = 0;
      int64_t quota = quota_of(group, is_second);
      if (quota > 0 && (least == 0 || quota < least)) least = quota;
      if (end <= top) return least;
    }
  }
  return 0;
}

/* How many processors the quotas of control groups come to; 0 where none limits the process. */
static int64_t quota(char *text) {
  int64_t first = quota_in(0, text), second = quota_in(1, text);
  int64_t least = first && second ? smaller(first, second) : larger(first, second);
  return least > 0 ? larger(1, least / 1000) : 0;
}
