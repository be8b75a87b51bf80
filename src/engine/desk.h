// What every station of the engine works with: the rules and texts in force, and where chance comes
// from.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/random.h"
#include "core/charges/charge_rules.h"
#include "core/documents/agreement_paper.h"
#include "core/documents/receipt.h"
#include "core/documents/statement.h"
#include "core/messaging/template.h"
#include "core/payments/allocate.h"
#include "core/strategy/strategy.h"
#include "engine/law.h"
#include "ports/payment_provider.h"
#include "ports/second_reader.h"
#include "whatsapp/pacing.h"

namespace puntual {

// How long what people wrote, and the contact log of those who owe nothing any more, is kept
// (engine/retention.h).
struct RetentionSettings {
  int32_t conversation_days = 730;
  int32_t unknown_days = 90;
  int32_t bank_days = 365;
  int32_t contact_log_days = 5 * 365 + 2;
};

// Ways to invite somebody into WhatsApp whom it does not reach ([on_ramp]).
struct OnRampSettings {
  std::string whatsapp_number;  // Ours, with its country's code: what the link opens a chat with.
  std::string stop_base;      // "https://pagos.example.com/baja/", before a token of theirs; empty:
                              // there is no such page.
  std::vector<Channel> ways;  // In the order in which they are tried; none: nobody is invited.
};

struct EngineSettings {
  // No first byte leaves later than this after the intent (quality-bar 4.1 allows 10 s): what was
  // claimed before a pause or a stop is gone, or held back, within 2 s of it on every node.
  int64_t send_deadline_ms = 2 * kSecondMs;
  int64_t answer_ms = 20 * kSecondMs;  // After the deadline an answer may still be on its way here.
  int64_t uncertain_gives_up_ms =
      24 * kHourMs;  // Of listening: then it is shown as unconfirmed, still never resent.
  int64_t hold_off_ms = 15 * kMinuteMs;  // After downtime: listen this long before speaking.
  int64_t downtime_ms = 5 * kMinuteMs;   // Silence of the engine that counts as downtime.
  int64_t person_ms =
      12 * kHourMs;  // How long a person's word silences bot and strategy (quality-bar UX-20).
  int32_t thanks_days_max = 2;        // An older payment is history, and is not thanked for.
  int64_t settle_ms = 6 * kSecondMs;  // What somebody writes within it is answered together.
  // What the creditor says of all its numbers ([identity]): how they were verified, and the proof.
  // Empty: not at all.
  std::string numbers_confirmed_by, numbers_evidence;
  RetentionSettings retention;
  bool is_familiar =
      false;  // [creditor] treatment = "tu": texts say "tú", or "vos" where people do.
  OnRampSettings on_ramp = {};
  // [payments]: where money goes that names no invoice; a rest of the creditor's own currency that
  // is not asked for.
  AllocationPolicy allocation = AllocationPolicy::OldestFirst;
  int64_t tolerance_minor = 0;
  // How long a link to our own payer's page is good ([payments] link_days); 0: there is none, and a
  // link is creditor.payment_link_base with the invoice's number.
  int32_t pay_link_days = 0;
  TransferAccount transfer = {};  // [payments.transfer], printed on what says how to pay.
  int64_t import_grace_ms = 0;    // After a file nobody is reminded because of it for so long
                                  // ([imports] grace_seconds); 0: at once.
  int plan_batch = 500;           // People a transaction.
  int dispatch_batch = 512;       // Messages a transaction.
  int turn_batch = 100;           // People a transaction who are answered.
  int inbox_batch = 256;          // Raw events a transaction.
  int import_batch =
      10'000;  // Rows of a portfolio a transaction, some 100 ms; a third as many payments.
};

// What was launched and this program cannot read: by another version of it, or damaged.
struct UnreadEdition {
  int64_t number = 0;
  std::string kind, name;  // As store::text_of(TextKind) says it.
  int64_t instead = 0;     // The edition that stands in its place; 0: the file.
  std::string why;
};

struct Desk {
  TemplateCatalog templates;
  std::map<std::string, Strategy, std::less<>> strategies;  // Of files.
  Random& random;
  EngineSettings settings;
  Law law = {};
  // How fast one person may be written to; remembered by this process alone.
  std::shared_ptr<whatsapp::PairPace> pair_pace = std::make_shared<whatsapp::PairPace>();

  // Asked when the bot is not sure what somebody means (docs/operating/assistant.md). Null: it asks
  // back at once.
  std::shared_ptr<SecondReader> second_reader = {};

  // Through whom debtors pay, by name: their notices are heard, and what they speak of is looked up
  // there.
  std::map<std::string, std::shared_ptr<PaymentProvider>, std::less<>> providers = {};

  // What paying late costs ([charges]). Null: nothing.
  std::shared_ptr<const ChargeRules> charges = {};

  // Make PDFs: set by who knows a printer (document/statement.h, agreement_page.h). Empty: no
  // document can be sent.
  std::function<Result<std::string>(const Statement&)> print = {};
  std::function<Result<std::string>(const AgreementPaper&)> print_agreement = {};
  std::function<Result<std::string>(const Receipt&)> print_receipt = {};

  // What was launched in the database goes before the files (engine/editions.h): up to which
  // edition, and each creditor's strategy.
  int64_t edition = 0;
  std::map<CreditorId, Strategy> launched = {};
  std::vector<UnreadEdition> unread_editions = {};

  [[nodiscard]] const Strategy& strategy_of(const Creditor& creditor) const;
};

// As it is at this moment: who works beside the engine asks for each piece of work. Thread-safe.
using DeskNow = std::function<std::shared_ptr<const Desk>()>;

}  // namespace puntual
