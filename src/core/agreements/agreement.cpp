#include "core/agreements/agreement.h"

#include <algorithm>
#include <array>

#include "base/result.h"

namespace puntual {
namespace {

constexpr std::array<std::string_view, 2> kAgreementKinds = {"promise", "plan"};
constexpr std::array<std::string_view, 5> kAgreementStates = {"active", "kept", "partly_kept", "broken", "cancelled"};

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
std::string_view text_of(AgreementState state) { return kAgreementStates[static_cast<size_t>(state)]; }
AgreementKind agreement_kind_of(std::string_view text) { return known_word<AgreementKind>(kAgreementKinds, text); }
AgreementState agreement_state_of(std::string_view text) { return known_word<AgreementState>(kAgreementStates, text); }

namespace agreements {

Progress progress_of(const Agreement& agreement, int64_t paid_minor, int64_t owed_minor, CivilDate today) {
  Progress progress;
  int64_t left = paid_minor;
  for (const auto& instalment : agreement.instalments) {
    if (left < instalment.amount_minor) {
      progress.missing_minor = std::clamp<int64_t>(owed_minor, 0, instalment.amount_minor - std::max<int64_t>(left, 0));
      break;
    }
    left -= instalment.amount_minor;
    ++progress.met;
  }
  const bool is_all_met = progress.met == agreement.instalments.size();
  if (is_all_met || (owed_minor <= 0 && paid_minor > 0)) {
    progress.state = AgreementState::Kept;
  } else if (owed_minor <= 0) {
    progress.state = AgreementState::Cancelled;
  } else if (today > agreement.instalments[progress.met].due_on + agreement.grace_days) {
    progress.state = paid_minor > 0 ? AgreementState::PartlyKept : AgreementState::Broken;
  }
  return progress;
}

}  // namespace agreements
}  // namespace puntual
