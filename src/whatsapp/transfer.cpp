#include "whatsapp/transfer.h"

#include <algorithm>

#include "base/failpoint.h"

namespace puntual::whatsapp {
namespace {

constexpr size_t kAnswerMax = 64 * 1024;

// libcurl asks here when the connection stands, directly before the first byte, and again before it would begin the
// request anew on another connection: what has begun once is not begun a second time.
int begin_body(void* user, char*, char*, int, int) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (transfer.is_body_started) return CURL_PREREQFUNC_ABORT;
  if ((*transfer.boot_ms)() >= transfer.deadline_boot_ms) {
    transfer.is_late = true;
    return CURL_PREREQFUNC_ABORT;
  }
  failpoint("send.body_begins");
  transfer.is_body_started = true;
  ++transfer.number->begun;
  return CURL_PREREQFUNC_OK;
}

size_t take_answer(char* data, size_t size, size_t count, void* user) {
  auto& answer = static_cast<Transfer*>(user)->answer;
  const size_t length = size * count;
  answer.append(data, std::min(length, kAnswerMax - std::min(kAnswerMax, answer.size())));
  return length;
}

}  // namespace

std::unique_ptr<Transfer> make_transfer(const Endpoint& endpoint,
                                        const std::function<int64_t()>& boot_ms) {
  auto made = std::make_unique<Transfer>();
  made->easy.reset(curl_easy_init());
  PUNTUAL_CHECK(made->easy != nullptr);
  made->boot_ms = &boot_ms;
  CURL* easy = made->easy.get();
  set_common_options(easy, endpoint);
  curl_easy_setopt(easy, CURLOPT_POST, 1L);
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, begin_body);
  curl_easy_setopt(easy, CURLOPT_PREREQDATA, made.get());
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_answer);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, made.get());
  curl_easy_setopt(easy, CURLOPT_PRIVATE, made.get());
  // A message and its answer are small; libcurl takes these buffers anew for each transfer.
  curl_easy_setopt(easy, CURLOPT_UPLOAD_BUFFERSIZE, 16L * 1024);
  curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, 4L * 1024);
  // A connection idle for long may be closed by the other side just as we write: better a new one.
  curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, 30L);
  return made;
}

}  // namespace puntual::whatsapp
