#include "engine/proof.h"

#include <algorithm>
#include <charconv>

#include "core/compliance/rule_book.h"
#include "engine/agreement_paper.h"
#include "engine/agreement_record.h"
#include "engine/decision_record.h"

namespace puntual::engine {
namespace {

// The anchor whose tree holds this record; null: none yet.
const audit::Anchor* covering(const std::vector<audit::Anchor>& anchors,
                              const TimelineEvent& record) {
  const audit::ChainId chain = audit::chain_of(record);
  const auto found = std::ranges::find_if(anchors, [&](const audit::Anchor& anchor) {
    return anchor.chain == chain && anchor.after_id < record.id && record.id <= anchor.last_id;
  });
  return found == anchors.end() ? nullptr : &*found;
}

std::vector<TimelineEvent> records_of(Tx& tx, const OutboxMessage& message) {
  return tx.timeline.of_message(message.creditor_id, message.debtor_id, message.id);
}

audit::ProofRecord prove(Tx& tx, TimelineEvent record, const audit::Anchor& anchor) {
  std::vector<std::string> hashes;
  size_t index = 0;
  tx.timeline.each_between(anchor.chain, anchor.after_id, anchor.last_id,
                           [&](const TimelineEvent& one) {
                             if (one.id == record.id) index = hashes.size();
                             hashes.push_back(one.hash);
                           });
  audit::ProofRecord proven{
      .record = std::move(record), .before = {}, .path = audit::merkle_path(hashes, index)};
  proven.before = tx.timeline.hash_before(proven.record);
  return proven;
}

Result<void> prove_all(Tx& tx, std::vector<TimelineEvent> records,
                       const std::vector<audit::Anchor>& anchors, audit::Proof& proof) {
  for (auto& record : records) {
    const audit::Anchor* anchor = covering(anchors, record);
    if (anchor == nullptr)
      return fail(ErrorCode::Conflict,
                  "record {} has no anchor yet (make one with: puntual audit anchor)", record.id);
    proof.records.push_back(prove(tx, std::move(record), *anchor));
    const auto known = std::ranges::find(proof.anchors, anchor->last_id, &audit::Anchor::last_id);
    proof.records.back().anchor = static_cast<size_t>(known - proof.anchors.begin());
    if (known == proof.anchors.end()) proof.anchors.push_back(*anchor);
  }
  return {};
}

// That it was made, and what became of it.
std::vector<TimelineEvent> records_of(Tx& tx, const Agreement& agreement) {
  auto records = tx.timeline.of_debtor(agreement.creditor_id, agreement.debtor_id);
  const std::string name = fmt::format(" {} ", agreement.id.value);
  std::erase_if(records, [&](const TimelineEvent& one) {
    return !one.kind.starts_with("agreement_") || !one.detail.contains(name);
  });
  return records;
}

// What has left and speaks of it: in a chat the offer is the last answer before it was made; its
// confirmation was planned with it.
std::vector<OutboxMessage> messages_about(Tx& tx, const Agreement& agreement) {
  const std::string paper = fmt::format("{}:{}", kPaperStep, agreement.id.value),
                    reminder = fmt::format("agreement:{}:", agreement.id.value);
  auto messages = tx.outbox.of_debtor(agreement.creditor_id, agreement.debtor_id);
  std::erase_if(messages, [](const OutboxMessage& one) { return !one.in_flight_at; });
  std::optional<MessageId> offer;
  for (const auto& one : messages) {
    if (agreement.through == "chat" && one.step == "reply" && one.in_flight_at < agreement.made_at)
      offer = one.id;
  }
  std::erase_if(messages, [&](const OutboxMessage& one) {
    const bool is_confirmation = one.step == "reply" && one.planned_at == agreement.made_at;
    return one.id != offer && !is_confirmation && one.dedupe_key != paper &&
           !one.dedupe_key.starts_with(reminder);
  });
  return messages;
}

bool lacks_anchor(Tx& tx, const std::vector<TimelineEvent>& records) {
  const auto anchors = tx.timeline.anchors();
  return std::ranges::any_of(
      records, [&](const TimelineEvent& record) { return covering(anchors, record) == nullptr; });
}

// The address that the commitment was made to: theirs may have changed since.
std::string address_of_commitment(Tx& tx, const OutboxMessage& message,
                                  std::string_view commitment) {
  const auto debtor = tx.debtors.find(message.creditor_id, message.debtor_id);
  if (!debtor || message.salt.empty()) return {};
  std::vector<std::string> known{debtor->phone, debtor->user_id};
  for (auto& identifier : tx.debtors.identifiers(message.creditor_id, message.debtor_id))
    known.push_back(std::move(identifier.value));
  const auto found = std::ranges::find_if(known, [&](const std::string& address) {
    return !address.empty() && commitment_to(message.salt, address) == commitment;
  });
  return found == known.end() ? std::string() : *found;
}

}  // namespace

Result<OutboxMessage> find_message(Tx& tx, const Creditor& creditor, std::string_view name) {
  MessageId id;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id.value);
  if (error != std::errc{} || end != name.data() + name.size()) {
    const auto named = tx.outbox.find_by_platform_id(creditor.id, name);
    id = named ? named->id : MessageId{};
  }
  auto found = tx.outbox.find(creditor.id, id);
  if (!found) {
    return fail(
        ErrorCode::NotFound,
        "'{}': no such message (expected its id as 'puntual explain' shows it, or WhatsApp's)",
        name);
  }
  return *std::move(found);
}

bool needs_anchor(Tx& tx, const OutboxMessage& message) {
  return lacks_anchor(tx, records_of(tx, message));
}

Result<Agreement> find_agreement(Tx& tx, const Creditor& creditor, std::string_view name) {
  AgreementId id;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), id.value);
  auto found = error == std::errc{} && end == name.data() + name.size()
                   ? tx.agreements.find(creditor.id, id)
                   : std::nullopt;
  if (!found)
    return fail(
        ErrorCode::NotFound,
        "agreement '{}' does not exist (expected its id as 'puntual agreement list' shows it)",
        name);
  return *std::move(found);
}

bool needs_anchor(Tx& tx, const Agreement& agreement) {
  if (lacks_anchor(tx, records_of(tx, agreement))) return true;
  return std::ranges::any_of(messages_about(tx, agreement),
                             [&](const OutboxMessage& one) { return needs_anchor(tx, one); });
}

Result<audit::AgreementProof> make_agreement_proof(Tx& tx, const Creditor& creditor,
                                                   const Agreement& agreement, Instant now,
                                                   const Law& law) {
  auto records = records_of(tx, agreement);
  if (records.empty() || !is_as_recorded(agreement, records.front())) {
    return fail(ErrorCode::Unsafe,
                "agreement {} is not what the timeline recorded when it was made: look with "
                "'puntual audit verify'",
                agreement.id.value);
  }
  audit::AgreementProof proof{.agreement = agreement.id,
                              .words = agreement.salt.empty() ? std::string() : agreement.words,
                              .salt = agreement.salt,
                              .terms = {},
                              .messages = {}};
  const auto debtor = tx.debtors.find(creditor.id, agreement.debtor_id);
  proof.terms.made_at = now;
  proof.terms.creditor_name = creditor.name;
  proof.terms.is_forgotten = debtor && debtor->erased_at;
  RETURN_IF_ERROR(prove_all(tx, std::move(records), tx.timeline.anchors(), proof.terms));
  for (const auto& message : messages_about(tx, agreement)) {
    ASSIGN_OR_RETURN(proof.messages.emplace_back(), make_proof(tx, creditor, message, now, law));
  }
  return proof;
}

Result<audit::Proof> make_proof(Tx& tx, const Creditor& creditor, const OutboxMessage& message,
                                Instant now, const Law& law) {
  audit::Proof proof{.made_at = now,
                     .message = message.id,
                     .text = message.text,
                     .address = {},
                     .salt = {},
                     .records = {},
                     .anchors = {},
                     .creditor_name = creditor.name,
                     .platform_id = message.platform_id,
                     .rules = {}};
  const auto debtor = tx.debtors.find(creditor.id, message.debtor_id);
  proof.is_forgotten = debtor && debtor->erased_at;
  RETURN_IF_ERROR(prove_all(tx, records_of(tx, message), tx.timeline.anchors(), proof));
  const json::object facts = audit::facts_of_last_sending(proof);
  if (facts.empty()) {
    return fail(ErrorCode::Conflict,
                "message {} has never been handed over; see why with: puntual explain {}",
                message.id.value, message.id.value);
  }
  proof.address = address_of_commitment(tx, message, member_text(facts, "to").value_or(""));
  if (!proof.address.empty()) proof.salt = message.salt;
  for (const auto& id :
       facts.contains("rule_ids") ? facts.at("rule_ids").as_array() : json::array()) {
    const compliance::Rule* rule = law.book().find_rule(id.as_string());
    proof.rules.push_back(
        {std::string(id.as_string()),
         rule == nullptr ? "" : std::string(rule->law.empty() ? rule->value : rule->law),
         rule == nullptr ? "" : std::string(rule->confidence),
         rule == nullptr ? "" : std::string(rule->source)});
  }
  return proof;
}

}  // namespace puntual::engine
