// What a house decides, and what reaches the network.
#include "sim/oracle.h"

#include <algorithm>
#include <charconv>

#include "base/json.h"
#include "base/phone.h"
#include "core/compliance/rule_book.h"
#include "engine/contact_facts.h"

namespace puntual::sim {
namespace {

constexpr int kWeekMax = 3;  // Of the house and of the shipped strategies.
constexpr int64_t kDowntimeMs = 5 * kMinuteMs, kHoldOffMs = 15 * kMinuteMs;  // INV-25
constexpr int kTooFast = 130429;              // So the platform calls it.
constexpr int64_t kClocksMs = 5 * kSecondMs;  // The houses' clocks and ours are this close.

bool collects(Purpose purpose) { return purpose == Purpose::PreDue || purpose == Purpose::Overdue; }

// Minutes of the day in which collection may be sent on this weekday, by the strict reading of the
// pack.
compliance::DayHours hours_of(const Law& law, std::string_view country, Weekday day) {
  const auto* land = law.book().find(country);
  return land == nullptr ? compliance::kClosed
                         : land->pack.messages.strict.days[static_cast<size_t>(day)];
}

struct Wished {
  bool names_day = false;
  bool is_open = false;
};
Wished wished_at(const ConsumerHours& hours, const LocalTime& local) {
  Wished wished;
  for (const auto& interval : hours.intervals) {
    if ((interval.weekdays >> static_cast<int>(weekday_of(local.date)) & 1) == 0) continue;
    wished.names_day = true;
    wished.is_open |= local.ms_of_day >= interval.from_ms && local.ms_of_day < interval.to_ms;
  }
  return wished;
}

int64_t number_of(Tx& tx, store::Sql sql, std::initializer_list<store::Param> params) {
  auto rows = tx.db.query(sql, params);
  return rows.next() && !rows.is_null(0) ? rows.integer(0) : 0;
}

}  // namespace

void Oracle::violation(std::string_view invariant, Instant now, Never kind, std::string_view what) {
  ++counts_[static_cast<size_t>(kind)];
  if (violations_.size() < 100)
    violations_.push_back(fmt::format("{} {}: {}", format_utc(now), invariant, what));
}

std::optional<Oracle::Row> Oracle::row_of(Tx& tx, MessageId id) const {
  auto rows = tx.db.query(
      "SELECT debtor_id, purpose, dedupe_key, state, kind, template, language, covered, "
      "attempt_id, pack_version, strategy_version, "
      "template_version, ttl_seconds, deadline_at, channel FROM outbox WHERE creditor_id = $1 AND "
      "id = $2",
      {creditor_.id, id});
  if (!rows.next()) return std::nullopt;
  return Row{.id = id,
             .debtor = rows.id<DebtorId>(0),
             .purpose = purpose_of(rows.view(1)).value_or(Purpose::Overdue),
             .channel = channel_of(rows.view(14)).value_or(Channel::WhatsApp),
             .key = rows.text(2),
             .state = rows.text(3),
             .kind = rows.text(4),
             .template_name = rows.text(5),
             .language = rows.text(6),
             .covered = rows.text(7),
             .attempt_id = rows.text(8),
             .pack_version = rows.text(9),
             .strategy_version = rows.text(10),
             .template_version = rows.text(11),
             .ttl_seconds = rows.integer(12),
             .deadline = rows.instant(13)};
}

void Oracle::see_commit(Tx& tx, Instant now) {
  struct Event {
    MessageId message;
    std::string kind;
  };
  std::vector<Event> fresh;
  // All houses write through one store, whose ids rise.
  auto rows = tx.db.query(
      "SELECT id, kind, message_id FROM timeline WHERE creditor_id = $1 AND id > $2 ORDER BY id",
      {creditor_.id, seen_event_});
  while (rows.next()) {
    seen_event_ = rows.integer(0);
    if (rows.integer(2) != 0) fresh.push_back({rows.id<MessageId>(2), rows.text(1)});
  }
  for (const auto& event : fresh) {
    check_move(event.message, event.kind, now);
    if (event.kind != "sending") continue;
    if (const auto message = row_of(tx, event.message)) check_decision(tx, *message, now);
  }
}

// INV-16: each move of a message has its record, and is one that docs/message-states.md draws.
void Oracle::check_move(MessageId id, std::string_view kind, Instant now) {
  struct Move {
    std::string_view kind, to, from;  // From one of these, with blanks around.
  };
  static constexpr std::string_view kGone =
      " in_flight accepted sent uncertain unconfirmed failed delivered ";
  static constexpr Move kMoves[] = {{"proposed", "planned", "  "},
                                    {"sending", "in_flight", " planned "},
                                    {"try_later", "planned", " in_flight "},
                                    {"cancelled", "cancelled", " planned "},
                                    {"expired", "expired", " planned "},
                                    {"rejected", "rejected", " in_flight "},
                                    {"uncertain", "uncertain", " in_flight "},
                                    {"unconfirmed", "unconfirmed", " uncertain "},
                                    {"accepted", "accepted", " in_flight uncertain "},
                                    {"sent", "sent", kGone},
                                    {"delivered", "delivered", kGone},
                                    {"read", "read", kGone},
                                    {"failed", "failed", kGone}};
  const auto move = std::ranges::find(kMoves, kind, &Move::kind);
  if (move == std::end(kMoves)) return;
  std::string& state = states_[id.value];
  if (move->from.find(fmt::format(" {} ", state)) == std::string_view::npos) {
    const bool is_resent = move->to == "in_flight";
    violation(is_resent ? "INV-01" : "INV-16", now, is_resent ? Never::SentTwice : Never::Other,
              fmt::format("message {} goes from '{}' to {}", id.value, state, move->to));
  }
  state = move->to;
}

void Oracle::check_decision(Tx& tx, const Row& message, Instant now) {
  const auto told = [&](std::string_view what) {
    return fmt::format("message {} ({}): {}", message.id.value, message.key, what);
  };
  if (number_of(tx, "SELECT COUNT(*) FROM creditor WHERE id = $1 AND paused_at IS NOT NULL",
                {creditor_.id}) != 0) {
    violation("INV-03", now, Never::Other, told("while all sending is paused"));
  }
  if (is_quarantined_)
    violation("INV-27", now, Never::Other, told("while sending is in quarantine"));
  if (message.attempt_id.size() != 32 ||
      !attempts_.emplace(message.attempt_id, decided_on(tx, message.debtor)).second) {
    violation("INV-13", now, Never::Other, told("its attempt id is not a new one"));
  }
  if (collects(message.purpose) &&
      (message.pack_version.empty() || message.strategy_version.empty() ||
       message.template_version.empty())) {
    violation("INV-24", now, Never::Other, told("a version is not kept with the attempt"));
  }
  if (message.kind == "template" && message.ttl_seconds <= 0)
    violation("INV-22", now, Never::Other, told("it lives for ever"));
  if (message.kind == "template" &&
      number_of(tx,
                "SELECT COUNT(*) FROM template_state WHERE creditor_id = $1 AND name = $2 AND "
                "language = $3 AND status = 'APPROVED'",
                {creditor_.id, message.template_name, message.language}) == 0) {
    violation("INV-22", now, Never::Other, told("its template is not approved"));
  }
  check_person(tx, message, now);
  if (message.channel != Channel::WhatsApp) check_on_ramp(tx, message, now);
  check_rest(tx, message, now);
  check_import_grace(tx, message, now);
  check_turn(tx, message, now);
  check_stranger(tx, message, now);
  check_debt(tx, message, now);
  check_agreed(tx, message, now);
}

// INV-03: no reminder while a claim, an agreement, a dispute, hardship or a person holds it back;
// an agreement lets its own go on, and a person of the house says what they will.
void Oracle::check_rest(Tx& tx, const Row& message, Instant now) {
  if (message.key.starts_with("person:")) return;
  if (message.purpose != Purpose::IdentityCheck && !collects(message.purpose)) return;
  const store::Sql holding = message.key.starts_with("agreement:")
                                 ? store::Sql(
                                       "SELECT COUNT(*) FROM suspension WHERE creditor_id = $1 AND "
                                       "debtor_id = $2 AND ended_at IS NULL AND "
                                       "(until IS NULL OR until > $3) AND kind <> 'agreement'")
                                 : store::Sql(
                                       "SELECT COUNT(*) FROM suspension WHERE creditor_id = $1 AND "
                                       "debtor_id = $2 AND ended_at IS NULL AND "
                                       "(until IS NULL OR until > $3)");
  if (number_of(tx, holding, {creditor_.id, message.debtor, now + kClocksMs}) != 0) {
    violation(
        "INV-03", now, Never::Other,
        fmt::format("message {} ({}) while the reminding rests", message.id.value, message.key));
  }
}

// UX-13: a file that can still be taken back has reminded nobody whom it brought or changed.
void Oracle::check_import_grace(Tx& tx, const Row& message, Instant now) {
  if (import_grace_ms_ == 0 || message.key.starts_with("person:")) return;
  if (message.purpose != Purpose::IdentityCheck && !collects(message.purpose)) return;
  if (number_of(tx,
                "SELECT COUNT(*) FROM import_run r WHERE r.creditor_id = $1 AND r.ended_at > $3 "
                "AND r.undone_at IS NULL AND r.kind = 'portfolio' AND ("
                "EXISTS (SELECT 1 FROM invoice i WHERE i.creditor_id = $1 AND i.debtor_id = $2 AND "
                "i.id > r.id AND i.id < r.last_id) OR "
                "EXISTS (SELECT 1 FROM import_change c WHERE c.creditor_id = $1 AND c.run_id = "
                "r.id AND c.debtor_id = $2))",
                {creditor_.id, message.debtor, now + (kClocksMs - import_grace_ms_)}) != 0) {
    violation("UX-13", now, Never::Other,
              fmt::format("message {} ({}) right after a file", message.id.value, message.key));
  }
}

// At most one answer a turn: each to something that this person has written, a later answer to
// something later.
void Oracle::check_turn(Tx& tx, const Row& message, Instant now) {
  constexpr std::string_view kTurn = "turn:";
  if (!message.key.starts_with(kTurn)) return;
  int64_t heard = 0;
  std::from_chars(message.key.data() + kTurn.size(), message.key.data() + message.key.size(),
                  heard);
  const auto told = [&](std::string_view what) {
    return fmt::format("message {} ({}): {}", message.id.value, message.key, what);
  };
  if (number_of(tx,
                "SELECT COUNT(*) FROM conversation_message WHERE creditor_id = $1 AND debtor_id = "
                "$2 AND id = $3 AND direction = 'in'",
                {creditor_.id, message.debtor, heard}) == 0) {
    violation("INV-01", now, Never::Other, told("answers nothing that they wrote"));
  }
  auto& last = answered_[message.debtor];
  // What the platform refused, and is not tried again, was no answer: it may be said anew, with
  // what is true by then.
  const auto was_refused = [&] {
    return number_of(tx,
                     "SELECT COUNT(*) FROM outbox WHERE creditor_id = $1 AND id = $2 AND state IN "
                     "('cancelled', 'rejected') AND platform_id = ''",
                     {creditor_.id, last.answer}) != 0;
  };
  if (message.id > last.answer && heard <= last.heard && !was_refused())
    violation("INV-01", now, Never::SentTwice, told("a second answer to one turn"));
  if (message.id > last.answer) last = {message.id, heard};
}

void Oracle::check_person(Tx& tx, const Row& message, Instant now) {
  const auto told = [&](std::string_view what) {
    return fmt::format("message {} ({}): {}", message.id.value, message.key, what);
  };
  if (message.purpose != Purpose::OptOutAck) {
    // Of the person, of the records that a human has linked to them, and of whoever is written to
    // on the same phone.
    const auto records = linked(tx, message.debtor);
    const auto has_stopped = [&](DebtorId id) {
      return number_of(tx,
                       "SELECT COUNT(*) FROM opt_out WHERE creditor_id = $1 AND debtor_id = $2 AND "
                       "lifted_at = 0 AND channel IN ('all', $3)",
                       {creditor_.id, id, text_of(message.channel)}) != 0;
    };
    // A receipt is no collection: it leaves while they dispute the rest.
    const bool is_receipt = message.purpose == Purpose::PaymentConfirmation;
    const auto is_forbidden = [&](DebtorId id) {
      return number_of(tx,
                       "SELECT COUNT(*) FROM case_flag WHERE creditor_id = $1 AND debtor_id = $2 "
                       "AND cleared_at IS NULL AND ($3 = 0 OR flag NOT IN "
                       "('disputed', 'utility_claim_open'))",
                       {creditor_.id, id, is_receipt ? 1 : 0}) != 0;
    };
    if (std::ranges::any_of(records, has_stopped)) {
      violation("INV-04", now, Never::AfterStop, told("after the person's stop"));
    }
    if (std::ranges::any_of(records, is_forbidden)) {
      violation("INV-03", now, Never::Other, told("although the case forbids it"));
    }
  }
  // An answer to what a person has just written needs no basis but that; another way than WhatsApp,
  // where the country asks for one.
  const auto asks_for_one = [&](std::string_view country) {
    const auto* land = law_.book().find(country);
    return land != nullptr &&
           (land->pack.consent_channels >> static_cast<int>(message.channel) & 1) != 0;
  };
  const auto debtor = tx.debtors.find(creditor_.id, message.debtor);
  if (!debtor) return violation("INV-18", now, Never::Other, told("to nobody"));
  const bool needs_basis = message.channel == Channel::WhatsApp ||
                           asks_for_one(creditor_.country) || asks_for_one(debtor->country);
  if (needs_basis && message.purpose != Purpose::OptOutAck && message.purpose != Purpose::Reply) {
    // A basis that came before, and no revocation after it.
    const int64_t granted = number_of(
        tx,
        "SELECT MAX(at) FROM consent WHERE creditor_id = $1 AND debtor_id = $2 AND channel = $4 "
        "AND act = 'granted' AND instrument <> '' AND at <= $3",
        {creditor_.id, message.debtor, now + kClocksMs, text_of(message.channel)});
    const int64_t revoked = number_of(
        tx,
        "SELECT MAX(at) FROM consent WHERE creditor_id = $1 AND debtor_id = $2 AND channel = $3 "
        "AND act = 'revoked'",
        {creditor_.id, message.debtor, text_of(message.channel)});
    if (granted == 0 || granted < revoked)
      violation("INV-17", now, Never::Other, told("without a consent"));
  }
  if (const auto why = forbidden_.find(message.debtor);
      why != forbidden_.end() && !why->second.empty() && message.purpose != Purpose::OptOutAck &&
      message.purpose != Purpose::Reply) {
    violation("INV-04", now, Never::AfterStop,
              told(fmt::format("after the creditor was told: {}", *why->second.begin())));
  }
  if (debtor->role > Role::Guarantor)
    violation("INV-18", now, Never::Other, told("to somebody who owes nothing"));
  if (collects(message.purpose) || message.purpose == Purpose::PaymentConfirmation) {
    const auto address = tx.addresses.find(
        creditor_.id, debtor->id,
        debtor->phone.empty() ? debtor->user_id : canonical_of_wa_id(debtor->phone));
    if (!address || address->state != AddressState::Confirmed) {
      violation("INV-18", now, Never::Other,
                told("facts of a debt to a number that is not confirmed"));
    }
  }
}

// Another way than WhatsApp: only for whom that does not reach, without a word on what is owed,
// once a week at most.
void Oracle::check_on_ramp(Tx& tx, const Row& message, Instant now) {
  const auto told = [&](std::string_view what) {
    return fmt::format("message {} ({}): {}", message.id.value, message.key, what);
  };
  const auto debtor = tx.debtors.find(creditor_.id, message.debtor);
  const auto whole = tx.outbox.find(creditor_.id, message.id);
  if (!debtor || !whole) return;
  if (!debtor->unreachable_at && !(debtor->phone.empty() && debtor->user_id.empty()))
    violation("on-ramp", now, Never::Other, told("although WhatsApp reaches them"));
  if (message.purpose != Purpose::IdentityCheck || !message.covered.empty() ||
      whole->text.find(debtor->name) != std::string::npos) {
    violation("INV-18", now, Never::Other, told("says more than who writes"));
  }
  const int64_t others = number_of(tx,
                                   "SELECT COUNT(*) FROM outbox WHERE creditor_id = $1 AND "
                                   "debtor_id = $2 AND id <> $3 AND channel <> 'whatsapp' AND "
                                   "in_flight_at > $4",
                                   {creditor_.id, message.debtor, message.id, now - 7 * kDayMs});
  if (others != 0) violation("on-ramp", now, Never::Other, told("a second invitation in a week"));
}

// All records that a human has linked to this one, itself among them. The two halves each have an
// index.
std::vector<DebtorId> Oracle::linked(Tx& tx, DebtorId person) const {
  std::vector<DebtorId> records;
  auto rows = tx.db.query(
      "SELECT person_id FROM debtor WHERE creditor_id = $1 AND id = $2 UNION ALL SELECT k.id FROM "
      "debtor d JOIN debtor k ON "
      "k.creditor_id = d.creditor_id AND k.person_id = d.person_id AND k.person_id <> k.id WHERE "
      "d.creditor_id = $1 AND d.id = $2",
      {creditor_.id, person});
  while (rows.next()) records.push_back(rows.id<DebtorId>(0));
  return records;
}

Oracle::Decided Oracle::decided_on(Tx& tx, DebtorId person) const {
  Decided decided{.person = person, .records = linked(tx, person), .wish = {}};
  // What was asked for last holds, whichever record it was noted on.
  for (const auto id : decided.records) {
    auto wish = tx.contact_hours.of(creditor_.id, id);
    if (wish && (!decided.wish || decided.wish->asked_at < wish->hours.asked_at))
      decided.wish = std::move(wish->hours);
  }
  return decided;
}

// INV-02: by the ledger's own sums, not by the figure that the invoice carries.
void Oracle::check_debt(Tx& tx, const Row& message, Instant now) {
  if (!collects(message.purpose)) return;
  const char* at = message.covered.data();
  const char* const end = at + message.covered.size();
  while (at < end) {
    InvoiceId id;
    const auto [next, error] = std::from_chars(at, end, id.value);
    if (error != std::errc{}) break;
    at = next < end ? next + 1 : next;
    const int64_t owed = number_of(tx,
                                   "SELECT SUM(CASE WHEN debit = 'receivable' THEN amount_minor "
                                   "ELSE 0 END) - SUM(CASE WHEN credit = "
                                   "'receivable' THEN amount_minor ELSE 0 END) FROM ledger_entry "
                                   "WHERE creditor_id = $1 AND invoice_id = $2",
                                   {creditor_.id, id});
    if (owed <= 0) {
      violation("INV-02", now, Never::AfterPayment,
                fmt::format("message {} ({}): about an invoice that owes nothing", message.id.value,
                            message.key));
    }
  }
}

// INV-25: who was away listens first.
void Oracle::check_return(Tx& tx, const Row& message, Instant now) {
  if (now < silent_until_) {
    violation("INV-25", now, Never::Other,
              fmt::format("message {}: before the house has listened", message.id.value));
  } else if (returned_at_.ms != 0) {
    if (number_of(tx, "SELECT COUNT(*) FROM inbox WHERE state = 'new' AND received_at < $1",
                  {returned_at_}) != 0) {
      violation("INV-25", now, Never::Other,
                fmt::format("message {}: while news from before wait", message.id.value));
    }
    returned_at_ = {0};
  }
}

void Oracle::see_cut_off(Tx& tx, Instant sent_until, Instant now) {
  is_quarantined_ = false;
  const int64_t left = number_of(tx,
                                 "SELECT COUNT(*) FROM outbox WHERE creditor_id = $1 AND state = "
                                 "'planned' AND planned_at <= $2",
                                 {creditor_.id, sent_until});
  if (left != 0)
    violation("INV-27", now, Never::SentTwice,
              fmt::format("{} messages that the lost instance may have sent still wait to be sent",
                          left));
}

// INV-21: no more than the number's rate in any second, and silence for one after the platform has
// said that it is too much. What was handed over at that same moment could not know.
void Oracle::check_pace(MessageId id, Instant now) {
  while (!bodies_.empty() && bodies_.front() + kSecondMs <= now) bodies_.pop_front();
  bodies_.push_back(now);
  if (std::ssize(bodies_) > *messages_per_second_)
    violation("INV-21", now, Never::Other,
              fmt::format("message {}: the {}th within a second", id.value, bodies_.size()));
  if (now > slowed_at_ && now - slowed_at_ < kSecondMs)
    violation("INV-21", now, Never::Other,
              fmt::format("message {}: although the platform said that it is too fast", id.value));
}

void Oracle::see_return(Instant since, Instant now) {
  if (now - since <= kDowntimeMs + kMinuteMs) return;
  returned_at_ = now;
  silent_until_ = now + (kHoldOffMs - kClocksMs);
}

void Oracle::see_body(Tx& tx, const SendRequest& request, int64_t clock_ahead_ms, Instant now) {
  ++sends_;
  const auto message = row_of(tx, request.message_id);
  if (!message) return violation("INV-01", now, Never::Other, "a body of no message");
  const auto told = [&](std::string_view what) {
    return fmt::format("message {} ({}): {}", message->id.value, message->key, what);
  };
  if (!keys_sent_.emplace(message->key, request.attempt_id).second)
    violation("INV-01", now, Never::SentTwice, told("a second body for the same step"));
  if (!attempts_.contains(request.attempt_id))
    violation("INV-01", now, Never::Other, told("its intent was not durable"));
  if (now > request.deadline + kClocksMs)
    violation("INV-01", now, Never::Other, told("after its deadline"));
  if (std::abs(clock_ahead_ms) > kMinuteMs)
    violation("INV-07", now, Never::Other,
              told(fmt::format("by a clock that is {} s ahead", clock_ahead_ms / kSecondMs)));
  check_return(tx, *message, now);
  if (messages_per_second_ && message->channel == Channel::WhatsApp) check_pace(message->id, now);
  const auto debtor = tx.debtors.find(creditor_.id, message->debtor);
  if (!debtor) return;
  const std::string& on_whatsapp = debtor->phone.empty() ? debtor->user_id : debtor->phone;
  const std::string& address = message->channel == Channel::Email ? debtor->email
                               : message->channel == Channel::Sms ? debtor->phone
                                                                  : on_whatsapp;
  if (request.channel != message->channel || request.recipient != address)
    violation("INV-18", now, Never::Other, told("to another address than the person's"));
  // Of the moment that it leaves: a house that stood still has decided long before, and the
  // deadline is what holds it back.
  if (message->kind != "template" && message->channel == Channel::WhatsApp) {
    const int64_t heard = number_of(
        tx,
        "SELECT MAX(at) FROM conversation_message WHERE creditor_id = $1 AND debtor_id = $2 AND "
        "direction = 'in' AND channel = 'whatsapp'",
        {creditor_.id, message->debtor});
    if (now.ms - heard > kDayMs + kClocksMs)
      violation("INV-23", now, Never::Other, told("free text outside of the service window"));
  }
  const bool is_collecting = collects(message->purpose);
  if (is_collecting || message->channel != Channel::WhatsApp) check_window(*message, *debtor, now);
  if (is_collecting) check_frequency(*message, *debtor, now);
}

void Oracle::see_answer(const SendRequest& request, const SendResult& result, Instant now) {
  if (result.error_code >= 132000 && result.error_code <= 132012) {
    violation("INV-22", now, Never::Other,
              fmt::format("message {}: the platform says {}", request.message_id.value,
                          result.error_code));
  }
  if (result.error_code == kTooFast) slowed_at_ = now;
  if (result.outcome != SendOutcome::Rejected) return;
  // Nothing reached the person: the same may be tried again.
  std::erase_if(reminders_[attempts_[request.attempt_id].person],
                [&](const Reminder& one) { return one.attempt_id == request.attempt_id; });
  std::erase_if(keys_sent_, [&](const auto& one) { return one.second == request.attempt_id; });
}

// INV-05: by a plain reading of the pack's hours. A day that the wish does not name keeps the legal
// ones, as the gate has it.
void Oracle::check_window(const Row& message, const Debtor& debtor, Instant now) {
  const auto told = [&](std::string_view what) {
    return fmt::format("message {} ({}): {}", message.id.value, message.key, what);
  };
  const LocalTime local = engine::home_zone(debtor, creditor_).local(now);
  // What they wish while it is on its way counts from the next one on.
  if (const auto& wish = attempts_[message.attempt_id].wish) {
    Wished wished = wished_at(*wish, local);
    // A clock that is a little ahead of ours has seen the hour strike already.
    wished.is_open |=
        wished_at(*wish, engine::home_zone(debtor, creditor_).local(now + kClocksMs)).is_open;
    const bool replaces =
        debtor.country == "CO" && wish->separate_instrument && wish->after_contract;
    if (!replaces && wished.names_day && !wished.is_open)
      violation("INV-05", now, Never::OutsideHours,
                told("outside the hours that the person asked for"));
    if (replaces && wished.names_day) {
      if (!wished.is_open)
        violation("INV-05", now, Never::OutsideHours,
                  told("outside the hours that the person asked for"));
      return;
    }
  }
  const compliance::DayHours hours = hours_of(law_, debtor.country, weekday_of(local.date));
  if (local.ms_of_day < hours.from * kMinuteMs || local.ms_of_day >= hours.to * kMinuteMs)
    violation("INV-05", now, Never::OutsideHours, told("outside the legal hours"));
  if (const auto* land = law_.book().find(debtor.country);
      land != nullptr && land->calendar.is_holiday(local.date))
    violation("INV-05", now, Never::OutsideHours, told("on a holiday"));
  if (local.ms_of_day + message.ttl_seconds * kSecondMs > hours.to * kMinuteMs)
    violation("INV-05", now, Never::OutsideHours,
              told("it may be delivered after the legal hours"));
}

// INV-06, INV-26: of one person, whatever became of it, but for what the platform has refused. Who
// has been linked or parted while it is on its way counts from the next one on.
void Oracle::check_frequency(const Row& message, const Debtor& debtor, Instant now) {
  const auto told = [&](std::string_view what) {
    return fmt::format("message {} ({}): {}", message.id.value, message.key, what);
  };
  reminders_[debtor.id].push_back({message.attempt_id, now});
  const Zone zone = engine::home_zone(debtor, creditor_);
  const CivilDate today = zone.local(now).date;
  const auto count_of_days = [&](int32_t days) {
    int64_t count = 0;
    for (const auto record : attempts_[message.attempt_id].records) {
      count += std::ranges::count_if(reminders_[record], [&](const Reminder& one) {
        return today - zone.local(one.at).date < days;
      });
    }
    return count;
  };
  const bool is_chile = debtor.country == "CL";
  if (count_of_days(1) > 1)
    violation("INV-06", now, Never::SentTwice, told("a second reminder on one day"));
  if (count_of_days(7) > (is_chile ? 2 : kWeekMax))
    violation("INV-06", now, Never::Other, told("too many reminders in seven days"));
  if (is_chile && count_of_days(3) > 1)
    violation("INV-06", now, Never::Other, told("not two whole days after the last reminder"));
}

}  // namespace puntual::sim
