// What the timeline keeps of an agreement, sealed into its chain: the terms as they were agreed.
// Its row is read beside it, so that whoever changes the row is found out.
#pragma once

#include "core/agreements/agreement.h"
#include "core/conversation/identity.h"
#include "store/store.h"

namespace puntual::engine {

inline constexpr std::string_view kAgreementMade = "agreement_made";  // The kind of the record.

// The facts of its record. `by`: who made it, where that is known; `address`: how far it was known
// that the number is theirs.
[[nodiscard]] std::string facts_of_agreement(const Agreement& agreement, std::string_view by,
                                             const Address& address);
// 0: it does not say.
[[nodiscard]] AgreementId agreement_in(const TimelineEvent& record);
// None: there is none.
[[nodiscard]] std::optional<TimelineEvent> record_of(Tx& tx, const Agreement& agreement);
// Whether the row says what was agreed. Of the words only as long as the person's data are there.
[[nodiscard]] bool is_as_recorded(const Agreement& agreement, const TimelineEvent& record);

}  // namespace puntual::engine
