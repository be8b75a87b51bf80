// May a planned message whose time has come leave now, and with which words? Asked when it is
// claimed, in the transaction that makes the intent to send durable, so that nothing comes in
// between.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/decision_record.h"
#include "engine/desk.h"
#include "engine/people_at_hand.h"
#include "store/store.h"

namespace puntual::engine {

inline constexpr int64_t kTemplateRetryMs = 15 * kMinuteMs;

// What to do with one planned message whose time has come.
struct Claim {
  enum class Answer : uint8_t { Send, Cancel, Postpone, Expire } answer = Answer::Cancel;
  std::string reasons;
  std::optional<Instant> next_allowed;  // What its record says of when it may be otherwise.
  std::optional<Decision> decision;     // None: there was no need to ask the gate.

  // It may leave, but not yet: for a reason that is not the gate's.
  void put_off(std::string why, Instant at) {
    answer = Answer::Postpone;
    reasons = std::move(why);
    next_allowed = at;
  }
};

// What the platform says of the templates of a batch: few names, asked for once each.
class Approvals {
 public:
  Approvals(Tx& tx, CreditorId creditor) : tx_(tx), creditor_(creditor) {}
  // A template must be approved when it is handed over; a planned message waits for that.
  [[nodiscard]] std::optional<std::string> trouble_of(const OutboxMessage& message) {
    if (message.kind != "template") return std::nullopt;
    auto known = std::ranges::find_if(known_, [&](const Known& one) {
      return one.name == message.template_name && one.language == message.language;
    });
    if (known == known_.end()) {
      known = known_.insert(
          known_.end(), {message.template_name, message.language,
                         tx_.templates.status(creditor_, message.template_name, message.language)});
    }
    if (known->status == "APPROVED") return std::nullopt;
    return "TEMPLATE_" + (known->status.empty() ? "UNKNOWN" : known->status);
  }

 private:
  struct Known {
    std::string name, language, status;
  };
  Tx& tx_;
  CreditorId creditor_;
  std::vector<Known> known_;
};

// One planned message while it is judged.
struct Case {
  OutboxMessage& message;
  const PersonAtHand& person;
  Zone zone;
  ContactRequest request;
  Instant now;
  Approvals& approvals;

  // Without the gate having been asked.
  [[nodiscard]] static Claim no(Claim::Answer answer, std::string reasons,
                                std::optional<Instant> until = {}) {
    return {.answer = answer, .reasons = std::move(reasons), .next_allowed = until, .decision = {}};
  }
  [[nodiscard]] Claim by_gate(Decision decision) const {
    Claim claim{
        .reasons = codes_of(decision), .next_allowed = decision.next_allowed, .decision = {}};
    if (decision.allowed) {
      claim.answer = Claim::Answer::Send;
    } else if (claim.next_allowed) {
      claim.answer = *claim.next_allowed < message.expires_at ? Claim::Answer::Postpone
                                                              : Claim::Answer::Expire;
    }
    claim.decision = std::move(decision);
    return claim;
  }
  // The case as it is written down.
  [[nodiscard]] DecisionCase told(const Claim& claim) const {
    return {.request = request,
            .facts = person.facts,
            .decision = claim.decision ? &*claim.decision : nullptr,
            .message = &message,
            .zone = zone,
            .address = person.address,
            .reasons = claim.reasons};
  }
  [[nodiscard]] std::string why_not(const Claim& claim) const {
    return facts_of_no(told(claim), claim.next_allowed, now);
  }
};

// What of it is still owed, the lead first.
[[nodiscard]] std::vector<Invoice> still_owed(const PersonAtHand& person,
                                              const OutboxMessage& message);

// A reminder says what is true when it leaves, not what was true when it was planned: paid invoices
// are no longer named, amounts are today's. Its document stays behind where the platform does not
// take it, or `no_document` says why: the words say as much without it.
Result<void> bring_up_to_date(Tx& tx, const Desk& desk, const Creditor& creditor, const Case& c,
                              std::span<const Invoice> open, std::string_view no_document = {});

[[nodiscard]] Claim judge(Tx& tx, const Desk& desk, const Creditor& creditor, Case& c);

}  // namespace puntual::engine
