// A made-up portfolio for the benches that plan and send: people in Bogotá who agreed to be written
// to.
#pragma once

#include "app/config.h"
#include "base/phone.h"
#include "base/random.h"
#include "bench.h"
#include "engine/engine.h"
#include "store/sql/sql_imports.h"
#include "store/store.h"

namespace puntual::bench {

// Tuesday 2026-11-24, ten in the morning in Bogotá: a working day, within the hours of the law.
inline Instant tuesday_morning() { return *parse_rfc3339("2026-11-24T10:00:00-05:00"); }

inline Config house() {
  Config config;
  config.listen = "127.0.0.1:0";
  config.whatsapp.phone_number_id = "100000000000001";
  config.creditor = {.id = CreditorId{1},
                     .name = "Colegio Ejemplo",
                     .agent_name = "Laura",
                     .country = "CO",
                     .zone = "America/Bogota",
                     .locale = "es_CO",
                     .currency = "COP",
                     .help = "llame al 601 555 0100",
                     .payment_link_base = "https://pagos.example.com/",
                     .phone_number_id = config.whatsapp.phone_number_id,
                     .strategy = "estandar",
                     .paused_at = {}};
  return config;
}

// The creditor, and every template of the desk as approved by the platform.
inline void set_up(Store& store, const Config& config, const Desk& desk, Instant now) {
  must(store.write([&](Tx& tx) {
    tx.creditors.save(config.creditor);
    for (const auto& one : desk.templates.all()) {
      tx.templates.save(config.creditor.id,
                        {one.name, one.language, "APPROVED", one.category, "1", now});
    }
  }),
       "set-up");
}

struct PortfolioSize {
  int64_t people = 0;
  int64_t due_every = 1;  // Each so-many-th person is owed a reminder now; the others have time.
};

// One open invoice a person, written as the import writes it, in the same columns; not its ledger.
// Person i is of the millisecond i.
inline void add_due_person(Tx& tx, const Creditor& creditor, int64_t i, Instant long_ago,
                           Instant now) {
  const CivilDate today = Zone::of(creditor.zone).local(now).date;
  const Debtor debtor{.id = tx.ids.next<DebtorId>(long_ago + i),
                      .creditor_id = creditor.id,
                      .name = fmt::format("Persona Inventada {}", i),
                      .country = "CO",
                      .zone = {},
                      .phone = fmt::format("+573{:09}", i),
                      .user_id = {},
                      .email = {}};
  tx.debtors.insert(debtor, long_ago);
  tx.debtors.set_review(creditor.id, debtor.id, now, "", std::nullopt);
  tx.permissions.grant(creditor.id, debtor.id,
                       {.at = long_ago,
                        .kind = "file",
                        .instrument = "Contrato, cláusula 12",
                        .text_version = {},
                        .by = "file"},
                       long_ago, tx.ids);
  tx.addresses.save(
      creditor.id, debtor.id, canonical_of_wa_id(debtor.phone),
      {.state = AddressState::Confirmed,
       .evidence = {.kind = "contract", .reference = "Contrato, cláusula 3", .verified_on = {}}});
  const Invoice invoice{.id = tx.ids.next<InvoiceId>(long_ago + i),
                        .debtor_id = debtor.id,
                        .number = fmt::format("F-{:09}", i),
                        .product = "Colegiatura",
                        .issued_on = today - 37,
                        .due_on = today - 7,
                        .amount = {15'000'000 + i % 977 * 1000, Currency::of("COP")}};
  tx.invoices.insert(creditor.id, invoice,
                     {.amount_minor = invoice.amount.minor, .reported_minor = 0, .paid_minor = 0},
                     long_ago);
}

// Persons [from, to) who have time, by the database alone, as a copy of the one who is due: nobody
// opens what is sealed of them.
inline void add_others(Tx& tx, PortfolioSize size, int64_t from, int64_t to) {
  const auto run = [&](store::Sql sql) { tx.db.run(sql, {from, to, size.due_every}); };
#define PUNTUAL_BENCH_PEOPLE(into, columns)                                                      \
  "WITH RECURSIVE n(i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $2), first AS " \
  "MATERIALIZED (SELECT * FROM " into " ORDER BY id LIMIT 1) INSERT INTO " into " " columns      \
  " FROM n, first f WHERE i % $3 <> 0"
#define PUNTUAL_BENCH_ID "((f.id >> 22) + i << 22)"
  run(PUNTUAL_BENCH_PEOPLE(
      "debtor",
      "(id, creditor_id, country, zone, profile, phone_key, created_at, review_at, role, "
      "person_id) SELECT " PUNTUAL_BENCH_ID
      ", 1, f.country, f.zone, f.profile, CAST(SUBSTR(CAST(10000000000000000 + i AS TEXT), 2) AS "
      "{{bytes}}), f.created_at, f.review_at + (1 + i % 20) * 86400000, "
      "f.role, " PUNTUAL_BENCH_ID));
  run(PUNTUAL_BENCH_PEOPLE("person_key",
                           "(id, creditor_id, wrapped) SELECT " PUNTUAL_BENCH_ID ", 1, f.wrapped"));
  run(PUNTUAL_BENCH_PEOPLE("consent",
                           "(id, creditor_id, debtor_id, act, channel, at, is_dated, kind, "
                           "instrument, text_version, recorded_at, "
                           "recorded_by) SELECT " PUNTUAL_BENCH_ID
                           ", 1, (f.debtor_id >> 22) + i << 22, f.act, f.channel, f.at, 1, f.kind, "
                           "f.instrument, '', f.recorded_at, f.recorded_by"));
  run(PUNTUAL_BENCH_PEOPLE(
      "invoice",
      "(id, creditor_id, debtor_id, number, product, issued_on, due_on, currency, amount_minor, "
      "reported_minor, "
      "paid_minor, ahead_minor, balance_minor, state, created_at) SELECT " PUNTUAL_BENCH_ID
      ", 1, (f.debtor_id >> 22) + i << 22, 'F-' || SUBSTR(CAST(1000000000 + i AS TEXT), 2), "
      "f.product, f.issued_on, f.due_on + 15 + i % 20, f.currency, f.amount_minor, 0, 0, 0, "
      "f.amount_minor, f.state, f.created_at"));
  tx.db.run(
      "WITH RECURSIVE n(i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $2), f AS "
      "MATERIALIZED (SELECT * FROM address "
      "ORDER BY debtor_id LIMIT 1) INSERT INTO address (creditor_id, debtor_id, value_key, state, "
      "evidence, reference, times_asked, "
      "identity_hash) SELECT 1, (f.debtor_id >> 22) + i << 22, CAST(SUBSTR(CAST(10000000000000000 "
      "+ i AS TEXT), 2) AS {{bytes}}), f.state, f.evidence, f.reference, 0, '' "
      "FROM n, f WHERE i % $3 <> 0",
      {from, to, size.due_every});
#undef PUNTUAL_BENCH_ID
#undef PUNTUAL_BENCH_PEOPLE
}

inline void fill(Store& store, const Creditor& creditor, PortfolioSize size, Instant now) {
  constexpr int64_t kPart = 500'000;  // People a transaction.
  for (int64_t from = 0; from < size.people; from += kPart) {
    const int64_t to = std::min(from + kPart, size.people);
    must(store.write([&](Tx& tx) {
      for (int64_t i = from; i < to; ++i) {
        if (i % size.due_every == 0) add_due_person(tx, creditor, i, now - 30 * kDayMs, now);
      }
      if (size.due_every > 1) add_others(tx, size, from, to);
      if (from == 0)
        store::ImportRuns(tx.db, tx.keys).have_tables_looked_at();  // As an import does.
    }),
         "filling the portfolio");
  }
}

// A channel that takes nothing: to plan or to listen without sending.
class NoChannel final : public WhatsAppChannel {
 public:
  void submit(std::vector<SendRequest>) override {}
  [[nodiscard]] std::vector<SendResult> collect() override { return {}; }
  [[nodiscard]] int capacity(Instant) override { return 0; }
};

inline int64_t count(Store& store, store::Sql sql) {
  return must(store.read([&](Tx& tx) {
    auto rows = tx.db.query(sql);
    return rows.next() ? rows.integer(0) : int64_t{0};
  }),
              "counting");
}

}  // namespace puntual::bench
