/*
 * What libraries for C and Python have beside their functions: the messages of errors, and strings in UTF-8. Native
 * code calls it (`compiler/4-emit/c/`), which knows a string by its units: `wide` ones have two bytes, the others one.
 */
typedef __INT32_TYPE__ int32_t;
typedef __UINT32_TYPE__ uint32_t;
typedef __INT64_TYPE__ int64_t;
typedef __UINT64_TYPE__ uint64_t;
typedef __UINT16_TYPE__ uint16_t;
typedef __UINT8_TYPE__ uint8_t;
typedef __UINTPTR_TYPE__ uintptr_t;
typedef __SIZE_TYPE__ size_t;
#define NULL ((void *)0)
void *malloc(size_t);
void free(void *);

#if defined(TSN_STATIC)
#define exported
#elif defined(_WIN32)
#define exported __declspec(dllexport)
#else
#define exported __attribute__((visibility("default")))
#endif

#include "library/utf8.h"
#include "library/number.h"
#include "library/messages.h"

/* As the header declares it. */
typedef struct {
  int32_t kind;
  const char *name;
  char *message;
} tsnative_error;

/* The classes of errors by their numbers (`errorConstructors` in runtime/messages.ts). */
static const char *const classes[] = {"Error",       "RangeError", "TypeError", "ReferenceError",
                                      "SyntaxError", "EvalError",  "URIError"};
enum { type_error = 2 };

/* Tells a caller of an error, whose message it takes over; gives the status. */
int32_t tsn_library_fail(int32_t class, char *message, tsnative_error *error) {
  if (error) *error = (tsnative_error){class + 1, classes[class], message};
  else free(message);
  return class + 1;
}

/* The same for an argument that is none. */
int32_t tsn_library_refuse(const char *text, tsnative_error *error) {
  char *message = NULL;
  if (error) {
    size_t length = 0;
    while (text[length]) length++;
    message = malloc(length + 1);
    for (size_t i = 0; message && i <= length; i++) message[i] = text[i];
  }
  return tsn_library_fail(type_error, message, error);
}

/* Frees what a function of the library has given: an array, a string, a message. NULL is nothing. */
exported void tsnative_free(void *memory) { free(memory); }

/* Frees the message of an error. */
exported void tsnative_clear(tsnative_error *error) {
  free(error->message);
  *error = (tsnative_error){0, NULL, NULL};
}
