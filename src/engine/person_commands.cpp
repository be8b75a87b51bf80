#include "engine/person_commands.h"

#include <algorithm>

#include "base/crypto.h"
#include "base/json.h"
#include "core/messaging/template.h"
#include "engine/answer.h"
#include "engine/contact_facts.h"
#include "engine/identify.h"
#include "engine/note.h"

namespace puntual::engine {
namespace {

Result<Debtor> find_person(Tx& tx, const Creditor& creditor, DebtorId id) {
  auto debtor = tx.debtors.find(creditor.id, id);
  if (!debtor) return fail(ErrorCode::NotFound, "debtor {} does not exist", id.value);
  return *std::move(debtor);
}

// Held, with their kin: every command here changes what is decided on.
Result<Debtor> find_debtor(Tx& tx, const Creditor& creditor, DebtorId id) {
  tx.debtors.hold_with_kin(creditor.id, id);
  return find_person(tx, creditor, id);
}

void look_again(Tx& tx, const Creditor& creditor, std::span<const DebtorId> records, Instant now) {
  for (const auto id : records) tx.debtors.review_now(creditor.id, id, now);
}

// What waits to be said is no longer to be said, for the reason that the gate would give.
void silence(Tx& tx, const Creditor& creditor, std::span<const DebtorId> records, Reason why,
             Instant now) {
  for (const auto id : records) {
    for (const auto message : tx.outbox.cancel_planned(creditor.id, id, false, now, code_of(why))) {
      note_cancelled(tx, creditor.id, id, message, now, code_of(why));
      if (const auto lost = tx.outbox.find(creditor.id, message)) answer_lost(tx, *lost, now);
    }
  }
  look_again(tx, creditor, records, now);
}

std::string_view name_of(std::optional<Channel> channel) {
  return channel ? text_of(*channel) : std::string_view("all");
}

Reason reason_of(CaseFlag flag) {
  switch (flag) {
    case CaseFlag::Deceased:
      return Reason::Deceased;
    case CaseFlag::ServedInCourt:
    case CaseFlag::Insolvency:
      return Reason::JudicialStage;
    default:
      return Reason::DisputePending;
  }
}

struct Request {
  Instant at;
  std::string_view through, instrument;
};

// The person's own stops on every record, and those that others on the number have by them: what
// another said themselves is theirs to take back, and goes on to hold for all.
bool lift_stops(Tx& tx, const Creditor& creditor, const Debtor& debtor, std::string_view channel,
                const Request& request, Instant now) {
  bool lifted = false;
  const auto lift = [&](DebtorId record, bool is_own) {
    for (const auto& stop : tx.permissions.opt_outs(creditor.id, record)) {
      if (stop.channel != channel ||
          (!is_own && stop.through != "shared_phone" && stop.through != "doubt"))
        continue;
      lifted |= tx.permissions.lift(creditor.id, record, channel, request.at, request.through,
                                    request.instrument, now);
    }
    tx.debtors.review_now(creditor.id, record, now);
  };
  lift(debtor.id, true);
  for (const auto& other : tx.debtors.kin(debtor)) lift(other.id, other.is_same_person);
  return lifted;
}

Result<void> not_in_future(Instant at, Instant now, std::string_view what) {
  if (at <= now) return {};
  return fail(ErrorCode::Invalid, "{} lies in the future ({})", what, format_utc(at));
}

}  // namespace

Result<void> stop_person(Tx& tx, const Creditor& creditor, DebtorId id, const StopOrder& order,
                         Instant now) {
  ASSIGN_OR_RETURN(const Debtor debtor, find_debtor(tx, creditor, id));
  tx.permissions.opt_out(creditor.id, id,
                         {.channel = std::string(name_of(order.channel)),
                          .at = now,
                          .through = order.by,
                          .words = order.why});
  note(tx, creditor.id, id, now, "opted_out",
       fmt::format("{} by {}", name_of(order.channel), order.by));
  // The gate hears the stop of everybody on the number; so nothing of theirs is kept waiting
  // either.
  std::vector<DebtorId> records = {id};
  for (const auto& other : tx.debtors.kin(debtor)) records.push_back(other.id);
  if (!order.channel || *order.channel == Channel::WhatsApp) {
    silence(tx, creditor, records, order.channel ? Reason::OptOutChannel : Reason::OptOutAll, now);
  }
  return {};
}

Result<void> allow_person(Tx& tx, const Creditor& creditor, DebtorId id, const LiftOrder& order,
                          Instant now) {
  ASSIGN_OR_RETURN(const Debtor debtor, find_debtor(tx, creditor, id));
  if (order.instrument.empty()) {
    return fail(ErrorCode::Invalid,
                "una baja solo se levanta porque la persona lo pidió después: diga dónde está lo "
                "que pidió (instrument)");
  }
  RETURN_IF_ERROR(not_in_future(order.requested_at, now, "the request"));
  const bool lifted = lift_stops(tx, creditor, debtor, name_of(order.channel),
                                 {order.requested_at, order.by, order.instrument}, now);
  if (!lifted) {
    return fail(ErrorCode::Conflict,
                "no hay ninguna baja ({}) anterior a lo que pidió el {}: si volvió a pedirla "
                "después, vale la última",
                order.channel ? text_of(*order.channel) : "todos los canales",
                format_utc(order.requested_at));
  }
  note(tx, creditor.id, id, now, "opt_out_lifted",
       fmt::format("{} by {}", name_of(order.channel), order.by));
  return {};
}

// With the digest of how the paper is called: that name may be a person's.
void note_grant(Tx& tx, CreditorId creditor, DebtorId id, const store::ConsentEntry& grant,
                Instant now) {
  tx.timeline.append({.creditor_id = creditor,
                      .debtor_id = id,
                      .at = now,
                      .kind = "consent_granted",
                      .detail = fmt::format("{} by {}", text_of(grant.channel), grant.by),
                      .facts = json::serialize(
                          json::object{{"instrument_sha256", hex(sha256(grant.instrument))}})},
                     tx.ids);
}

Result<void> allow_by_words(Tx& tx, const Creditor& creditor, DebtorId id, Instant at,
                            std::string_view message, Instant now) {
  ASSIGN_OR_RETURN(const Debtor debtor, find_debtor(tx, creditor, id));
  const Request request{at, "chat", message};
  bool lifted = lift_stops(tx, creditor, debtor, "all", request, now);
  lifted |= lift_stops(tx, creditor, debtor, text_of(Channel::WhatsApp), request, now);
  if (lifted) note(tx, creditor.id, id, now, "opt_out_lifted", "by chat");
  // Words that ask for messages are a consent as well, where an earlier one was taken back.
  const store::ConsentEntry grant{.channel = Channel::WhatsApp,
                                  .at = at,
                                  .kind = "chat",
                                  .instrument = std::string(message),
                                  .text_version = {},
                                  .by = "chat"};
  if (tx.permissions.grant(creditor.id, id, grant, now, tx.ids))
    note_grant(tx, creditor.id, id, grant, now);
  return {};
}

void lift_doubt(Tx& tx, const Creditor& creditor, DebtorId id, std::string_view read,
                std::string_view by, Instant now) {
  const auto debtor = tx.debtors.find(creditor.id, id);
  PUNTUAL_CHECK(debtor.has_value());
  std::vector<DebtorId> records = {id};
  for (const auto& other : tx.debtors.kin(*debtor)) records.push_back(other.id);
  for (const auto record : records) {
    for (const auto& stop : tx.permissions.opt_outs(creditor.id, record)) {
      if (stop.through != "doubt" || stop.words.empty() || !read.contains(stop.words)) continue;
      if (!tx.permissions.lift(creditor.id, record, stop.channel, now, by, "read: no stop", now))
        continue;
      note(tx, creditor.id, record, now, "opt_out_lifted",
           fmt::format("{} by {}", stop.channel, by));
      tx.debtors.review_now(creditor.id, record, now);
    }
  }
}

Result<void> grant_consent(Tx& tx, const Creditor& creditor, DebtorId id,
                           const store::ConsentEntry& grant, Instant now) {
  ASSIGN_OR_RETURN(const Debtor debtor, find_debtor(tx, creditor, id));
  if (grant.instrument.empty())
    return fail(ErrorCode::Invalid,
                "instrument is missing: where the proof of the consent is found");
  RETURN_IF_ERROR(not_in_future(grant.at, now, "the consent"));
  if (!tx.permissions.grant(creditor.id, id, grant, now, tx.ids)) {
    return fail(ErrorCode::Conflict,
                "this consent is recorded already, or was revoked since: only another instrument, "
                "dated after the "
                "revocation, opens the channel again");
  }
  note_grant(tx, creditor.id, id, grant, now);
  look_again(tx, creditor, std::span(&debtor.id, 1), now);
  return {};
}

Result<void> revoke_consent(Tx& tx, const Creditor& creditor, DebtorId id,
                            const store::ConsentEntry& revocation, Instant now) {
  ASSIGN_OR_RETURN(const Debtor debtor, find_debtor(tx, creditor, id));
  RETURN_IF_ERROR(not_in_future(revocation.at, now, "the revocation"));
  tx.permissions.revoke(creditor.id, id, revocation, now, tx.ids);
  note(tx, creditor.id, id, now, "consent_revoked",
       fmt::format("{} by {}", text_of(revocation.channel), revocation.by));
  const auto records = tx.debtors.records_of(debtor);
  if (revocation.channel != Channel::WhatsApp) return {};
  for (const auto record : records) {
    // A later consent that stands already keeps its record open.
    const auto other = tx.debtors.find(creditor.id, record);
    const auto standing = tx.permissions.of(creditor.id, record, tx.debtors.kin(*other))
                              .consent[static_cast<size_t>(Channel::WhatsApp)];
    if (!standing.granted || standing.revoked_at)
      silence(tx, creditor, std::span(&record, 1), Reason::ChannelNotAuthorised, now);
  }
  return {};
}

Result<void> set_flag(Tx& tx, const Creditor& creditor, DebtorId id, const store::CaseNote& flag,
                      Instant now) {
  ASSIGN_OR_RETURN(const Debtor debtor, find_debtor(tx, creditor, id));
  if (flag.flag == CaseFlag::Paid)
    return fail(ErrorCode::Invalid, "that a debt is paid is told with a payment (puntual pay)");
  RETURN_IF_ERROR(not_in_future(flag.since, now, "'since'"));
  if (!tx.case_flags.set(creditor.id, id, flag, now, tx.ids)) return {};
  note(tx, creditor.id, id, now, "flagged",
       fmt::format("{} by {}", text_of(flag.flag), flag.through));
  silence(tx, creditor, tx.debtors.records_of(debtor), reason_of(flag.flag), now);
  return {};
}

Result<void> clear_flag(Tx& tx, const Creditor& creditor, DebtorId id, const FlagOrder& order,
                        Instant now) {
  ASSIGN_OR_RETURN(const Debtor debtor, find_debtor(tx, creditor, id));
  if (!tx.case_flags.clear(creditor.id, id, order.flag, order.by, order.set_through, now))
    return {};
  note(tx, creditor.id, id, now, "unflagged",
       fmt::format("{} by {}", text_of(order.flag), order.by));
  look_again(tx, creditor, tx.debtors.records_of(debtor), now);
  return {};
}

Result<void> wish_hours(Tx& tx, const Creditor& creditor, DebtorId id, const store::HoursWish& wish,
                        Instant now) {
  ASSIGN_OR_RETURN(const Debtor debtor, find_debtor(tx, creditor, id));
  if (wish.instrument.empty())
    return fail(ErrorCode::Invalid, "instrument is missing: where the person's request is found");
  RETURN_IF_ERROR(not_in_future(wish.hours.asked_at.value_or(now), now, "the request"));
  tx.contact_hours.ask(creditor.id, id, wish, now, tx.ids);
  note(tx, creditor.id, id, now, "hours_wished",
       fmt::format("by {}{}{}{}", wish.by,
                   wish.hours.separate_instrument ? " separate_instrument" : "",
                   wish.hours.after_contract ? " after_contract" : "",
                   wish.hours.names_sundays_holidays ? " names_sundays_holidays" : ""));
  look_again(tx, creditor, tx.debtors.records_of(debtor), now);
  return {};
}

Result<void> withdraw_hours(Tx& tx, const Creditor& creditor, DebtorId id, std::string_view by,
                            Instant now) {
  ASSIGN_OR_RETURN(const Debtor debtor, find_debtor(tx, creditor, id));
  if (!tx.contact_hours.withdraw(creditor.id, id, now))
    return fail(ErrorCode::Conflict, "no wish for hours is in force");
  note(tx, creditor.id, id, now, "hours_withdrawn", fmt::format("by {}", by));
  look_again(tx, creditor, tx.debtors.records_of(debtor), now);
  return {};
}

Result<void> set_role(Tx& tx, const Creditor& creditor, DebtorId id, Role role, std::string_view by,
                      Instant now) {
  ASSIGN_OR_RETURN(Debtor debtor, find_debtor(tx, creditor, id));
  if (debtor.role == role) return {};
  debtor.role = role;
  tx.debtors.update(debtor);
  note(tx, creditor.id, id, now, "role_changed", fmt::format("{} by {}", text_of(role), by));
  if (role > Role::Guarantor) {
    silence(tx, creditor, std::span(&debtor.id, 1),
            role == Role::Minor ? Reason::Minor : Reason::ThirdParty, now);
  } else {
    look_again(tx, creditor, std::span(&debtor.id, 1), now);
  }
  return {};
}

Result<void> settle_number(Tx& tx, const Creditor& creditor, DebtorId id, const NumberOrder& order,
                           Instant now) {
  ASSIGN_OR_RETURN(const Debtor debtor, find_debtor(tx, creditor, id));
  if (order.evidence.empty())
    return fail(ErrorCode::Invalid,
                "evidence is missing: how it is known, for example 'llamada del 20 de noviembre'");
  const auto told = [&](std::string_view what) {
    note(tx, creditor.id, id, now, "number_told", fmt::format("{} by {}", what, order.by));
  };
  if (!order.is_theirs) {
    if (!retire_address(tx, debtor, order.evidence, now))
      return fail(ErrorCode::Conflict, "debtor {} has no number in use that is not retired already",
                  id.value);
    told("wrong");
    return {};
  }
  Evidence evidence = conversation::evidence_of(order.evidence);
  evidence.verified_on = home_zone(debtor, creditor).local(now).date;
  if (confirm_address(tx, debtor, evidence, now)) {
    told("confirmed");
    return {};
  }
  return fail(ErrorCode::Conflict,
              "debtor {}: the number in use is {}; its state does not change (a wrong number stays "
              "wrong, and an account that "
              "changed today is proven tomorrow)",
              id.value, text_of(address_in_use(tx, debtor).state));
}

Result<void> link_people(Tx& tx, const Creditor& creditor, DebtorId a, DebtorId b,
                         std::string_view by, Instant now) {
  tx.debtors.hold(creditor.id, {a, b});
  RETURN_IF_ERROR(find_debtor(tx, creditor, b));
  if (a == b) return fail(ErrorCode::Invalid, "debtor {} is the same record already", a.value);
  RETURN_IF_ERROR(find_debtor(tx, creditor, a));
  tx.debtors.link(creditor.id, a, b);
  ASSIGN_OR_RETURN(const Debtor linked, find_debtor(tx, creditor, a));
  note(tx, creditor.id, a, now, "linked", fmt::format("{} by {}", b.value, by));
  note(tx, creditor.id, b, now, "linked", fmt::format("{} by {}", a.value, by));
  look_again(tx, creditor, tx.debtors.records_of(linked), now);
  return {};
}

Result<void> unlink_person(Tx& tx, const Creditor& creditor, DebtorId id, std::string_view by,
                           Instant now) {
  ASSIGN_OR_RETURN(const Debtor debtor, find_debtor(tx, creditor, id));
  const auto records = tx.debtors.records_of(debtor);
  if (records.size() == 1)
    return fail(ErrorCode::Conflict, "debtor {} is linked to nobody", id.value);
  tx.debtors.unlink(creditor.id, id);
  for (const auto record : records)
    note(tx, creditor.id, record, now, "unlinked", fmt::format("{} by {}", id.value, by));
  look_again(tx, creditor, records, now);
  return {};
}

Result<void> record_contact(Tx& tx, const Creditor& creditor, DebtorId id,
                            const ContactOrder& order, Instant now) {
  RETURN_IF_ERROR(find_debtor(tx, creditor, id));
  RETURN_IF_ERROR(not_in_future(order.at, now, "the contact"));
  const std::string_view direction = order.direction == Direction::In ? "in" : "out";
  store::ConversationMessage contact;
  contact.id = tx.ids.next<MessageId>(now).value;
  contact.creditor_id = creditor.id;
  contact.debtor_id = id;
  contact.platform_id =
      fmt::format("told:{}:{}:{}:{}", id.value, text_of(order.channel), direction, order.at.ms);
  contact.direction = order.direction;
  contact.at = order.at;
  contact.received_at = now;
  contact.type = "told";
  contact.channel = order.channel;
  contact.purpose = order.purpose;
  if (!tx.conversation.insert(contact)) return {};
  note(tx, creditor.id, id, now, "contact_told",
       fmt::format("{} {} by {}", text_of(order.channel), direction, order.by));
  tx.debtors.review_now(creditor.id, id, now);
  return {};
}

Result<PersonFacts> person_facts(Tx& tx, const Creditor& creditor, DebtorId id, const Law& law,
                                 Instant now) {
  ASSIGN_OR_RETURN(const Debtor debtor, find_person(tx, creditor, id));
  PersonFacts facts{.debtor = debtor,
                    .kin = tx.debtors.kin(debtor),
                    .consents = tx.permissions.ledger(creditor.id, id),
                    .opt_outs = tx.permissions.all_opt_outs(creditor.id, id),
                    .flags = tx.case_flags.all_of(creditor.id, id),
                    .hours = tx.contact_hours.all_of(creditor.id, id),
                    .attachments = tx.attachments.of_debtor(creditor.id, id),
                    .permission = {},
                    .address = address_in_use(tx, debtor),
                    .unfit = std::string(why_unfit(tx, debtor)),
                    .now = {}};
  const ContactFacts contact = contact_facts(tx, debtor, now, law);
  facts.permission = contact.permission;
  ContactRequest request = contact.request(debtor, creditor, Purpose::Overdue, law);
  facts.now = compliance::decide(request, now);
  const auto* land = law.book().find(debtor.country);
  facts.hours_may_replace = land != nullptr && !land->pack.wish_replaces_rule.empty();
  // Asked as of somebody who may be written to but for the hours: those alone are meant.
  ContactRequest free = request;
  free.history = {};
  free.case_flags = 0;
  free.optout_all = false;
  free.optout_channels = 0;
  free.role = Role::Debtor;
  free.consent_for_all = true;
  free.ttl_seconds = ttl_with_margin(MessageTemplate{}.ttl_seconds, EngineSettings{});
  const Decision roomy = compliance::decide(free, now);
  facts.has_room = !contact.consumer_hours || roomy.allowed || roomy.next_allowed;
  return facts;
}

}  // namespace puntual::engine
