#include "tests/faults/witness.h"

#include <fmt/ranges.h>

#include <map>

#include "engine/audit.h"

namespace puntual::e2e {
namespace {

constexpr int64_t kNetworkMs =
    2000;  // What was on its way when a payment was acknowledged may still arrive.

// Of what was said, without the attempt: the same words to the same person twice are a repetition.
std::string words_of(const json::value& message) {
  const auto* content = member(message, "content");
  const auto* used = content == nullptr ? nullptr : member(*content, "template");
  return used == nullptr ? "" : member_text(message, "phone").value_or("") + to_json(*used);
}

bool is_reminder(const json::value& message) {
  const std::string words = words_of(message);
  return !words.empty() && !words.contains("pago_");
}

// The hours of Colombia's law for collection (Ley 2300: Monday to Friday 7 to 19, Saturday 8 to
// 15), worked out here anew.
bool is_in_hours(Instant at) {
  const int64_t minutes = (at.ms - 5 * kHourMs) / kMinuteMs;
  const int64_t weekday = (minutes / (24 * 60) + 3) % 7;  // 0: Monday; the epoch was a Thursday.
  const int64_t of_day = minutes % (24 * 60);
  if (weekday == 6) return false;
  return weekday == 5 ? of_day >= 8 * 60 && of_day < 15 * 60 : of_day >= 7 * 60 && of_day < 19 * 60;
}

class Look {
 public:
  Look(const House& house, const Acknowledged& acknowledged)
      : house_(house), acknowledged_(acknowledged) {}

  Verdict run() {
    at_the_platform();
    const auto store = house_.look();
    if (!store) {
      count(verdict_.lost, "the database cannot be read: " + store.error().message);
      return verdict_;
    }
    const auto looked = (*store)->read([&](Tx& tx) {
      for_what_was_acknowledged(tx);
      at_the_order_of_events(tx);
      for (const auto& one : tx.ledger.mismatches(CreditorId{1}, 100))
        count(verdict_.imbalance, "books: " + one);
      for (const auto& fault : engine::verify_audit(tx, {}).faults)
        count(verdict_.broken_chains, "audit: " + fault.what_es);
      if (const auto left = tx.outbox.count(CreditorId{1}, MessageState::InFlight))
        count(verdict_.unended, fmt::format("{} in flight for ever", left));
    });
    if (!looked) count(verdict_.lost, "the database cannot be read: " + looked.error().message);
    return verdict_;
  }

 private:
  void count(int& kind, std::string detail) {
    ++kind;
    verdict_.details.push_back(std::move(detail));
  }

  void at_the_platform() {
    std::map<std::string, Silence> silent;
    for (const auto& one : acknowledged_.silences)
      silent.try_emplace("+" + one.person.wa_id(), one);
    std::map<std::string, int> said;
    for (const auto& message : house_.sent()) {
      ++verdict_.sent;
      const std::string words = words_of(message);
      if (!words.empty() && ++said[words] > 1) count(verdict_.twice, "said twice: " + words);
      const Instant at =
          parse_rfc3339(member_text(message, "at").value_or("")).value_or(Instant{0});
      if (!is_reminder(message)) continue;
      if (!is_in_hours(at))
        count(verdict_.outside_window, "outside the hours: " + to_json(message));
      const auto found = silent.find(member_text(message, "phone").value_or(""));
      if (found != silent.end() && at - found->second.since > kNetworkMs) {
        count(verdict_.after_known, fmt::format("after {} at {}: {}", found->second.why,
                                                format_utc(found->second.since), to_json(message)));
      }
    }
  }

  void for_what_was_acknowledged(Tx& tx) {
    const auto look_for = [&](store::Sql sql, const std::string& id) {
      ++verdict_.acknowledged;
      if (!tx.db.query(sql, {id}).next()) count(verdict_.lost, "lost: " + id);
    };
    for (const auto& id : acknowledged_.messages)
      look_for("SELECT 1 FROM conversation_message WHERE platform_id=$1", id);
    for (const auto& id : acknowledged_.payments)
      look_for("SELECT 1 FROM payment WHERE source_id=$1", id);
    for (const auto& one : acknowledged_.imported)
      look_for("SELECT 1 FROM invoice WHERE number=$1", one.invoice());
  }

  // What happened to the person of a message, in its order.
  static std::string story_of(Tx& tx, MessageId message) {
    std::string story;
    const auto found = tx.outbox.find(CreditorId{1}, message);
    if (!found) return story;
    for (const auto& event : tx.timeline.of_debtor(CreditorId{1}, found->debtor_id)) {
      story += fmt::format("{} {} {} {} {}; ", event.id, format_utc(event.at), event.kind,
                           event.message_id.value, event.detail);
    }
    return story;
  }

  // By the order of commits, which the timeline keeps (INV-02, INV-04): no intent to send a
  // reminder comes after the payment of what it is about, or after the person's stop. Of one node:
  // ids of several are as far apart as their clocks.
  void at_the_order_of_events(Tx& tx) {
    auto late = tx.db.query(
        "SELECT s.message_id, k.kind FROM timeline s JOIN outbox o ON o.creditor_id=s.creditor_id "
        "AND o.id=s.message_id "
        "JOIN timeline k ON k.creditor_id=s.creditor_id AND k.debtor_id=s.debtor_id AND k.id < "
        "s.id AND ((k.id >> 16) & 63)=((s.id >> 16) & 63) "
        "WHERE s.kind='sending' AND o.urgent=0 AND k.kind IN ('paid', 'opted_out')");
    while (late.next())
      count(verdict_.after_known,
            fmt::format("message {} was let go after '{}'; {}", late.integer(0), late.view(1),
                        story_of(tx, MessageId{late.integer(0)})));
    // One attempt id is one body: two rows with the same would be two bodies that cannot be told
    // apart.
    auto same = tx.db.query(
        "SELECT attempt_id FROM outbox WHERE attempt_id <> '' GROUP BY attempt_id HAVING COUNT(*) "
        "> 1");
    while (same.next()) count(verdict_.twice, "attempt used twice: " + same.text(0));
    if (const auto poison = tx.inbox.poison_count(CreditorId{1}))
      count(verdict_.lost, fmt::format("{} events set aside as poison", poison));
  }

  const House& house_;
  const Acknowledged& acknowledged_;
  Verdict verdict_;
};

}  // namespace

std::string Verdict::text() const {
  return fmt::format(
      "acknowledged {} · sent {} · lost acknowledged webhooks {} · sent twice {} · outside the "
      "window {} · after a known payment or stop {} · "
      "ledger imbalance {} · broken chains {} · in flight for ever {}\n{}",
      acknowledged, sent, lost, twice, outside_window, after_known, imbalance, broken_chains,
      unended, fmt::join(details, "\n"));
}

Verdict look_at(const House& house, const Acknowledged& acknowledged) {
  return Look(house, acknowledged).run();
}

}  // namespace puntual::e2e
