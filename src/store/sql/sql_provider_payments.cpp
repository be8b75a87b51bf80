#include "store/sql/sql_provider_payments.h"

namespace puntual::store {
namespace {

#define PUNTUAL_PROVIDER_PAYMENT_COLUMNS                                                        \
  "creditor_id, provider, provider_payment_id, state, currency, amount_minor, refunded_minor, " \
  "fee_minor, method, request_id, "                                                             \
  "payment_id, debtor_id, trouble, first_seen_at, changed_at, paid_at"
#define PUNTUAL_PROVIDER_CHECK_COLUMNS \
  "provider, subject, wanted_at, tries, trouble, is_signed, told"
#define PUNTUAL_WANT_CHECK                                                               \
  "INSERT INTO provider_check (creditor_id, provider, subject, wanted_at, next_try_at, " \
  "is_signed, told) VALUES ($1,$2,$3,$4,$4,$5,$6) "                                      \
  "ON CONFLICT (creditor_id, provider, subject) "

}  // namespace

void ProviderPayments::save(const KnownPayment& p) {
  held_.require(p.debtor_id);
  db_.run(
      "INSERT INTO provider_payment (" PUNTUAL_PROVIDER_PAYMENT_COLUMNS
      ") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16) "
      "ON CONFLICT (creditor_id, provider, provider_payment_id) DO UPDATE SET "
      "state=excluded.state, amount_minor=excluded.amount_minor, "
      "currency=excluded.currency, refunded_minor=excluded.refunded_minor, "
      "fee_minor=excluded.fee_minor, method=excluded.method, "
      "request_id=excluded.request_id, payment_id=excluded.payment_id, "
      "debtor_id=excluded.debtor_id, trouble=excluded.trouble, "
      "changed_at=excluded.changed_at, paid_at=excluded.paid_at",
      {p.creditor_id, p.provider, p.provider_payment_id, text_of(p.state), p.amount.currency.code(),
       p.amount.minor, p.refunded_minor, p.fee_minor, p.method, p.request_id, p.payment_id,
       p.debtor_id, p.trouble, p.first_seen_at, p.changed_at, p.paid_at});
}

std::optional<KnownPayment> ProviderPayments::find(CreditorId creditor, std::string_view provider,
                                                   std::string_view id) {
  auto found = all_in(db_.query(
      "SELECT " PUNTUAL_PROVIDER_PAYMENT_COLUMNS
      " FROM provider_payment WHERE creditor_id=$1 AND provider=$2 AND provider_payment_id=$3",
      {creditor, provider, id}));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<KnownPayment> ProviderPayments::find_booked(CreditorId creditor, PaymentId payment) {
  auto found = all_in(
      db_.query("SELECT " PUNTUAL_PROVIDER_PAYMENT_COLUMNS
                " FROM provider_payment WHERE creditor_id=$1 AND payment_id=$2 AND payment_id <> 0",
                {creditor, payment}));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<KnownPayment> ProviderPayments::of_request(CreditorId creditor,
                                                       PaymentRequestId request) {
  return all_in(db_.query("SELECT " PUNTUAL_PROVIDER_PAYMENT_COLUMNS
                          " FROM provider_payment WHERE creditor_id=$1 AND request_id=$2 "
                          "ORDER BY first_seen_at, provider_payment_id",
                          {creditor, request}));
}

std::vector<KnownPayment> ProviderPayments::of_debtor(CreditorId creditor, DebtorId debtor) {
  return all_in(db_.query("SELECT " PUNTUAL_PROVIDER_PAYMENT_COLUMNS
                          " FROM provider_payment WHERE creditor_id=$1 AND debtor_id=$2 "
                          "ORDER BY first_seen_at, provider_payment_id",
                          {creditor, debtor}));
}

std::vector<KnownPayment> ProviderPayments::in_trouble(CreditorId creditor, int limit) {
  return all_in(db_.query("SELECT " PUNTUAL_PROVIDER_PAYMENT_COLUMNS
                          " FROM provider_payment WHERE creditor_id=$1 AND trouble <> '' "
                          "ORDER BY changed_at, provider_payment_id LIMIT $2",
                          {creditor, limit}));
}

void ProviderPayments::want(CreditorId creditor, std::string_view provider,
                            std::string_view subject, Instant now, bool is_signed,
                            const std::optional<ProviderStatus>& told) {
  // A repetition that anybody may have sent makes nothing more urgent.
  db_.run(
      is_signed
          ? Sql(PUNTUAL_WANT_CHECK
                "DO UPDATE SET tries=0, next_try_at=excluded.next_try_at, is_signed=1, wanted_at = "
                "CASE WHEN "
                "excluded.wanted_at > provider_check.wanted_at THEN excluded.wanted_at ELSE "
                "provider_check.wanted_at + 1 END, told = CASE WHEN excluded.told = '' THEN "
                "provider_check.told ELSE excluded.told END")
          : Sql(PUNTUAL_WANT_CHECK "DO UPDATE SET wanted_at = provider_check.wanted_at + 1"),
      {creditor, provider, subject, now, is_signed ? 1 : 0,
       told ? text_of(*told) : std::string_view()});
}

std::optional<ProviderStatus> ProviderPayments::told(CreditorId creditor, std::string_view provider,
                                                     std::string_view subject) {
  auto rows = db_.query(
      "SELECT told FROM provider_check WHERE creditor_id=$1 AND provider=$2 AND subject=$3",
      {creditor, provider, subject});
  return rows.next() ? provider_status_of(rows.view(0)) : std::nullopt;
}

std::vector<WantedCheck> ProviderPayments::wanted(CreditorId creditor, Instant now, int max) {
  // In turn from each provider: one that is flooded, or silent, keeps nobody else's money waiting.
  // What nobody signed, and anybody may send a thousand times, takes one place at most, and the
  // last of its provider's.
  return checks_in(db_.query(
      "SELECT " PUNTUAL_PROVIDER_CHECK_COLUMNS " FROM (SELECT " PUNTUAL_PROVIDER_CHECK_COLUMNS
      ", next_try_at, "
      "ROW_NUMBER() OVER (PARTITION BY provider ORDER BY is_signed DESC, next_try_at, subject) AS "
      "turn, "
      "ROW_NUMBER() OVER (PARTITION BY is_signed ORDER BY next_try_at, subject) AS alike "
      "FROM provider_check WHERE creditor_id=$1 AND next_try_at <= $2) AS due "
      "WHERE is_signed = 1 OR alike = 1 ORDER BY turn, is_signed DESC, next_try_at LIMIT $3",
      {creditor, now, max}));
}

std::optional<Instant> ProviderPayments::next_try(CreditorId creditor) {
  auto rows =
      db_.query("SELECT MIN(next_try_at) FROM provider_check WHERE creditor_id=$1", {creditor});
  return rows.next() ? rows.maybe_instant(0) : std::nullopt;
}

std::vector<WantedCheck> ProviderPayments::in_vain(CreditorId creditor, int limit) {
  return checks_in(db_.query(
      "SELECT " PUNTUAL_PROVIDER_CHECK_COLUMNS
      " FROM provider_check WHERE creditor_id=$1 AND trouble <> '' ORDER BY wanted_at LIMIT $2",
      {creditor, limit}));
}

bool ProviderPayments::done(CreditorId creditor, const WantedCheck& c) {
  return db_.run(
             "DELETE FROM provider_check WHERE creditor_id=$1 AND provider=$2 AND subject=$3 AND "
             "wanted_at=$4",
             {creditor, c.provider, c.subject, c.wanted_at}) == 1;
}

bool ProviderPayments::try_later(CreditorId creditor, const WantedCheck& c, Instant at,
                                 std::string_view trouble) {
  return db_.run(
             "UPDATE provider_check SET tries=tries+1, next_try_at=$5, trouble=$6 WHERE "
             "creditor_id=$1 AND provider=$2 AND subject=$3 AND wanted_at=$4",
             {creditor, c.provider, c.subject, c.wanted_at, at, trouble}) == 1;
}

int64_t ProviderPayments::unsigned_at(CreditorId creditor, std::string_view provider) {
  auto rows = db_.query(
      "SELECT COUNT(*) FROM provider_check WHERE creditor_id=$1 AND provider=$2 AND is_signed=0",
      {creditor, provider});
  return rows.next() ? rows.integer(0) : 0;
}

void ProviderPayments::put_off(CreditorId creditor, std::string_view provider, Instant until) {
  db_.run(
      "UPDATE provider_check SET next_try_at=$3 WHERE creditor_id=$1 AND provider=$2 AND "
      "next_try_at < $3",
      {creditor, provider, until});
}

ProviderPayments::Waiting ProviderPayments::waiting(CreditorId creditor) {
  Waiting waiting;
  auto rows = db_.query(
      "SELECT COUNT(*), MIN(wanted_at) FROM (SELECT wanted_at FROM provider_check WHERE "
      "creditor_id=$1 LIMIT 10000) AS w",
      {creditor});
  if (rows.next()) waiting = {.count = rows.integer(0), .oldest = rows.maybe_instant(1)};
  return waiting;
}

std::vector<KnownPayment> ProviderPayments::all_in(Rows rows) {
  std::vector<KnownPayment> found;
  while (rows.next()) {
    const auto state = provider_status_of(rows.view(3));
    PUNTUAL_CHECK(state.has_value());
    found.push_back({.creditor_id = rows.id<CreditorId>(0),
                     .provider = rows.text(1),
                     .provider_payment_id = rows.text(2),
                     .state = *state,
                     .amount = {rows.integer(5),
                                rows.view(4).empty() ? Currency() : Currency::of(rows.view(4))},
                     .refunded_minor = rows.integer(6),
                     .fee_minor = rows.integer(7),
                     .method = rows.text(8),
                     .request_id = rows.id<PaymentRequestId>(9),
                     .payment_id = rows.id<PaymentId>(10),
                     .debtor_id = rows.id<DebtorId>(11),
                     .trouble = rows.text(12),
                     .first_seen_at = rows.instant(13),
                     .changed_at = rows.instant(14),
                     .paid_at = rows.instant(15)});
  }
  return found;
}

std::vector<WantedCheck> ProviderPayments::checks_in(Rows rows) {
  std::vector<WantedCheck> found;
  while (rows.next()) {
    found.push_back({.provider = rows.text(0),
                     .subject = rows.text(1),
                     .wanted_at = rows.instant(2),
                     .tries = rows.int32(3),
                     .trouble = rows.text(4),
                     .is_signed = rows.integer(5) != 0,
                     .told = provider_status_of(rows.view(6))});
  }
  return found;
}

}  // namespace puntual::store
