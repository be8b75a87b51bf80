// A language model behind an OpenAI-compatible address, asked what a message is about
// (docs/operating/assistant.md).
//
// Off unless the settings name one. It is asked on threads of its own, outside any transaction;
// whatever comes back but an allowed intent, whatever comes late, and whatever fails, counts as
// silence. Decision 0017.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/result.h"
#include "ports/second_reader.h"

namespace puntual::assistant {

struct AssistantSettings {
  std::string
      url;  // "https://models.example.com/v1": without /chat/completions. Empty: there is none.
  std::string model;
  std::string key;  // Empty: the address asks for none.
};
// Invalid when the address is not https (plain http on this machine only), or a part is missing or
// could break out of its place.
[[nodiscard]] Result<void> check_settings(const AssistantSettings& settings);

class Assistant final : public SecondReader {
 public:
  explicit Assistant(AssistantSettings settings);
  ~Assistant() override;  // Breaks off what is being asked.
  Assistant(const Assistant&) = delete;

  [[nodiscard]] SecondOpinion opinion_on(const Question& question, Instant now) override;
  [[nodiscard]] std::vector<std::pair<std::string_view, int64_t>> outcomes() const override;

 private:
  struct Asked {
    Instant since;
    bool is_answered = false;
    std::optional<Intent> intent;
  };
  struct Waiting {
    Key key;
    std::string body;
  };
  void work();
  void forget_before(Instant now);

  AssistantSettings settings_;
  mutable std::mutex mutex_;
  std::condition_variable woken_;
  std::map<Key, Asked> asked_;  // Of the last minutes.
  std::deque<Waiting> waiting_;
  // Late: not answered in time. Dropped: too many were waiting. Nonsense: an answer, and none that
  // is allowed.
  int64_t said_ = 0, nonsense_ = 0, failed_ = 0, late_ = 0, dropped_ = 0;
  std::atomic<bool> stopping_{false};
  std::vector<std::thread> threads_;
};

}  // namespace puntual::assistant
