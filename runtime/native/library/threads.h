/* The functions of libuv that the pool takes, for libraries that run without Node. */
#if defined(_WIN32)
#include "library/windows.h"
#else
#include "library/posix.h"
#endif
