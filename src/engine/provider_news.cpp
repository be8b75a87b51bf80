#include "engine/provider_news.h"

#include <algorithm>

#include "engine/dispatch_outbox.h"
#include "engine/provider_money.h"

namespace puntual::engine {
namespace {

constexpr int kLookedUpAtOnce = 8;
constexpr int64_t kFirstAgainMs = 2 * kSecondMs, kAgainMaxMs = kHourMs;
constexpr int64_t kPatienceMs = kDayMs;      // What is in vain for so long is shown to a person,
constexpr int64_t kGivesUpMs = 30 * kDayMs;  // and what nobody knows after so long was nothing.
constexpr int64_t kUnsignedGivesUpMs = kHourMs;  // Of what nobody signed it was invented.
constexpr int64_t kUnsignedMax =
    1'000;  // Anybody can send a notice that nobody signs: it may not fill the house.
constexpr int64_t kSilentMs =
    5 * kSecondMs;  // A provider that does not answer is left alone for so long.
constexpr size_t kSubjectMax = 200;
constexpr int32_t kVagueLooks = 3;  // After 2, 4 and 8 s.

constexpr std::string_view kPaymentSubject = "payment ", kLinkSubject = "link ",
                           kReferenceSubject = "reference ";

std::string subject_of(const HeardNotice& notice) {
  const bool has_reference = notice.reference && !notice.reference->empty();
  if (notice.is_found_by_reference && has_reference)
    return std::string(kReferenceSubject) + *notice.reference;
  if (!notice.provider_payment_id.empty())
    return std::string(kPaymentSubject) + notice.provider_payment_id;
  if (!notice.provider_link_id.empty()) return std::string(kLinkSubject) + notice.provider_link_id;
  return has_reference ? std::string(kReferenceSubject) + *notice.reference : std::string();
}

// One that is known is asked for with the reference that it was paid under as well: some providers
// find nothing by their own numbers.
ProviderLookup lookup_of(Tx& tx, CreditorId creditor, const store::WantedCheck& wanted) {
  const std::string_view subject = wanted.subject;
  ProviderLookup lookup;
  if (subject.starts_with(kLinkSubject))
    lookup.provider_link_id = subject.substr(kLinkSubject.size());
  if (subject.starts_with(kReferenceSubject))
    lookup.reference = subject.substr(kReferenceSubject.size());
  if (!subject.starts_with(kPaymentSubject)) return lookup;
  lookup.provider_payment_id = subject.substr(kPaymentSubject.size());
  const auto known =
      tx.provider_payments.find(creditor, wanted.provider, lookup.provider_payment_id);
  if (known && known->request_id)
    lookup.reference = payments::reference_of(known->request_id);
  else if (known && known->payment_id)
    lookup.reference = tx.payments.find(creditor, known->payment_id)->reference;
  return lookup;
}

constexpr std::string_view kNotFound = "not_found", kKeysRefused = "keys_refused",
                           kBehind = "behind";

std::string_view code_of_trouble(ErrorCode code) {
  switch (code) {
    case ErrorCode::NotFound:
      return kNotFound;
    case ErrorCode::Forbidden:
      return kKeysRefused;
    case ErrorCode::Invalid:
      return "refused";
    default:
      return "unavailable";
  }
}

// Not (yet) known there, or no answer: again later, and visibly so once a person should look.
void wait_for_wanted(Tx& tx, CreditorId creditor, const store::WantedCheck& wanted,
                     std::string_view trouble, Instant now) {
  if ((trouble == kNotFound || trouble == kBehind) &&
      now - wanted.wanted_at > (wanted.is_signed ? kGivesUpMs : kUnsignedGivesUpMs)) {
    if (!tx.provider_payments.done(creditor, wanted)) return;
    tx.timeline.append({.creditor_id = creditor,
                        .debtor_id = {},
                        .at = now,
                        .kind = "payment_notice_in_vain",
                        .detail = wanted.provider},
                       tx.ids);
    return;
  }
  const bool is_shown = trouble == kKeysRefused || now - wanted.wanted_at >= kPatienceMs;
  const int64_t after = std::min(kFirstAgainMs << std::min(wanted.tries, 20), kAgainMaxMs);
  (void)tx.provider_payments.try_later(creditor, wanted, now + after,
                                       is_shown ? trouble : std::string_view());
}

// The next time, whatever was told; after an answer that did not come, soon.
void plan_next_check(Tx& tx, PaymentRequest request, std::string_view trouble, Instant now) {
  ++request.checks;
  request.next_check_at = payments::next_check(request, now);
  // That nobody has paid yet is none.
  request.trouble = trouble == kNotFound ? std::string_view() : trouble;
  if (!request.trouble.empty() && request.next_check_at) {
    request.next_check_at = std::min(*request.next_check_at, now + kAgainMaxMs);
  }
  if (!request.next_check_at) {
    request.url.clear();  // Nobody pays there any more, and it may name them.
    request.form.clear();
  }
  tx.payment_requests.save(request);
}

}  // namespace

std::string_view provider_of(const store::RawEvent& raw) {
  return std::string_view(raw.source).substr(kProviderSource.size());
}

Result<HeardNotice> notice_of(const Desk& desk, const store::RawEvent& raw) {
  const auto provider = desk.providers.find(provider_of(raw));
  if (provider == desk.providers.end()) {
    return fail(ErrorCode::Invalid,
                "a notice from '{}', which is no payment provider of this house any more: write it "
                "into [payments] providers",
                provider_of(raw));
  }
  ASSIGN_OR_RETURN(const ProviderNotice notice, notice_in(raw.body));
  HeardNotice heard = provider->second->hear(notice);
  if (heard.signature == NoticeSignature::Invalid)
    return fail(ErrorCode::Invalid,
                "a notice that was believed when it came in, and is no longer: {}", heard.why);
  return heard;
}

namespace {

// It names what only we and the provider know, or a payment that we know: nobody has made that up.
bool is_of_ours(Tx& tx, CreditorId creditor, std::string_view provider, const HeardNotice& notice) {
  const auto request = notice.reference ? payments::request_id_of(*notice.reference) : std::nullopt;
  return (request && tx.payment_requests.find(creditor, *request)) ||
         (!notice.provider_link_id.empty() &&
          tx.payment_requests.find_by_place(creditor, provider, notice.provider_link_id)) ||
         (!notice.provider_payment_id.empty() &&
          tx.provider_payments.find(creditor, provider, notice.provider_payment_id));
}

// Our keys read no account but ours, so that nobody could look it up: kept as it was told, of
// nobody, and never booked. It does not touch what is known by that number already.
bool hold_foreign(Tx& tx, CreditorId creditor, std::string_view provider, const HeardNotice& notice,
                  Instant now) {
  const std::string& id = notice.provider_payment_id;
  const bool is_money = notice.status && payments::is_money(*notice.status) && notice.amount;
  if (!is_money || id.empty() || id.size() > kSubjectMax) return false;
  if (tx.provider_payments.find(creditor, provider, id)) return true;
  tx.provider_payments.save({.creditor_id = creditor,
                             .provider = std::string(provider),
                             .provider_payment_id = id,
                             .state = *notice.status,
                             .amount = *notice.amount,
                             .method = {},
                             .trouble = "foreign_account",
                             .first_seen_at = now,
                             .changed_at = now,
                             .paid_at = now});
  return true;
}

}  // namespace

bool has_room(Tx& tx, CreditorId creditor, std::string_view provider, const HeardNotice& notice) {
  return notice.signature == NoticeSignature::Valid ||
         tx.provider_payments.unsigned_at(creditor, provider) < kUnsignedMax ||
         is_of_ours(tx, creditor, provider, notice);
}

bool hear_notice(Tx& tx, CreditorId creditor, std::string_view provider, const HeardNotice& notice,
                 Instant now) {
  if (notice.signature == NoticeSignature::Valid && !notice.is_ours)
    return hold_foreign(tx, creditor, provider, notice, now);
  const std::string subject = subject_of(notice);
  if (subject.empty() || subject.size() > kSubjectMax) return false;
  if (!has_room(tx, creditor, provider, notice)) return false;
  const bool is_believed =
      notice.signature == NoticeSignature::Valid || is_of_ours(tx, creditor, provider, notice);
  // Notices come in any order: the furthest that they have told of is what must be read.
  std::optional<ProviderStatus> told;
  if (notice.signature == NoticeSignature::Valid && notice.status) {
    const auto before = tx.provider_payments.told(creditor, provider, subject);
    told = before ? payments::after(*before, *notice.status) : *notice.status;
  }
  tx.provider_payments.want(creditor, provider, subject, now, is_believed, told);
  return true;
}

std::vector<ProviderCheck> checks_due(Tx& tx, CreditorId creditor, Instant now, int max) {
  std::vector<ProviderCheck> due;
  // News first, for somebody waits for thanks; but a flood of it leaves room for what nobody tells
  // of.
  auto requests = tx.payment_requests.due(creditor, now, (max + 1) / 2);
  for (auto& wanted :
       tx.provider_payments.wanted(creditor, now, max - static_cast<int>(requests.size()))) {
    due.push_back({.provider = wanted.provider,
                   .lookup = lookup_of(tx, creditor, wanted),
                   .request = {},
                   .wanted = std::move(wanted)});
  }
  for (auto& request : requests) {
    due.push_back({.provider = request.provider,
                   .lookup = {.provider_payment_id = {},
                              .provider_link_id = request.provider_link_id,
                              .reference = request.reference},
                   .request = std::move(request),
                   .wanted = {}});
  }
  return due;
}

std::optional<Instant> next_provider_check(Tx& tx, CreditorId creditor) {
  const auto wanted = tx.provider_payments.next_try(creditor),
             request = tx.payment_requests.next_check(creditor);
  return wanted && request ? std::min(*wanted, *request) : wanted ? wanted : request;
}

// A notice may be quicker than the books that the provider lets us read, and come once: what it has
// told of is looked for until it is there. Of several payments under one reference one is enough.
static bool is_behind(const store::WantedCheck& wanted, std::span<const ProviderPayment> read) {
  return wanted.told && !read.empty() && std::ranges::all_of(read, [&](const auto& payment) {
           return payments::after(payment.status, *wanted.told) != payment.status;
         });
}

// Of a notice that does not say what has happened, or what may happen twice: as it was known
// before, it was read too early, or told twice. A few more looks tell.
static bool may_be_behind(Tx& tx, CreditorId creditor, const store::WantedCheck& wanted,
                          std::span<const ProviderPayment> read) {
  const bool is_vague = !wanted.told || *wanted.told == ProviderStatus::PartiallyRefunded;
  return wanted.is_signed && is_vague && wanted.tries < kVagueLooks && !read.empty() &&
         std::ranges::all_of(read, [&](const auto& payment) {
           const auto known = tx.provider_payments.find(creditor, wanted.provider, payment.id);
           return known && known->state == payment.status &&
                  known->refunded_minor == payment.refunded_minor;
         });
}

ToldReport provider_told(Tx& tx, const Desk& desk, const Creditor& creditor,
                         const ProviderCheck& check,
                         const Result<std::vector<ProviderPayment>>& told, Instant now) {
  ToldReport report{.looked_up = 1};
  if (check.request) tx.debtors.hold(creditor.id, {check.request->debtor_id});
  bool is_settled =
      true;  // Nothing more is to be expected of what was found, or its request will be read again.
  bool is_early = false;
  if (told) {
    is_early = check.wanted && (is_behind(*check.wanted, *told) ||
                                may_be_behind(tx, creditor.id, *check.wanted, *told));
    for (const auto& payment : *told) {
      const HeardMoney heard =
          hear_money(tx, desk, creditor, check.provider, payment, check.request, now);
      report.booked += heard.is_booked;
      report.reversed += heard.is_reversed;
      report.held += heard.is_held;
      is_settled = is_settled && heard.is_followed;
    }
  }
  // The event may come before what it tells of can be read.
  const std::string_view trouble = !told ? code_of_trouble(told.error().code)
                                   : told->empty() || !is_settled ? kNotFound
                                   : is_early                     ? kBehind
                                                                  : std::string_view();
  if (check.request) {
    // As it is now: what it came to has been written.
    auto request = tx.payment_requests.find(creditor.id, check.request->id);
    PUNTUAL_CHECK(request.has_value());
    weigh_request(tx, *request, now);
    plan_next_check(tx, *std::move(request), trouble, now);
  } else if (!trouble.empty()) {
    wait_for_wanted(tx, creditor.id, *check.wanted, trouble, now);
  } else {
    (void)tx.provider_payments.done(creditor.id, *check.wanted);
  }
  return report;
}

Result<ToldReport> look_up_payments(Store& store, const Desk& desk, const Creditor& creditor,
                                    Instant now) {
  ToldReport report;
  ASSIGN_OR_RETURN(const auto due, store.read([&](Tx& tx) {
    return tx.nodes.is_of_other(sending_lease(creditor))
               ? std::vector<ProviderCheck>{}
               : checks_due(tx, creditor.id, now, kLookedUpAtOnce);
  }));
  std::vector<std::string_view>
      silent;  // Asked no more for a while: they keep nobody else's payments waiting.
  for (const auto& check : due) {
    const auto provider = desk.providers.find(check.provider);
    const bool is_silent = std::ranges::find(silent, check.provider) != silent.end();
    const auto told = [&]() -> Result<std::vector<ProviderPayment>> {
      if (provider == desk.providers.end())
        return fail(ErrorCode::Forbidden, "'{}' is no payment provider of this house",
                    check.provider);
      if (is_silent) return fail(ErrorCode::Unavailable, "it does not answer at this moment");
      return provider->second->look_up(check.lookup);
    }();
    if (!told && told.error().code == ErrorCode::Unavailable) silent.push_back(check.provider);
    ASSIGN_OR_RETURN(const ToldReport one, store.write([&](Tx& tx) {
      ToldReport report = provider_told(tx, desk, creditor, check, told, now);
      if (!told && told.error().code == ErrorCode::Unavailable)
        tx.provider_payments.put_off(creditor.id, check.provider, now + kSilentMs);
      return report;
    }));
    report.add(one);
  }
  return report;
}

}  // namespace puntual::engine
