#include "sim/disturbed_store.h"

namespace puntual::sim {
namespace {

constexpr std::string_view kWeather = "the weather: ";

std::unexpected<Error> trouble(std::string_view what) {
  return fail(ErrorCode::Unavailable, "{}{}", kWeather, what);
}

}  // namespace

bool is_weather(const Error& error) { return error.message.starts_with(kWeather); }

Result<void> DisturbedStore::run_transaction(Lane lane, const std::function<bool(Tx&)>& body) {
  if (!is_sheltered_) watchers_.between();
  return lane == Lane::Read ? read(body) : write(body);
}

Result<void> DisturbedStore::read(const std::function<bool(Tx&)>& body) {
  if (!is_sheltered_ && weather_.strikes(Fault::ReadFails)) return trouble("a read failed");
  return store_.read([&](Tx& tx) { (void)body(tx); });
}

Result<void> DisturbedStore::write(const std::function<bool(Tx&)>& body) {
  const bool is_exposed = !is_sheltered_;
  const bool dies_before = is_exposed && weather_.strikes(Fault::DiesBeforeCommit);
  const bool fails = is_exposed && weather_.strikes(Fault::WriteFails);
  if (fails && weather_.random().below(2) == 0) return trouble("a transaction could not begin");
  bool has_run = false, is_wanted = false;
  const auto done = store_.write([&](Tx& tx) -> Result<void> {
    is_wanted = body(tx);
    has_run = true;
    if (dies_before) throw HouseDied{};
    if (is_wanted && !fails) return {};
    return fail(ErrorCode::Internal, "rolled back");
  });
  if (has_run && !is_wanted) return {};  // As the body wished; it has its own answer.
  if (has_run && fails) return trouble("a commit failed");
  if (!done) return done;
  watchers_.committed();
  if (is_exposed && weather_.strikes(Fault::DiesAfterCommit)) throw HouseDied{};
  if (is_exposed && weather_.strikes(Fault::CommitAnswerLost))
    return trouble("a commit's answer was lost");
  return {};
}

}  // namespace puntual::sim
