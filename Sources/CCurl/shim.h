// libcurl for Swift. curl_easy_setopt and curl_easy_getinfo take any type after the option, which Swift cannot call: here is
// one function for each type we use.
#define CURL_DISABLE_TYPECHECK
#include <curl/curl.h>

typedef size_t (*eyhub_curl_read)(char *buffer, size_t size, size_t count, void *context);
typedef int (*eyhub_curl_watch)(CURL *handle, curl_infotype kind, char *data, size_t size, void *context);

static inline CURLcode eyhub_curl_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}
static inline CURLcode eyhub_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}
// libcurl copies the text.
static inline CURLcode eyhub_curl_set_text(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}
// libcurl keeps the list: free it after the handle.
static inline CURLcode eyhub_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}
// The buffer has CURL_ERROR_SIZE bytes and outlives the handle.
static inline CURLcode eyhub_curl_set_error_buffer(CURL *handle, char *buffer) {
  return curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, buffer);
}
static inline CURLcode eyhub_curl_set_reader(CURL *handle, eyhub_curl_read read, void *context) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_READFUNCTION, read);
  return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_READDATA, context) : code;
}
static inline CURLcode eyhub_curl_set_watcher(CURL *handle, eyhub_curl_watch watch, void *context) {
  CURLcode code = curl_easy_setopt(handle, CURLOPT_DEBUGFUNCTION, watch);
  if (code == CURLE_OK) code = curl_easy_setopt(handle, CURLOPT_DEBUGDATA, context);
  return code == CURLE_OK ? curl_easy_setopt(handle, CURLOPT_VERBOSE, 1L) : code;
}
static inline CURLcode eyhub_curl_start(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }
