// The house's variables: what they are called, what stands in for them, and their values in local
// form.
#include <algorithm>
#include <array>

#include "base/locale.h"
#include "base/text.h"
#include "core/compliance/content.h"
#include "core/messaging/help_clause.h"
#include "core/messaging/placeholder.h"
#include "core/messaging/product_words.h"
#include "core/messaging/template.h"

namespace puntual {
namespace {

constexpr std::array<VariableInfo, 32> kKnownVariables{{
    {"agente", "Quién escribe", "Laura", "el equipo"},
    {"empresa", "A quién se le debe, como la persona la conoce", "Colegio San Marcos", ""},
    {"nombre", "Nombre de pila de la persona", "Ana", "Apreciable cliente"},
    {"nombre_completo", "Nombre y apellido, solo para confirmar con quién se habla",
     "Ana Pérez Gil", ""},
    {"producto", "Qué se cobra", "Pensión de noviembre", "[su|tu] cuenta"},
    {"factura", "Número de la factura o del documento", "F-1042", ""},
    {"monto", "Saldo de la factura, en la forma del país", "$ 240.000", ""},
    {"vencimiento", "Fecha de vencimiento", "24 de noviembre de 2026", ""},
    {"cantidad", "Cuántas facturas nombra el mensaje", "3", ""},
    {"total", "Suma de los saldos que nombra el mensaje", "$ 560.000", ""},
    {"detalle", "Cada factura con su saldo y su fecha",
     "F-1042 por $ 240.000 (venció el 24/11/2026), F-1077 por $ 200.000 (vence el 24/12/2026) y "
     "F-1090 por "
     "$ 120.000 (vence el 28/12/2026)",
     ""},
    {"hoy", "Fecha en que se calculó el saldo", "1 de diciembre de 2026", ""},
    {"como_pagar", "Una frase entera: el enlace de pago o, si no hay, cómo pagar",
     "[Puede|Puedes|Podés] pagar aquí: https://pagos.example.com/p/7Qx2",
     "Para conocer las formas de pago, [responda|responde|respondé] a este mensaje."},
    {"como_pagar_boton", "La misma frase cuando el mensaje lleva el botón de pago",
     "[Puede|Puedes|Podés] pagar con el botón «Pagar».",
     "[Puede|Puedes|Podés] pagar con el botón «Pagar»."},
    {"enlace", "Enlace de pago completo", "https://pagos.example.com/p/7Qx2", ""},
    {"enlace_codigo", "Final del enlace de pago, para el botón", "p/7Qx2", ""},
    {"horario", "A qué horas deja escribir la ley, dicho en palabras",
     "de lunes a viernes de 7 a. m. a 7 p. m. y los sábados de 8 a. m. a 3 p. m., nunca en días "
     "festivos",
     ""},
    {"ayuda", "Cómo hablar con una persona, como una orden: «llame al…»",
     "[llame|llama|llamá] al 601 555 0100", "[responda|responde|respondé] a este mensaje"},
    {"quien_responde", "Frases enteras: responsable, domicilio, teléfono y quejas del acreedor",
     "Responsable: Marta Ruiz. Domicilio: Av. Juárez 10. Teléfono: 55 5555 0100. Quejas: "
     "quejas@example.com.",
     "Si [quiere|quieres|querés] nuestro domicilio y teléfono, o presentar una queja, "
     "[escríbanos|escríbenos|escribinos] por aquí."},
    {"cargos", "Una frase entera sobre los intereses y costos pactados",
     "No incluye intereses ni gastos de cobranza.",
     "Si [quiere|quieres|querés] el detalle de intereses y costos, [pídalo|pídelo|pedilo] por "
     "aquí."},
    {"pagado", "Cuánto pagó", "$ 240.000", ""},
    {"restante", "Cuánto queda por pagar", "$ 80.000", ""},
    {"aplicado", "A qué se aplicó lo que pagó, y lo que queda a su favor",
     "$ 200.000 a F-1042, $ 40.000 a F-1077 y $ 10.000 a su favor", ""},
    {"donde_pagar",
     "Para quien lo pregunta: el enlace de pago o, si no hay, cómo pagar, dicho sin pedirlo",
     "Este es el enlace de la factura: https://pagos.example.com/p/7Qx2",
     "Una persona de nuestro equipo enviará por aquí las formas de pago."},
    {"fecha", "Una fecha de la que se habla", "viernes 4 de diciembre", ""},
    {"acuerdo", "Lo acordado o propuesto: cada parte con su fecha",
     "$ 120.000 el viernes 4 de diciembre y $ 120.000 el viernes 18 de diciembre", ""},
    {"opciones", "Lo que se ofrece, numerado, una línea cada una",
     "1) $ 240.000 el viernes 4 de diciembre\n2) $ 120.000 el viernes 4 de diciembre y $ 120.000 "
     "el viernes 18 de diciembre",
     ""},
    {"cuota", "Lo que falta del próximo pago de un acuerdo", "$ 90.000", ""},
    {"cuota_numero", "Cuál de los pagos del acuerdo es",
     "la cuota 2 de 6 de [su|tu] acuerdo de pago", ""},
    {"cuota_fecha", "Fecha de ese pago", "4 de diciembre de 2026", ""},
    {"enlace_whatsapp", "Enlace que abre un chat con nosotros, para quien no recibe por WhatsApp",
     "https://wa.me/576015550100?text=Hola", ""},
    {"como_salir",
     "Cómo dejar de recibir mensajes, como una orden: el enlace de baja o, si no hay, la palabra",
     "[entre|entra|entrá] en https://avisos.example.com/baja/7Qx2",
     "[escriba|escribe|escribí] BAJA en ese chat"},
}};

constexpr size_t kNamedInvoicesMax = 5;  // More are counted: "… y 2 más".
constexpr size_t kNamedPartsMax = 3;     // Of one payment.

// What the values say in words of their own, for in_treatment().
struct ValueWords {
  std::string_view account, was_due, is_due, due_today, amount, more, to, in_favour, pay_here,
      pay_by_button, link, link_of_several, ways_to_pay, enter;
};
constexpr ValueWords kSpanish = {
    .account = "[su|tu] cuenta",
    .was_due = "venció el",
    .is_due = "vence el",
    .due_today = "vence hoy",
    .amount = "por",
    .more = "más",
    .to = "a",
    .in_favour = "a [su|tu] favor",
    .pay_here = "[Puede|Puedes|Podés] pagar aquí",
    .pay_by_button = "[Puede|Puedes|Podés] pagar con el botón «Pagar».",
    .link = "Este es el enlace de la factura",
    .link_of_several = "Este es el enlace de pago",
    .ways_to_pay = "Para conocer las formas de pago",
    .enter = "[entre|entra|entrá] en"};
constexpr ValueWords kPortuguese = {.account = "sua conta",
                                    .was_due = "venceu em",
                                    .is_due = "vence em",
                                    .due_today = "vence hoje",
                                    .amount = "de",
                                    .more = "mais",
                                    .to = "à fatura",
                                    .in_favour = "a seu favor",
                                    .pay_here = "Você pode pagar aqui",
                                    .pay_by_button = "Você pode pagar com o botão «Pagar».",
                                    .link = "Este é o link da fatura",
                                    .link_of_several = "Este é o link de pagamento",
                                    .ways_to_pay = "Para saber as formas de pagamento",
                                    .enter = "acesse"};

const ValueWords& words_in(std::string_view locale) {
  return locale.starts_with("pt") ? kPortuguese : kSpanish;
}

// At most so many characters, so that one long name cannot make the whole message too long.
std::string shortened(std::string_view text, size_t characters_max) {
  size_t count = 0, end = 0;
  while (end < text.size()) {
    if ((static_cast<unsigned char>(text[end]) & 0xC0) != 0x80 && count++ == characters_max) {
      return fmt::format("{}…", text.substr(0, end));
    }
    ++end;
  }
  return std::string(text);
}

// "llame al 601 555 0100." and "Llame al…" both fit the middle of a sentence.
std::string as_clause(std::string_view help) {
  while (!help.empty() && (help.back() == '.' || help.back() == ' ')) help.remove_suffix(1);
  std::string clause = shortened(help, 120);
  const bool is_word = clause.size() > 1 && clause[1] >= 'a' && clause[1] <= 'z';
  if (is_word && clause[0] >= 'A' && clause[0] <= 'Z')
    clause[0] = static_cast<char>(clause[0] + 32);
  return clause;
}

// It is written once, in the creditor's language; "llame al 601 555 0100" is told in the reader's.
std::string in_language_of(std::string_view locale, std::string clause) {
  static constexpr std::pair<std::string_view, std::string_view> kToPortuguese[] = {
      {"llame al ", "ligue para "},      {"llama al ", "ligue para "},
      {"llamá al ", "ligue para "},      {"llámenos al ", "ligue para "},
      {"escriba a ", "escreva para "},   {"escribe a ", "escreva para "},
      {"escríbanos a ", "escreva para "}};
  if (!locale.starts_with("pt"))
    return clause.starts_with("ligue para ") ? "llame al " + clause.substr(11) : clause;
  for (const auto& [spanish, portuguese] : kToPortuguese) {
    if (clause.starts_with(spanish)) return std::string(portuguese) + clause.substr(spanish.size());
  }
  return clause;
}

std::string help_of(const MessageFacts& facts) {
  return messaging::help_clause(facts.creditor->help, facts.locale);
}

std::string due_phrase(const Invoice& invoice, const MessageFacts& facts) {
  if (!invoice.due_on) return {};
  const ValueWords& words = words_in(facts.locale);
  if (*invoice.due_on == facts.today) return fmt::format(" ({})", words.due_today);
  return fmt::format(" ({} {})", *invoice.due_on < facts.today ? words.was_due : words.is_due,
                     format_short_date(*invoice.due_on, facts.locale));
}

std::string detail_of(const MessageFacts& facts) {
  std::vector<std::string> items;
  for (const auto& invoice :
       facts.invoices.first(std::min(facts.invoices.size(), kNamedInvoicesMax))) {
    items.push_back(
        fmt::format("{} {} {}{}", shortened(invoice.number, 30), words_in(facts.locale).amount,
                    format_money(invoice.balance(), facts.locale), due_phrase(invoice, facts)));
  }
  const size_t more = facts.invoices.size() - items.size();
  if (more > 0) items.push_back(fmt::format("{} {}", more, words_in(facts.locale).more));
  return join_list(items, facts.locale);
}

// "$ 200.000 a F-1042 y $ 40.000 a F-1077"
std::string applied_text(const MessageFacts& facts) {
  const ValueWords& words = words_in(facts.locale);
  std::vector<std::string> items;
  for (const auto& part : facts.applied.first(std::min(facts.applied.size(), kNamedPartsMax))) {
    items.push_back(fmt::format("{} {} {}", format_money(part.applied, facts.locale), words.to,
                                shortened(part.invoice, 30)));
  }
  const auto others = facts.applied.subspan(items.size());
  int64_t rest = 0;
  for (const auto& part : others) rest += part.applied.minor;
  if (!others.empty())
    items.push_back(fmt::format("{} a {} {}",
                                format_money({rest, facts.paid->currency}, facts.locale),
                                others.size(), words.more));
  if (facts.kept_minor > 0)
    items.push_back(
        fmt::format("{} {}", format_money({facts.kept_minor, facts.paid->currency}, facts.locale),
                    messaging::in_treatment(words.in_favour, facts.treatment)));
  return join_list(items, facts.locale);
}

// Makes the values that a message names, and no others: most of a value's time goes into its
// making.
class Maker {
 public:
  explicit Maker(const MessageTemplate* only_for) : names_all_(only_for == nullptr) {
    if (names_all_) return;
    add_names(only_for->body);
    for (const auto& button : only_for->buttons) add_names(button.url);
    // Where there is a button to pay, it is pointed at instead (render.cpp).
    if (names("como_pagar")) named_.push_back("como_pagar_boton");
  }
  template <class Make>
  void set(std::string_view name, Make make) {
    if (names(name)) made.set(name, make());
  }
  Variables made;

 private:
  void add_names(std::string_view text) {
    for (const auto& piece : messaging::pieces_of(text)) {
      if (piece.is_variable) named_.push_back(piece.text);
    }
  }
  [[nodiscard]] bool names(std::string_view name) const {
    return names_all_ || std::ranges::find(named_, name) != named_.end();
  }

  bool names_all_;
  std::vector<std::string_view> named_;
};

void set_invoices(Maker& values, const MessageFacts& facts) {
  if (facts.invoices.empty()) return;
  const Invoice& lead = facts.invoices.front();
  values.set("producto", [&] {
    return messaging::is_sayable(lead.product, *facts.creditor)
               ? shortened(lead.product, 60)
               : messaging::in_treatment(words_in(facts.locale).account, facts.treatment);
  });
  values.set("factura", [&] { return shortened(lead.number, 40); });
  values.set("monto", [&] { return format_money(lead.balance(), facts.locale); });
  if (lead.due_on)
    values.set("vencimiento", [&] { return format_long_date(*lead.due_on, facts.locale); });
  values.set("cantidad", [&] { return std::to_string(facts.invoices.size()); });
  values.set("total", [&] {
    Money total{0, lead.amount.currency};
    for (const auto& invoice : facts.invoices) total.minor += invoice.balance_minor;
    return format_money(total, facts.locale);
  });
  values.set("detalle", [&] { return detail_of(facts); });
}

void set_ways_to_pay(Maker& values, const MessageFacts& facts) {
  const std::string_view base = facts.creditor->payment_link_base, link = facts.payment_link;
  const ValueWords& words = words_in(facts.locale);
  values.set("como_pagar_boton",
             [&] { return messaging::in_treatment(words.pay_by_button, facts.treatment); });
  if (!link.empty()) {
    values.set("enlace", [&] { return std::string(link); });
    values.set("como_pagar", [&] {
      return fmt::format("{}: {}", messaging::in_treatment(words.pay_here, facts.treatment), link);
    });
    values.set("donde_pagar", [&] {
      return fmt::format("{}: {}", facts.invoices.size() > 1 ? words.link_of_several : words.link,
                         link);
    });
    if (!base.empty() && link.size() > base.size() && link.starts_with(base)) {
      values.set("enlace_codigo", [&] { return std::string(link.substr(base.size())); });
    }
  } else if (facts.creditor->help.find_first_not_of(" .") != std::string::npos) {
    values.set("como_pagar", [&] { return fmt::format("Para pagar, {}.", help_of(facts)); });
    values.set("donde_pagar",
               [&] { return fmt::format("{}, {}.", words.ways_to_pay, help_of(facts)); });
  }
}

std::string numbered(const NextInstalment& next, const MessageFacts& facts) {
  const bool is_portuguese = facts.locale.starts_with("pt");
  const std::string_view whose = facts.treatment == Treatment::Usted ? "su" : "tu";
  if (next.of == 1)
    return is_portuguese ? "o pagamento do seu acordo"
                         : fmt::format("el pago de {} acuerdo", whose);
  return is_portuguese
             ? fmt::format("a parcela {} de {} do seu acordo de pagamento", next.number, next.of)
             : fmt::format("la cuota {} de {} de {} acuerdo de pago", next.number, next.of, whose);
}

// Who answers for the collection, as far as the settings tell. Empty when they tell nothing.
std::string who_answers(const Creditor& creditor) {
  std::string text;
  const auto add = [&](std::string_view label, std::string_view value, size_t characters_max) {
    while (!value.empty() && (value.back() == '.' || value.back() == ' ')) value.remove_suffix(1);
    if (value.empty()) return;
    text +=
        fmt::format("{}{}: {}.", text.empty() ? "" : " ", label, shortened(value, characters_max));
  };
  add("Responsable", creditor.person_in_charge, 40);
  add("Domicilio", creditor.address, 80);
  add("Teléfono", creditor.phone, 24);
  add("Quejas", creditor.complaints_unit, 80);
  return text;
}

}  // namespace

bool messaging::is_sayable(std::string_view product, const Creditor& creditor) {
  const compliance::TextFindings found = compliance::read_text(product);
  return !found.threat && !found.court && !found.credit_register && !found.advertising &&
         !found.third_party && !found.reason_question &&
         (!found.charge || !creditor.charges.empty());
}

std::string messaging::help_clause(std::string_view help, std::string_view locale) {
  return in_language_of(locale, as_clause(help));
}

std::span<const VariableInfo> known_variables() { return kKnownVariables; }

const VariableInfo* known_variable(std::string_view name) {
  const auto found = std::ranges::find(kKnownVariables, name, &VariableInfo::name);
  return found == kKnownVariables.end() ? nullptr : &*found;
}

const std::string* Variables::find(std::string_view name) const {
  for (const auto& [known, value] : values) {
    if (known == name) return &value;
  }
  return nullptr;
}

void Variables::set(std::string_view name, std::string value) {
  for (auto& [known, old] : values) {
    if (known != name) continue;
    old = std::move(value);
    return;
  }
  values.emplace_back(name, std::move(value));
}

namespace messaging {

Variables variables_of(const MessageFacts& facts) {
  PUNTUAL_CHECK(facts.creditor != nullptr);
  Maker values(facts.only_for);
  values.set("agente", [&] { return shortened(facts.creditor->agent_name, 40); });
  values.set("empresa", [&] { return shortened(facts.creditor->name, 60); });
  values.set("nombre", [&] { return shortened(first_name(facts.debtor_name), 40); });
  values.set("nombre_completo", [&] { return shortened(title_case_name(facts.debtor_name), 60); });
  set_invoices(values, facts);
  values.set("hoy", [&] { return format_long_date(facts.today, facts.locale); });
  set_ways_to_pay(values, facts);
  values.set("ayuda", [&] { return help_of(facts); });
  if (!facts.hours.empty()) values.set("horario", [&] { return std::string(facts.hours); });
  if (!facts.talk.agreed_on.empty())
    values.set("fecha", [&] { return std::string(facts.talk.agreed_on); });
  if (!facts.talk.agreement.empty())
    values.set("acuerdo", [&] { return std::string(facts.talk.agreement); });
  if (!facts.talk.options.empty())
    values.set("opciones", [&] { return std::string(facts.talk.options); });
  values.set("quien_responde", [&] { return who_answers(*facts.creditor); });
  values.set("cargos", [&] { return shortened(facts.creditor->charges, 160); });
  if (facts.paid) values.set("pagado", [&] { return format_money(*facts.paid, facts.locale); });
  if (facts.paid && !facts.applied.empty())
    values.set("aplicado", [&] { return applied_text(facts); });
  if (facts.remaining)
    values.set("restante", [&] { return format_money(*facts.remaining, facts.locale); });
  if (facts.instalment && !facts.invoices.empty()) {
    values.set("cuota", [&] {
      return format_money(
          {facts.instalment->due.amount_minor, facts.invoices.front().amount.currency},
          facts.locale);
    });
    values.set("cuota_fecha",
               [&] { return format_long_date(facts.instalment->due.due_on, facts.locale); });
    values.set("cuota_numero", [&] { return numbered(*facts.instalment, facts); });
  }
  if (!facts.whatsapp_link.empty())
    values.set("enlace_whatsapp", [&] { return std::string(facts.whatsapp_link); });
  if (!facts.stop_link.empty()) {
    values.set("como_salir", [&] {
      return fmt::format("{} {}",
                         messaging::in_treatment(words_in(facts.locale).enter, facts.treatment),
                         facts.stop_link);
    });
  }
  return std::move(values.made);
}

std::string inputs_of(const MessageFacts& facts) {
  std::string inputs;
  inputs.reserve(512);
  const auto number = [&](int64_t value) {
    inputs.append(reinterpret_cast<const char*>(&value), sizeof value);
  };
  const auto text = [&](std::string_view value) {
    number(std::ssize(value));
    inputs += value;
  };
  const auto money = [&](const Money& value) {
    number(value.minor);
    text(value.currency.code());
  };
  const auto day = [&](const std::optional<CivilDate>& value) {
    number(value.has_value());
    number(value ? value->days : 0);
  };
  const Creditor& from = *facts.creditor;
  for (const std::string_view told :
       {std::string_view(from.name), std::string_view(from.agent_name), std::string_view(from.help),
        std::string_view(from.payment_link_base), std::string_view(from.person_in_charge),
        std::string_view(from.address), std::string_view(from.phone),
        std::string_view(from.complaints_unit), std::string_view(from.charges), facts.debtor_name,
        facts.locale, facts.payment_link, facts.hours, facts.talk.agreed_on, facts.talk.agreement,
        facts.talk.options, facts.whatsapp_link, facts.stop_link}) {
    text(told);
  }
  day(facts.today);
  number(static_cast<int64_t>(facts.treatment));
  number(std::ssize(facts.invoices));
  for (const auto& invoice : facts.invoices) {
    number(invoice.id.value);
    text(invoice.number);
    text(invoice.product);
    money(invoice.balance());
    day(invoice.due_on);
  }
  for (const auto* sum : {&facts.paid, &facts.remaining}) {
    number(sum->has_value());
    if (*sum) money(**sum);
  }
  number(std::ssize(facts.applied));
  for (const auto& part : facts.applied) {
    text(part.invoice);
    money(part.applied);
  }
  number(facts.kept_minor);
  number(facts.instalment.has_value());
  if (facts.instalment) {
    number(facts.instalment->due.amount_minor);
    day(facts.instalment->due.due_on);
    number(static_cast<int64_t>(facts.instalment->number));
    number(static_cast<int64_t>(facts.instalment->of));
  }
  return inputs;
}

std::string_view thanks_template(const MessageFacts& facts) {
  if (facts.invoices.size() > 1 || facts.kept_minor > 0) return "pago_varias_v1";
  if (facts.remaining && facts.remaining->minor > 0) return "pago_parcial_v1";
  return facts.paid_on_time ? "pago_puntual_v1" : "pago_recibido_v1";
}

}  // namespace messaging
}  // namespace puntual
