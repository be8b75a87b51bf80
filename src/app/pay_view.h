// The payer's page: the facts of one link at this moment, and the page that shows them
// (web/pay/page.html).
//
// Reading changes nothing: chats fetch a link to show what is behind it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "app/config.h"
#include "core/charges/charge_rules.h"
#include "core/payments/payment_request.h"
#include "engine/agreements.h"

namespace puntual {

struct PayFacts {
  PayLink link;
  Debtor debtor;
  std::string locale;
  Zone zone;
  CivilDate today;
  std::vector<Invoice> payable;     // By this link, in one currency.
  bool has_other_currency = false;  // There is more of it, in another.
  bool is_at_rest = false;  // Nothing can be paid now, and not all is paid: disputed, given up, or
                            // the law or the case says stop.
  Money owed;               // Of `payable`,
  OwedParts parts;          // and what it is made of.
  Money credit;             // Theirs, and with us: what they paid and nothing took.
  Money due;                // An agreement's next instalment; else the same.
  std::optional<CivilDate> due_on;  // Of that instalment.
  bool is_known = false;            // Who reads has said who they are, or need not.
  bool has_document = false;  // There is something to ask them for; without it nobody sees the
                              // invoices here, or agrees on anything.
  [[nodiscard]] bool is_asked() const { return !is_known && has_document; }
  [[nodiscard]] bool is_stranger() const { return !is_known && !has_document; }
  std::string proof;                       // That they have; goes with what they send.
  std::optional<Agreement> agreed;         // That is in force.
  std::vector<Offer> offers;               // What may be agreed with them now,
  std::optional<CivilDate> promise_until;  // and until when they may promise this:
  Money promised;                // of what the link is about, what is due or soon will be.
  std::optional<Money> pending;  // On its way, as a provider says.
  bool has_claimed = false;      // They said that they have paid, and it is being looked for.
};

// Above the page: what came of what they sent.
struct PayNotice {
  std::string text;
  bool is_good = false;
};

enum class PlainPage : uint8_t {
  Gone,
  Busy,
  NotMe,
  Waiting,
  Failed,
  Paid,
  Stopped,
  Heard,
  AskStop
};

// `proof`: what came with the request; may be empty. None: there is no page for this token.
[[nodiscard]] std::optional<PayFacts> pay_facts(Tx& tx, const Desk& desk, const Config& config,
                                                std::string_view token, std::string_view proof,
                                                Instant now);
// As the offers' forms send it back.
[[nodiscard]] std::string text_of(const Offer& offer);
// The ways to pay this: those of the settings, as far as they take such a sum. "wompi" and what its
// page is called.
[[nodiscard]] std::vector<const ProviderTraits*> ways_to_pay(const Desk& desk, const Config& config,
                                                             const PayFacts& facts);

// Between what a part may be typed; each of these ways takes any such part. None: only whole sums
// are paid.
struct PartBounds {
  Money from, to;
};
[[nodiscard]] std::optional<PartBounds> part_of(const Config& config,
                                                std::span<const ProviderTraits* const> ways,
                                                Money owed);

[[nodiscard]] std::string pay_page_html(const Desk& desk, const Config& config,
                                        const PayFacts& facts,
                                        const std::optional<PayNotice>& notice);
// Pages that say one thing. `facts`: none where there is nobody to speak to.
[[nodiscard]] std::string plain_page_html(const Config& config, PlainPage page,
                                          const PayFacts* facts);
// What a request has come to, for whoever comes back from a provider: nothing on it says whose it
// is, or leads to their page.
[[nodiscard]] std::string result_page_html(const Config& config, PlainPage page,
                                           std::string_view locale, std::string_view code);
// Asks whether they want no more messages, or says that it is so; it tells whoever opens it nothing
// of a debt.
[[nodiscard]] std::string stop_page_html(const Config& config, PlainPage page,
                                         std::string_view locale);
// Takes the payer to a provider that wants a form.
[[nodiscard]] std::string handover_html(const Config& config, const PayFacts& facts,
                                        const PaymentRequest& request);

}  // namespace puntual
