/* What has nobody to be thrown to. */

#if defined(__wasm__)
static void tell(const char *message) {}
#else
static size_t length_of(const char *text) {
  size_t length = 0;
  while (text[length]) length++;
  return length;
}

#if defined(_WIN32)
void *GetStdHandle(unsigned);
int WriteFile(void *, const void *, unsigned, unsigned *, void *);
void Sleep(unsigned);

/* Writes a line where errors go. */
static void tell(const char *message) {
  enum { error_output = -12 };
  unsigned written;
  WriteFile(GetStdHandle((unsigned)error_output), message, (unsigned)length_of(message), &written, NULL);
}
static void pause_shortly(void) { Sleep(0); }
#else
int64_t write(int, const void *, size_t);
int sched_yield(void);

/* Writes a line where errors go. */
static void tell(const char *message) {
  if (write(2, message, length_of(message)) < 0) return;
}
static void pause_shortly(void) { sched_yield(); }
#endif
#endif
