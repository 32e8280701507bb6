// Reading and writing PNG and JPEG with libpng and libjpeg, for the room Pictures and nobody else. libjpeg says what is wrong by
// jumping out of the call (longjmp), which Swift cannot have; so the jumps begin and end in here.
#ifndef EYHUB_CPICTURES_H
#define EYHUB_CPICTURES_H

#include <stddef.h>

typedef enum {
  EYHUB_PICTURE_GOOD = 0,
  // Not whole, or not what it says it is.
  EYHUB_PICTURE_BROKEN = 1,
  // More pixels, or more memory to read it, than is allowed.
  EYHUB_PICTURE_TOO_LARGE = 2,
} EyhubPictureState;

// Rows from the top, three bytes a pixel (red, green, blue) or four (and how solid it is), without gaps.
typedef struct {
  EyhubPictureState state;
  int width, height, channels;
  unsigned char *bytes;  // Free it with free().
  size_t count;
} EyhubPixels;

typedef struct {
  unsigned char *bytes;  // NULL when it could not be made. Free it with free().
  size_t count;
} EyhubFile;

// `most` is the greatest number of pixels. A JPEG much larger than `side` on its longer side is read at a part of its size, but never
// below `side`; what a PNG is, it is.
EyhubPixels eyhub_read_jpeg(const unsigned char *bytes, size_t count, long most, int side);
EyhubPixels eyhub_read_png(const unsigned char *bytes, size_t count, long most);

// Pixels without gaps: three bytes each for a JPEG, three or four for a PNG. Nothing but the picture goes into the file.
EyhubFile eyhub_write_jpeg(const unsigned char *pixels, int width, int height, int quality);
EyhubFile eyhub_write_png(const unsigned char *pixels, int width, int height, int channels);

#endif
