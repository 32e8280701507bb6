#pragma once
#include <stddef.h>

// The files of Sources/Page/Assets, put into the program by the C compiler's #embed: 0.1 s, where SwiftPM's
// .embedInCode (a Swift array literal) took 6 s for 40 kB and is read again in every release build.
typedef struct {
    const unsigned char *bytes;
    size_t count;
} PageAssetBytes;

PageAssetBytes page_look_css(void);
PageAssetBytes page_paper_css(void);
PageAssetBytes page_map_js(void);
PageAssetBytes page_keep_js(void);
PageAssetBytes page_mark_svg(void);
