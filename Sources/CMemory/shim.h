// How SQLite and the C library hold memory, said in calls that Swift cannot make by itself.
#include <malloc.h>
#include <sqlite3.h>

// SQLite no longer counts the memory it holds, which takes one lock for all connections at every allocation. Before it is first used.
static inline int eyhub_sqlite_count_no_memory(void) { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0); }

// Two pools of free memory for all threads.
static inline int eyhub_share_free_memory(void) { return mallopt(M_ARENA_MAX, 2); }
