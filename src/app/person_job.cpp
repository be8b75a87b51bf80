#include "app/person_job.h"

#include <algorithm>
#include <functional>

#include "app/order_fields.h"
#include "base/failpoint.h"
#include "base/json.h"
#include "base/phone.h"
#include "core/compliance/contact_hours.h"
#include "engine/contact_facts.h"
#include "engine/explain.h"
#include "engine/identify.h"

namespace puntual {
namespace {

// An order as it stands in the fields, ready to be carried out on a person.
using Act = std::function<Result<void>(Tx& tx, DebtorId id)>;

// What each verb is made from.
struct Order {
  const Creditor& creditor;
  OrderFields& fields;
  std::string by;
  Instant now;
  bool is_key = false;
};

constexpr std::string_view kNotByKey =
    "somebody opens it again who has signed in, on the person's page, and has read what they "
    "asked: not a key";

Result<Act> stop_act(Order d) {
  StopOrder order{.by = d.by};
  ASSIGN_OR_RETURN(order.channel, d.fields.channel());
  ASSIGN_OR_RETURN(order.why, d.fields.text("why"));
  return [=](Tx& tx, DebtorId id) { return engine::stop_person(tx, d.creditor, id, order, d.now); };
}

Result<Act> allow_act(Order d) {
  if (d.is_key) return fail(ErrorCode::Forbidden, "this lifts a stop: {}", kNotByKey);
  LiftOrder order{.by = d.by};
  ASSIGN_OR_RETURN(order.channel, d.fields.channel());
  ASSIGN_OR_RETURN(order.instrument, d.fields.text("instrument"));
  ASSIGN_OR_RETURN(order.requested_at, d.fields.moment());
  return
      [=](Tx& tx, DebtorId id) { return engine::allow_person(tx, d.creditor, id, order, d.now); };
}

Result<store::ConsentEntry> consent_entry(Order& d, bool is_grant) {
  store::ConsentEntry entry{.kind = {}, .instrument = {}, .text_version = {}, .by = d.by};
  ASSIGN_OR_RETURN(const auto channel, d.fields.channel());
  entry.channel = channel.value_or(Channel::WhatsApp);
  ASSIGN_OR_RETURN(entry.at, is_grant ? d.fields.moment() : d.fields.moment_at_latest());
  ASSIGN_OR_RETURN(
      entry.kind,
      d.fields.text("kind", is_grant ? "form" : ""));  // What nobody told is not made up.
  static constexpr std::string_view kKinds[] = {"contract", "form",   "file",
                                                "chat",     "letter", "call"};
  const bool is_untold = entry.kind.empty() && !is_grant;
  if (!is_untold && std::ranges::find(kKinds, entry.kind) == std::end(kKinds)) {
    return fail(ErrorCode::Invalid,
                "kind '{}' (expected contract, form, file, chat, letter or call)", entry.kind);
  }
  ASSIGN_OR_RETURN(entry.instrument, d.fields.text("instrument"));
  ASSIGN_OR_RETURN(entry.text_version, d.fields.text("text_version"));
  return entry;
}

Result<Act> consent_act(Order d) {
  ASSIGN_OR_RETURN(const auto entry, consent_entry(d, true));
  return [=](Tx& tx, DebtorId id) -> Result<void> {
    if (d.is_key) {
      const auto debtor = tx.debtors.find(d.creditor.id, id);
      const auto before = tx.permissions.of(d.creditor.id, id, tx.debtors.kin(*debtor))
                              .consent[static_cast<size_t>(entry.channel)];
      if (before.revoked_at)
        return fail(ErrorCode::Forbidden, "the person took this consent back: {}", kNotByKey);
    }
    return engine::grant_consent(tx, d.creditor, id, entry, d.now);
  };
}

Result<Act> revoke_act(Order d) {
  ASSIGN_OR_RETURN(const auto entry, consent_entry(d, false));
  return
      [=](Tx& tx, DebtorId id) { return engine::revoke_consent(tx, d.creditor, id, entry, d.now); };
}

Result<CaseFlag> take_flag(OrderFields& fields) {
  static constexpr std::string_view kExpected =
      "expected disputed, served_in_court, insolvency, deceased or utility_claim_open";
  ASSIGN_OR_RETURN(const std::string name, fields.needed("flag", kExpected));
  const auto flag = case_flag_of(name);
  if (!flag || *flag == CaseFlag::Paid)
    return fail(ErrorCode::Invalid, "flag '{}' ({})", name, kExpected);
  return *flag;
}

Result<Act> flag_act(Order d) {
  store::CaseNote note{.since = {}, .through = d.by, .note = {}};
  ASSIGN_OR_RETURN(note.flag, take_flag(d.fields));
  ASSIGN_OR_RETURN(note.since, d.fields.moment());
  ASSIGN_OR_RETURN(note.note, d.fields.text("note"));
  return [=](Tx& tx, DebtorId id) { return engine::set_flag(tx, d.creditor, id, note, d.now); };
}

Result<Act> unflag_act(Order d) {
  FlagOrder order{.by = d.by, .set_through = {}};
  ASSIGN_OR_RETURN(order.flag, take_flag(d.fields));
  return [=](Tx& tx, DebtorId id) -> Result<void> {
    if ((tx.case_flags.active(d.creditor.id, id) >> static_cast<int>(order.flag) & 1) == 0)
      return fail(ErrorCode::Conflict, "el caso de esta persona no tiene la marca {}",
                  text_of(order.flag));
    return engine::clear_flag(tx, d.creditor, id, order, d.now);
  };
}

Result<Act> hours_act(Order d) {
  ASSIGN_OR_RETURN(const bool is_withdrawn, d.fields.flag("withdraw"));
  if (is_withdrawn)
    return [=](Tx& tx, DebtorId id) {
      return engine::withdraw_hours(tx, d.creditor, id, d.by, d.now);
    };
  store::HoursWish wish{.hours = {}, .instrument = {}, .by = d.by};
  ASSIGN_OR_RETURN(const std::string intervals,
                   d.fields.needed("intervals", "such as: lun-vie 09:00-12:00"));
  ASSIGN_OR_RETURN(wish.hours.intervals, compliance::parse_hours(intervals));
  ASSIGN_OR_RETURN(wish.hours.asked_at, d.fields.moment());
  ASSIGN_OR_RETURN(wish.instrument, d.fields.text("instrument"));
  ASSIGN_OR_RETURN(wish.hours.separate_instrument, d.fields.flag("separate_instrument"));
  ASSIGN_OR_RETURN(wish.hours.after_contract, d.fields.flag("after_contract"));
  ASSIGN_OR_RETURN(wish.hours.names_sundays_holidays, d.fields.flag("names_sundays_holidays"));
  return [=](Tx& tx, DebtorId id) { return engine::wish_hours(tx, d.creditor, id, wish, d.now); };
}

Result<Act> role_act(Order d) {
  static constexpr std::string_view kExpected =
      "expected debtor, co_debtor, guarantor, third_party, reference, beneficiary, employer or "
      "minor";
  ASSIGN_OR_RETURN(const std::string name, d.fields.needed("role", kExpected));
  const auto role = role_of(name);
  if (!role) return fail(ErrorCode::Invalid, "role '{}' ({})", name, kExpected);
  return
      [=](Tx& tx, DebtorId id) { return engine::set_role(tx, d.creditor, id, *role, d.by, d.now); };
}

Result<Act> same_act(Order d) {
  ASSIGN_OR_RETURN(const std::string other,
                   d.fields.needed("with", "the other record: id, document, phone or external id"));
  return [=](Tx& tx, DebtorId id) -> Result<void> {
    ASSIGN_OR_RETURN(const DebtorId with, engine::find_subject(tx, d.creditor, other));
    return engine::link_people(tx, d.creditor, id, with, d.by, d.now);
  };
}

Result<Act> number_act(Order d) {
  ASSIGN_OR_RETURN(const std::string state, d.fields.needed("state", "confirm or wrong"));
  if (state != "confirm" && state != "wrong")
    return fail(ErrorCode::Invalid, "state '{}' (expected confirm or wrong)", state);
  NumberOrder order{.is_theirs = state == "confirm", .evidence = {}, .by = d.by};
  ASSIGN_OR_RETURN(order.evidence, d.fields.text("evidence"));
  return
      [=](Tx& tx, DebtorId id) { return engine::settle_number(tx, d.creditor, id, order, d.now); };
}

Result<Act> unlink_act(Order d) {
  return
      [=](Tx& tx, DebtorId id) { return engine::unlink_person(tx, d.creditor, id, d.by, d.now); };
}

Result<Act> contact_act(Order d) {
  ContactOrder order{.at = {}, .by = d.by};
  ASSIGN_OR_RETURN(const auto channel, d.fields.channel());
  if (!channel)
    return fail(ErrorCode::Invalid,
                "channel is missing (voice, sms, email, visit, letter or whatsapp)");
  order.channel = *channel;
  ASSIGN_OR_RETURN(order.at, d.fields.moment());
  ASSIGN_OR_RETURN(const std::string direction, d.fields.text("direction", "out"));
  if (direction != "in" && direction != "out")
    return fail(ErrorCode::Invalid, "direction '{}' (expected in or out)", direction);
  order.direction = direction == "in" ? Direction::In : Direction::Out;
  ASSIGN_OR_RETURN(const std::string purpose, d.fields.text("purpose", "overdue"));
  const auto known = purpose_of(purpose);
  if (!known)
    return fail(ErrorCode::Invalid,
                "purpose '{}' (expected pre_due, overdue, payment_confirmation, reply …)", purpose);
  order.purpose = *known;
  return
      [=](Tx& tx, DebtorId id) { return engine::record_contact(tx, d.creditor, id, order, d.now); };
}

constexpr std::pair<std::string_view, Result<Act> (*)(Order)> kVerbs[] = {
    {"stop", stop_act},     {"allow", allow_act},   {"consent", consent_act},
    {"revoke", revoke_act}, {"flag", flag_act},     {"unflag", unflag_act},
    {"hours", hours_act},   {"role", role_act},     {"number", number_act},
    {"same", same_act},     {"unlink", unlink_act}, {"contact", contact_act}};

json::object consent_json(const store::ConsentEntry& entry, Zone zone) {
  return {{"act", text_of(entry.act)},
          {"channel", text_of(entry.channel)},
          {"at", format_rfc3339(entry.at, zone.offset_at(entry.at))},
          {"dated", entry.is_dated},
          {"kind", entry.kind},
          {"instrument", entry.instrument},
          {"text_version", entry.text_version},
          {"by", entry.by},
          {"recorded_at", format_rfc3339(entry.recorded_at, zone.offset_at(entry.recorded_at))}};
}

std::string person_json(const PersonFacts& p, Zone zone) {
  const auto local = [&](Instant at) { return format_rfc3339(at, zone.offset_at(at)); };
  const auto maybe = [&](std::optional<Instant> at) {
    return at ? json::value(local(*at)) : json::value(nullptr);
  };
  json::array same, on_phone, consents, stops, flags, hours, attachments, reasons;
  for (const auto& other : p.kin)
    (other.is_same_person ? same : on_phone)
        .push_back(json::string(std::to_string(other.id.value)));
  for (const auto& entry : p.consents) consents.push_back(consent_json(entry, zone));
  for (const auto& stop : p.opt_outs) {
    stops.push_back(json::object{{"channel", stop.channel},
                                 {"at", local(stop.at)},
                                 {"through", stop.through},
                                 {"words", stop.words},
                                 {"lifted_at", maybe(stop.lifted_at)},
                                 {"lifted_by", stop.lifted_by_instrument}});
  }
  for (const auto& note : p.flags) {
    flags.push_back(json::object{{"flag", text_of(note.flag)},
                                 {"since", local(note.since)},
                                 {"through", note.through},
                                 {"note", note.note},
                                 {"cleared_at", maybe(note.cleared_at)}});
  }
  for (const auto& wish : p.hours) {
    hours.push_back(json::object{
        {"intervals", compliance::format_hours(wish.hours.intervals)},
        {"asked_at", maybe(wish.hours.asked_at)},
        {"instrument", wish.instrument},
        {"separate_instrument", wish.hours.separate_instrument},
        {"after_contract", wish.hours.after_contract},
        {"names_sundays_holidays", wish.hours.names_sundays_holidays},
        {"narrows_only",
         p.hours_may_replace && !(wish.hours.separate_instrument && wish.hours.after_contract)},
        {"withdrawn_at", maybe(wish.withdrawn_at)}});
  }
  for (const auto& one : p.attachments) {
    attachments.push_back(json::object{{"id", std::to_string(one.id)},
                                       {"at", local(one.received_at)},
                                       {"file_type", one.file_type},
                                       {"size", one.size},
                                       {"state", store::text_of(one.state)},
                                       {"file", fmt::format("/v1/attachments/{}", one.id)}});
  }
  if (!p.unfit.empty())
    reasons.push_back(json::object{{"code", p.unfit}, {"es", engine::explain_unfit_es(p.unfit)}});
  for (const auto reason : p.now.reasons)
    reasons.push_back(json::object{{"code", code_of(reason)}, {"es", explain_es(reason)}});
  // What the hour allows is no matter where nobody may be written to.
  const auto next_allowed = p.unfit.empty() ? p.now.next_allowed : std::nullopt;
  json::object identity{
      {"state", text_of(p.address.state)},
      {"evidence", p.address.evidence.kind},
      {"reference", p.address.evidence.reference},
      {"verified_on", p.address.evidence.verified_on
                          ? json::value(format_date(*p.address.evidence.verified_on))
                          : json::value(nullptr)}};
  const auto& consent = p.permission.consent[static_cast<size_t>(Channel::WhatsApp)];
  const bool stands = consent.granted && !consent.revoked_at;
  return to_json(json::object{
      {"debtor", std::to_string(p.debtor.id.value)},
      {"name", p.debtor.name},
      {"phone", mask_phone(p.debtor.phone)},
      {"role", text_of(p.debtor.role)},
      {"identity", std::move(identity)},
      {"same_person", same},
      {"same_phone", on_phone},
      {"consents", consents},
      {"consent_in_force", stands ? json::value(consent.instrument) : json::value(nullptr)},
      {"opt_outs", stops},
      {"hours_leave_room", p.has_room},
      {"opted_out", p.permission.optout_all || p.permission.optout_channels != 0},
      {"flags", flags},
      {"hours", hours},
      {"attachments", attachments},
      {"now", json::object{{"allowed", p.now.allowed && p.unfit.empty()},
                           {"reasons", reasons},
                           {"next_allowed", maybe(next_allowed)}}}});
}

Result<std::string> facts_json(Tx& tx, const Law& law, const Creditor& creditor, DebtorId id,
                               Instant now) {
  ASSIGN_OR_RETURN(const PersonFacts facts, engine::person_facts(tx, creditor, id, law, now));
  return person_json(facts, engine::home_zone(facts.debtor, creditor));
}

}  // namespace

std::vector<std::string_view> person_verbs() {
  std::vector<std::string_view> verbs;
  for (const auto& [verb, act] : kVerbs) verbs.push_back(verb);
  return verbs;
}

Result<std::string> run_person_job(Store& store, const Law& law, const Creditor& creditor,
                                   std::string_view subject, std::string_view verb,
                                   std::string_view body, Instant now,
                                   const access::Principal& who) {
  const auto* found =
      std::ranges::find(kVerbs, verb, &std::pair<std::string_view, Result<Act> (*)(Order)>::first);
  if (found == std::end(kVerbs))
    return fail(ErrorCode::NotFound, "nothing that can be done with a person is called '{}'", verb);
  ASSIGN_OR_RETURN(OrderFields fields, OrderFields::parse(body, Zone::of(creditor.zone), now));
  const bool is_known = who.user_id != 0 || who.key_id != 0;
  ASSIGN_OR_RETURN(const std::string by, fields.text("by", is_known ? who.name : "api"));
  if (!is_known && by != "api" && by != "operator")
    return fail(ErrorCode::Invalid, "by '{}' (expected api or operator)", by);
  ASSIGN_OR_RETURN(const Act act, found->second({creditor, fields, by, now, who.key_id != 0}));
  RETURN_IF_ERROR(fields.end());
  auto facts = store.write([&](Tx& tx) -> Result<std::string> {
    ASSIGN_OR_RETURN(const DebtorId id, engine::find_subject(tx, creditor, subject));
    RETURN_IF_ERROR(act(tx, id));
    failpoint("person.changed");
    return facts_json(tx, law, creditor, id, now);
  });
  failpoint("person.committed");
  return facts;
}

Result<std::string> show_person_job(Store& store, const Law& law, const Creditor& creditor,
                                    std::string_view subject, Instant now) {
  return store.read([&](Tx& tx) -> Result<std::string> {
    ASSIGN_OR_RETURN(const DebtorId id, engine::find_subject(tx, creditor, subject));
    return facts_json(tx, law, creditor, id, now);
  });
}

}  // namespace puntual
