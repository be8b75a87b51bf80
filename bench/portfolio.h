// A made-up portfolio for the benches that plan and send: people in Bogotá who agreed to be written to.
#pragma once

#include "app/config.h"
#include "base/phone.h"
#include "base/random.h"
#include "bench.h"
#include "engine/engine.h"
#include "store/store.h"

namespace puntual::bench {

// Tuesday 2026-11-24, ten in the morning in Bogotá: a working day, within the hours of the law.
inline Instant tuesday_morning() { return *parse_rfc3339("2026-11-24T10:00:00-05:00"); }

inline Config house() {
  Config config;
  config.listen = "127.0.0.1:0";
  config.whatsapp.phone_number_id = "100000000000001";
  config.creditor = {.id = CreditorId{1}, .name = "Colegio Ejemplo", .agent_name = "Laura", .country = "CO", .zone = "America/Bogota",
                     .locale = "es_CO", .currency = "COP", .help = "llame al 601 555 0100",
                     .payment_link_base = "https://pagos.example.com/", .phone_number_id = config.whatsapp.phone_number_id,
                     .strategy = "estandar", .paused_at = {}};
  return config;
}

// The creditor, and every template of the desk as approved by the platform.
inline void set_up(Store& store, const Config& config, const Desk& desk, Instant now) {
  must(store.write([&](Tx& tx) {
    tx.creditors.save(config.creditor);
    for (const auto& one : desk.templates.all()) {
      tx.templates.save(config.creditor.id, {one.name, one.language, "APPROVED", one.category, "1", now});
    }
  }), "set-up");
}

struct PortfolioSize {
  int64_t people = 0;
  int64_t due_every = 1;  // Each so-many-th person is owed a reminder now; the others have time.
};

// One open invoice a person, written as the import writes it, in the same columns; not its ledger.
inline void fill(Store& store, const Creditor& creditor, PortfolioSize size, Instant now) {
  const CivilDate today = Zone::of(creditor.zone).local(now).date;
  const Instant long_ago = now - 30 * kDayMs;
  must(store.write([&](Tx& tx) {
    for (int64_t i = 0; i < size.people; ++i) {
      const bool is_due = i % size.due_every == 0;
      const Debtor debtor{.id = tx.ids.next<DebtorId>(long_ago), .creditor_id = creditor.id, .name = fmt::format("Persona Inventada {}", i),
                          .country = "CO", .zone = {}, .phone = fmt::format("+573{:09}", i), .user_id = {}, .email = {}};
      tx.debtors.insert(debtor, long_ago);
      tx.debtors.set_review(creditor.id, debtor.id, is_due ? now : now + (1 + i % 20) * kDayMs, "", std::nullopt);
      tx.permissions.grant(creditor.id, debtor.id, 
                           {.at = long_ago, .kind = "file", .instrument = "Contrato, cláusula 12", .text_version = {}, .by = "file"}, long_ago, tx.ids);
      tx.addresses.save(creditor.id, debtor.id, canonical_of_wa_id(debtor.phone), {.state = AddressState::Confirmed,
                        .evidence = {.kind = "contract", .reference = "Contrato, cláusula 3", .verified_on = {}}});
      const Invoice invoice{.id = tx.ids.next<InvoiceId>(long_ago), .debtor_id = debtor.id, .number = fmt::format("F-{:07}", i),
                            .product = "Colegiatura", .issued_on = today - 37, .due_on = is_due ? today - 7 : today + 8 + static_cast<int32_t>(i % 20),
                            .amount = {15'000'000 + i % 977 * 1000, Currency::of("COP")}};
      tx.invoices.insert(creditor.id, invoice, {.amount_minor = invoice.amount.minor, .reported_minor = 0, .paid_minor = 0}, long_ago);
    }
  }), "filling the portfolio");
}

// A channel that takes nothing: to plan or to listen without sending.
class NoChannel final : public WhatsAppChannel {
 public:
  void submit(std::vector<SendRequest>) override {}
  [[nodiscard]] std::vector<SendResult> collect() override { return {}; }
  [[nodiscard]] int capacity(Instant) override { return 0; }
};

inline int64_t count(Store& store, const char* sql) {
  return must(store.read([&](Tx& tx) {
    auto rows = tx.db.query(sql);
    return rows.next() ? rows.integer(0) : int64_t{0};
  }), "counting");
}

}  // namespace puntual::bench
