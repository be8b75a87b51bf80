#include "assistant/assistant.h"

#include <curl/curl.h>

#include <algorithm>

#include "assistant/question.h"
#include "base/address.h"

namespace puntual::assistant {
namespace {

constexpr int64_t kPatienceMs = 8 * kSecondMs;  // Nobody waits longer for it.
constexpr int64_t kKeptMs = 5 * kMinuteMs;      // An answer that nobody has fetched.
constexpr size_t kWaitingMax = 64;              // More are not asked: the bot asks back at once.
constexpr int kThreads = 2;
constexpr size_t kResponseMax = 64 << 10;

bool is_printable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7F; });
}

size_t take_part(char* data, size_t size, size_t count, void* user) {
  auto& response = *static_cast<std::string*>(user);
  if (response.size() + size * count > kResponseMax) return 0;  // Breaks it off.
  response.append(data, size * count);
  return size * count;
}

int is_over(void* user, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<std::atomic<bool>*>(user)->load() ? 1 : 0;
}

// One connection, used again.
class Line {
 public:
  Line(const AssistantSettings& settings, std::atomic<bool>& stopping) : easy_(curl_easy_init()) {
    PUNTUAL_CHECK(easy_ != nullptr);
    const auto add = [&](const std::string& line) {
      headers_ = curl_slist_append(headers_, line.c_str());
    };
    add("Content-Type: application/json");
    add("Expect:");
    if (!settings.key.empty()) add("Authorization: Bearer " + settings.key);
    std::string url = settings.url;
    while (url.ends_with('/')) url.pop_back();
    curl_easy_setopt(easy_, CURLOPT_URL, (url + "/chat/completions").c_str());
    curl_easy_setopt(easy_, CURLOPT_PROTOCOLS_STR, is_this_machine(url) ? "https,http" : "https");
    curl_easy_setopt(easy_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    curl_easy_setopt(easy_, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy_, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy_, CURLOPT_USERAGENT, "puntual");
    curl_easy_setopt(easy_, CURLOPT_HTTPHEADER, headers_);
    curl_easy_setopt(easy_, CURLOPT_TIMEOUT_MS, static_cast<long>(kPatienceMs));
    curl_easy_setopt(easy_, CURLOPT_WRITEFUNCTION, take_part);
    curl_easy_setopt(easy_, CURLOPT_WRITEDATA, &response_);
    curl_easy_setopt(easy_, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy_, CURLOPT_XFERINFOFUNCTION, is_over);
    curl_easy_setopt(easy_, CURLOPT_XFERINFODATA, &stopping);
    // A proxy of the environment is for the way out.
    if (is_this_machine(url)) curl_easy_setopt(easy_, CURLOPT_PROXY, "");
  }
  ~Line() {
    curl_easy_cleanup(easy_);
    curl_slist_free_all(headers_);
  }
  Line(const Line&) = delete;

  // None: no answer, or one that is not 200.
  [[nodiscard]] std::optional<std::string> ask(const std::string& body) {
    response_.clear();
    curl_easy_setopt(easy_, CURLOPT_POSTFIELDSIZE, static_cast<long>(body.size()));
    curl_easy_setopt(easy_, CURLOPT_POSTFIELDS, body.c_str());
    if (curl_easy_perform(easy_) != CURLE_OK) return std::nullopt;
    long status = 0;
    curl_easy_getinfo(easy_, CURLINFO_RESPONSE_CODE, &status);
    return status == 200 ? std::optional(response_) : std::nullopt;
  }

 private:
  CURL* easy_;
  curl_slist* headers_ = nullptr;
  std::string response_;
};

}  // namespace

Result<void> check_settings(const AssistantSettings& settings) {
  const auto& url = settings.url;
  const bool is_safe = (url.starts_with("https://") && url.size() > 8) ||
                       (url.starts_with("http://") && is_this_machine(url));
  if (!is_safe || !is_printable(url) || url.find_first_of("?#@") != std::string::npos) {
    return fail(ErrorCode::Invalid,
                "[assistant] url = \"{}\" cannot be used (expected https://…/v1; http:// only on "
                "this machine)",
                url);
  }
  if (settings.model.empty())
    return fail(ErrorCode::Invalid,
                "[assistant] model is missing: name the model that is to be asked");
  if (!is_printable(settings.key))
    return fail(ErrorCode::Invalid, "[assistant] the key holds blanks: keep it alone in its file");
  return {};
}

Assistant::Assistant(AssistantSettings settings) : settings_(std::move(settings)) {
  for (int i = 0; i < kThreads; ++i) threads_.emplace_back([this] { work(); });
}

Assistant::~Assistant() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  woken_.notify_all();
  for (auto& thread : threads_) thread.join();
}

SecondOpinion Assistant::opinion_on(const Question& question, Instant now) {
  const std::lock_guard lock(mutex_);
  forget_before(now);
  const auto [place, is_new] =
      asked_.try_emplace(question.key, Asked{.since = now, .is_answered = false, .intent = {}});
  Asked& asked = place->second;
  if (is_new && waiting_.size() >= kWaitingMax) {
    ++dropped_;
    asked.is_answered = true;
  } else if (is_new) {
    waiting_.push_back({question.key, request_body(settings_.model, question.words)});
    woken_.notify_one();
  }
  if (!asked.is_answered && now - asked.since >= kPatienceMs) {
    ++late_;
    asked.is_answered = true;  // What comes now comes too late.
    std::erase_if(waiting_, [&](const Waiting& one) { return one.key == question.key; });
  }
  return {.is_pending = !asked.is_answered, .intent = asked.intent};
}

void Assistant::forget_before(Instant now) {
  std::erase_if(asked_, [&](const auto& one) { return now - one.second.since > kKeptMs; });
}

std::vector<std::pair<std::string_view, int64_t>> Assistant::outcomes() const {
  const std::lock_guard lock(mutex_);
  return {{"said", said_},
          {"nonsense", nonsense_},
          {"failed", failed_},
          {"late", late_},
          {"dropped", dropped_}};
}

void Assistant::work() {
  Line line(settings_, stopping_);
  for (;;) {
    Waiting next;
    {
      std::unique_lock lock(mutex_);
      woken_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
      if (stopping_) return;
      next = std::move(waiting_.front());
      waiting_.pop_front();
    }
    const auto response = line.ask(next.body);
    const auto intent = response ? intent_in(*response) : std::nullopt;
    const std::lock_guard lock(mutex_);
    const auto asked = asked_.find(next.key);
    if (asked == asked_.end() || asked->second.is_answered) continue;  // Late, and counted so.
    ++(!response ? failed_ : intent ? said_ : nonsense_);
    asked->second.is_answered = true;
    asked->second.intent = intent;
  }
}

}  // namespace puntual::assistant
