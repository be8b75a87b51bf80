// The right person: debts are spoken of only with an address that is proven to be the debtor's.
// What is asked, heard and remembered of each address; the states are core/conversation/identity.h.
#pragma once

#include "core/conversation/identity.h"
#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

// The steps of our messages about it, as they stand in the outbox.
inline constexpr std::string_view kOpenerStep = "identity";
inline constexpr std::string_view kOpenerTemplate = "confirmar_titular_v1";
inline constexpr std::string_view kToldStep =
    "identity_yes";  // Tells the hours and channels of the reminders.

// Where this person is written to, as the table of addresses knows it; empty: nowhere.
[[nodiscard]] std::string address_value(const Debtor& debtor);
[[nodiscard]] Address address_in_use(Tx& tx, const Debtor& debtor);

// Why a message of this purpose may not go to the address in use, as a code; empty: it may. Texts
// with facts of a debt need a confirmed address; an opener, one that has neither answered nor
// proven itself.
[[nodiscard]] std::string_view unfit_for(const Address& address, Purpose purpose);
[[nodiscard]] std::string_view unfit_for(Tx& tx, const Debtor& debtor, Purpose purpose);

// Why no reminder may go to this person at all, whatever the gate says of the hour: ERASED,
// NO_ADDRESS, or as above; empty: nothing of the kind.
[[nodiscard]] std::string_view why_unfit(Tx& tx, const Debtor& debtor);
// A Spanish sentence for these codes; empty when it is none of them.
[[nodiscard]] std::string_view explain_unfit_es(std::string_view code);

// The opener has left.
void note_asked(Tx& tx, const Debtor& debtor, Instant now);
// Two askings without an answer: a person must find another way.
void note_silence_of_address(Tx& tx, const Debtor& debtor, Instant now);
// The creditor has proof of the number in use. True when that changed something.
bool confirm_address(Tx& tx, const Debtor& debtor, const Evidence& evidence, Instant now);
// Somebody of the creditor knows that the number in use is not this person's: it is never written
// to again. True when that changed something.
bool retire_address(Tx& tx, const Debtor& debtor, std::string_view reference, Instant now);
[[nodiscard]] bool is_retired(Tx& tx, const Debtor& debtor, std::string_view value);

// Instead of a number that turned out to be somebody else's: another one of the same person, not
// retired. False when there is none.
bool use_next_address(Tx& tx, Debtor& debtor, Instant now);

// What somebody wrote, as an answer to the opener. `is_quote`: it answers a message of ours to this
// debtor.
void hear_identity(Tx& tx, const Desk& desk, const Creditor& creditor, DebtorId debtor,
                   const store::ConversationMessage& message, bool is_quote, Instant now);

// What somebody wrote on the payer's page, whose link went to the number in use. True when it says
// that they are somebody else: the number is in doubt then, and a person looks.
bool hear_identity_on_page(Tx& tx, const Desk& desk, const Debtor& debtor, std::string_view words,
                           Instant now);

// The platform says that somebody else may have this person's account: everybody written to there
// is unconfirmed.
void account_changed(Tx& tx, CreditorId creditor, DebtorId debtor, std::string_view why,
                     Instant now);
// The same, told by the digest of the account's key: another than before.
void note_identity_hash(Tx& tx, CreditorId creditor, DebtorId debtor, const std::string& hash,
                        Instant now);

}  // namespace puntual::engine
