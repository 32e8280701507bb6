#pragma once
#include <stddef.h>

// words.txt, put into the program by the C compiler's #embed: one word a line, sorted. See README.md.
const char *common_passphrases(size_t *count);
