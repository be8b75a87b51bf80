#include "core/compliance/loosened.h"

#include <fmt/format.h>

#include <algorithm>

namespace puntual::compliance {
namespace {

constexpr std::string_view kDayKeys[] = {"monday", "tuesday",  "wednesday", "thursday",
                                         "friday", "saturday", "sunday"};
constexpr std::string_view kDaysEs[] = {"los lunes",   "los martes",  "los miércoles", "los jueves",
                                        "los viernes", "los sábados", "los domingos"};

std::string hours_text(DayHours day) {
  if (day.closed()) return "cerrado";
  return fmt::format("{:02}:{:02}-{:02}:{:02}", day.from / 60, day.from % 60, day.to / 60,
                     day.to % 60);
}

bool is_within(DayHours inner, DayHours outer) {
  return inner.closed() || (!outer.closed() && inner.from >= outer.from && inner.to <= outer.to);
}

bool covers(ChannelSet group, ChannelSet asked) { return (group & asked) == asked; }

class Comparison {
 public:
  Comparison(const Pack& own, const Pack& ours) : own_(own), ours_(ours) {}

  std::vector<Loosening> run() {
    compare_hours("messages", own_.messages, ours_.messages);
    compare_hours("personal", own_.personal, ours_.personal);
    compare_counters();
    compare_content();
    compare_permission();
    compare_validity();
    return std::move(found_);
  }

 private:
  void tell(std::string key, std::string es) { found_.push_back({std::move(key), std::move(es)}); }

  void compare_week(std::string_view kind, std::string_view reading, const Week& own,
                    const Week& ours) {
    for (size_t day = 0; day < own.days.size(); ++day) {
      if (is_within(own.days[day], ours.days[day])) continue;
      tell(fmt::format("{}.{}", kind, kDayKeys[day]),
           fmt::format("{}{} de {} a {}", kDaysEs[day], reading, hours_text(ours.days[day]),
                       hours_text(own.days[day])));
    }
    if (ours.closed_on_holidays && !own.closed_on_holidays)
      tell(fmt::format("{}.holidays", kind), fmt::format("los festivos{}", reading));
  }

  void compare_hours(std::string_view kind, const Hours& own, const Hours& ours) {
    compare_week(kind, "", own.strict, ours.strict);
    if (!own.literal_rule.empty())
      compare_week(fmt::format("{}.literal", kind), ", en la lectura literal,", own.literal,
                   ours.literal_rule.empty() ? ours.strict : ours.literal);
  }

  // A cap of ours holds when one of theirs is as tight; so does one that forbids more at once.
  void compare_counters() {
    for (const Cap& cap : ours_.caps) {
      const bool is_kept = std::ranges::any_of(own_.caps, [&](const Cap& one) {
        return one.max <= cap.max && one.days >= cap.days && covers(one.channels, cap.channels);
      });
      if (!is_kept)
        tell("caps",
             fmt::format("el tope de {} en {} ({})", cap.max,
                         cap.days == 1 ? "un día" : fmt::format("{} días", cap.days), cap.rule));
    }
    if (own_.lock.days < ours_.lock.days)
      tell("channel_lock", fmt::format("los días sin otro canal después de un contacto, de {} a {}",
                                       ours_.lock.days, own_.lock.days));
    if (own_.separation.days < ours_.separation.days ||
        !covers(own_.separation.channels,
                ours_.separation.days > 0 ? ours_.separation.channels : ChannelSet{0}))
      tell("separation", fmt::format("los días entre dos contactos, de {} a {}",
                                     ours_.separation.days, own_.separation.days));
    else if (own_.separation.days > 0 &&
             own_.separation.literal_hours < ours_.separation.literal_hours)
      tell("separation",
           fmt::format("las horas entre dos contactos, en la lectura literal, de {} "
                       "a {}",
                       ours_.separation.literal_hours, own_.separation.literal_hours));
    for (const auto& free : own_.literal_free) {
      if (std::ranges::find(ours_.literal_free, free.purpose, &LiteralFree::purpose) ==
          ours_.literal_free.end())
        tell("literal_free", fmt::format("«{}» sin horario ni topes, en la lectura literal",
                                         text_of(free.purpose)));
    }
    if (own_.replies_count_rule.empty() && !ours_.replies_count_rule.empty())
      tell("named.replies_count",
           fmt::format("una respuesta ya no cuenta como el contacto del día ({})",
                       ours_.replies_count_rule));
  }

  // How much a scope asks: what is asked always is asked wherever the narrower one asks.
  static int breadth(ContentScope scope) {
    switch (scope) {
      case ContentScope::Always:
      case ContentScope::EveryDemand:
        return 2;
      case ContentScope::ExceptNotice:
      case ContentScope::LiteralFirst:
        return 1;
      case ContentScope::FirstAction:
        return 0;
    }
    return 0;
  }

  void compare_content() {
    for (const ContentRule& rule : ours_.content) {
      const bool is_kept = std::ranges::any_of(own_.content, [&](const ContentRule& one) {
        return one.reason == rule.reason && breadth(one.scope) >= breadth(rule.scope) &&
               one.strict_only <= rule.strict_only && one.agreed_from_day >= rule.agreed_from_day;
      });
      if (!is_kept)
        tell(fmt::format("content.{}", code_of(rule.reason)),
             fmt::format("lo que se exige del texto: {} ({})", code_of(rule.reason), rule.rule));
    }
  }

  void compare_permission() {
    for (const auto word : ours_.missing_at_first(own_.first_contact))
      tell("first_contact", fmt::format("el primer mensaje sin [creditor] {}", word));
    if (!covers(own_.consent_channels, ours_.consent_channels))
      tell("consent.channels",
           fmt::format("canales que ya no piden permiso ({})", ours_.consent_rule));
    for (const ForbiddenChannel& one : ours_.forbidden_channels) {
      if (std::ranges::find(own_.forbidden_channels, one.channel, &ForbiddenChannel::channel) ==
          own_.forbidden_channels.end())
        tell("forbidden_channels",
             fmt::format("el canal «{}», que la ley prohíbe ({})", text_of(one.channel), one.rule));
    }
    if (!own_.wish_replaces_rule.empty() && ours_.wish_replaces_rule.empty())
      tell("named.wish_replaces", "un pedido de la persona ensancha el horario");
    if (!own_.wish_closed_days_rule.empty() && ours_.wish_closed_days_rule.empty())
      tell("named.wish_closed_days",
           "un pedido de la persona abre domingos y festivos, en la lectura literal");
    if (own_.tax_id_rule.empty() && !ours_.tax_id_rule.empty())
      tell("named.tax_id",
           fmt::format("los papeles sin número de contribuyente ({})", ours_.tax_id_rule));
    // Of somebody whose zone is not known a message must be legal in all of them.
    for (const Zone& zone : ours_.zones) {
      if (std::ranges::find(own_.zones, zone) == own_.zones.end())
        tell("zones", fmt::format("la zona horaria {} ya no se mira", zone.name()));
    }
  }

  // A rule that acts for fewer days, or may be read otherwise, asks less.
  void compare_validity() {
    if (own_.review_by > ours_.review_by)
      tell("review_by", fmt::format("se aplican sin revisar hasta el {}, y no hasta el {}",
                                    format_date(own_.review_by), format_date(ours_.review_by)));
    auto acting = rules_named_by(own_);
    for (const auto& one : own_.forbidden_channels) acting.push_back(one.rule);
    for (const Rule& own : own_.rules) {
      const Rule* ours = ours_.find_rule(own.id);
      if (!own.literal.empty() && (ours == nullptr || ours->literal.empty()))
        tell(fmt::format("rule.{}", own.id), fmt::format("{} admite una lectura literal", own.id));
      if (std::ranges::find(acting, own.id) == acting.end()) continue;
      // A row under a name of their own is held to the life of their pack.
      const CivilDate from = ours == nullptr ? own_.checked_on : ours->valid_from;
      const CivilDate to = ours == nullptr ? own_.review_by : ours->valid_to;
      if (own.valid_from > from || own.valid_to < to)
        tell(fmt::format("rule.{}", own.id), fmt::format("{} vale menos tiempo", own.id));
    }
  }

  const Pack& own_;
  const Pack& ours_;
  std::vector<Loosening> found_;
};

}  // namespace

std::vector<Loosening> loosened(const Pack& own, const Pack& built_in) {
  return Comparison(own, built_in).run();
}

std::vector<LoosenedPack> loosened_packs(const RuleBook& book) {
  std::vector<LoosenedPack> packs;
  for (const auto& land : book.all()) {
    const Jurisdiction* ours = RuleBook::built_in().find(land.pack.country);
    if (!land.is_own || ours == nullptr) continue;
    auto loosenings = loosened(land.pack, ours->pack);
    if (!loosenings.empty())
      packs.push_back(
          {land.pack.country, land.pack.version, ours->pack.version, std::move(loosenings)});
  }
  return packs;
}

}  // namespace puntual::compliance
