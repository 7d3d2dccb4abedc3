/* Made by tsnative of the package landcover. */
#ifndef TSNATIVE_LANDCOVER_H
#define TSNATIVE_LANDCOVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Each function returns a status: TSNATIVE_OK, or which class of errors it has thrown. `error` is filled then and is to
 * be cleared; it may be NULL, also `result`, where nobody wants to know.
 *
 * Arrays are a pointer and a number of elements. What is declared const isn't written to; other arrays of one call may
 * share memory, as typed arrays may. An array may be NULL where it has no elements. Strings are UTF-8, with their
 * length in bytes.
 *
 * What may be absent in JavaScript is a pointer, and absent where that is NULL. For results, `has_result` tells.
 *
 * An array or a string in a result is the caller's: `owner` or `text` is to be freed by tsnative_free. `owner` is NULL
 * where the result is part of an argument.
 *
 * All functions can be called by several threads at the same time.
 */
#ifndef TSNATIVE_ERRORS
#define TSNATIVE_ERRORS

/* What functions return. */
enum tsnative_status {
  TSNATIVE_OK = 0,
  TSNATIVE_ERROR = 1,
  TSNATIVE_RANGE_ERROR = 2,
  TSNATIVE_TYPE_ERROR = 3,
  TSNATIVE_REFERENCE_ERROR = 4,
  TSNATIVE_SYNTAX_ERROR = 5,
  TSNATIVE_EVAL_ERROR = 6,
  TSNATIVE_URI_ERROR = 7
};

/* An error of a call. */
typedef struct tsnative_error {
  int32_t kind;     /* The status. */
  const char *name; /* JavaScript's class, such as "RangeError". */
  char *message;    /* As in JavaScript, in UTF-8; NULL where there was no memory for it. */
} tsnative_error;

/* Frees the message of an error. */
void tsnative_clear(tsnative_error *error);

/* Frees memory that a function has given; NULL is nothing. */
void tsnative_free(void *memory);

#endif

/*
 * How alike two names are: 1 for the same, 0 for nothing in common. It is one less the edits that make one of the other
 * (insert, delete or replace a letter; Levenshtein, 1966), divided by the length of the longer one. Case doesn't count.
 *
 * a: a name
 * b: another one
 * result: from 0 to 1
 */
int32_t landcover_similarity(const char *a, size_t a_length, const char *b, size_t b_length, double *result, tsnative_error *error);

/*
 * The normalised difference vegetation index of each pixel: (near − red) ÷ (near + red), from −1 to 1.
 * Pixels without light in both bands are NaN.
 *
 * red: reflectance in the red band, in any unit
 * near: reflectance in the near infrared, in the same unit
 * index: the results; as many as pixels
 * error: RangeError where there are fewer of one than of `red`
 */
int32_t landcover_vegetationIndex(const uint16_t *red, size_t red_length, const uint16_t *near, size_t near_length, float *index, size_t index_length, tsnative_error *error);

#ifdef __cplusplus
}
#endif

#endif
