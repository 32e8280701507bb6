#include "CPictures.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>
#include <jerror.h>

// A progressive picture is kept whole in memory while it is read, and each of its passes goes over all of it: a small file could ask
// for much of either.
enum { MOST_MEMORY = 200 * 1024 * 1024, MOST_SCANS = 60 };

typedef struct {
  struct jpeg_error_mgr errors;
  jmp_buf out;
  EyhubPictureState state;
} Trouble;

static void leave(j_common_ptr info) {
  Trouble *trouble = (Trouble *)info->err;
  int code = info->err->msg_code;
  trouble->state = code == JERR_NO_BACKING_STORE || code == JERR_OUT_OF_MEMORY || code == JERR_IMAGE_TOO_BIG
                       ? EYHUB_PICTURE_TOO_LARGE
                       : EYHUB_PICTURE_BROKEN;
  longjmp(trouble->out, 1);
}

// libjpeg paints what is missing of a cut file grey and only warns of it. A cut file is refused here.
static void hear(j_common_ptr info, int level) {
  int code = info->err->msg_code;
  if (level < 0 && (code == JWRN_JPEG_EOF || code == JWRN_HIT_MARKER || code == JWRN_HUFF_BAD_CODE || code == JWRN_ARITH_BAD_CODE))
    leave(info);
}

static void say_nothing(j_common_ptr info) { (void)info; }

static void count_scans(j_common_ptr info) {
  if (((j_decompress_ptr)info)->input_scan_number > MOST_SCANS) {
    ((Trouble *)info->err)->state = EYHUB_PICTURE_TOO_LARGE;
    longjmp(((Trouble *)info->err)->out, 1);
  }
}

static void set_up(Trouble *trouble) {
  jpeg_std_error(&trouble->errors);
  trouble->errors.error_exit = leave;
  trouble->errors.emit_message = hear;
  trouble->errors.output_message = say_nothing;
  trouble->state = EYHUB_PICTURE_BROKEN;
}

// Inks to light, in place in a row: each pixel's four bytes become three. Adobe writes inks the other way round.
static void mix_inks(unsigned char *row, JDIMENSION width, int inverted) {
  for (JDIMENSION x = 0; x < width; x++) {
    int black = inverted ? row[4 * x + 3] : 255 - row[4 * x + 3];
    for (int part = 0; part < 3; part++) {
      int ink = inverted ? row[4 * x + part] : 255 - row[4 * x + part];
      row[3 * x + part] = (unsigned char)((ink * black + 127) / 255);
    }
  }
}

EyhubPixels eyhub_read_jpeg(const unsigned char *bytes, size_t count, long most, int side) {
  EyhubPixels pixels = {.state = EYHUB_PICTURE_BROKEN};
  struct jpeg_decompress_struct info;
  struct jpeg_progress_mgr progress = {.progress_monitor = count_scans};
  Trouble trouble;
  unsigned char *volatile made = NULL;
  unsigned char *volatile line = NULL;
  set_up(&trouble);
  info.err = &trouble.errors;
  if (setjmp(trouble.out)) {
    jpeg_destroy_decompress(&info);
    free(made);
    free(line);
    pixels.state = trouble.state;
    return pixels;
  }
  jpeg_create_decompress(&info);
  info.mem->max_memory_to_use = MOST_MEMORY;
  info.progress = &progress;
  jpeg_mem_src(&info, bytes, count);
  jpeg_read_header(&info, TRUE);
  if ((long)info.image_width * (long)info.image_height > most) {
    trouble.state = EYHUB_PICTURE_TOO_LARGE;
    longjmp(trouble.out, 1);
  }
  int is_ink = info.jpeg_color_space == JCS_CMYK || info.jpeg_color_space == JCS_YCCK;
  info.out_color_space = is_ink ? JCS_CMYK : JCS_RGB;
  info.scale_denom = 8;
  for (info.scale_num = 1; info.scale_num < 8; info.scale_num++) {
    jpeg_calc_output_dimensions(&info);
    JDIMENSION longer = info.output_width > info.output_height ? info.output_width : info.output_height;
    if (longer >= (JDIMENSION)side) break;
  }
  jpeg_start_decompress(&info);
  size_t width = info.output_width, height = info.output_height;
  made = malloc(width * height * 3);
  line = malloc(width * 4);
  if (!made || !line) longjmp(trouble.out, 1);
  while (info.output_scanline < info.output_height) {
    size_t at = info.output_scanline;
    JSAMPROW row = line;
    if (jpeg_read_scanlines(&info, &row, 1) != 1) longjmp(trouble.out, 1);
    if (is_ink) mix_inks(line, info.output_width, info.saw_Adobe_marker);
    for (size_t i = 0; i < width * 3; i++) made[at * width * 3 + i] = line[i];
  }
  jpeg_finish_decompress(&info);
  jpeg_destroy_decompress(&info);
  free(line);
  pixels = (EyhubPixels){EYHUB_PICTURE_GOOD, (int)width, (int)height, 3, made, width * height * 3};
  return pixels;
}

EyhubFile eyhub_write_jpeg(const unsigned char *pixels, int width, int height, int quality) {
  struct jpeg_compress_struct info;
  Trouble trouble;
  // libjpeg makes the buffer larger as it goes, and tells where it is only at the end or when it is asked to stop.
  unsigned char *bytes = NULL;
  unsigned long count = 0;
  set_up(&trouble);
  info.err = &trouble.errors;
  if (setjmp(trouble.out)) {
    jpeg_destroy_compress(&info);
    return (EyhubFile){NULL, 0};
  }
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, &bytes, &count);
  info.image_width = (JDIMENSION)width;
  info.image_height = (JDIMENSION)height;
  info.input_components = 3;
  info.in_color_space = JCS_RGB;
  jpeg_set_defaults(&info);
  jpeg_set_quality(&info, quality, TRUE);
  info.optimize_coding = TRUE;
  jpeg_simple_progression(&info);
  jpeg_start_compress(&info, TRUE);
  while (info.next_scanline < info.image_height) {
    JSAMPROW row = (JSAMPROW)(pixels + (size_t)info.next_scanline * (size_t)width * 3);
    jpeg_write_scanlines(&info, &row, 1);
  }
  jpeg_finish_compress(&info);
  jpeg_destroy_compress(&info);
  return (EyhubFile){bytes, count};
}
