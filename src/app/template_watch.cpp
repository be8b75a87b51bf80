#include "app/template_watch.h"

#include <set>

#include "app/log.h"
#include "engine/contact_facts.h"
#include "engine/number_owner.h"
#include "engine/template_status.h"
#include "whatsapp/template_sync.h"

namespace puntual {
namespace {

constexpr int64_t kTemplateSyncMs = kHourMs;

// The platform takes 100 new templates an hour and 250 in all: only the languages that somebody
// reads. Those of usted always: they leave until the others are approved.
Result<std::vector<whatsapp::LocalTemplate>> wanted(Store& store, const Desk& desk,
                                                    const Creditor& creditor) {
  ASSIGN_OR_RETURN(const auto countries,
                   store.read([&](Tx& tx) { return tx.debtors.countries(creditor.id); }));
  std::set<std::string> locales{creditor.locale};
  for (const auto& country : countries) {
    Debtor debtor;
    debtor.country = country;
    locales.insert(engine::locale_of(debtor, creditor));
  }
  std::set<std::pair<std::string, std::string>> chosen;
  std::vector<whatsapp::LocalTemplate> templates;
  for (const auto& one : desk.templates.all()) {
    if (one.is_answer) continue;
    for (const auto& locale : locales) {
      const bool is_said =
          one.treatment == Treatment::Usted ||
          one.treatment == messaging::treatment_in(locale, desk.settings.is_familiar);
      const MessageTemplate* used = is_said ? desk.templates.find(one.name, locale) : nullptr;
      if (used == nullptr || !chosen.emplace(used->name, used->language).second) continue;
      templates.push_back({used->name, used->language, messaging::cloud_definition(*used)});
    }
  }
  return templates;
}

// Nobody's: for who reviews a template that carries a document.
Statement example_statement(const Creditor& creditor, Instant now) {
  const CivilDate today = Zone::of(creditor.zone).local(now).date;
  const Currency currency = Currency::of(creditor.currency);
  return {.kind = DocumentKind::Invoice,
          .creditor = creditor,
          .debtor_name = "Ana Ejemplo",
          .locale = creditor.locale,
          .today = today,
          .invoices = {{.number = "F-0001",
                        .due_on = today,
                        .amount = {10'000'000, currency},
                        .balance_minor = 10'000'000}},
          .payments = {},
          .payment_link = {}};
}

}  // namespace

Result<int> sync_templates(Store& store, const Desk& desk, const Config& config,
                           whatsapp::Management& management, Instant now) {
  ASSIGN_OR_RETURN(const auto ours, wanted(store, desk, config.creditor));
  ASSIGN_OR_RETURN(const auto actions,
                   whatsapp::template_sync::run(management, config.whatsapp.waba_id, ours, [&] {
                     return desk.print(example_statement(config.creditor, now));
                   }));
  int can_send = 0;
  RETURN_IF_ERROR(store.write([&](Tx& tx) {
    for (const auto& action : actions) {
      const std::string status = action.can_send         ? "APPROVED"
                                 : action.status.empty() ? "PENDING"
                                                         : action.status;
      engine::learn_template_state(tx, config.creditor.id,
                                   {action.name, action.language, status, action.category,
                                    action.template_id, now, action.quality});
      can_send += action.can_send ? 1 : 0;
    }
  }));
  for (const auto& action : actions) {
    for (const auto& note : action.notes_es) {
      log_event(action.has_failed ? "error" : "info", "template",
                fmt::format("{} {}: {}", action.name, action.language, note));
    }
  }
  return can_send;
}

TemplateWatch::TemplateWatch(Store& store, DeskNow desk, const Config& config,
                             whatsapp::Management management, const Clock& clock,
                             std::function<void()> synced, std::function<bool()> is_time_in_doubt)
    : store_(store),
      desk_(std::move(desk)),
      config_(config),
      management_(std::move(management)),
      clock_(clock),
      synced_(std::move(synced)),
      is_time_in_doubt_(std::move(is_time_in_doubt)) {
  management_.give_up_when(stopping_);
  beat_.emplace([this] { return turn(); });
}

// By the deployment's clock, which a test may move: it is asked every second.
Beat::Rest TemplateWatch::turn() {
  const Instant now = clock_.now();
  if (!looked_at_) look_at_number();
  const auto desk = desk_();
  if (!looked_at_ || now - *looked_at_ >= kTemplateSyncMs || edition_ != desk->edition) {
    edition_ = desk->edition;
    look(*desk);
    has_looked_ = true;
    synced_();
    looked_at_ = now;
    seconds_ = 0;
  } else if (++seconds_ % 3 == 0 && is_time_in_doubt_()) {
    (void)management_.number_state(config_.whatsapp.phone_number_id);
  }
  return Beat::Rest(1000);
}

// As WhatsApp shows the number. A name that differs may be a brand: it is told, and holds nothing
// back.
void TemplateWatch::look_at_number() {
  const auto state = management_.number_state(config_.whatsapp.phone_number_id);
  if (!state) return;
  const auto fits = store_.write([&](Tx& tx) {
    return engine::note_verified_name(tx, config_.creditor, state->verified_name, clock_.now());
  });
  if (fits && !*fits) {
    log_event("warning", "verified_name",
              fmt::format("WhatsApp shows the number as '{}', which is neither '{}' nor its owner: "
                          "have the display name changed in WhatsApp "
                          "Manager, or set whatsapp.number_owner to whose number it is",
                          state->verified_name, config_.creditor.name));
  }
}

void TemplateWatch::look(const Desk& desk) {
  const auto ready = sync_templates(store_, desk, config_, management_, clock_.now());
  if (ready) {
    log_event("info", "templates", fmt::format("{} may be sent", *ready));
  } else if (!stopping_) {
    log_event(
        "error", "template_sync",
        ready.error().message);  // What was approved before stays so; the next round tries again.
  }
}

}  // namespace puntual
