#include "core/agreements/agreement.h"

#include <algorithm>
#include <array>

#include "base/result.h"

namespace puntual {
namespace {

constexpr std::array<std::string_view, 2> kAgreementKinds = {"promise", "plan"};
constexpr std::array<std::string_view, 5> kAgreementStates = {"active", "kept", "partly_kept",
                                                              "broken", "cancelled"};

template <class Value, size_t kCount>
Value known_word(const std::array<std::string_view, kCount>& words, std::string_view text) {
  for (size_t i = 0; i < kCount; ++i) {
    if (words[i] == text) return static_cast<Value>(i);
  }
  PUNTUAL_CHECK(!"a known word");
  return {};
}

}  // namespace

std::string_view text_of(AgreementKind kind) { return kAgreementKinds[static_cast<size_t>(kind)]; }
std::string_view text_of(AgreementState state) {
  return kAgreementStates[static_cast<size_t>(state)];
}
AgreementKind agreement_kind_of(std::string_view text) {
  return known_word<AgreementKind>(kAgreementKinds, text);
}
AgreementState agreement_state_of(std::string_view text) {
  return known_word<AgreementState>(kAgreementStates, text);
}

namespace agreements {

std::vector<Instalment> asked_now(const Agreement& agreement, int64_t waived_minor) {
  std::vector<Instalment> asked = agreement.instalments;
  for (auto last = asked.rbegin(); last != asked.rend() && waived_minor > 0; ++last) {
    const int64_t part = std::min(last->amount_minor, waived_minor);
    last->amount_minor -= part;
    waived_minor -= part;
  }
  return asked;
}

Progress progress_of(const Agreement& agreement, const Books& books, CivilDate today) {
  Progress progress;
  int64_t left = books.paid_minor;
  for (const auto& instalment : asked_now(agreement, books.waived_minor)) {
    if (left < instalment.amount_minor) {
      progress.missing_minor = std::clamp<int64_t>(
          books.owed_minor, 0, instalment.amount_minor - std::max<int64_t>(left, 0));
      break;
    }
    left -= instalment.amount_minor;
    ++progress.met;
  }
  const bool is_all_met = progress.met == agreement.instalments.size();
  const bool is_paid = books.paid_minor > 0;
  if (is_all_met || books.owed_minor <= 0) {
    // Whoever was let off all of it has kept nothing, unless a discount is still to be theirs.
    progress.state =
        is_paid || books.owed_minor > 0 ? AgreementState::Kept : AgreementState::Cancelled;
  } else if (today > agreement.instalments[progress.met].due_on + agreement.grace_days) {
    progress.state = is_paid ? AgreementState::PartlyKept : AgreementState::Broken;
  }
  return progress;
}

}  // namespace agreements
}  // namespace puntual
