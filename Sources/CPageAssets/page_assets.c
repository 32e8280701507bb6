#include "page_assets.h"
#pragma clang diagnostic ignored "-Wc23-extensions"

// One stylesheet out of several files, each with one idea; the order is the cascade.
static const unsigned char look[] = {
#embed "../Page/Assets/look.css" suffix(, 10, )
#embed "../Page/Assets/frame.css" suffix(, 10, )
#embed "../Page/Assets/pieces.css" suffix(, 10, )
#embed "../Page/Assets/forms.css" suffix(, 10, )
#embed "../Page/Assets/tables.css" suffix(, 10, )
#embed "../Page/Assets/maps.css" suffix(, 10, )
#embed "../Page/Assets/charts.css" suffix(, 10, )
#embed "../Page/Assets/print.css"
};

// What is printed carries its own small sheet: WeasyPrint knows no grid and no dark mode, and needs neither.
static const unsigned char paper[] = {
#embed "../Page/Assets/paper.css"
};

static const unsigned char map[] = {
#embed "../Page/Assets/map.js"
};

static const unsigned char keep[] = {
#embed "../Page/Assets/keep.js"
};

static const unsigned char mark[] = {
#embed "../Page/Assets/mark.svg"
};

PageAssetBytes page_look_css(void) { return (PageAssetBytes){look, sizeof look}; }
PageAssetBytes page_paper_css(void) { return (PageAssetBytes){paper, sizeof paper}; }
PageAssetBytes page_map_js(void) { return (PageAssetBytes){map, sizeof map}; }
PageAssetBytes page_keep_js(void) { return (PageAssetBytes){keep, sizeof keep}; }
PageAssetBytes page_mark_svg(void) { return (PageAssetBytes){mark, sizeof mark}; }
