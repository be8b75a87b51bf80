#include "on_ramp/transfer.h"

#include <algorithm>
#include <cstring>
#include <mutex>

namespace puntual::on_ramp {
namespace {

constexpr int64_t kAnswerWaitMs = 10'000;
constexpr size_t kAnswerMax = 4096;

CURL* make_easy() {
  static std::once_flag once;
  std::call_once(once, [] { PUNTUAL_CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
  CURL* easy = curl_easy_init();
  PUNTUAL_CHECK(easy != nullptr);
  return easy;
}

}  // namespace

Transfer::Transfer(const std::string& url, std::string body)
    : easy_(make_easy(), curl_easy_cleanup), body_(std::move(body)) {
  curl_easy_setopt(easy(), CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy(), CURLOPT_PROTOCOLS_STR, "http,https,smtp,smtps");
  curl_easy_setopt(easy(), CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy(), CURLOPT_READFUNCTION, &Transfer::read);
  curl_easy_setopt(easy(), CURLOPT_READDATA, this);
  curl_easy_setopt(easy(), CURLOPT_WRITEFUNCTION, &Transfer::write);
  curl_easy_setopt(easy(), CURLOPT_WRITEDATA, this);
  curl_easy_setopt(easy(), CURLOPT_VERBOSE, 1L);  // Told to watch() alone.
  curl_easy_setopt(easy(), CURLOPT_DEBUGFUNCTION, &Transfer::watch);
  curl_easy_setopt(easy(), CURLOPT_DEBUGDATA, this);
}

void Transfer::add(List& list, const std::string& text) {
  curl_slist* longer = curl_slist_append(list.get(), text.c_str());
  PUNTUAL_CHECK(longer != nullptr);
  (void)list.release();
  list.reset(longer);
}

void Transfer::add_header(const std::string& line) { add(headers_, line); }
void Transfer::add_recipient(const std::string& address) { add(recipients_, address); }

size_t Transfer::read(char* out, size_t size, size_t count, void* user) {
  auto& self = *static_cast<Transfer*>(user);
  if (!self.seen_.is_body_started && std::chrono::steady_clock::now() >= self.deadline_) {
    self.seen_.is_late = true;
    return CURL_READFUNC_ABORT;
  }
  self.seen_.is_body_started = true;
  const size_t length = std::min(size * count, self.body_.size() - self.given_);
  std::memcpy(out, self.body_.data() + self.given_, length);
  self.given_ += length;
  return length;
}

size_t Transfer::write(char* data, size_t size, size_t count, void* user) {
  auto& answer = static_cast<Transfer*>(user)->seen_.answer;
  answer.append(data, std::min(size * count, kAnswerMax - std::min(kAnswerMax, answer.size())));
  return size * count;
}

int Transfer::watch(CURL*, curl_infotype type, char* data, size_t size, void* user) {
  if (type == CURLINFO_HEADER_OUT && std::string_view(data, size).starts_with("RCPT"))
    static_cast<Transfer*>(user)->seen_.has_named_recipient = true;
  return 0;
}

Seen Transfer::run(int64_t within_ms) {
  deadline_ = std::chrono::steady_clock::now() + std::chrono::milliseconds(within_ms);
  if (headers_) curl_easy_setopt(easy(), CURLOPT_HTTPHEADER, headers_.get());
  if (recipients_) curl_easy_setopt(easy(), CURLOPT_MAIL_RCPT, recipients_.get());
  curl_easy_setopt(easy(), CURLOPT_CONNECTTIMEOUT_MS,
                   static_cast<long>(std::max<int64_t>(1, within_ms)));
  curl_easy_setopt(easy(), CURLOPT_TIMEOUT_MS, static_cast<long>(within_ms + kAnswerWaitMs));
  seen_.code = curl_easy_perform(easy());
  curl_easy_getinfo(easy(), CURLINFO_RESPONSE_CODE, &seen_.status);
  return seen_;
}

}  // namespace puntual::on_ramp
