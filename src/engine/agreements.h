// What people agree to pay: made inside the creditor's written mandate, followed by the ledger,
// ended by what was paid.
//
// While one is active the suspension Agreement keeps the strategy's reminders away; it brings one
// kind reminder of its own before each instalment (step kAgreementStep, dedupe
// "agreement:<id>:<n>:<owed>"), which that suspension lets through.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/agreements/offer.h"
#include "core/payments/reversal.h"
#include "engine/desk.h"
#include "engine/people_at_hand.h"
#include "store/store.h"

namespace puntual {

// Why there is no mandate for them.
enum class NoMandate : uint8_t { Disputed, TooOld, Unwritten };
[[nodiscard]] std::string_view text_of(NoMandate why);  // "disputed"

// What may be agreed with a person at this moment.
struct Negotiation {
  const Mandate* mandate = nullptr;  // Null: none is written for them, or what they owe is in
                                     // dispute or too old, and a person decides.
  std::string mandate_version;
  DebtToday debt;                             // Of `covered`.
  NoMandate why_none = NoMandate::Unwritten;  // Read where there is none.
  std::vector<Invoice> covered;  // One currency; overdue, or due within the strategy's horizon.
                                 // Empty: nothing to agree on.
};

struct AgreementOrder {
  DebtorId debtor_id;
  Offer offer;
  std::string through = "operator";  // chat, operator, api
  std::string words;                 // What was offered, and what the person answered.
  bool may_go_beyond = false;  // A person of the creditor decides: the mandate does not bind them,
  std::string by = {};         // and this is their login. Stands in the record where it is known.
  PayAbout about = {};         // What of their debts it is about: by a link, what the link shows.
};

struct FollowReport {
  int reviewed = 0, reminded = 0, ended = 0;
  int failed = 0;     // Put off for an hour, with an event of the timeline.
  bool more = false;  // There are others whose moment has come.
  void add(const FollowReport& other) {
    reviewed += other.reviewed;
    reminded += other.reminded;
    ended += other.ended;
  }
};

namespace engine {

[[nodiscard]] std::string_view name_es(AgreementState state);  // "en curso"

// Ask with the person held.
[[nodiscard]] Negotiation negotiation_with(Tx& tx, const Desk& desk, const Creditor& creditor,
                                           const Debtor& debtor, Instant now,
                                           const PayAbout& about = {});

// The first day on which a reminder of what is agreed now could reach them, from tomorrow on; none:
// none can, as there is no text in their language, or they have not consented to it. Ask with the
// person held.
[[nodiscard]] std::optional<CivilDate> first_reminder_day(Tx& tx, const Desk& desk,
                                                          const Creditor& creditor,
                                                          const PersonAtHand& person, Instant now);

// Holds the person, replaces the agreement that was active, and cancels the reminders that are
// planned. Invalid when the offer is none, Forbidden when it is beyond the mandate (or nobody says
// who decides so), NotFound when there is no such person or they owe nothing.
[[nodiscard]] Result<Agreement> make_agreement(Tx& tx, const Desk& desk, const Creditor& creditor,
                                               const AgreementOrder& order, Instant now);

// Takes it back. Conflict when it has ended already.
[[nodiscard]] Result<void> cancel_agreement(Tx& tx, const Creditor& creditor, AgreementId id,
                                            std::string_view through, Instant now);

// Money of this person has moved, who is held: an agreement that it fulfils ends kept at once; any
// other is looked at in the next tick.
void note_money(Tx& tx, const Creditor& creditor, DebtorId debtor, Instant now);

// Money of these invoices has gone again, or come back: what was kept by it is kept no longer, as
// far as the books say so, and what one of these reversals had ended so may be kept after all.
// True: something is kept no longer.
bool judge_again(Tx& tx, const Creditor& creditor, DebtorId debtor,
                 std::span<const InvoiceId> moved, std::span<const Reversal> reversals,
                 Instant now);

// Is this reminder of an instalment (step kAgreementStep) still true? Asked when it is claimed.
[[nodiscard]] bool reminder_stands(Tx& tx, const OutboxMessage& message);

// SPEAK, before planning: reminds of the next instalment, and ends what was kept, missed or has
// become pointless. A batch of people a creditor, in a transaction; one whose agreement breaks it
// holds nobody else up.
[[nodiscard]] Result<FollowReport> follow_agreements(Store& store, const Desk& desk, Instant now);

}  // namespace engine
}  // namespace puntual
