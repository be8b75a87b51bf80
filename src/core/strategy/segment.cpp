// Which segment a person belongs to, from how they have paid so far.
#include <array>

#include "core/strategy/strategy.h"

namespace puntual {
namespace {

struct SegmentName {
  Segment segment;
  std::string_view text;
};
constexpr std::array<SegmentName, 7> kSegmentNames{{
    {Segment::New, "new"},
    {Segment::Punctual, "punctual"},
    {Segment::Forgetful, "forgetful"},
    {Segment::LatePayer, "late_payer"},
    {Segment::RecurrentDefaulter, "recurrent_defaulter"},
    {Segment::AgedDebt, "aged_debt"},
    {Segment::Hardship, "hardship"},
}};

// Fewer settled invoices than this say too little to call a habit bad.
constexpr int32_t kHabitCount = 3;

// Four times in five.
bool mostly(int32_t count, int32_t of) { return int64_t{count} * 5 >= int64_t{of} * 4; }

bool defaults_again_and_again(const PaymentBehaviour& behaviour, const Strategy& strategy) {
  if (behaviour.open_overdue_count >= 2 &&
      behaviour.oldest_days_past_due > strategy.late_days_max) {
    return true;
  }
  const int32_t late = behaviour.settled_within_forgetful + behaviour.settled_late;
  return behaviour.settled_count >= kHabitCount && behaviour.settled_on_time == 0 && late > 0 &&
         behaviour.days_late_total > int64_t{late} * strategy.late_days_max;
}

}  // namespace

std::string_view text_of(Segment segment) {
  for (const auto& name : kSegmentNames) {
    if (name.segment == segment) return name.text;
  }
  return {};
}

std::optional<Segment> segment_of(std::string_view text) {
  for (const auto& name : kSegmentNames) {
    if (name.text == text) return name.segment;
  }
  return std::nullopt;
}

const Cadence& Strategy::cadence_of(Segment segment) const {
  const auto listed_for = [this](Segment wanted) -> const Cadence* {
    for (const auto& cadence : cadences) {
      for (const Segment one : cadence.segments) {
        if (one == wanted) return &cadence;
      }
    }
    return nullptr;
  };
  PUNTUAL_CHECK(!cadences.empty());  // parse() refuses a strategy without a cadence.
  if (const Cadence* own = listed_for(segment)) return *own;
  if (const Cadence* general = listed_for(Segment::New)) return *general;
  return cadences.front();
}

const Mandate* Strategy::mandate_of(Segment segment) const {
  for (const auto& [segments, mandate] : mandates) {
    for (const Segment one : segments) {
      if (one == segment) return &mandate;
    }
  }
  return nullptr;
}

namespace strategy {

void add_open_debts(PaymentBehaviour& behaviour, std::span<const Invoice> invoices,
                    CivilDate today) {
  for (const auto& invoice : invoices) {
    if (!invoice.due_on || *invoice.due_on >= today) continue;
    ++behaviour.open_overdue_count;
    behaviour.oldest_days_past_due =
        std::max(behaviour.oldest_days_past_due, today - *invoice.due_on);
  }
}

// What the person told us, and how old the debt is, say more about today than old habits do.
Segment classify(const PaymentBehaviour& behaviour, const Strategy& strategy) {
  if (behaviour.has_hardship) return Segment::Hardship;
  if (behaviour.oldest_days_past_due >= strategy.aged_days_min) return Segment::AgedDebt;
  if (defaults_again_and_again(behaviour, strategy)) return Segment::RecurrentDefaulter;
  if (behaviour.settled_count == 0) return Segment::New;
  if (mostly(behaviour.settled_on_time, behaviour.settled_count)) return Segment::Punctual;
  const int32_t nudged = behaviour.settled_on_time + behaviour.settled_within_forgetful;
  if (mostly(nudged, behaviour.settled_count)) return Segment::Forgetful;
  return Segment::LatePayer;
}

}  // namespace strategy
}  // namespace puntual
