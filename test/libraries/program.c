/* Calls what program.ts has, as a C program would, and prints what comes of it: a line each. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "test_project.h"

static tsnative_error error;

static int failed(int32_t status) {
  if (status == TSNATIVE_OK) return 0;
  printf("%s %d: %s\n", error.name, status == error.kind, error.message);
  tsnative_clear(&error);
  return 1;
}

static void text_of(int32_t status, tsnative_string *text) {
  if (failed(status)) return;
  printf("%s %zu\n", text->text, text->length);
  tsnative_free(text->text);
}

int main(void) {
  double number, three[3] = {1, 2, 3}, four[4] = {1, 2, 3, 4};
  if (!failed(test_project_dot(three, 3, four, 4, &number, &error))) printf("%.17g\n", number);
  failed(test_project_dot(four, 4, three, 3, &number, &error));
  failed(test_project_dot(NULL, 4, three, 3, &number, &error));
  failed(test_project_dot(four, SIZE_MAX, three, 3, &number, &error));
  if (!failed(test_project_dot(NULL, 0, NULL, 0, &number, &error))) printf("%.17g\n", number);
  printf("%d\n", test_project_dot(four, 4, three, 3, NULL, NULL));

  int32_t integer;
  if (!failed(test_project_add(-7, 200, true, &integer, &error))) printf("%" PRId32 "\n", integer);
  failed(test_project_add(INT32_MAX, 1, false, &integer, &error));

  double by = 1.5;
  failed(test_project_scale(four, 4, &by, &error));
  failed(test_project_scale(four, 2, NULL, &error));
  printf("%g %g %g %g\n", four[0], four[1], four[2], four[3]);

  tsnative_f64_array squares;
  if (!failed(test_project_squares(5, &squares, &error))) {
    printf("%zu %g %d\n", squares.length, squares.data[4], squares.owner != NULL);
    tsnative_free(squares.owner);
  }
  failed(test_project_squares(5, NULL, &error));
  failed(test_project_squares(-1, &squares, &error));

  uint8_t bytes[] = {5, 6, 7};
  tsnative_u8_array tail;
  if (!failed(test_project_tail(bytes, 3, &tail, &error)))
    printf("%zu %d %d\n", tail.length, tail.data == bytes + 1, tail.owner != NULL);

  int32_t n = 5000;
  double *waves = malloc(sizeof *waves * (size_t)n);
  if (!failed(test_project_waves(n, waves, (size_t)n, &number, &error))) printf("%.17g %.17g\n", number, waves[n - 1]);
  failed(test_project_waves(n, waves, (size_t)n - 7, &number, &error));
  free(waves);

  tsnative_string text;
  text_of(test_project_greet("J\xc3\xa4nn \xf0\x9f\x98\x80", 10, 0.1, &text, &error), &text);
  text_of(test_project_greet("", 0, 1e21, &text, &error), &text);
  text_of(test_project_greet("J\xc3", 2, 1, &text, &error), &text);
  text_of(test_project_greet("\xed\xa0\x80", 3, 1, &text, &error), &text);
  text_of(test_project_firstUnit("\xf0\x9f\x98\x80", 4, &text, &error), &text);

  failed(test_project_check(-0.1, "\xe2\x82\xac", 3, true, &number, &error));
  if (!failed(test_project_check(4, "", 0, false, &number, &error))) printf("%.17g\n", number);
  failed(test_project_root(-5e-324, &number, &error));
  text_of(test_project_caught(-1e300, &text, &error), &text);

  if (!failed(test_project_fibonacci(15, &number, &error))) printf("%.17g\n", number);
  failed(test_project_endless(0, &number, &error));

  bool has;
  if (!failed(test_project_first(three, 0, &number, &has, &error))) printf("%d\n", has);
  if (!failed(test_project_first(three, 1, &number, &has, &error))) printf("%d %g\n", has, number);
  float single = 2.5f;
  if (!failed(test_project_orElse(NULL, 0, NULL, &number, &error))) printf("%g\n", number);
  if (!failed(test_project_orElse(NULL, 0, &single, &number, &error))) printf("%g\n", number);
  if (!failed(test_project_orElse(&single, 1, NULL, &number, &error))) printf("%g\n", number);

  int64_t wide;
  if (!failed(test_project_sum64(INT64_MIN, INT64_MAX, &wide, &error))) printf("%" PRId64 "\n", wide);
  failed(test_project_sum64(INT64_MAX, 1, &wide, &error));
  failed(test_project_bad(3, &error));
  if (!failed(test_project_words("a b c", 5, &integer, &error))) printf("%" PRId32 "\n", integer);
  float halves[] = {0.5f, 1.5f};
  if (!failed(test_project_total(halves, 2, &number, &error))) printf("%g\n", number);

  double numbers[] = {1, 2, 6}, weights[] = {1, 1, 2};
  if (!failed(test_project_mean(numbers, 3, NULL, 0, &number, &error))) printf("%g\n", number);
  if (!failed(test_project_mean(numbers, 3, weights, 3, &number, &error))) printf("%g\n", number);
  failed(test_project_mean(numbers, 3, weights, 2, &number, &error));
  failed(test_project_mean(NULL, 3, NULL, 0, &number, &error));
  tsnative_i32_array evens;
  if (!failed(test_project_evens(6, &evens, &error))) {
    printf("%zu %d %d\n", evens.length, (int)evens.data[2], evens.owner != NULL);
    tsnative_free(evens.owner);
  }
  bool flags[] = {false, true};
  tsnative_bool_array any;
  if (!failed(test_project_anyTrue(flags, 2, &any, &error))) {
    printf("%zu %d %d\n", any.length, any.data[0], any.data[1]);
    tsnative_free(any.owner);
  }

  /* Both are the same memory. */
  union {
    double doubles[4];
    float floats[8];
  } shared = {.floats = {1, 2, 3, 4}};
  failed(test_project_convert(shared.doubles, 4, shared.floats, 4, &error));
  printf("%g %g %g %g\n", shared.doubles[0], shared.doubles[1], shared.doubles[2], shared.doubles[3]);
  int32_t items[2] = {0}, others[2] = {0};
  bool is_same[2];
  failed(test_project_same(items, 2, items, 2, &is_same[0], &error));
  failed(test_project_same(items, 2, others, 2, &is_same[1], &error));
  printf("%d %d\n", is_same[0], is_same[1]);

  if (!failed(test_project_viaC(-27, &number, &error))) printf("%.17g\n", number);
  int32_t status = test_project_viaNothing(1, &number, &error);
  printf("%s %d: %.32s\n", error.name, status == error.kind, error.message);
  tsnative_clear(&error);
  return 0;
}
