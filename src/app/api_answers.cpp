#include "app/api_answers.h"

#include "app/api_problem.h"
#include "app/log.h"
#include "store/sql/sql_answers.h"

namespace puntual {
namespace {

constexpr size_t kKeyMax = 255;
constexpr size_t kKeptBytesMax = 256 << 10;
constexpr int64_t kKeptMs = kDayMs;
constexpr int64_t kRunsMs = 10 * kMinuteMs;  // Longer than any answer takes.
constexpr int kPurgedAtOnce = 100;

// What is said when the key is taken.
http::Response answered_before(store::KeptAnswer kept, Instant now) {
  if (!kept.is_same)
    return api_problem("idempotency_key_reused",
                       "another request came under this Idempotency-Key: take a new one for each");
  if (kept.status != 0) {
    return {.status = kept.status,
            .content_type = std::move(kept.content_type),
            .headers = {{"Idempotent-Replay", "true"}},
            .body = std::move(kept.body)};
  }
  if (now - kept.begun_at > kRunsMs)
    return api_problem("conflict",
                       "the first request under this Idempotency-Key ended without an answer: look "
                       "whether it was done");
  http::Response running = api_problem(
      "still_running",
      "the first request under this Idempotency-Key is not answered yet: ask again in a moment");
  running.headers.push_back({"Retry-After", "1"});
  return running;
}

}  // namespace

http::Response ApiAnswers::once(const http::Request& request, std::string_view caller,
                                std::string_view key,
                                const std::function<http::Response()>& answer) {
  if (key.size() > kKeyMax)
    return api_problem("invalid_request",
                       fmt::format("Idempotency-Key: at most {} characters are expected", kKeyMax));
  const std::string whose = fmt::format("{}\n{}", caller, key),
                    asked = fmt::format("{} {}\n{}", text_of(request.method), request.target,
                                        request.body);
  const Instant now = clock_.now();
  auto before = store_.write([&](Tx& tx) {
    store::Answers answers(tx.db, tx.keys);
    (void)answers.purge(creditor_, now - kKeptMs, kPurgedAtOnce);
    return answers.begin(creditor_, whose, asked, now);
  });
  if (!before) return api_problem(before.error());
  if (*before) return answered_before(**std::move(before), now);
  http::Response response = answer();
  // What was not done may be asked again, and what is too long for us to keep.
  const bool is_kept = response.status < 300 && response.body.size() <= kKeptBytesMax;
  const auto noted = store_.write([&](Tx& tx) {
    store::Answers answers(tx.db, tx.keys);
    if (is_kept)
      answers.keep(creditor_, whose, response.status, response.content_type, response.body);
    else
      answers.forget(creditor_, whose);
  });
  if (!noted) log_event("warning", "api_answer", noted.error().message);
  return response;
}

void ApiAnswers::purge() {
  for (bool is_more = true; is_more;) {
    const auto purged = store_.write([&](Tx& tx) {
      return store::Answers(tx.db, tx.keys).purge(creditor_, clock_.now() - kKeptMs, kPurgedAtOnce);
    });
    if (!purged) return log_event("warning", "api_answer", purged.error().message);
    is_more = *purged == kPurgedAtOnce;
  }
}

}  // namespace puntual
