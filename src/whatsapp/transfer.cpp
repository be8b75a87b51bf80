#include "whatsapp/transfer.h"

#include <algorithm>
#include <cstring>

#include "base/failpoint.h"

namespace puntual::whatsapp {
namespace {

constexpr size_t kAnswerMax = 64 * 1024;

// libcurl asks here for the body. Seeking is refused on purpose: libcurl then cannot begin
// the body anew on another connection.
size_t give_body(char* buffer, size_t size, size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (!transfer.is_body_started) {
    if ((*transfer.boot_ms)() >= transfer.deadline_boot_ms) {
      transfer.is_late = true;
      return CURL_READFUNC_ABORT;
    }
    failpoint("send.body_begins");
    transfer.is_body_started = true;
    ++transfer.number->begun;
  }
  const auto& body = transfer.request.body;
  const size_t given = std::min(size * count, body.size() - transfer.body_offset);
  std::memcpy(buffer, body.data() + transfer.body_offset, given);
  transfer.body_offset += given;
  return given;
}

int refuse_seek(void*, curl_off_t, int) { return CURL_SEEKFUNC_FAIL; }

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
  curl_easy_setopt(easy, CURLOPT_READFUNCTION, give_body);
  curl_easy_setopt(easy, CURLOPT_READDATA, made.get());
  curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, refuse_seek);
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
