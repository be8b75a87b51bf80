#include "store/sql/sql_agreements.h"

#include <charconv>

namespace puntual::store {
namespace {

#define PUNTUAL_AGREEMENT_WITH(words, salt)                                               \
  "id, creditor_id, debtor_id, kind, state, made_at, through, mandate_version, covered, " \
  "currency, discount_minor, "                                                            \
  "grace_days, " words ", ended_at, charged_before_minor, paid_before_minor, " salt
#define PUNTUAL_AGREEMENT_COLUMNS PUNTUAL_AGREEMENT_WITH("words", "salt")

Place place_of_agreement(CreditorId creditor, AgreementId id) {
  return {.table = "agreement", .creditor_id = creditor, .row = id.value};
}

std::string text_of_ids(std::span<const InvoiceId> ids) {
  std::string text;
  for (const auto id : ids) text += fmt::format("{}{}", text.empty() ? "" : " ", id.value);
  return text;
}

std::vector<InvoiceId> ids_in(std::string_view text) {
  std::vector<InvoiceId> ids;
  for (const char *at = text.data(), *end = at + text.size(); at < end; ++at) {
    int64_t value = 0;
    at = std::from_chars(at, end, value).ptr;
    ids.push_back({value});
  }
  return ids;
}

}  // namespace

void Agreements::insert(const Agreement& a, Instant review_at) {
  held_.require(a.debtor_id);
  const std::string sealed =
      keys_.seal(place_of_agreement(a.creditor_id, a.id), a.debtor_id, a.words);
  db_.run("INSERT INTO agreement (" PUNTUAL_AGREEMENT_COLUMNS
          ", review_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18)",
          {a.id, a.creditor_id, a.debtor_id, text_of(a.kind), text_of(a.state), a.made_at,
           a.through, a.mandate_version, text_of_ids(a.covered), a.total.currency.code(),
           a.discount_minor, a.grace_days, Bytes{sealed}, a.ended_at, a.charged_before_minor,
           a.paid_before_minor, a.salt, review_at});
  for (size_t i = 0; i < a.instalments.size(); ++i) {
    db_.run(
        "INSERT INTO instalment (creditor_id, agreement_id, number, due_on, amount_minor) VALUES "
        "($1,$2,$3,$4,$5)",
        {a.creditor_id, a.id, static_cast<int64_t>(i + 1), a.instalments[i].due_on,
         a.instalments[i].amount_minor});
  }
}

std::vector<Agreement> Agreements::read(Rows rows) {
  std::vector<Agreement> found;
  while (rows.next()) {
    Agreement a{.id = rows.id<AgreementId>(0),
                .creditor_id = rows.id<CreditorId>(1),
                .debtor_id = rows.id<DebtorId>(2),
                .kind = agreement_kind_of(rows.view(3)),
                .state = agreement_state_of(rows.view(4)),
                .made_at = rows.instant(5),
                .through = rows.text(6),
                .mandate_version = rows.text(7),
                .covered = ids_in(rows.view(8)),
                .total = {0, Currency::of(rows.view(9))},
                .discount_minor = rows.integer(10),
                .instalments = {},
                .grace_days = rows.int32(11),
                .charged_before_minor = rows.integer(14),
                .paid_before_minor = rows.integer(15),
                .words = std::string(rows.bytes(12)),
                .salt = rows.text(16),
                .ended_at = rows.maybe_instant(13)};
    if (!a.words.empty())
      a.words = keys_.open(place_of_agreement(a.creditor_id, a.id), a.debtor_id, a.words);
    auto parts = db_.query(
        "SELECT due_on, amount_minor FROM instalment WHERE creditor_id=$1 AND agreement_id=$2 "
        "ORDER BY number",
        {a.creditor_id, a.id});
    while (parts.next()) {
      a.instalments.push_back({parts.date(0), parts.integer(1)});
      a.total.minor += parts.integer(1);
    }
    found.push_back(std::move(a));
  }
  return found;
}

std::optional<Agreement> Agreements::find(CreditorId creditor, AgreementId id) {
  auto found = read(db_.query("SELECT " PUNTUAL_AGREEMENT_COLUMNS
                              " FROM agreement WHERE creditor_id=$1 AND id=$2",
                              {creditor, id}));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<Agreement> Agreements::find_terms(CreditorId creditor, AgreementId id) {
  auto found = read(db_.query("SELECT " PUNTUAL_AGREEMENT_WITH(
                                  "NULL", "NULL") " FROM agreement WHERE creditor_id=$1 AND id=$2",
                              {creditor, id}));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::optional<Agreement> Agreements::active_of(CreditorId creditor, DebtorId debtor) {
  auto found =
      read(db_.query("SELECT " PUNTUAL_AGREEMENT_COLUMNS
                     " FROM agreement WHERE creditor_id=$1 AND debtor_id=$2 AND state='active'",
                     {creditor, debtor}));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

std::vector<Agreement> Agreements::of_debtor(CreditorId creditor, DebtorId debtor) {
  return read(db_.query("SELECT " PUNTUAL_AGREEMENT_COLUMNS
                        " FROM agreement WHERE creditor_id=$1 AND debtor_id=$2 ORDER BY id",
                        {creditor, debtor}));
}

bool Agreements::end(const Agreement& a, AgreementState state, Instant now) {
  held_.require(a.debtor_id);
  return db_.run(
             "UPDATE agreement SET state=$3, ended_at=$4, review_at=NULL WHERE creditor_id=$1 AND "
             "id=$2 AND state='active'",
             {a.creditor_id, a.id, text_of(state), now}) == 1;
}

void Agreements::judge_again(const Agreement& a, AgreementState state, Instant now) {
  held_.require(a.debtor_id);
  const auto ended_at = state == AgreementState::Active ? std::nullopt : std::optional(now);
  const auto review_at = state == AgreementState::Active ? std::optional(now) : std::nullopt;
  db_.run("UPDATE agreement SET state=$3, ended_at=$4, review_at=$5 WHERE creditor_id=$1 AND id=$2",
          {a.creditor_id, a.id, text_of(state), ended_at, review_at});
}

Agreements::Past Agreements::past(CreditorId creditor, DebtorId debtor, Instant since) {
  auto rows = db_.query(
      "SELECT COUNT(*), COALESCE(SUM(CASE WHEN state='kept' THEN 1 ELSE 0 END), 0), "
      "COALESCE(SUM(CASE WHEN state IN ('broken','partly_kept') THEN 1 ELSE 0 END), 0) "
      "FROM agreement WHERE creditor_id=$1 AND debtor_id=$2 AND made_at >= $3",
      {creditor, debtor, since});
  PUNTUAL_CHECK(rows.next());
  return {.made = rows.int32(0), .kept = rows.int32(1), .broken = rows.int32(2)};
}

agreements::Books Agreements::books_of(const Agreement& a) {
  agreements::Books books{.paid_minor = -a.paid_before_minor,
                          .charged_minor = -a.charged_before_minor};
  for (const auto invoice : a.covered) {
    // The figures of an invoice are the sums of its ledger entries.
    auto rows = db_.query(
        "SELECT amount_minor + charged_minor, balance_minor, forgiven_minor FROM invoice WHERE "
        "creditor_id=$1 AND id=$2",
        {a.creditor_id, invoice});
    if (!rows.next()) continue;
    books.charged_minor += rows.integer(0);
    books.owed_minor += rows.integer(1);
    books.paid_minor += rows.integer(0) - rows.integer(1) - rows.integer(2);
    auto waived = db_.query(
        "SELECT COALESCE(SUM(-amount_minor), 0) FROM charge WHERE creditor_id=$1 AND invoice_id=$2 "
        "AND kind='waiver' AND at >= $3",
        {a.creditor_id, invoice, a.made_at});
    books.waived_minor += waived.next() ? waived.integer(0) : 0;
  }
  return books;
}

void Agreements::review_now(CreditorId creditor, DebtorId debtor, Instant now) {
  held_.require(debtor);
  db_.run(
      "UPDATE agreement SET review_at=$3 WHERE creditor_id=$1 AND debtor_id=$2 AND state='active'",
      {creditor, debtor, now});
}

void Agreements::set_review(const Agreement& a, Instant at) {
  held_.require(a.debtor_id);
  db_.run("UPDATE agreement SET review_at=$3 WHERE creditor_id=$1 AND id=$2 AND state='active'",
          {a.creditor_id, a.id, at});
}

std::optional<Instant> Agreements::next_review(CreditorId creditor) {
  auto rows = db_.query(
      "SELECT review_at FROM agreement WHERE creditor_id=$1 AND review_at IS NOT NULL ORDER BY "
      "review_at LIMIT 1",
      {creditor});
  return rows.next() ? rows.maybe_instant(0) : std::nullopt;
}

std::vector<DebtorId> Agreements::due_for_review(CreditorId creditor, Instant now, int limit) {
  std::vector<DebtorId> found;
  auto rows = db_.query(
      "SELECT debtor_id FROM agreement WHERE creditor_id=$1 AND review_at IS NOT NULL AND "
      "review_at <= $2 "
      "ORDER BY review_at LIMIT $3",
      {creditor, now, limit});
  while (rows.next()) found.push_back(rows.id<DebtorId>(0));
  return found;
}

}  // namespace puntual::store
