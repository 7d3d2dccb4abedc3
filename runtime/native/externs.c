/*
 * What native code needs to call C libraries: the opening of shared ones, strings as C has them, functions that C
 * calls, and handles that C has freed.
 */
#include "system.h"
#include "externs/text.h"
#include "externs/tell.h"
#include "externs/threads.h"
#if !defined(TSN_WITHOUT_NODE)
#include "externs/callbacks.h"
#include "externs/hub.h"
#include "externs/kept.h"
#endif
#include "externs/handles.h"
#include "externs/errno.h"
#include "externs/libraries.h"
#include "externs/open.h"
#if !defined(__wasm__) && !defined(TSN_WITHOUT_NODE)
#include "externs/places.h"
#include "externs/homes.h"
#include "externs/calls.h"
#endif
