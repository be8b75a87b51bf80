// One call of libcurl whose body does not begin after its deadline, and what was seen of it. A
// fresh connection each time: nothing is ever repeated on another.
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace puntual::on_ramp {

struct Seen {
  CURLcode code = CURLE_OK;
  long status = 0;  // The other side's last answer: of SMTP its reply code, of HTTP the status.
  bool is_body_started = false;  // At least one byte of the body may have left.
  bool is_late = false;          // The deadline had passed before that.
  bool has_named_recipient =
      false;           // SMTP: whom it is for was said; before that a refusal is about us.
  std::string answer;  // The beginning of it.
};

class Transfer {
 public:
  Transfer(const std::string& url, std::string body);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  [[nodiscard]] CURL* easy() { return easy_.get(); }
  void add_header(const std::string& line);
  void add_recipient(const std::string& address);
  [[nodiscard]] Seen run(int64_t within_ms);

 private:
  using List = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;
  static void add(List& list, const std::string& text);
  static size_t read(char* out, size_t size, size_t count, void* user);
  static size_t write(char* data, size_t size, size_t count, void* user);
  static int watch(CURL* easy, curl_infotype type, char* data, size_t size, void* user);

  std::unique_ptr<CURL, void (*)(CURL*)> easy_;
  List headers_{nullptr, curl_slist_free_all}, recipients_{nullptr, curl_slist_free_all};
  std::string body_;
  size_t given_ = 0;
  std::chrono::steady_clock::time_point deadline_;
  Seen seen_;
};

}  // namespace puntual::on_ramp
