#include "core/events/event.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "base/suggest.h"

namespace puntual::events {
namespace {

// A record's kind, and the word that its detail begins with (empty: whatever it says).
struct Told {
  std::string_view kind, word, type;
};
constexpr Told kTold[] = {
    {"paid", "", "payment.received"},
    {"payment_applied", "", "payment.applied"},
    {"payment_assigned", "", "payment.applied"},
    {"payment_reversed", "", "payment.reversed"},
    {"payment_reinstated", "", "payment.reinstated"},
    {"agreement_made", "promise", "promise.made"},
    {"agreement_active", "promise", "promise.reopened"},
    {"agreement_kept", "promise", "promise.kept"},
    {"agreement_partly_kept", "promise", "promise.partly_kept"},
    {"agreement_broken", "promise", "promise.broken"},
    {"agreement_cancelled", "promise", "promise.cancelled"},
    {"agreement_made", "plan", "agreement.made"},
    {"agreement_active", "plan", "agreement.reopened"},
    {"agreement_kept", "plan", "agreement.ended"},
    {"agreement_partly_kept", "plan", "agreement.ended"},
    {"agreement_broken", "plan", "agreement.ended"},
    {"agreement_cancelled", "plan", "agreement.ended"},
    {"sent", "", "message.sent"},
    {"delivered", "", "message.delivered"},
    {"read", "", "message.read"},
    {"failed", "", "message.failed"},
    {"rejected", "", "message.failed"},
    {"opted_out", "", "debtor.opted_out"},
    {"opt_out_lifted", "", "debtor.opt_out_lifted"},
    {"erased", "", "debtor.erased"},
    {"suspended", "dispute", "dispute.opened"},
    {"flagged", "disputed", "dispute.opened"},
    {"suspension_ended", "dispute", "dispute.closed"},
    {"unflagged", "disputed", "dispute.closed"},
    {"task_opened", "", "task.opened"},
    {"task_closed", "", "task.closed"},
    {"webhook_disabled", "", "webhook.disabled"},
    {kTestKind, "", kTestType},
};

std::vector<std::string_view> each_once(std::string_view Told::*part) {
  std::vector<std::string_view> found;
  for (const auto& one : kTold) {
    if (std::ranges::find(found, one.*part) == found.end()) found.push_back(one.*part);
  }
  return found;
}

std::string_view first_word(std::string_view text) { return text.substr(0, text.find(' ')); }

// Calls f with each word of a list.
template <class F>
void each_word(std::string_view list, F&& f) {
  while (!list.empty()) {
    const auto end = std::min(list.find_first_of(" ,"), list.size());
    if (end > 0) f(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
  }
}

// "payment.*" names all of its family.
bool names(std::string_view word, std::string_view type) {
  return word == type ||
         (word.ends_with(".*") && type.starts_with(word.substr(0, word.size() - 1)));
}

}  // namespace

std::string_view type_of(const TimelineEvent& record) {
  for (const auto& one : kTold) {
    if (one.kind == record.kind && (one.word.empty() || one.word == first_word(record.detail)))
      return one.type;
  }
  return {};
}

std::span<const std::string_view> all_types() {
  static const auto kTypes = each_once(&Told::type);
  return kTypes;
}

std::span<const std::string_view> all_kinds() {
  static const auto kKinds = each_once(&Told::kind);
  return kKinds;
}

std::string id_of(int64_t record) { return fmt::format("evt_{}", record); }

std::optional<int64_t> record_of(std::string_view id) {
  if (!id.starts_with("evt_")) return std::nullopt;
  id.remove_prefix(4);
  int64_t record = 0;
  const auto [rest, error] = std::from_chars(id.data(), id.data() + id.size(), record);
  if (error != std::errc{} || rest != id.data() + id.size() || record <= 0) return std::nullopt;
  return record;
}

bool is_wanted(std::string_view types, std::string_view type) {
  bool is_named = types.empty();
  each_word(types, [&](std::string_view word) { is_named = is_named || names(word, type); });
  return is_named;
}

Result<std::string> read_types(std::string_view list) {
  std::string types, unknown;
  each_word(list, [&](std::string_view word) {
    if (std::ranges::none_of(all_types(), [&](std::string_view type) { return names(word, type); }))
      unknown = word;
    types += (types.empty() ? "" : " ") + std::string(word);
  });
  if (unknown.empty()) return types;
  const auto near = closest_word(unknown, all_types());
  return fail(ErrorCode::Invalid,
              "'{}' is no type of event{} (there are {}; payment.* names a family)", unknown,
              near.empty() ? std::string() : fmt::format(": did you mean '{}'?", near),
              fmt::join(all_types(), ", "));
}

}  // namespace puntual::events
