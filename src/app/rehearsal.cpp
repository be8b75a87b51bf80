#include "app/rehearsal.h"

#include <algorithm>
#include <chrono>
#include <limits>

#include "app/list_page.h"
#include "app/log.h"
#include "app/templates_view.h"
#include "app/words.h"
#include "app/workshop.h"
#include "base/json.h"
#include "engine/rehearse.h"
#include "store/backup.h"
#include "store/master_key.h"

namespace puntual {
namespace {

constexpr int kDaysUsual = 30, kDaysMax = 92;
constexpr int64_t kKeptMs = 7 * kDayMs;
constexpr int64_t kSilentMs = 2 * kMinuteMs;  // Whoever ran it has died.
constexpr auto kTellEvery = std::chrono::seconds(1);
constexpr std::string_view kDiedEs = "El servidor que lo hacía se detuvo: vuelva a empezar.";
constexpr std::string_view kFailedEs =
    "No se pudo terminar el ensayo: vuelva a empezar, y si se repite, avise a quien cuida el "
    "servidor.";

std::string row_json(const store::RehearsalRow& row, Instant now) {
  const bool has_died = row.state == "running" && now - row.seen_at > kSilentMs;
  const bool is_done = row.state == "done";
  return to_json(json::object{
      {"id", std::to_string(row.id)},
      {"strategy", row.strategy},
      {"by", row.asked_by},
      {"begun_at", format_rfc3339(row.begun_at, 0)},
      {"day", row.day},
      {"days", row.days},
      {"state", has_died ? "failed" : row.state},
      {"trouble", has_died  ? kDiedEs
                  : is_done ? std::string_view()
                            : std::string_view(row.answer)},
      {"answer", is_done ? parse_json(row.answer).value_or(json::value()) : json::value(nullptr)}});
}

json::array days_json(const engine::Rehearsed& rehearsed, const Creditor& creditor, CivilDate first,
                      int days) {
  json::array list;
  for (int day = 0; day < days; ++day) {
    const CivilDate on = first + day;
    const auto found = rehearsed.messages_by_day.find(on);
    list.push_back(
        json::object{{"on", format_date(on)},
                     {"messages", found == rehearsed.messages_by_day.end() ? 0 : found->second},
                     {"holiday", holiday_name(creditor.country, creditor.country, on)}});
  }
  return list;
}

json::array reasons_json(const std::map<std::string, int64_t>& counts) {
  std::vector<std::pair<std::string, int64_t>> sorted(counts.begin(), counts.end());
  std::ranges::stable_sort(sorted, std::ranges::greater(),
                           &std::pair<std::string, int64_t>::second);
  json::array list;
  for (const auto& [codes, count] : sorted) {
    const std::string_view spoken = codes.empty() ? "nothing_due" : std::string_view(codes);
    list.push_back(json::object{
        {"codes", spoken},
        {"es", codes.empty() ? "En estos días no le toca ningún mensaje." : reason_es(codes)},
        {"count", count}});
  }
  return list;
}

}  // namespace

Result<std::string> Rehearsals::begin(std::string_view body, std::string_view by) {
  ASSIGN_OR_RETURN(const json::value asked, parse_json(body));
  ASSIGN_OR_RETURN(Strategy strategy, strategy::parse(text_in(asked, "text"), "text"));
  const auto* given = member(asked, "days");
  const int days = given == nullptr ? kDaysUsual : static_cast<int>(given->as_int64());
  if (days < 1 || days > kDaysMax)
    return fail(ErrorCode::Invalid, "days {} (expected 1 to {})", days, kDaysMax);
  const Instant now = clock_.now();
  const CreditorId house = config_.creditor.id;
  store::RehearsalRow row{.id = 0,
                          .strategy = strategy.version,
                          .asked_by = std::string(by),
                          .begun_at = now,
                          .seen_at = now,
                          .day = 0,
                          .days = days,
                          .state = "running",
                          .answer = {}};
  RETURN_IF_ERROR(store_.write([&](Tx& tx) -> Result<void> {
    tx.editions.forget_rehearsals(house, now - kKeptMs);
    for (const auto& other : tx.editions.running(house)) {
      if (now - other.seen_at <= kSilentMs)
        return fail(ErrorCode::Conflict, "{} is rehearsing {}: wait until it is over, or cancel it",
                    other.asked_by, other.strategy);
      tx.editions.end_rehearsal(house, other.id, "failed", kDiedEs, now);
    }
    row.id = tx.ids.next<Id<struct RehearsalTag>>(now).value;
    tx.editions.begin_rehearsal(house, row);
    return {};
  }));
  if (!worker_.post(
          [this, id = row.id, strategy = std::move(strategy), days] { run(id, strategy, days); }))
    return fail(ErrorCode::Unavailable, "too much is waiting; come again");
  return row_json(row, now);
}

Result<std::string> Rehearsals::show(std::string_view id) {
  ASSIGN_OR_RETURN(const int64_t number, number_in(id, "id"));
  ASSIGN_OR_RETURN(const auto row, store_.read([&](Tx& tx) {
    return tx.editions.rehearsal(config_.creditor.id, number);
  }));
  if (!row) return fail(ErrorCode::NotFound, "there is no rehearsal {} any more", number);
  return row_json(*row, clock_.now());
}

Result<std::string> Rehearsals::cancel(std::string_view id) {
  ASSIGN_OR_RETURN(const int64_t number, number_in(id, "id"));
  RETURN_IF_ERROR(store_.write([&](Tx& tx) {
    tx.editions.end_rehearsal(config_.creditor.id, number, "cancelled", "", clock_.now());
  }));
  return show(id);
}

void Rehearsals::run(int64_t id, const Strategy& strategy, int days) {
  Result<std::string> answer = fail(ErrorCode::Internal, "it was not begun");
  try {
    answer = rehearse(id, strategy, days);
  } catch (const BrokenAssumption& broken) {  // In the copy: the house goes on.
    answer = fail(ErrorCode::Internal, "{}", broken.what);
  }
  if (!answer && answer.error().code != ErrorCode::Conflict)
    log_event("error", "rehearsal", answer.error().message);
  const auto kept = store_.write([&](Tx& tx) {
    tx.editions.end_rehearsal(config_.creditor.id, id, answer ? "done" : "failed",
                              answer      ? std::string_view(*answer)
                              : stopping_ ? kDiedEs
                                          : kFailedEs,
                              clock_.now());
  });
  if (!kept) log_event("error", "rehearsal", kept.error().message);
}

Result<std::string> Rehearsals::rehearse(int64_t id, const Strategy& strategy, int days) {
  ASSIGN_OR_RETURN(const auto workshop, Workshop::in(config_.data_dir));
  const std::string path = *workshop / "trial.db";
  RETURN_IF_ERROR(store::write_trial(config_.database_url, path));
  const bool is_file = !Store::is_shared(config_.database_url) && config_.master_key_file.empty();
  const std::string key = is_file ? store::usual_master_file(config_.database_url.substr(
                                        std::string_view("sqlite:").size()))
                                  : config_.master_key_file;
  ASSIGN_OR_RETURN(const auto copy, Store::open("sqlite:" + path, {.master_file = key}));
  auto told_at = std::chrono::steady_clock::now();
  const auto go_on = [&](int day) {
    if (stopping_) return false;
    if (std::chrono::steady_clock::now() - told_at < kTellEvery) return true;
    told_at = std::chrono::steady_clock::now();
    return store_
        .write(
            [&](Tx& tx) { return tx.editions.go_on(config_.creditor.id, id, day, clock_.now()); })
        .value_or(true);
  };
  const auto desk = desk_();
  const engine::RehearsalOrder order{
      .creditor = config_.creditor, .strategy = strategy.text, .from = clock_.now(), .days = days};
  ASSIGN_OR_RETURN(const auto rehearsed, engine::rehearse(*copy, *desk, order, go_on));
  // By their days; what is no step of the strategy (a question whose number it is) comes first.
  const auto day_of = [&](const auto& one) {
    for (const auto& cadence : strategy.cadences) {
      const auto found = std::ranges::find(cadence.steps, one.first.first, &Step::id);
      if (found != cadence.steps.end()) return found->day;
    }
    return std::numeric_limits<int32_t>::min();
  };
  std::vector<std::pair<std::pair<std::string, std::string>, int64_t>> by_day(
      rehearsed.messages_by_step.begin(), rehearsed.messages_by_step.end());
  std::ranges::stable_sort(by_day, {}, day_of);
  json::array steps;
  int64_t messages = 0;
  for (const auto& [step, count] : by_day) {
    const auto* text = desk->templates.find(
        step.second, config_.creditor.locale,
        messaging::treatment_in(config_.creditor.locale, desk->settings.is_familiar));
    steps.push_back(
        json::object{{"step", step.first},
                     {"template", step.second},
                     {"messages", count},
                     {"sample", text != nullptr ? sample_text(*text, config_.creditor) : ""}});
    messages += count;
  }
  const CivilDate first = Zone::of(config_.creditor.zone).local(order.from).date;
  return to_json(json::object{{"from", format_date(first)},
                              {"owing", rehearsed.owing},
                              {"reached", rehearsed.reached},
                              {"messages", messages},
                              {"cost_usd_micros", rehearsed.cost_usd_micros},
                              {"by_day", days_json(rehearsed, config_.creditor, first, days)},
                              {"by_step", std::move(steps)},
                              {"waits", reasons_json(rehearsed.waits)},
                              {"unreached", reasons_json(rehearsed.unreached)}});
}

}  // namespace puntual
