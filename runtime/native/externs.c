/*
 * What native code needs to call C libraries: the opening of shared ones, strings as C has them, functions that C
 * calls, and handles that C has freed.
 */
#include "system.h"
#include "externs/text.h"
#include "externs/tell.h"
#include "externs/threads.h"
#include "externs/callbacks.h"
#include "externs/hub.h"
#include "externs/kept.h"
#include "externs/handles.h"
#include "externs/errno.h"
#include "externs/libraries.h"
#if !defined(__wasm__)
#include "externs/places.h"
#include "externs/homes.h"
#include "externs/calls.h"
#endif
