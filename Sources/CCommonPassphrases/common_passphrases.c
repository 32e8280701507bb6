#include "common_passphrases.h"
#pragma clang diagnostic ignored "-Wc23-extensions"

static const char words[] = {
#embed "words.txt"
};

const char *common_passphrases(size_t *count) {
    *count = sizeof words;
    return words;
}
