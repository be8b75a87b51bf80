// Somebody through whom debtors pay: makes a place to pay at, tells by notices what came of it, and
// answers when asked.
//
// One folder each below providers/, one conformance suite for all (tests/conformance). What a
// notice says is never believed for its money: it says what to look up, and the answer to look_up()
// is what is booked (payments contract 0.2).
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/money.h"
#include "base/time.h"
#include "core/payments/provider_status.h"

namespace puntual {

// A webhook as it came in: the bytes, before anything is read. Header names in any case.
struct ProviderNotice {
  Instant received_at;
  std::string method = "POST";
  std::string path;
  std::vector<std::pair<std::string, std::string>> query;  // Decoded.
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

// A notice as it lies in the inbox: JSON, the body in base64. Invalid: it is none of ours.
[[nodiscard]] std::string envelope_of(const ProviderNotice& notice);
[[nodiscard]] Result<ProviderNotice> notice_in(std::string_view envelope);

enum class NoticeSignature : uint8_t {
  Valid,
  Invalid,
  Unsigned
};  // Unsigned: this provider signs none, or not this kind.
[[nodiscard]] std::string_view text_of(NoticeSignature signature);  // "valid"

// What a notice says. Empty and none: it does not say.
struct HeardNotice {
  NoticeSignature signature = NoticeSignature::Invalid;
  std::string why;  // Invalid: what does not fit, in English, for who sets it up. No secret in it.
  std::string event_key;  // The same for every repetition (contract 0.1: "de-duplication key").
  std::string provider_payment_id;
  std::string provider_link_id;  // The place that it was paid at.
  std::optional<std::string> reference;
  std::optional<Money> amount;
  std::optional<ProviderStatus> status;
  bool must_reread = true;  // The signature covers less than the money.
  bool is_found_by_reference =
      false;            // This provider finds payments by our reference, and not by their ids.
  bool is_ours = true;  // False: signed by our keys, but it names another account than ours, which
                        // these keys do not read. It is held for a person as it was told.
};

// Where to find payments: what is known of them, at least one.
struct ProviderLookup {
  std::string provider_payment_id, provider_link_id, reference;
  bool operator==(const ProviderLookup&) const = default;
};

// A payment as its provider has it at this moment.
struct ProviderPayment {
  std::string id;
  std::string provider_link_id, reference;
  ProviderStatus status = ProviderStatus::Pending;
  Money amount;  // What the debtor paid off: without instalment interest, before fees.
  int64_t refunded_minor = 0;  // Of that, given back.
  int64_t fee_minor = 0;       // What the provider keeps; 0: not told.
  std::string method;          // As the provider calls it: "PSE".
  std::optional<Instant> paid_at;
  bool is_ours = true;  // Our account, and our environment (test or live).
  std::string trouble;  // Not ours: why, as a code: "foreign_account", "wrong_environment".
  bool operator==(const ProviderPayment&) const = default;
};

// What is to be paid, and how the page is told of.
struct PaymentOrder {
  std::string reference;  // payments::reference_of(): never used before.
  Money amount;
  std::string title;  // "Factura FV-1029", at most 60 characters; no personal data.
  Instant now, expires_at;
  std::string return_url;   // Where the payer comes back to; proves nothing.
  std::string notice_url;   // Where the provider tells us, for those that take it with each order.
  std::string payer_email;  // May be empty.
  std::string method;       // One of ProviderTraits::methods for its currency, or empty: the payer
                            // chooses there.
};

struct PaymentPlace {
  std::string provider_link_id;  // May be empty where the reference is all there is.
  std::string url;               // Of the provider: https, or loopback in tests.
  std::vector<std::pair<std::string, std::string>>
      form;                           // To be posted there; empty: it is simply opened.
  std::optional<Instant> expires_at;  // Earlier than asked, where the provider allows less.
};

// Money of one payment that is to go back to who paid it.
struct RefundOrder {
  std::string key;  // Of this order: however often it is asked for, it happens once.
  std::string provider_payment_id;
  Money amount;
};

enum class GivesBack : uint8_t {
  Nothing,
  Whole,
  Any
};  // What of a payment its API gives back: all of it or nothing, or any part.

struct ProviderMethod {
  std::string_view code;  // "PSE"
  std::string_view name;  // "PSE (su banco)"
  std::vector<std::string_view> currencies =
      {};  // Where there is such a thing; empty: for all that its provider takes.
};

// A currency that it takes, and how much of it in one payment.
struct ProviderCurrency {
  std::string_view code;  // "COP"
  int64_t minor_min = 1, minor_max = INT64_MAX;
  bool whole_units = false;  // No cents.
};

struct ProviderTraits {
  std::string_view name;   // "wompi": in addresses, settings and tables.
  std::string_view title;  // "Wompi"
  std::vector<ProviderCurrency> currencies = {};
  std::vector<ProviderMethod> methods = {};  // To show; the provider's own page may offer more.
  std::vector<std::string_view> page_hosts =
      {};  // Where its pages are: payers are sent to these, and below them, alone.
  bool makes_places = true;  // False: its notices can be verified, and no more.
  GivesBack gives_back = GivesBack::Nothing;

  [[nodiscard]] const ProviderCurrency* bounds(
      Currency currency) const;  // Null: it takes none of it.
  [[nodiscard]] bool takes(Money amount) const;
  // The same, of an account that takes these of its currencies alone.
  [[nodiscard]] ProviderTraits of_account(std::span<const Currency> taken) const;
  [[nodiscard]] std::vector<const ProviderMethod*> methods_for(Currency currency) const;
  [[nodiscard]] bool has_method(std::string_view code, Currency currency) const;
};

// Which one told it, as the inbox calls the source of a raw event: "payments:wompi".
inline constexpr std::string_view kProviderSource = "payments:";

class PaymentProvider {
 public:
  virtual ~PaymentProvider() = default;
  [[nodiscard]] virtual const ProviderTraits& traits() const = 0;
  // Pure, and quick enough for the thread of the door: verifies, then reads. Thread-safe.
  [[nodiscard]] virtual HeardNotice hear(const ProviderNotice& notice) const = 0;

  // The rest asks the network, for some seconds at most, by one thread at a time. Unavailable: try
  // again later; it may have happened. Invalid: as asked it never will. Forbidden: our keys.
  // NotFound: the provider does not know it (yet). Does it take our keys? One small call that they
  // alone may make.
  [[nodiscard]] virtual Result<void> check_keys() = 0;
  [[nodiscard]] virtual Result<PaymentPlace> ask(const PaymentOrder& order) = 0;
  // True: nobody can begin to pay there any more, whoever did it. False: this provider takes no
  // place away, it ends by its expiry.
  [[nodiscard]] virtual Result<bool> withdraw(std::string_view provider_link_id) = 0;
  // All payments that it has of it, the newest first; none as yet is an empty list. NotFound also
  // of one that cannot search by what is known (our reference alone): Unavailable would put off
  // everything else that is asked of it.
  [[nodiscard]] virtual Result<std::vector<ProviderPayment>> look_up(
      const ProviderLookup& lookup) = 0;
  // The provider has taken the order; whether and when the money went, look_up() says. Invalid
  // where its API gives nothing back.
  [[nodiscard]] virtual Result<void> give_back(const RefundOrder& order);
};

}  // namespace puntual
