/* Files of Linux that tell of the process. */

int open(const char *, int, ...);
long read(int, void *, size_t);
int close(int);

enum { most_path = 1024, most_text = 16384, read_and_close_on_exec = 02000000 };

/* Adds a text to another one that has room for `most_path`; 0 where it doesn't fit. */
static int add(char *to, const char *text, int64_t length) {
  int64_t end = 0;
  while (to[end]) end++;
  if (end + length >= most_path) return 0;
  for (int64_t i = 0; i < length; i++) to[end + i] = text[i];
  to[end + length] = 0;
  return 1;
}

/* Reads a file of the system as far as there is room; 0 where there is none. Tests have another root. */
static int read_file(const char *path, char *text, int64_t room) {
  char full[most_path] = {0};
  if (!environment("TSNATIVE_TEST_ROOT", full, sizeof full)) full[0] = 0;
  if (!add(full, path, length_of(path))) return 0;
  int file = open(full, read_and_close_on_exec);
  if (file < 0) return 0;
  int64_t end = 0;
  for (long got; end < room - 1 && (got = read(file, text + end, (size_t)(room - 1 - end))) > 0;) end += got;
  close(file);
  text[end] = 0;
  return 1;
}
