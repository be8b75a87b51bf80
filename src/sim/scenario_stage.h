// What a scenario has set up and how far it has come: shared by its three parts, the setting, the
// actions and the expectations. Used by scenario.cpp only.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "engine/import_portfolio.h"
#include "sim/scenario.h"
#include "sim/scenario_words.h"
#include "sim/world.h"

namespace puntual::sim {

struct ScenarioPerson {
  DebtorId id;  // None until the portfolio is imported.
  std::string name, phone, other_phone, email, country, zone, user_id, document, external_id,
      consent_on, instrument = "contrato", role, case_state;
  std::string evidence = "default", verified_on;  // "default": as the setting says of all numbers.
  std::vector<int32_t> settled_days_late;
  bool in_hardship = false;
};

struct ScenarioInvoice {
  std::string number, person, amount, currency, balance, due_on, product, split;
};

struct ScenarioStep {
  std::string id;
  int64_t day = 0;
  bool is_last = false;
  bool is_reviewed = false;
  std::string attach = "none";
};

struct ScenarioSetting {
  std::string country, zone, strategy = "estandar";
  bool tells_nothing = false;         // Of the creditor, though its country's law asks for it.
  std::vector<ScenarioStep> cadence;  // Instead of a shipped strategy.
  std::string mandate;                // Of the cadence, for everybody: lines of TOML; empty: none.
  int64_t week_max = 3, gap_days = 2, horizon_days = 7, minimum_minor = 0;
  std::map<std::string, std::string> wordings;  // Template name → the body in force instead.
  std::set<std::string> wordings_alone;         // Without footer and buttons.
  std::vector<Channel> on_ramps;                // Ways to people whom WhatsApp does not reach.
  std::shared_ptr<ChargeRules> charges;         // What paying late costs; null: nothing.
  bool is_paused = false;
  bool is_familiar = false;
  int64_t import_grace_ms = 0;
  bool numbers_confirmed = true;  // By the creditor's contract, for people who say nothing else.
  std::optional<std::pair<CivilDate, int32_t>> start;
};

class ScenarioStage {
 public:
  explicit ScenarioStage(const ScenarioDatabase& database) : database_(database) {}
  // One line of the setting. NotFound when its first word is none of ours.
  Result<void> set(Words& words);
  // Makes the world and imports the portfolio, at the start given or else at 00:00 of `first_day`.
  Result<void> open(CivilDate first_day);
  [[nodiscard]] bool is_open() const { return world_ != nullptr; }
  // Lets everything happen up to this local time of the creditor.
  Result<void> run_until(CivilDate date, int32_t ms_of_day);
  Result<void> act(Words& words);
  Result<void> expect(Words& words);
  // No message may have left that no line expects; the invariants hold.
  Result<void> expect_nothing_else();

  // What the last line was about, for a failure's report.
  [[nodiscard]] std::string timelines();

 private:
  // scenario_setting.cpp
  Result<void> set_creditor(Words& words);
  Result<void> set_cadence(Words& words);
  Result<void> set_charges(Words& words);
  Result<void> set_mandate(Words& words);
  Result<void> set_caps(Words& words);
  Result<void> set_person(Words& words);
  Result<void> set_history(Words& words);
  Result<ScenarioInvoice> read_invoice(Words& words);
  Result<Strategy> make_strategy() const;
  Result<TemplateCatalog> make_templates() const;
  [[nodiscard]] Creditor make_creditor() const;
  Result<void> set_person_word(ScenarioPerson& person, Words& words);
  Result<ImportReport> import_rows(std::span<const ScenarioInvoice> invoices);
  Result<void> note_people();
  // scenario_actions.cpp
  Result<void> undo_last_import();
  Result<void> act_platform(Words& words);
  Result<void> act_webhook(Words& words);
  Result<void> act_person(Words& words, const ScenarioPerson& person);
  Result<void> act_on_page(Words& words, const ScenarioPerson& person);
  Result<void> act_payment(Words& words);
  Result<void> act_reversal(Words& words);
  [[nodiscard]] Result<Payment> take_payment(Words& words);
  Result<void> act_assignment(Words& words);
  Result<void> act_till(Words& words);
  Result<void> act_giving_up(Words& words);
  Result<void> act_waiver(Words& words);
  Result<void> act_operator(Words& words);
  Result<void> act_person_order(Words& words);
  Result<void> act_agreement(Words& words, const ScenarioPerson& person);
  Result<void> act_conversation(Words& words);
  Result<void> control(std::string_view verb, const std::string& body);
  // scenario_expectations.cpp
  Result<void> expect_person(Words& words, const ScenarioPerson& person);
  Result<void> expect_sent(Words& words, const ScenarioPerson& person);
  Result<void> expect_silent(Words& words, const ScenarioPerson& person);
  Result<void> expect_reads(Words& words, const ScenarioPerson& person, bool wanted);
  Result<void> expect_ended(Words& words, const ScenarioPerson& person, MessageState state);
  Result<void> expect_state(Words& words, const ScenarioPerson& person);
  Result<void> expect_suspended(Words& words, const ScenarioPerson& person);
  Result<void> expect_stopped(Words& words, const ScenarioPerson& person);
  Result<void> expect_number(Words& words, const ScenarioPerson& person);
  Result<void> expect_agreement(Words& words, const ScenarioPerson& person);
  Result<void> expect_noted(Words& words, const ScenarioPerson& person);
  Result<void> expect_understood(Words& words, const ScenarioPerson& person);
  Result<void> expect_imported(Words& words);
  Result<PaymentRequest> request_for(const std::string& invoice);
  Result<void> expect_request(Words& words);
  Result<void> expect_held(Words& words);
  Result<void> expect_place(Words& words);
  Result<void> expect_moment(Words& words, std::optional<Instant> at, std::string_view of_what);

  [[nodiscard]] Result<std::string> address_of(const ScenarioPerson& person);
  Result<ScenarioPerson*> take_person(Words& words);
  [[nodiscard]] std::vector<OutboxMessage> messages_of(const ScenarioPerson& person);
  [[nodiscard]] std::vector<std::string> numbers_of(const OutboxMessage& message);
  [[nodiscard]] std::string local_text(Instant at) const;  // "2026-11-03 08:00"

  ScenarioDatabase database_;
  ScenarioSetting setting_;
  std::map<std::string, ScenarioPerson, std::less<>> people_;
  std::vector<ScenarioInvoice> invoices_;
  std::unique_ptr<World> world_;
  Zone zone_ = Zone::utc();
  CivilDate today_;                              // Of the line that is played.
  std::set<MessageId> expected_;                 // Messages that some line has expected.
  std::set<std::string, std::less<>> involved_;  // Names that the line has used.
  std::optional<ImportReport> imported_;
  bool rejection_expected_ = false;
  int64_t payments_made_ = 0;
  std::map<std::string, PaymentRequest, std::less<>> requests_;  // The last one for each invoice.
};

}  // namespace puntual::sim
