#include "app/strategy_view.h"

#include "app/templates_view.h"
#include "app/words.h"

namespace puntual {
namespace {

constexpr int kEditionsShown = 50;

json::array segments_json(std::span<const Segment> segments) {
  json::array list;
  for (const Segment segment : segments) list.push_back(json::string(segment_es(text_of(segment))));
  return list;
}

json::array segment_names(std::span<const Segment> segments) {
  json::array list;
  for (const Segment segment : segments) list.push_back(json::string(text_of(segment)));
  return list;
}

json::object strategy_step_json(const Step& step, const Desk& desk, const Creditor& creditor) {
  const auto sample = [&](const std::string& name) {
    const auto* found = desk.templates.find(
        name, creditor.locale, messaging::treatment_in(creditor.locale, desk.settings.is_familiar));
    return found != nullptr ? json::value(sample_text(*found, creditor)) : json::value(nullptr);
  };
  return {{"id", step.id},
          {"day", step.day},
          {"objective", step.objective},
          {"tone", step.tone},
          {"gap_days", step.gap_days},
          {"valid_days",
           step.valid_days < Step::kAlways ? json::value(step.valid_days) : json::value(nullptr)},
          {"template", step.template_name},
          {"sample", sample(step.template_name)},
          {"document", step.attach.has_value()},
          {"waits_for_review", step.is_last_notice() && !step.reviewed}};
}

json::object draft_json(const store::Draft& draft) {
  json::array editors;
  for (const auto& one : draft.editors) editors.push_back(json::string(one));
  return {{"name", draft.name},
          {"editors", std::move(editors)},
          {"edited_at", format_rfc3339(draft.edited_at, 0)},
          {"approved_by", draft.approved_by}};
}

json::object edition_json(const store::Edition& edition) {
  json::array editors;
  for (const auto& one : edition.editors) editors.push_back(json::string(one));
  return {{"number", edition.number},
          {"name", edition.name},
          {"why", edition.why},
          {"editors", std::move(editors)},
          {"approved_by", edition.approved_by},
          {"launched_by", edition.launched_by},
          {"launched_at", format_rfc3339(edition.launched_at, 0)},
          {"people", edition.people}};
}

json::object mandate_json(const Mandate& m) {
  return {{"promise_days_max", m.promise_days_max},
          {"promise_percent_min", m.promise_percent_min},
          {"instalments_max", m.instalments_max},
          {"plan_days_max", m.plan_days_max},
          {"fortnightly", m.spacing == Spacing::Fortnightly},
          {"down_payment_percent_min", m.down_payment_percent_min},
          {"down_payment_days", kDownPaymentDays},
          {"discount_percent", m.discount_percent},
          {"agreements_max", m.agreements_max},
          {"agreements_months", m.agreements_months},
          {"broken_max", m.broken_max},
          {"grace_days", m.grace_days}};
}

}  // namespace

json::object strategy_json(const Strategy& strategy, const Desk& desk, const Config& config) {
  json::array cadences, mandates, stop_on;
  for (const auto& cadence : strategy.cadences) {
    json::array steps;
    for (const auto& step : cadence.steps)
      steps.push_back(strategy_step_json(step, desk, config.creditor));
    cadences.push_back(json::object{{"people", segments_json(cadence.segments)},
                                    {"segments", segment_names(cadence.segments)},
                                    {"steps", std::move(steps)}});
  }
  for (const auto& [segments, mandate] : strategy.mandates) {
    mandates.push_back(json::object{{"people", segments_json(segments)},
                                    {"segments", segment_names(segments)},
                                    {"es", agreements::describe_es(mandate)},
                                    {"rules", mandate_json(mandate)}});
  }
  for (const auto& event : strategy.stop_on) stop_on.push_back(json::string(event));
  return {{"name", strategy.name},
          {"version", strategy.version},
          {"in_force", strategy.version == desk.strategy_of(config.creditor).version},
          {"text", strategy.text},
          {"messages_per_day", strategy.messages_per_day_max},
          {"messages_per_week", strategy.messages_per_week_max},
          {"gap_days", strategy.gap_days_min},
          {"first_minute", strategy.first_minute},
          {"minimum_balance_minor", strategy.minimum_balance_minor},
          {"currency", config.creditor.currency},
          {"stop_on", std::move(stop_on)},
          {"cadences", std::move(cadences)},
          {"mandates", std::move(mandates)}};
}

json::array editions_json(std::span<const store::Edition> editions) {
  json::array list;
  for (const auto& edition : editions) list.push_back(edition_json(edition));
  return list;
}

json::array drafts_json(std::span<const store::Draft> drafts) {
  json::array list;
  for (const auto& draft : drafts) list.push_back(draft_json(draft));
  return list;
}

Result<std::string> strategies_view(Store& store, const Desk& desk, const Config& config) {
  const CreditorId house = config.creditor.id;
  json::object view;
  RETURN_IF_ERROR(store.read([&](Tx& tx) {
    const auto creditor = tx.creditors.find(house);
    view = {{"paused", creditor && creditor->paused_at.has_value()},
            {"people", tx.editions.audience(house)},
            {"four_eyes", config.needs_four_eyes},
            {"drafts", drafts_json(tx.editions.drafts(house, store::TextKind::Strategy))},
            {"editions", editions_json(tx.editions.history(house, store::TextKind::Strategy, "",
                                                           kEditionsShown))}};
  }));
  // What was launched is there in the place of the file of its name.
  const Strategy& in_force = desk.strategy_of(config.creditor);
  auto strategies = desk.strategies;
  strategies.insert_or_assign(in_force.name, in_force);
  json::array list;
  for (const auto& [name, strategy] : strategies)
    list.push_back(strategy_json(strategy, desk, config));
  view["strategies"] = std::move(list);
  return to_json(view);
}

}  // namespace puntual
