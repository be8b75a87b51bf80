#include "sandbox/courier.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <deque>
#include <thread>

#include "base/random.h"

namespace puntual::sandbox {
namespace {

using Steady = std::chrono::steady_clock;

struct Transfer {
  CURL* easy = nullptr;
  curl_slist* headers = nullptr;
  WebhookDelivery delivery;
};

size_t keep_start(char* data, size_t, size_t size, void* into) {
  auto& text = *static_cast<std::string*>(into);
  if (text.size() < 4096) text.append(data, size);
  return size;
}
size_t ignore(char*, size_t, size_t size, void*) { return size; }

std::vector<std::string> headers_of(const WebhookDelivery& delivery) {
  if (!delivery.headers.empty()) return delivery.headers;
  std::vector<std::string> lines = {"Content-Type: application/json",
                                    "User-Agent: facebookexternalua"};
  if (!delivery.signature.empty()) lines.push_back("X-Hub-Signature-256: " + delivery.signature);
  return lines;
}

}  // namespace

class Courier::Impl {
 public:
  Impl(CourierOptions settings, Collect take, Report tell)
      : options(std::move(settings)),
        collect(std::move(take)),
        report(std::move(tell)),
        multi(curl_multi_init()) {
    curl_multi_setopt(multi, CURLMOPT_MAX_HOST_CONNECTIONS, static_cast<long>(options.connections));
    thread = std::thread([this] { run(); });
  }
  ~Impl() {
    stopping = true;
    curl_multi_wakeup(multi);
    thread.join();
    for (auto& one : active) {
      curl_multi_remove_handle(multi, one->easy);
      idle.push_back(one->easy);
      curl_slist_free_all(one->headers);
    }
    for (CURL* easy : idle) curl_easy_cleanup(easy);
    curl_multi_cleanup(multi);
  }

  void run();
  void begin(WebhookDelivery delivery);
  void finish(CURL* easy, CURLcode result);
  bool shake_hands();

  CourierOptions options;
  Collect collect;
  Report report;
  CURLM* multi;
  std::deque<WebhookDelivery> waiting;
  std::vector<std::unique_ptr<Transfer>> active;
  std::vector<CURL*> idle;
  std::atomic<bool> stopping = false;
  std::thread thread;
};

void Courier::Impl::run() {
  bool is_known = options.url.empty();
  auto shake_at = Steady::now();
  auto shake_gap = std::chrono::milliseconds(1000);
  while (!stopping) {
    if (!is_known && Steady::now() >= shake_at) {
      is_known = shake_hands();
      shake_gap = std::min(shake_gap * 2, std::chrono::milliseconds(60'000));
      shake_at = Steady::now() + shake_gap;
    }
    int64_t wait_ms = 1000;
    for (auto& delivery : collect(wait_ms)) waiting.push_back(std::move(delivery));
    while (!waiting.empty() && active.size() < static_cast<size_t>(options.connections)) {
      begin(std::move(waiting.front()));
      waiting.pop_front();
    }
    int running = 0;
    curl_multi_perform(multi, &running);
    bool any_done = false;
    for (int left = 0; CURLMsg* message = curl_multi_info_read(multi, &left);) {
      if (message->msg != CURLMSG_DONE) continue;
      finish(message->easy_handle, message->data.result);
      any_done = true;
    }
    if (any_done && !waiting.empty()) continue;
    const int patience = static_cast<int>(std::clamp<int64_t>(wait_ms, 0, 1000));
    curl_multi_poll(multi, nullptr, 0, patience, nullptr);
  }
}

void Courier::Impl::begin(WebhookDelivery delivery) {
  auto transfer = std::make_unique<Transfer>();
  transfer->delivery = std::move(delivery);
  if (idle.empty()) {
    transfer->easy = curl_easy_init();
  } else {
    transfer->easy = idle.back();
    idle.pop_back();
    curl_easy_reset(transfer->easy);
  }
  CURL* easy = transfer->easy;
  transfer->headers = curl_slist_append(nullptr, "Expect:");
  for (const auto& line : headers_of(transfer->delivery))
    transfer->headers = curl_slist_append(transfer->headers, line.c_str());
  curl_easy_setopt(easy, CURLOPT_URL,
                   (transfer->delivery.url.empty() ? options.url : transfer->delivery.url).c_str());
  curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer->headers);
  curl_easy_setopt(easy, CURLOPT_POSTFIELDS, transfer->delivery.body.data());
  curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                   static_cast<curl_off_t>(transfer->delivery.body.size()));
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, ignore);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, 5000L);
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 20000L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer.get());
  curl_multi_add_handle(multi, easy);
  active.push_back(std::move(transfer));
}

void Courier::Impl::finish(CURL* easy, CURLcode result) {
  long status = 0;
  if (result == CURLE_OK) curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  curl_multi_remove_handle(multi, easy);
  const auto found = std::ranges::find(active, easy, [](const auto& one) { return one->easy; });
  report((*found)->delivery.id, static_cast<int>(status));
  curl_slist_free_all((*found)->headers);
  idle.push_back(easy);
  std::swap(*found, active.back());
  active.pop_back();
}

// GET with hub.challenge, as when a URL is saved in Meta's dashboard.
bool Courier::Impl::shake_hands() {
  SystemRandom random;
  const std::string challenge = std::to_string(random.next() % 10'000'000'000ULL);
  CURL* easy = curl_easy_init();
  char* token = curl_easy_escape(easy, options.verify_token.c_str(),
                                 static_cast<int>(options.verify_token.size()));
  const std::string url =
      fmt::format("{}{}hub.mode=subscribe&hub.challenge={}&hub.verify_token={}", options.url,
                  options.url.find('?') == std::string::npos ? '?' : '&', challenge, token);
  curl_free(token);
  std::string answer;
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, keep_start);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &answer);
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, 3000L);
  const CURLcode result = curl_easy_perform(easy);
  long status = 0;
  curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_cleanup(easy);
  const bool is_known = result == CURLE_OK && status == 200 && answer == challenge;
  if (!is_known) {
    fmt::print(stderr,
               "puntual sandbox: the webhook {} did not answer the handshake ({}); trying again\n",
               options.url,
               result != CURLE_OK ? curl_easy_strerror(result)
               : status != 200    ? fmt::format("status {}", status)
                                  : std::string("another body than the challenge"));
  }
  return is_known;
}

Courier::Courier(CourierOptions options, Collect collect, Report report)
    : impl_(std::make_unique<Impl>(std::move(options), std::move(collect), std::move(report))) {}
Courier::~Courier() = default;
void Courier::wake() { curl_multi_wakeup(impl_->multi); }

}  // namespace puntual::sandbox
