// For the tests of this folder only: the engine on a database of its own, with a channel that
// remembers what it was given and answers what it is told.
#pragma once

#include <gtest/gtest.h>

#include "base/embedded.h"
#include "core/portfolio/import_detect.h"
#include "engine/engine.h"
#include "engine/import_portfolio.h"
#include "engine/settle_payments.h"
#include "tests/support/test_database.h"

namespace puntual::engine {

class RememberingChannel final : public WhatsAppChannel {
 public:
  void submit(std::vector<SendRequest> requests) override {
    std::ranges::move(requests, std::back_inserter(submitted));
  }
  std::vector<SendResult> collect() override { return std::exchange(results, {}); }
  int capacity(Instant) override { return room; }
  // The next collect() gives this for the request.
  void answer(const SendRequest& request, SendOutcome outcome, int error_code = 0) {
    results.push_back(
        {.outcome = outcome,
         .platform_id = outcome == SendOutcome::Accepted ? "wamid." + request.attempt_id : "",
         .error_code = error_code,
         .detail = "as told"});
    results.back().is_of(request);
  }

  std::vector<SendRequest> submitted;
  std::vector<SendResult> results;
  int room = 100;
};

class TestHouse {
 public:
  static constexpr CreditorId kCreditor{1};

  // In a transaction that must succeed.
  template <class F>
  auto write(F&& f) {
    auto answer = store->write(std::forward<F>(f));
    if (!answer) ADD_FAILURE() << answer.error().message;
    if constexpr (!std::is_void_v<typename decltype(answer)::value_type>) return *std::move(answer);
  }

  TestHouse() : store(database.open()), engine(*store, channel, make_desk()) {
    write([&](Tx& tx) {
      tx.creditors.save(creditor());
      for (const auto& one : engine.desk().templates.all()) {
        tx.templates.save(kCreditor, {one.name, one.language, "APPROVED", "UTILITY", "", now});
      }
    });
  }

  static Creditor creditor() {
    return {.id = kCreditor,
            .name = "Internet Andina",
            .agent_name = "Laura",
            .country = "CO",
            .zone = "America/Bogota",
            .locale = "es_CO",
            .currency = "COP",
            .help = "llame al 601 555 0100",
            .payment_link_base = "https://p.example.com/",
            .phone_number_id = "106540352242922",
            .strategy = "estandar",
            .paused_at = {}};
  }
  ImportReport import(const std::string& csv) {
    const auto file = portfolio::open_import(csv, ImportOverrides{.country = "CO"});
    if (!file) ADD_FAILURE() << file.error().message;
    auto report = import_file(
        *store, engine.desk(), creditor(), *file,
        {.consent_instrument = "Contrato",
         .consent_on = {},
         .confirmed_by = {.kind = "contract", .reference = "Contrato", .verified_on = {}}},
        now);
    if (!report) ADD_FAILURE() << report.error().message;
    return report.value_or(ImportReport{});
  }
  // People 1…count with one invoice each, due today: a reminder is due at once.
  void add_people(int count) {
    std::string csv(kTitles);
    for (int i = 1; i <= count; ++i) csv += row(i, i, 150'000, 150'000);
    EXPECT_EQ(import(csv).created, count);
  }
  static std::string row(int person, int invoice, int64_t amount, int64_t balance) {
    return fmt::format(
        "Persona {0};10.000.{0:03};+57300000{0:04};F-{1:04};24/11/2026;{2},00;{3},00;COP\n", person,
        invoice, amount, balance);
  }
  static constexpr std::string_view kTitles =
      "Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda\n";

  TickReport tick() {
    auto report = engine.tick(now);
    if (!report) ADD_FAILURE() << report.error().message;
    return report.value_or(TickReport{});
  }
  // The webhook arrives; the next tick reads it.
  void deliver(std::string body) {
    write([&](Tx& tx) {
      tx.inbox.append({.creditor_id = kCreditor,
                       .id = tx.ids.next<InboxId>(now),
                       .source = "whatsapp",
                       .event_key = fmt::format("k{}", ++deliveries_),
                       .received_at = now,
                       .body = std::move(body)});
    });
  }
  static std::string said(int person, std::string_view id, std::string_view text) {
    return webhook(fmt::format(
        R"("contacts":[{{"profile":{{"name":"P"}},"wa_id":"57300000{0:04}"}}],"messages":[{{"from":"57300000{0:04}","id":"{1}",)"
        R"("timestamp":"1795528800","type":"text","text":{{"body":"{2}"}}}}])",
        person, id, text));
  }
  static std::string status(std::string_view attempt, std::string_view word) {
    return webhook(fmt::format(
        R"("statuses":[{{"id":"wamid.{0}","status":"{1}","timestamp":"1795528800","recipient_id":"573000000001",)"
        R"("biz_opaque_callback_data":"{0}"}}])",
        attempt, word));
  }
  static std::string webhook(std::string_view value) {
    return fmt::format(
        R"({{"object":"whatsapp_business_account","entry":[{{"id":"1","changes":[{{"value":{{"messaging_product":"whatsapp",)"
        R"("metadata":{{"display_phone_number":"1","phone_number_id":"106540352242922"}},{}}},"field":"messages"}}]}}]}})",
        value);
  }

  std::vector<OutboxMessage> messages(int person = 1) {
    return write([&](Tx& tx) {
      const auto invoice = tx.invoices.find_by_number(kCreditor, fmt::format("F-{:04}", person));
      return invoice ? tx.outbox.of_debtor(kCreditor, invoice->debtor_id)
                     : std::vector<OutboxMessage>{};
    });
  }
  MessageState state(int person = 1, size_t index = 0) { return messages(person).at(index).state; }
  int64_t count(std::string sql) {
    return write([&](Tx& tx) {
      auto rows = tx.db.query(store::Sql::kept(std::move(sql)));
      return rows.next() ? rows.integer(0) : -1;
    });
  }

  Instant now = *parse_rfc3339("2026-11-24T09:00:00-05:00");  // A Tuesday, within the hours.
  SeededRandom random{1};
  RememberingChannel channel;
  puntual::tests::TestDatabase database;
  std::unique_ptr<Store> store;
  Engine engine;

 private:
  Desk make_desk() {
    Desk desk{.templates = *TemplateCatalog::built_in(creditor().payment_link_base),
              .strategies = {},
              .random = random,
              .settings = {}};
    for (const auto& file : embedded_files("strategies/")) {
      auto strategy = *strategy::parse(file.bytes, file.name);
      desk.strategies.insert_or_assign(strategy.name, std::move(strategy));
    }
    return desk;
  }
  int deliveries_ = 0;
};

}  // namespace puntual::engine
