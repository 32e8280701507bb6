#include "CPictures.h"

#include <stdlib.h>
#include <string.h>

#include <png.h>

// libpng's simple way of reading and writing: it catches its own jumps, undoes interlacing, palettes and sixteen bits, and writes
// nothing but the picture.

EyhubPixels eyhub_read_png(const unsigned char *bytes, size_t count, long most) {
  EyhubPixels pixels = {.state = EYHUB_PICTURE_BROKEN};
  png_image image;
  memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  if (!png_image_begin_read_from_memory(&image, bytes, count)) {
    png_image_free(&image);
    return pixels;
  }
  if ((long)image.width * (long)image.height > most) {
    png_image_free(&image);
    pixels.state = EYHUB_PICTURE_TOO_LARGE;
    return pixels;
  }
  int channels = (image.format & PNG_FORMAT_FLAG_ALPHA) ? 4 : 3;
  image.format = channels == 4 ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB;
  size_t size = (size_t)image.width * image.height * (size_t)channels;
  unsigned char *made = malloc(size);
  if (!made) {
    png_image_free(&image);
    return pixels;
  }
  if (!png_image_finish_read(&image, NULL, made, (png_int_32)image.width * channels, NULL)) {
    free(made);
    png_image_free(&image);
    return pixels;
  }
  return (EyhubPixels){EYHUB_PICTURE_GOOD, (int)image.width, (int)image.height, channels, made, size};
}

EyhubFile eyhub_write_png(const unsigned char *pixels, int width, int height, int channels) {
  png_image image;
  memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  image.width = (png_uint_32)width;
  image.height = (png_uint_32)height;
  image.format = channels == 4 ? PNG_FORMAT_RGBA : PNG_FORMAT_RGB;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  unsigned char *made = malloc(size);
  if (!made) return (EyhubFile){NULL, 0};
  if (!png_image_write_to_memory(&image, made, &size, 0, pixels, width * channels, NULL)) {
    free(made);
    return (EyhubFile){NULL, 0};
  }
  unsigned char *fitted = realloc(made, size);
  return (EyhubFile){fitted ? fitted : made, size};
}
