#include "engine/quarantine.h"

#include <algorithm>
#include <charconv>

#include "base/json.h"
#include "core/strategy/caps.h"
#include "engine/answer.h"
#include "engine/contact_facts.h"
#include "engine/identify.h"
#include "engine/note.h"

namespace puntual::engine {
namespace {

constexpr char kQuarantineFact[] = "quarantine";
constexpr char kNameFact[] = "deployment_name";
constexpr size_t kPeopleATransaction = 500;
// The caps of law and strategy look back a week; the day that has begun is one more.
constexpr int32_t kDaysCounted = 8;
constexpr char kGapFact[] = "quarantine_gap";  // Since when the database may lack what was sent.

std::optional<Instant> instant_of(std::string_view text) {
  Instant at;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), at.ms);
  return error == std::errc{} ? std::optional(at) : std::nullopt;
}

// What may have been said to one person between the last moment that the database knows and the
// cut-off.
class Gap {
 public:
  Gap(Tx& tx, const Desk& desk, const Creditor& creditor, const CutOff& cut_off, Instant now)
      : tx_(tx),
        strategy_(desk.strategy_of(creditor)),
        creditor_(creditor),
        cut_off_(cut_off),
        now_(now),
        since_(std::min(instant_of(tx.creditors.fact(kGapFact)).value_or(Instant{0}),
                        cut_off.sent_until)) {}

  void close_for(const Debtor& debtor, GapReport& report) {
    tx_.debtors.hold(creditor_.id, {debtor.id});
    const CivilDate last_day = home_zone(debtor, creditor_).local(cut_off_.sent_until).date;
    const int cancelled = cancel_planned(debtor, last_day);
    count_steps_as_said(debtor, last_day);
    report.cancelled += cancelled;
    // What is due now is no sign: who was reminded may have paid since, and the lost server may
    // have had other dates.
    if (cancelled == 0 && !tx_.invoices.has_owed_since(creditor_.id, debtor.id, since_)) return;
    ++report.people;
    note_possible_contacts(debtor);
    const Address address = address_in_use(tx_, debtor);
    if (address.state == AddressState::Unconfirmed && !address_value(debtor).empty())
      note_asked(tx_, debtor, cut_off_.sent_until);
    tx_.debtors.review_now(creditor_.id, debtor.id, now_);
  }

 private:
  int cancel_planned(const Debtor& debtor, CivilDate last_day) {
    int cancelled = 0;
    const auto planned = tx_.outbox.planned_of(creditor_.id, store::People({debtor.id}));
    for (const auto& message : planned.front()) {
      if (!may_have_been_sent(message, last_day)) continue;
      if (!tx_.outbox.to_cancelled(creditor_.id, message.id, now_, "QUARANTINE")) continue;
      tx_.timeline.append({.creditor_id = creditor_.id,
                           .debtor_id = debtor.id,
                           .at = now_,
                           .kind = "cancelled",
                           .message_id = message.id,
                           .invoice_id = message.lead_invoice_id,
                           .payment_id = message.payment_id,
                           .detail = "QUARANTINE"},
                          tx_.ids);
      answer_lost(tx_, message, now_);
      ++cancelled;
    }
    return cancelled;
  }

  // Planned before the cut-off, or since then about something that the lost instance knew of as
  // well.
  bool may_have_been_sent(const OutboxMessage& message, CivilDate last_day) {
    if (message.planned_at <= cut_off_.sent_until || message.purpose == Purpose::IdentityCheck)
      return true;
    if (message.payment_id) {
      const auto payment = tx_.payments.find(creditor_.id, message.payment_id);
      return !payment || payment->paid_on <= last_day;
    }
    if (!is_collection(message.purpose)) return false;
    const auto lead = tx_.invoices.find(creditor_.id, message.lead_invoice_id);
    return !lead || !lead->due_on || lead->last_step_day <= last_day - *lead->due_on;
  }

  // By any cadence: the person may have been of another segment.
  void count_steps_as_said(const Debtor& debtor, CivilDate last_day) {
    for (const auto& invoice : tx_.invoices.open_of(creditor_.id, debtor.id)) {
      if (!invoice.due_on) continue;
      const int32_t age = last_day - *invoice.due_on;
      const auto is_due = [&](const Step& step) {
        return step.day > invoice.last_step_day && step.day <= age;
      };
      if (std::ranges::none_of(strategy_.cadences, [&](const Cadence& cadence) {
            return std::ranges::any_of(cadence.steps, is_due);
          }))
        continue;
      tx_.invoices.set_step(creditor_.id, invoice.id, age,
                            std::max(invoice.last_step_on.value_or(last_day), last_day));
    }
  }

  // As contacts that were made elsewhere, which all caps of law and strategy count: one on each
  // local day of the gap (on a holiday as well, as the lost server's settings are not known), as
  // late on that day as may be.
  void note_possible_contacts(const Debtor& debtor) {
    const Zone zone = home_zone(debtor, creditor_);
    const CivilDate last_day = zone.local(cut_off_.sent_until).date;
    const CivilDate first_day = std::max(zone.local(since_).date, last_day - (kDaysCounted - 1));
    bool is_news = false;
    for (CivilDate day = first_day; day <= last_day; day = day + 1) {
      is_news |= note_possible_contact(debtor,
                                       std::min(zone.instant(day + 1, 0) - 1, cut_off_.sent_until));
    }
    if (is_news)
      note(tx_, creditor_.id, debtor.id, now_, "possibly_contacted",
           format_utc(cut_off_.sent_until));
  }

  bool note_possible_contact(const Debtor& debtor, Instant at) {
    store::ConversationMessage contact;
    contact.id = tx_.ids.next<MessageId>(now_).value;
    contact.creditor_id = creditor_.id;
    contact.debtor_id = debtor.id;
    contact.platform_id = fmt::format("quarantine:{}:{}", debtor.id.value, at.ms);
    contact.direction = Direction::Out;
    contact.at = at;
    contact.received_at = now_;
    contact.type = "possible";
    return tx_.conversation.insert(contact);
  }

  Tx& tx_;
  const Strategy& strategy_;
  const Creditor& creditor_;
  const CutOff& cut_off_;
  Instant now_, since_;
};

Result<void> check_cut_off(const std::optional<Quarantine>& quarantine, const CutOff& cut_off,
                           Instant now) {
  if (!quarantine) return fail(ErrorCode::Conflict, "sending is not in quarantine");
  if (cut_off.by.empty())
    return fail(ErrorCode::Invalid,
                "by is empty: name who says until when may have been sent (--by 'Marta Ruiz, "
                "registro del servidor')");
  if (cut_off.sent_until > now)
    return fail(ErrorCode::Invalid,
                "sent_until is in the future: give the moment at which the lost server stopped");
  // A clock that was ahead when it said so must not keep the quarantine on for ever.
  if (quarantine->known_to && cut_off.sent_until < std::min(*quarantine->known_to, now)) {
    return fail(ErrorCode::Invalid,
                "sent_until is {}, but the server was alive at {}: give a moment not before that",
                format_utc(cut_off.sent_until), format_utc(*quarantine->known_to));
  }
  return {};
}

}  // namespace

std::optional<std::string_view> why_quarantine(Tx& tx, const DatabaseMark& remembered,
                                               std::string_view incarnation,
                                               bool has_synchronous_standbys) {
  if (remembered.deployment.empty()) return std::nullopt;
  const std::string name = tx.creditors.fact(kNameFact);
  if (name.empty()) return "older_database";  // Copied, or made anew, before it had one.
  if (name != remembered.deployment) return std::nullopt;
  const auto has_newest = [&](const Creditor& creditor) {
    return tx.timeline.has(creditor.id, remembered.newest_record);
  };
  if (remembered.newest_record != 0 && std::ranges::none_of(tx.creditors.all(), has_newest))
    return "older_database";
  if (remembered.incarnation != incarnation && !has_synchronous_standbys) return "failover";
  return std::nullopt;
}

DatabaseMark mark_of(Tx& tx, std::string incarnation, Instant now) {
  DatabaseMark mark{.deployment = tx.creditors.fact(kNameFact),
                    .newest_record = 0,
                    .at = now,
                    .incarnation = std::move(incarnation)};
  for (const auto& creditor : tx.creditors.all()) {
    for (const auto& event : tx.timeline.latest(creditor.id, 0, 1))
      mark.newest_record = std::max(mark.newest_record, event.id);
  }
  return mark;
}

void name_deployment(Tx& tx, Random& random) {
  if (tx.creditors.fact(kNameFact).empty()) tx.creditors.set_fact(kNameFact, random.hex128());
}

std::optional<Quarantine> quarantine_of(Tx& tx) {
  const std::string fact = tx.creditors.fact(kQuarantineFact);
  if (fact.empty()) return std::nullopt;
  const auto document = parse_json(fact);
  // What cannot be read holds all the same.
  if (!document) return Quarantine{.since = {}, .why = "unreadable", .known_to = {}};
  return Quarantine{
      .since = instant_of(member_text(*document, "since").value_or("")).value_or(Instant{}),
      .why = member_text(*document, "why").value_or(""),
      .known_to = instant_of(member_text(*document, "known_to").value_or(""))};
}

void raise_quarantine(Tx& tx, std::string_view why, Instant now, std::optional<Instant> last_seen,
                      std::string_view by) {
  const auto standing = quarantine_of(tx);
  const auto known_to = std::max(
      standing ? standing->known_to : instant_of(tx.creditors.fact("alive_at")), last_seen);
  if (standing && standing->known_to == known_to) return;
  tx.creditors.set_fact(
      kQuarantineFact,
      to_json(json::object{{"since", std::to_string((standing ? standing->since : now).ms)},
                           {"why", standing ? standing->why : std::string(why)},
                           {"known_to", known_to ? std::to_string(known_to->ms) : std::string()}}));
  if (standing) return;
  const std::string told = by.empty() ? std::string(why) : fmt::format("{} by {}", why, by);
  for (const auto& creditor : tx.creditors.all())
    note(tx, creditor.id, {}, now, "quarantined", told);
  tx.creditors.set_fact(kGapFact, tx.creditors.fact("alive_at"));
}

Result<GapReport> lift_quarantine(Store& store, const Desk& desk, const CutOff& cut_off,
                                  Instant now) {
  const auto quarantine = store.read([](Tx& tx) { return quarantine_of(tx); });
  if (!quarantine) return std::unexpected(quarantine.error());
  RETURN_IF_ERROR(check_cut_off(*quarantine, cut_off, now));
  ASSIGN_OR_RETURN(const auto creditors, store.read([](Tx& tx) { return tx.creditors.all(); }));
  GapReport report;
  for (const auto& creditor : creditors) {
    ASSIGN_OR_RETURN(const auto people,
                     store.read([&](Tx& tx) { return tx.debtors.all(creditor.id); }));
    for (size_t first = 0; first < people.size(); first += kPeopleATransaction) {
      const auto some =
          std::span(people).subspan(first, std::min(kPeopleATransaction, people.size() - first));
      ASSIGN_OR_RETURN(report, store.write([&](Tx& tx) {
        GapReport so_far = report;
        Gap gap(tx, desk, creditor, cut_off, now);
        for (const auto id : some) {
          const auto debtor = tx.debtors.find(creditor.id, id);
          if (debtor && !debtor->erased_at) gap.close_for(*debtor, so_far);
        }
        return so_far;
      }));
    }
  }
  RETURN_IF_ERROR(store.write([&](Tx& tx) {
    tx.creditors.set_fact(kQuarantineFact, "");
    tx.creditors.set_fact(kGapFact, "");
    for (const auto& creditor : creditors) {
      note(tx, creditor.id, {}, now, "quarantine_lifted",
           fmt::format("sent_until {} by {}", format_utc(cut_off.sent_until), cut_off.by));
    }
  }));
  return report;
}

}  // namespace puntual::engine
