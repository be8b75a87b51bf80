#include "engine/compose.h"

#include <algorithm>

#include "base/crypto.h"
#include "core/compliance/content.h"
#include "core/compliance/hours_text.h"
#include "engine/charge_overdue.h"
#include "engine/contact_facts.h"
#include "whatsapp/payload.h"

namespace puntual {

const Strategy& Desk::strategy_of(const Creditor& creditor) const {
  if (const auto newer = launched.find(creditor.id); newer != launched.end()) return newer->second;
  const auto found = strategies.find(creditor.strategy);
  if (found != strategies.end()) return found->second;
  PUNTUAL_CHECK(!strategies.empty());
  return strategies.begin()->second;
}

namespace engine {
namespace {

// The platform's "template" object, without the envelope: whom it goes to is decided when it
// leaves.
std::string platform_object(const MessageTemplate& used, const RenderedMessage& rendered) {
  std::vector<whatsapp::TemplateButtonValue> buttons;
  for (size_t i = 0; i < used.buttons.size(); ++i) {
    const auto& button = used.buttons[i];
    if (button.kind == "quick_reply") {
      buttons.push_back(
          {whatsapp::TemplateButtonValue::Kind::QuickReply, static_cast<int>(i), button.payload});
    } else if (!rendered.url_suffix.empty()) {
      buttons.push_back({whatsapp::TemplateButtonValue::Kind::UrlSuffix, static_cast<int>(i),
                         rendered.url_suffix});
    }
  }
  return whatsapp::template_object({.name = used.name,
                                    .language = used.language,
                                    .parameter_names = rendered.parameter_names,
                                    .parameters = rendered.parameters,
                                    .buttons = buttons});
}

// Agreed charges may be told at once, or from a day past due on (Chile: day 21).
bool may_tell_charges(const Desk& desk, const ComposeRequest& request) {
  const int64_t days = request.invoices.empty() || !request.invoices.front().due_on
                           ? 0
                           : request.today - *request.invoices.front().due_on;
  for (const std::string_view country :
       {std::string_view(request.debtor->country), std::string_view(request.creditor->country)}) {
    const auto* law = desk.law.book().find(country);
    if (law == nullptr) continue;
    for (const auto& rule : law->edition_on(request.today).pack.content) {
      if (rule.reason == Reason::ContentUnagreedCharge && days < rule.agreed_from_day) return false;
    }
  }
  return true;
}

// What of a sum is interest or costs is named beside it wherever it is said, as people have to be
// told apart what they owe for being late.
void tell_charges(Tx& tx, const Desk& desk, const ComposeRequest& request,
                  const std::string& locale, Variables& variables) {
  OwedParts lead, all;
  for (const auto& one : request.invoices) {
    if (one.charged_minor <= 0) continue;
    const OwedParts parts = owed_parts(tx, desk, *request.creditor, one);
    if (&one == &request.invoices.front()) lead = parts;
    all.add(parts);
  }
  const auto tell = [&](std::string_view name, const OwedParts& parts) {
    const std::string* sum = variables.find(name);
    const std::string included =
        charges::included(parts, request.invoices.front().amount.currency, locale);
    if (sum != nullptr && !included.empty())
      variables.set(name, fmt::format("{} ({})", *sum, included));
  };
  if (all.interest_minor + all.costs_minor <= 0) return;
  tell("monto", lead);
  tell("total", all);
  tell("restante", all);
  // What is agreed on may be a part of it.
  const std::string today =
      fmt::format("{} {}", locale.starts_with("pt") ? "o saldo de hoje" : "el saldo de hoy",
                  charges::included(all, request.invoices.front().amount.currency, locale));
  // Nor is an instalment, which is reminded of.
  for (const std::string_view name : {"acuerdo", "opciones", "cuota"}) {
    if (name == "cuota" && !may_tell_charges(desk, request)) continue;
    if (const std::string* terms = variables.find(name); terms != nullptr && !terms->empty())
      variables.set(name, fmt::format("{} ({})", *terms, today));
  }
}

// How the balance of each invoice that is named is composed, as the creditor's file tells it: only
// in answers, and while no payment has made it untrue.
void tell_split(Tx& tx, const Desk& desk, const ComposeRequest& request, std::string_view locale,
                Variables& variables) {
  constexpr size_t kToldMax = 3, kSplitBytesMax = 160;
  const std::string* detail = variables.find("detalle");
  if (detail == nullptr) return;
  std::vector<std::string> splits;
  for (const auto& one : request.invoices.first(std::min(request.invoices.size(), kToldMax))) {
    const std::string split = one.charged_minor > 0
                                  ? charges::breakdown(owed_parts(tx, desk, *request.creditor, one),
                                                       one.amount.currency, std::string(locale))
                                  : split_now(tx, *request.creditor, one);
    const bool may_be_said = may_tell_charges(desk, request) && !request.creditor->charges.empty();
    const compliance::TextFindings found = compliance::read_text(split);
    const bool is_refused = found.threat || found.court || found.credit_register ||
                            found.advertising || found.third_party ||
                            (found.charge && !may_be_said);
    if (split.empty() || split.size() > kSplitBytesMax || is_refused)
      continue;  // The answer goes all the same, without it.
    splits.push_back(request.invoices.size() == 1 ? split
                                                  : fmt::format("{}: {}", one.number, split));
  }
  if (splits.empty()) return;
  const std::string_view heading = locale.starts_with("pt") ? "Composição" : "Se compone así";
  variables.set("detalle", fmt::format("{}. {}: {}", *detail, heading, fmt::join(splits, ". ")));
}

// What a message will be made of.
struct Making {
  Making(Tx& tx, const Desk& desk, const ComposeRequest& asked)
      : request(asked),
        locale(asked.locale.empty() ? locale_of(*asked.debtor, *asked.creditor)
                                    : std::string(asked.locale)) {
    const auto find = [&](std::string_view name) {
      return request.is_free_text
                 ? find_text(desk, name, locale)
                 : find_approved_text(tx, desk, request.creditor->id, name, locale);
    };
    if (request.attach) used = find(messaging::with_document_name(request.template_name));
    if (used == nullptr) used = find(request.template_name);
    if (used == nullptr) used = find(request.fallback_template);
    if (used != nullptr && used->purpose == Purpose::Reply)
      hours = compliance::contact_hours_in(used->language, request.debtor->country, desk.law.book(),
                                           request.today);
    may_tell = may_tell_charges(desk, request);
  }
  Making(const Making&) = delete;

  [[nodiscard]] MessageFacts facts() const {
    return {.creditor = request.creditor,
            .debtor_name = request.debtor->name,
            .invoices = request.invoices,
            .today = request.today,
            .locale = locale,
            .treatment = used->treatment,
            .payment_link = request.payment_link,
            .paid = request.paid,
            .remaining = request.remaining,
            .applied = request.applied,
            .kept_minor = request.kept_minor,
            .paid_on_time = request.paid_on_time,
            .hours = hours,
            .talk = request.talk,
            .instalment = request.instalment,
            .whatsapp_link = request.whatsapp_link,
            .stop_link = request.stop_link,
            .only_for = used};
  }
  // Empty where more is looked up while it is made: what is charged, what is printed.
  [[nodiscard]] std::string digest() const {
    const bool is_charged = std::ranges::any_of(
        request.invoices, [](const Invoice& one) { return one.charged_minor > 0; });
    if (request.attach || used->is_answer || is_charged) return {};
    const Digest all = sha256(fmt::format("{}\n{}\n{}\n{}\n{}", used->name, used->language,
                                          used->version, may_tell, messaging::inputs_of(facts())));
    return std::string(bytes_of(all));
  }

  const ComposeRequest& request;
  std::string locale;
  const MessageTemplate* used = nullptr;  // Null: there is no such text.
  std::string hours;
  bool may_tell = false;  // Agreed charges.
};

}  // namespace

bool is_as_made(Tx& tx, const Desk& desk, const ComposeRequest& request,
                const OutboxMessage& message) {
  if (message.made_of.empty() || request.attach) return false;
  const Making making(tx, desk, request);
  return making.used != nullptr && making.digest() == message.made_of;
}

std::string split_now(Tx& tx, const Creditor& creditor, const Invoice& invoice) {
  if (invoice.breakdown.empty()) return {};
  const InvoiceBalance balance = tx.invoices.balance_of(creditor.id, invoice.id);
  if (balance.ahead_minor != 0 || balance.forgiven_minor != 0) return {};
  std::string split = invoice.breakdown;
  while (split.ends_with('.') || split.ends_with(' ')) split.pop_back();
  return split;
}

const MessageTemplate* find_text(const Desk& desk, std::string_view name, std::string_view locale) {
  return desk.templates.find(name, locale,
                             messaging::treatment_in(locale, desk.settings.is_familiar));
}

const MessageTemplate* find_approved_text(Tx& tx, const Desk& desk, CreditorId creditor,
                                          std::string_view name, std::string_view locale) {
  const auto* used = find_text(desk, name, locale);
  if (used == nullptr || used->is_answer || used->treatment == Treatment::Usted) return used;
  const auto may_be_sent = [&](const MessageTemplate& one) {
    return tx.templates.status(creditor, one.name, one.language) == "APPROVED";
  };
  if (may_be_sent(*used)) return used;
  const auto* formal = desk.templates.find(messaging::plain_name(name), locale);
  return formal != nullptr && may_be_sent(*formal) ? formal : used;
}

Result<OutboxMessage> compose(Tx& tx, const Desk& desk, const ComposeRequest& request) {
  const Making making(tx, desk, request);
  const MessageTemplate* used = making.used;
  const std::string& locale = making.locale;
  if (used == nullptr) {
    return fail(ErrorCode::NotFound, "no template '{}' in {}: add templates/{}/{}.toml",
                request.template_name, locale, locale, request.template_name);
  }
  Variables variables = messaging::variables_of(making.facts());
  // A sentence on interest alone stays.
  if (!making.may_tell && compliance::read_text(request.creditor->charges).charge)
    variables.set("cargos", "");
  tell_charges(tx, desk, request, locale, variables);
  if (used->is_answer) tell_split(tx, desk, request, locale, variables);
  ASSIGN_OR_RETURN(RenderedMessage rendered, messaging::render(*used, variables));

  if (used->purpose == Purpose::IdentityCheck && messaging::reveals_debt(rendered.text)) {
    return fail(ErrorCode::Invalid,
                "the opener '{}' would tell a stranger of a debt: mend its words, or the names in "
                "[creditor] (name, "
                "agent_name, help) that do",
                used->name);
  }

  OutboxMessage message;
  message.creditor_id = request.creditor->id;
  message.debtor_id = request.debtor->id;
  message.purpose = used->purpose;
  message.kind = "template";
  message.template_name = used->name;
  message.language = used->language;
  message.template_version = used->version;
  message.ttl_seconds = used->ttl_seconds;
  message.body = platform_object(*used, rendered);
  if (used->has_document && !request.invoices.empty()) {
    const bool is_one = request.attach == DocumentKind::Invoice && request.invoices.size() == 1;
    message.attach = text_of(is_one ? DocumentOrder{.kind = DocumentKind::Invoice,
                                                    .about = request.invoices.front().id.value}
                                    : DocumentOrder{});
  }
  message.text = std::move(rendered.text);
  message.made_of = making.digest();
  for (const auto& invoice : request.invoices) {
    message.covered.push_back(invoice.id);
    message.balance.minor += invoice.balance_minor;
  }
  if (!request.invoices.empty()) {
    message.lead_invoice_id = request.invoices.front().id;
    message.balance.currency = request.invoices.front().amount.currency;
  }
  return message;
}

}  // namespace engine
}  // namespace puntual
