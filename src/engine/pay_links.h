// The address at which somebody pays: in our messages, and on our paper.
//
// One link for one thing that a person can pay: the same again as long as it lives, so that a text
// made anew is the same text. With a page of our own (EngineSettings::pay_link_days) it ends in a
// token that opens app/pay_page; else it is the creditor's own page and the invoice's number.
#pragma once

#include <span>
#include <string>

#include "engine/desk.h"
#include "store/store.h"

namespace puntual::engine {

// What a text that names these invoices lets people pay: the one, or everything that they owe.
[[nodiscard]] PayAbout pay_about(std::span<const Invoice> named);

// Made, or made to last longer, when need be. `known`: the person's links that live, as they were
// read in this transaction. Holds nobody: call with the person held.
[[nodiscard]] PayLink link_for(Tx& tx, const Desk& desk, CreditorId creditor, DebtorId debtor,
                               const PayAbout& about, std::span<const PayLink> known, Instant now);

// Empty when the creditor has none, or nothing is named. With the person held.
[[nodiscard]] std::string payment_link(Tx& tx, const Desk& desk, const Creditor& creditor,
                                       DebtorId debtor, std::span<const Invoice> named,
                                       std::span<const PayLink> known, Instant now);
[[nodiscard]] std::string payment_link(Tx& tx, const Desk& desk, const Creditor& creditor,
                                       DebtorId debtor, std::span<const Invoice> named,
                                       Instant now);
// On the creditor's own page an invoice alone has an address: of an agreement on several there is
// none.
[[nodiscard]] std::string payment_link(Tx& tx, const Desk& desk, const Creditor& creditor,
                                       const Agreement& agreement, std::span<const Invoice> covered,
                                       Instant now);

// What a transfer that pays this should name: the reference of its link, or the numbers of what it
// is for.
[[nodiscard]] std::string transfer_reference(Tx& tx, const Desk& desk, const Creditor& creditor,
                                             DebtorId debtor, const PayAbout& about,
                                             std::span<const Invoice> named, Instant now);

// Nobody opens a page of theirs any more; how many there were.
int64_t revoke_links(Tx& tx, CreditorId creditor, DebtorId debtor, std::string_view why,
                     Instant now);

}  // namespace puntual::engine
