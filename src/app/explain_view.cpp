#include "app/explain_view.h"

#include <algorithm>
#include <ranges>

#include "app/words.h"
#include "core/compliance/rule_book.h"
#include "core/portfolio/told_state.h"
#include "core/strategy/caps.h"

namespace puntual {
namespace {

std::string local_text(Instant at, Zone zone) { return format_rfc3339(at, zone.offset_at(at)); }

json::value instant_json(std::optional<Instant> at, Zone zone) {
  return at ? json::value(local_text(*at, zone)) : json::value(nullptr);
}

bool is_no(const TimelineEvent& event) {
  return event.kind == "cancelled" || event.kind == "postponed" || event.kind == "expired" ||
         event.kind == "silent";
}

// Did the gate say no? Else the rules of the record are those that were satisfied: that a template
// is not approved is nobody's law.
bool is_of_the_law(const TimelineEvent& event) {
  return std::ranges::any_of(std::views::split(event.detail, ' '), [](const auto& code) {
    return reason_of(std::string_view(code.begin(), code.end())).has_value();
  });
}

// What the record of a refusal says of the law behind it, and from when it may be otherwise.
struct WhyOfRecord {
  std::vector<std::string> laws = {};
  std::optional<Instant> may_from = {};
};

WhyOfRecord why_of_record(const TimelineEvent& event, const compliance::RuleBook& book) {
  WhyOfRecord why;
  const auto facts = event.facts.empty() || !is_no(event) ? Result<json::value>(json::object())
                                                          : parse_json(event.facts);
  if (!facts) return why;
  const auto* rules = member_array(*facts, "rule_ids");
  for (const auto& rule : rules == nullptr || !is_of_the_law(event) ? json::array() : *rules) {
    if (rule.is_string()) why.laws.push_back(law_text(rule.get_string(), book));
  }
  if (const auto next = parse_rfc3339(member_text(*facts, "next_allowed").value_or("")))
    why.may_from = *next;
  return why;
}

json::object event_json(const TimelineEvent& event, Zone zone, const compliance::RuleBook& book) {
  const WhyOfRecord why = why_of_record(event, book);
  return {{"at", local_text(event.at, zone)},
          {"kind", event.kind},
          {"es", told(event, zone, book)},
          {"reasons", is_no(event) ? event.detail : std::string()},
          {"laws", json::value_from(why.laws)},
          {"may_from", instant_json(why.may_from, zone)},
          {"detail", event.detail},
          {"facts", event.facts},
          {"message_id", std::to_string(event.message_id.value)},
          {"payment_id", std::to_string(event.payment_id.value)}};
}

json::object verdict_json(const Explanation& e, const Verdict& verdict, Zone zone,
                          const compliance::RuleBook& book) {
  json::array reasons, rules, laws;
  for (const auto& [code, spanish] : verdict.reasons)
    reasons.push_back(json::object{{"code", code}, {"es", spanish}});
  for (const auto rule : e.decision_now.rule_ids) {
    rules.push_back(json::string(rule));
    laws.push_back(json::string(law_text(rule, book)));
  }
  return {{"allowed", verdict.allowed},
          {"reasons", reasons},
          {"rule_ids", rules},
          {"laws", laws},
          {"pack_version", e.decision_now.pack_version},
          {"next_allowed", instant_json(verdict.next_allowed, zone)},
          {"house_from", instant_json(verdict.house_from, zone)}};
}

json::object message_json(const OutboxMessage& message, Zone zone) {
  return {{"id", std::to_string(message.id.value)},
          {"state", text_of(message.state)},
          {"purpose", text_of(message.purpose)},
          {"step", message.step},
          {"template", message.template_name},
          {"strategy_version", message.strategy_version},
          {"template_version", message.template_version},
          {"pack_version", message.pack_version},
          {"reasons", message.reasons},
          {"planned_at", local_text(message.planned_at, zone)},
          {"not_before", local_text(message.not_before, zone)},
          {"handed_over_at", instant_json(message.in_flight_at, zone)},
          {"error_code", message.error_code},
          {"text", message.text}};
}

}  // namespace

std::string law_text(std::string_view rule_id, const compliance::RuleBook& book) {
  const compliance::Rule* rule = book.find_rule(rule_id);
  return rule == nullptr || rule->law.empty() ? fmt::format("regla de la casa ({})", rule_id)
                                              : fmt::format("{} ({})", rule->law, rule_id);
}

std::string told(const TimelineEvent& event, Zone zone, const compliance::RuleBook& book) {
  const std::string reason = is_no(event) ? reason_es(event.detail) : std::string();
  const WhyOfRecord why = why_of_record(event, book);
  std::string law;
  for (const auto& one : why.laws)
    law += fmt::format("{}{}", law.empty() ? " Lo pide: " : "; ", one);
  if (!law.empty()) law += ".";
  if (why.may_from)
    law += fmt::format(" Podría ser desde el {}.", moment_text(*why.may_from, zone));
  return fmt::format("{}{}{}{}", event_es(event.kind), reason.empty() ? "" : ": ", reason, law);
}

Verdict verdict_of(const Explanation& e, const Strategy& strategy, Zone zone, Instant now) {
  Verdict verdict{.allowed = e.decision_now.allowed && e.unfit.empty() && e.rest.empty(),
                  .reasons = {},
                  .next_allowed = {},
                  .house_from = {}};
  if (!e.unfit.empty()) verdict.reasons.emplace_back(e.unfit, reason_es(e.unfit));
  if (!e.rest.empty()) verdict.reasons.emplace_back(e.rest, reason_es(e.rest));
  for (const auto reason : e.decision_now.reasons) {
    const bool is_doubt = reason == Reason::OptOutAll && e.is_stop_in_doubt();
    verdict.reasons.emplace_back(
        is_doubt ? kStopDoubt : code_of(reason),
        is_doubt ? reason_es(kStopDoubt) : std::string(explain_es(reason)));
  }
  // What the hour allows is no matter where nobody may be written to.
  if (e.unfit.empty()) verdict.next_allowed = e.decision_now.next_allowed;
  if (e.rest_until && (verdict.next_allowed || e.decision_now.allowed))
    verdict.next_allowed = std::max(verdict.next_allowed.value_or(*e.rest_until), *e.rest_until);
  if (!e.rest.empty() && !e.rest_until) verdict.next_allowed.reset();
  if (const std::optional<Instant> may = verdict.allowed ? now : verdict.next_allowed) {
    if (const Instant kinder = strategy::kinder_hour(strategy, zone, *may); kinder != *may)
      verdict.house_from = kinder;
  }
  return verdict;
}

json::object explanation_json(const Explanation& e, const Verdict& verdict, Zone zone,
                              const compliance::RuleBook& book) {
  json::array invoices, messages, events;
  for (const auto& i : e.invoices) {
    invoices.push_back(json::object{
        {"number", i.number},
        {"due_on", i.due_on ? json::value(format_date(*i.due_on)) : json::value(nullptr)},
        {"amount", format_plain(i.amount)},
        {"balance", format_plain(i.balance())},
        {"state", told_state(i.amount.minor, i.state)},
        {"product", i.product},
        {"currency", i.amount.currency.code()},
        {"amount_minor", i.amount.minor},
        {"balance_minor", i.balance_minor}});
  }
  for (const auto& m : e.messages) messages.push_back(message_json(m, zone));
  for (const auto& event : e.events) events.push_back(event_json(event, zone, book));
  json::value about = nullptr;
  if (e.topic.invoice) about = {{"kind", "invoice"}, {"id", std::to_string(e.topic.invoice.value)}};
  if (e.topic.message) about = {{"kind", "message"}, {"id", std::to_string(e.topic.message.value)}};
  return {{"about", about},
          {"paused", e.paused_why},
          {"identity", json::object{{"state", text_of(e.address.state)},
                                    {"evidence", e.address.evidence.kind}}},
          {"debtor", std::to_string(e.debtor.id.value)},
          {"name", e.debtor.name},
          {"now", verdict_json(e, verdict, zone, book)},
          {"silence", e.silence},
          {"silent_until", instant_json(e.silent_until, zone)},
          {"next_review_at", instant_json(e.next_review_at, zone)},
          {"opted_out", !e.opt_outs.empty()},
          {"invoices", invoices},
          {"messages", messages},
          {"timeline", events}};
}

}  // namespace puntual
