#include "whatsapp/transfer.h"

namespace puntual::whatsapp {

Transfer::Transfer(const Endpoint& endpoint) : pool_(curl_share_init()), easy_(curl_easy_init()) {
  PUNTUAL_CHECK(pool_ != nullptr && easy_ != nullptr);
  PUNTUAL_CHECK(curl_share_setopt(pool_.get(), CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT) ==
                CURLSHE_OK);
  set_common_options(easy(), endpoint);
  curl_easy_setopt(easy(), CURLOPT_URL, endpoint.base_url.c_str());
  curl_easy_setopt(easy(), CURLOPT_SHARE, pool_.get());
  curl_easy_setopt(easy(), CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt(easy(), CURLOPT_PRIVATE, this);
}

void Transfer::connect_within(int64_t ms) {
  curl_easy_setopt(easy(), CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(ms));
}

curl_socket_t Transfer::connected() {
  curl_easy_getinfo(easy(), CURLINFO_ACTIVESOCKET, &socket_);
  return socket_;
}

void Transfer::begin() {
  answer.begin();
  written_ = 0;
  bytes_.assign(number->head)
      .append(std::to_string(request.body.size()))
      .append("\r\n\r\n")
      .append(request.body);
}

Transfer::Step Transfer::write() {
  while (written_ < bytes_.size()) {
    size_t count = 0;
    const CURLcode code =
        curl_easy_send(easy(), bytes_.data() + written_, bytes_.size() - written_, &count);
    if (code == CURLE_AGAIN) return Step::Waits;
    if (code != CURLE_OK) return Step::Failed;
    written_ += count;
  }
  return Step::Done;
}

Transfer::Step Transfer::read() {
  char bytes[16 * 1024];
  while (answer.state() == HttpAnswer::State::Coming) {
    size_t count = 0;
    const CURLcode code = curl_easy_recv(easy(), bytes, sizeof bytes, &count);
    if (code == CURLE_AGAIN) return Step::Waits;
    if (code != CURLE_OK) return Step::Failed;
    count == 0 ? answer.end() : answer.take({bytes, count});
  }
  return answer.state() == HttpAnswer::State::Whole ? Step::Done : Step::Failed;
}

bool Transfer::is_quiet() {
  char byte = 0;
  size_t count = 0;
  return curl_easy_recv(easy(), &byte, 1, &count) == CURLE_AGAIN;
}

bool Transfer::can_go_on() const { return written_ == bytes_.size() && answer.keeps_open(); }

}  // namespace puntual::whatsapp
