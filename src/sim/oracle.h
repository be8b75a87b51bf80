// Watches a world and says what must never be. Written apart from the engine: it reads the tables
// by SQL of its own and keeps a memory of what was done to the world; it asks no code that decides.
//
// Three moments: a commit of a house (was what it decided right as the books stood then?), a body
// that reaches the network, and everything at rest. docs/simulation.md has the table of invariants
// (quality-bar 4.2) and where each is seen.
#pragma once

#include <array>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/agreements/mandate.h"
#include "core/charges/charge_rules.h"
#include "core/messaging/outbox_message.h"
#include "engine/law.h"
#include "engine/settle_payments.h"
#include "ports/whatsapp.h"
#include "sim/till.h"
#include "store/store.h"

namespace puntual::sim {

// What a violation is about, for those who count them.
enum class Never : uint8_t {
  SentTwice,
  AfterPayment,
  OutsideHours,
  AfterStop,
  LostWebhook,
  Ledger,
  Other
};
inline constexpr size_t kNevers = static_cast<size_t>(Never::Other) + 1;

class Oracle {
 public:
  // `patience_ms`: within so long what a person writes has led to something; in bad weather a house
  // may be down for hours.
  void begin(const Creditor& creditor, std::vector<Mandate> mandates, int64_t patience_ms,
             Law law) {
    creditor_ = creditor;
    mandates_ = std::move(mandates);
    patience_ms_ = patience_ms;
    law_ = std::move(law);
  }

  // Paying late costs something in this world; left out, nothing ever may.
  void expect_charges(const ChargeRules& rules) { charges_ = rules; }

  // A house has committed; `now` is the true time.
  void see_commit(Tx& tx, Instant now);
  // The first byte of a body reaches the network, of a house whose clock is so far ahead of the
  // true time.
  void see_body(Tx& tx, const SendRequest& request, int64_t clock_ahead_ms, Instant now);
  // What the platform made of it, whether the house hears it or not.
  void see_answer(const SendRequest& request, const SendResult& result, Instant now);
  // The platform posts a webhook; whether it stands is not known before it is answered 200.
  void see_posted(std::string_view body);
  // It was answered 200.
  void see_acknowledged(const std::string& key, std::string_view body, Instant now);
  // A house said that it knows of this money.
  void see_payment(const PaymentInput& input);
  // Everything at rest: is what the till has, less what it gave back, in the books once?
  void see_till(Tx& tx, const std::vector<Till::Truth>& truths, Instant now);
  // Somebody of the creditor's was told that it is so: nothing may be decided for this person until
  // it is lifted.
  void see_forbidden(DebtorId person, std::string_view why, bool is_forbidden);
  // Nothing may be decided from now on;
  void see_quarantine() { is_quarantined_ = true; }
  // until a person has said until when the lost instance may have sent.
  void see_cut_off(Tx& tx, Instant sent_until, Instant now);
  // One house sends, and at most so fast.
  // After a file nobody is reminded because of it for so long; 0: at once.
  void expect_import_grace(int64_t grace_ms) { import_grace_ms_ = grace_ms; }
  void expect_pace(int messages_per_second) { messages_per_second_ = messages_per_second; }
  // No house was awake since then; one is now.
  void see_return(Instant since, Instant now);
  // The books, the audit trail, and all that was acknowledged.
  void see_everything(Tx& tx, Instant now);

  [[nodiscard]] const std::vector<std::string>& violations() const { return violations_; }
  [[nodiscard]] int64_t count(Never kind) const { return counts_[static_cast<size_t>(kind)]; }
  [[nodiscard]] int64_t sends() const { return sends_; }

 private:
  // A message as its row says; without what it says.
  struct Row {
    MessageId id;
    DebtorId debtor;
    Purpose purpose = Purpose::Overdue;
    Channel channel = Channel::WhatsApp;
    std::string key, state, kind, template_name, language, covered, attempt_id;
    std::string pack_version, strategy_version, template_version;
    int64_t ttl_seconds = 0;
    Instant deadline;
  };
  [[nodiscard]] std::optional<Row> row_of(Tx& tx, MessageId id) const;
  [[nodiscard]] std::vector<DebtorId> linked(Tx& tx, DebtorId person) const;
  // What a decision rested on, as it stood at its commit.
  struct Decided {
    DebtorId person;
    std::vector<DebtorId> records;  // Theirs, and those that a human has linked.
    std::optional<ConsumerHours> wish;
  };
  [[nodiscard]] Decided decided_on(Tx& tx, DebtorId person) const;
  [[nodiscard]] std::string records_of(Tx& tx, MessageId id) const;
  void violation(std::string_view invariant, Instant now, Never kind, std::string_view what);

  void check_decision(Tx& tx, const Row& message, Instant now);
  void check_person(Tx& tx, const Row& message, Instant now);
  void check_on_ramp(Tx& tx, const Row& message, Instant now);
  void check_rest(Tx& tx, const Row& message, Instant now);
  void check_import_grace(Tx& tx, const Row& message, Instant now);
  void check_turn(Tx& tx, const Row& message, Instant now);
  void check_stranger(Tx& tx, const Row& message, Instant now);
  void check_debt(Tx& tx, const Row& message, Instant now);
  void check_agreed(Tx& tx, const Row& message, Instant now);
  void check_return(Tx& tx, const Row& message, Instant now);
  void check_move(MessageId id, std::string_view kind, Instant now);
  void check_window(const Row& message, const Debtor& debtor, Instant now);
  void check_frequency(const Row& message, const Debtor& debtor, Instant now);
  void check_pace(MessageId id, Instant now);

  void check_ledger(Tx& tx, Instant now);
  void check_charges(Tx& tx, Instant now);
  void check_payments(Tx& tx, Instant now);
  void check_messages(Tx& tx, Instant now);
  void check_inbox(Tx& tx, Instant now);
  void check_conversation(Tx& tx, Instant now);
  void check_turns(Tx& tx, Instant now);
  void check_mandates(Tx& tx, Instant now);
  void check_agreements(Tx& tx, Instant now);

  struct Reminder {  // That reached the network.
    std::string attempt_id;
    Instant at;
  };
  // What the platform says of an attempt: the furthest of sent, failed, delivered and read.
  struct Reported {
    int posted = 0;        // Some house may have heard it.
    int acknowledged = 0;  // The houses must know it.
  };

  Creditor creditor_;
  Law law_;
  std::vector<Mandate> mandates_;  // Those of the strategy.
  std::optional<ChargeRules> charges_;
  int64_t import_grace_ms_ = 0;
  int64_t patience_ms_ = 0;
  int64_t sends_ = 0;
  std::array<int64_t, kNevers> counts_{};
  std::vector<std::string> violations_;

  int64_t seen_event_ = 0;  // The last record of the timeline that was looked at.
  std::unordered_map<int64_t, std::string> states_;  // Of each message, by its records alone.
  std::unordered_map<std::string, std::string>
      keys_sent_;  // The attempt that carried each step to the network.
  std::unordered_map<std::string, Decided> attempts_;
  std::map<DebtorId, std::vector<Reminder>> reminders_;
  struct Answered {
    MessageId answer;
    int64_t heard = 0;
  };
  std::map<DebtorId, Answered> answered_;  // The newest answer to each person, and to what.
  std::unordered_map<std::string, Reported> reported_;  // By attempt id.
  std::deque<std::pair<Instant, std::string>> acknowledged_;
  std::set<std::string> said_;  // Ids of messages of people that were acknowledged, not yet found.
  std::unordered_map<std::string, int64_t> paid_;  // Minor units by the payment's id.
  std::map<DebtorId, std::set<std::string, std::less<>>> forbidden_;
  Instant returned_at_{0}, silent_until_{0};
  bool is_quarantined_ = false;
  std::optional<int>
      messages_per_second_;     // None: several houses, each with a pace of its own here.
  std::deque<Instant> bodies_;  // Of the last second.
  Instant slowed_at_{0};        // The platform said: too fast.
};

}  // namespace puntual::sim
