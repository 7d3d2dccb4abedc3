/* A pointer that each thread has of its own, and a lock that is held for a few instructions. */

typedef struct {
  int32_t held;
} spin_lock;

static void lock(spin_lock *l) {
  while (__atomic_exchange_n(&l->held, 1, __ATOMIC_ACQUIRE))
    while (__atomic_load_n(&l->held, __ATOMIC_RELAXED)) {
    }
}

static void unlock(spin_lock *l) { __atomic_store_n(&l->held, 0, __ATOMIC_RELEASE); }

#if defined(__wasm__)

static void *own_pointer;

static void *get_own(void) { return own_pointer; }
static void set_own(void *value) { own_pointer = value; }

#else

#if defined(_WIN32)
uint32_t TlsAlloc(void);
void *TlsGetValue(uint32_t);
int TlsSetValue(uint32_t, void *);
typedef uint32_t own_key;
#define make_key(key) (*(key) = TlsAlloc())
#define get_of(key) TlsGetValue(key)
#define set_of(key, value) TlsSetValue(key, value)
#else
/* The key of POSIX is a number of one size or the other; the register is the same. */
int pthread_key_create(unsigned long *, void (*)(void *));
void *pthread_getspecific(unsigned long);
int pthread_setspecific(unsigned long, const void *);
typedef unsigned long own_key;
#define make_key(key) pthread_key_create(key, NULL)
#define get_of(key) pthread_getspecific(key)
#define set_of(key, value) pthread_setspecific(key, value)
#endif

static own_key key;
static int32_t key_is_made;
static spin_lock key_lock;

static void *get_own(void) { return get(key_is_made) ? get_of(key) : NULL; }

static void set_own(void *value) {
  if (!get(key_is_made)) {
    lock(&key_lock);
    if (!key_is_made) {
      make_key(&key);
      set(key_is_made, 1);
    }
    unlock(&key_lock);
  }
  set_of(key, value);
}

#endif
