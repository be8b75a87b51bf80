#include "core/messaging/template.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <utility>

#include "base/json.h"
#include "core/compliance/content.h"

namespace puntual {
namespace {

constexpr std::string_view kGoodTemplate = R"(name = "recordatorio_v1"
language = "es"
purpose = "overdue"
body = """
Hola, le escribe {{agente}} de {{empresa}} sobre un pago.

{{nombre}}, el pago de {{producto}} (factura {{factura}}), por {{monto}}, venció el {{vencimiento}}. Gracias por revisarlo.

{{como_pagar}}

Si tiene dudas, {{ayuda}}. Si ya pagó, no tenga en cuenta este mensaje. ¡Gracias!
"""
footer = "Responda BAJA para no recibir más."

[[button]]
kind = "quick_reply"
text = "Ya pagué"
payload = "YA_PAGUE"

[fallbacks]
producto = "su plan"
)";

std::string with(std::string_view from, std::string_view to) {
  std::string text(kGoodTemplate);
  const auto at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

// A file without words of address is one template.
Result<MessageTemplate> parse(std::string_view toml) {
  ASSIGN_OR_RETURN(auto templates, messaging::parse_templates(toml, "t.toml"));
  return std::move(templates.front());
}

// "threat:7" for each finding, errors first letter as it is, warnings with a "?".
std::string findings_of(const std::string& toml) {
  const auto parsed = parse(toml);
  if (!parsed) return parsed.error().message;
  std::string text;
  for (const auto& finding : messaging::check(*parsed)) {
    text += fmt::format("{}{}{}:{}", text.empty() ? "" : " ", finding.code,
                        finding.is_error ? "" : "?", finding.line);
  }
  return text;
}

TEST(TemplateCheck, AGoodTemplateHasNoFindings) {
  EXPECT_EQ(findings_of(std::string(kGoodTemplate)), "");
}

TEST(TemplateCheck, AnOpenerTellsNothingOfADebt) {
  const auto opener = [](std::string_view sentence, std::string_view button) {
    return findings_of(
        fmt::format("name = \"x_v1\"\nlanguage = \"es\"\npurpose = \"identity_check\"\nbody = "
                    "\"\"\"\nHola, le escribe {{{{agente}}}} "
                    "de {{{{empresa}}}}. {} ¿Hablamos con {{{{nombre_completo}}}} "
                    "ahora?\n\"\"\"\nfooter = \"Para no recibir más, "
                    "responda BAJA.\"\n[[button]]\nkind = \"quick_reply\"\ntext = \"{}\"\npayload "
                    "= \"TITULAR_SI\"\n",
                    sentence, button));
  };
  EXPECT_EQ(opener("Tenemos un mensaje sobre su cuenta.", "Sí, soy yo"), "");
  EXPECT_NE(opener("Es sobre la factura {{factura}}.", "Sí").find("reveals_debt"),
            std::string::npos);
  EXPECT_NE(opener("Son {{monto}}.", "Sí").find("reveals_debt"), std::string::npos);
  EXPECT_NE(opener("Es por {{producto}}.", "Sí").find("reveals_debt"), std::string::npos);
  EXPECT_NE(opener("Es sobre un pago.", "Sí").find("reveals_debt"), std::string::npos);
  EXPECT_NE(opener("Es un mensaje.", "Ver mi deuda").find("reveals_debt"), std::string::npos);
  EXPECT_NE(opener("Es sobre el documento 1020.", "Sí").find("reveals_debt"), std::string::npos);
  EXPECT_NE(opener("Usted está atrasado.", "Sí").find("reveals_debt"), std::string::npos);
  EXPECT_TRUE(messaging::reveals_debt("Hola, le escribe Laura de Cobranzas del Sur."));
  EXPECT_FALSE(messaging::reveals_debt("Hola, le escribe Laura de Colegio San Marcos."));
}

TEST(TemplateCheck, FindsWhatCollectorsGetWrong) {
  const std::string greeting = "Hola, le escribe {{agente}} de {{empresa}} sobre un pago.";
  EXPECT_EQ(findings_of(with(greeting, "Hola, tiene un pago pendiente.")), "missing_identity:5");
  const std::string thanks = "Gracias por revisarlo.";
  EXPECT_EQ(findings_of(with(thanks, "De lo contrario iniciaremos acciones legales.")), "threat:7");
  EXPECT_EQ(findings_of(with(thanks, "Se cobrarán intereses de mora.")),
            "unagreed_charge:7 jargon:7");
  EXPECT_EQ(findings_of(with(thanks, "Su obligación está exigible.")), "jargon:7");
  EXPECT_EQ(findings_of(with(thanks, "¿Por qué no ha pagado?")), "reason_question:7");
  EXPECT_EQ(findings_of(with(thanks, "Evite un reporte en Datacrédito.")),
            "credit_register:7 pressure?:7");
  EXPECT_EQ(findings_of(with(thanks, "Aproveche un 10 % de descuento.")), "promotion:7");
  EXPECT_EQ(findings_of(with(thanks, "Iniciaremos un proceso jurídico.")), "threat:7");
  EXPECT_EQ(findings_of(with(thanks, "Le avisaremos a su familia.")), "third_party:7");
  EXPECT_EQ(findings_of(with(thanks, "Puedes pagar cuando quieras.")), "informal?:7");
  EXPECT_EQ(findings_of(with(thanks, std::string(1200, 'a'))), "too_long:5");
  EXPECT_EQ(findings_of(with(thanks, std::string(500, 'a'))), "long?:5");
  EXPECT_EQ(findings_of(with("{{nombre}}, el", "{{nombres}}, el")), "unknown_variable:7");
  EXPECT_EQ(findings_of(with("{{nombre}}, el", "{nombre}, el")), "broken_variable:5");
  EXPECT_EQ(findings_of(with("{{como_pagar}}", "Pague en {{enlace}} cuando guste.")),
            "variable_without_fallback:9");
  EXPECT_EQ(findings_of(with(thanks, "Recibimos {{pagado}} de su parte.")),
            "variable_without_fallback:7");
  EXPECT_EQ(findings_of(with("\"su plan\"", "\"su\\tplan\"")), "newline_in_parameter:20");
  EXPECT_EQ(findings_of(with("producto =", "restante =")), "unused_fallback?:20");
}

TEST(TemplateCheck, FindsWhatIsMissing) {
  EXPECT_EQ(findings_of(with("Responda BAJA para no recibir más.", "Gracias.")),
            "missing_opt_out:5");
  EXPECT_EQ(findings_of(with(", por {{monto}},", "")), "missing_amount:5");
  EXPECT_EQ(findings_of(with("venció el {{vencimiento}}", "ya venció")), "missing_due_date:5");
  EXPECT_EQ(findings_of(with("{{como_pagar}}", "Gracias.")), "missing_way_to_pay:5");
  EXPECT_EQ(findings_of(with("Si tiene dudas, {{ayuda}}.", "")), "missing_help:5");
  EXPECT_EQ(findings_of(with("language = \"es\"", "language = \"es_CL\"")), "missing_statement:5");
}

TEST(TemplateCheck, FindsWhatThePlatformRefuses) {
  EXPECT_EQ(findings_of(with("no tenga en cuenta este mensaje. ¡Gracias!", "{{producto}}.")),
            "variable_at_edge:11 variable_twice:11");
  EXPECT_EQ(findings_of(with("Gracias por revisarlo.", "")), "adjacent_variables:9");
  EXPECT_EQ(findings_of(with("no tenga en cuenta", "avise a {{agente}} y no tenga en cuenta")),
            "variable_twice:11");
  EXPECT_EQ(findings_of(with("Responda BAJA",
                             "Si usted lo prefiere, en cualquier momento puede responder BAJA")),
            "footer_too_long:13");
  EXPECT_EQ(findings_of(with("Ya pagué", "Ya pagué esta factura completa")), "bad_label:15");
  EXPECT_EQ(findings_of(with("recordatorio_v1", "Recordatorio-1")), "bad_name:1");
  EXPECT_EQ(findings_of(with("\"es\"", "\"español\"")), "bad_language:1");
  const std::string reply =
      "[[button]]\nkind = \"quick_reply\"\ntext = \"Ayuda\"\npayload = \"AYUDA\"\n\n";
  const std::string url =
      "[[button]]\nkind = \"url\"\ntext = \"Pagar\"\nurl = \"http://a.example/{{monto}}/b\"\n\n";
  EXPECT_EQ(findings_of(with("[fallbacks]", url + reply + "[fallbacks]")),
            "button_order:15 bad_url:20");
  const auto of_page = [&](std::string_view base) {
    return findings_of(
        with("[fallbacks]", fmt::format("[[button]]\nkind = \"url\"\ntext = \"Pagar\"\nurl = "
                                        "\"{}/{{{{monto}}}}\"\n\n[fallbacks]",
                                        base)));
  };
  EXPECT_EQ(of_page("http://127.0.0.1:8080/p"), of_page("https://a.example/p"))
      << "a house that is tried out on this machine";
  EXPECT_NE(of_page("http://10.0.0.1/p"), of_page("https://a.example/p"));
}

TEST(TemplateFile, MistakesNamePlaceAndRemedy) {
  EXPECT_EQ(findings_of(with("footer =", "foter =")),
            "t.toml:13: unknown key 'foter': did you mean 'footer'?");
  EXPECT_EQ(findings_of(with("payload = \"YA_PAGUE\"", "")),
            "t.toml:16: a quick_reply button needs 'payload': what comes back when it is pressed");
  EXPECT_EQ(findings_of(with("\"overdue\"", "\"overdeu\"")),
            "t.toml:3: 'purpose': 'overdeu' is not known: did you mean 'overdue'?");
}

Creditor creditor() {
  return {.name = "Colegio San Marcos",
          .agent_name = "Laura",
          .country = "CO",
          .locale = "es_CO",
          .help = "Llame al 601 555 0100."};
}

Invoice invoice(std::string_view number, CivilDate due, int64_t balance_minor) {
  Invoice one;
  one.number = number;
  one.product = "Pensión de noviembre";
  one.due_on = due;
  one.amount = {balance_minor, Currency::of("COP")};
  one.balance_minor = balance_minor;
  return one;
}

TEST(Render, DropsWhatNobodySeesButChangesWhatIsRead) {
  const auto parsed = parse(kGoodTemplate);
  ASSERT_TRUE(parsed.has_value());
  Variables variables;
  for (const auto& info : known_variables()) variables.set(info.name, std::string(info.example));
  variables.set("producto", "\u202Eoiram\u200B plan");
  const auto rendered = messaging::render(*parsed, variables);
  ASSERT_TRUE(rendered.has_value());
  EXPECT_NE(rendered->text.find("oiram plan"), std::string::npos);
  EXPECT_EQ(rendered->text.find("\u202E"), std::string::npos);
}

TEST(Render, FillsAndListsTheParameters) {
  const Creditor from = creditor();
  const std::vector<Invoice> invoices{invoice("F-1", date_of(2026, 11, 3), 24000000)};
  const auto variables = messaging::variables_of({.creditor = &from,
                                                  .debtor_name = "ANA MARÍA PÉREZ GIL",
                                                  .invoices = invoices,
                                                  .today = date_of(2026, 11, 10),
                                                  .locale = "es_CO",
                                                  .payment_link = "https://p.example/x1"});
  const auto message = messaging::render(*parse(kGoodTemplate), variables);
  ASSERT_TRUE(message) << message.error().message;
  EXPECT_EQ(message->text,
            "Hola, le escribe Laura de Colegio San Marcos sobre un pago.\n\n"
            "Ana, el pago de Pensión de noviembre (factura F-1), por $ 240.000, venció el 3 de "
            "noviembre de 2026. "
            "Gracias por revisarlo.\n\nPuede pagar aquí: https://p.example/x1\n\n"
            "Si tiene dudas, llame al 601 555 0100. Si ya pagó, no tenga en cuenta este mensaje. "
            "¡Gracias!\n\n"
            "Responda BAJA para no recibir más.");
  EXPECT_EQ(message->parameter_names.front(), "agente");
  EXPECT_EQ(message->parameters.size(), 9u);
  EXPECT_EQ(message->parameters.size(), message->parameter_names.size());
}

// What is not made anew when it is sent must be made of the same: whatever changes a value changes
// the inputs.
TEST(Render, NothingChangesAValueThatIsNotAmongItsInputs) {
  Creditor from = creditor();
  std::vector<Invoice> invoices{invoice("F-1", date_of(2026, 11, 3), 24000000),
                                invoice("F-2", date_of(2026, 12, 3), 12000000)};
  std::vector<ReceiptPart> applied{
      {.invoice = "F-1", .product = "Pensión", .applied = invoices[0].amount, .left = {}}};
  MessageFacts facts{
      .creditor = &from,
      .debtor_name = "ANA PÉREZ",
      .invoices = invoices,
      .today = date_of(2026, 11, 10),
      .locale = "es_CO",
      .payment_link = "https://p.example/x1",
      .paid = invoices[0].amount,
      .remaining = invoices[1].amount,
      .applied = applied,
      .kept_minor = 500,
      .hours = "de lunes a viernes",
      .talk = {"hoy", "todo", "1) todo"},
      .instalment =
          NextInstalment{
              .due = {.due_on = date_of(2026, 12, 4), .amount_minor = 9000}, .number = 2, .of = 6},
      .whatsapp_link = "https://wa.me/1",
      .stop_link = "https://p.example/baja"};
  const auto before = messaging::variables_of(facts).values;
  const std::string inputs = messaging::inputs_of(facts);
  EXPECT_EQ(messaging::inputs_of(facts), inputs);
  const auto expect_told = [&](std::string_view what) {
    EXPECT_NE(messaging::variables_of(facts).values, before) << what;
    EXPECT_NE(messaging::inputs_of(facts), inputs) << what;
  };
  for (std::string* own : {&from.name, &from.agent_name, &from.person_in_charge, &from.address,
                           &from.phone, &from.complaints_unit, &from.charges, &from.help,
                           &invoices[0].number, &invoices[0].product, &applied[0].invoice}) {
    const std::string was = std::exchange(*own, "algo muy otro");
    expect_told(*own + " en lugar de " + was);
    *own = was;
  }
  from.payment_link_base = "https://p.example/";
  expect_told("payment_link_base");
  from.payment_link_base = "";
  for (int64_t* sum :
       {&invoices[0].balance_minor, &applied[0].applied.minor, &facts.kept_minor,
        &facts.paid->minor, &facts.remaining->minor, &facts.instalment->due.amount_minor}) {
    *sum += 100;
    expect_told("sum");
    *sum -= 100;
  }
  for (CivilDate* date : {&facts.today, &*invoices[0].due_on, &facts.instalment->due.due_on}) {
    date->days += 40;
    expect_told("date");
    date->days -= 40;
  }
  for (size_t* count : {&facts.instalment->number, &facts.instalment->of}) {
    ++*count;
    expect_told("instalment");
    --*count;
  }
  for (std::string_view* given :
       {&facts.debtor_name, &facts.payment_link, &facts.hours, &facts.talk.agreed_on,
        &facts.talk.agreement, &facts.talk.options, &facts.whatsapp_link, &facts.stop_link}) {
    const std::string_view was = std::exchange(*given, "algo");
    expect_told(was);
    *given = was;
  }
  facts.locale = "pt_BR";
  expect_told("locale");
  facts.locale = "es_CO";
  facts.treatment = Treatment::Tu;
  expect_told("treatment");
  facts.treatment = Treatment::Usted;
  facts.invoices = facts.invoices.first(1);
  expect_told("invoices");
}

TEST(Render, MakesOnlyWhatIsNamedWhereATemplateIsGiven) {
  const Creditor from = creditor();
  const std::vector<Invoice> invoices{invoice("F-1", date_of(2026, 11, 3), 24000000)};
  MessageFacts facts{.creditor = &from,
                     .debtor_name = "ANA PÉREZ",
                     .invoices = invoices,
                     .today = date_of(2026, 11, 10),
                     .locale = "es_CO"};
  const auto used = parse(kGoodTemplate);
  ASSERT_TRUE(used);
  const auto all = messaging::render(*used, messaging::variables_of(facts));
  facts.only_for = &*used;
  const auto variables = messaging::variables_of(facts);
  EXPECT_EQ(variables.find("detalle"), nullptr);
  const auto named = messaging::render(*used, variables);
  ASSERT_TRUE(all && named);
  EXPECT_EQ(named->text, all->text);
  EXPECT_EQ(named->parameters, all->parameters);
}

TEST(Render, MissingDataReadsNaturally) {
  Creditor from = creditor();
  from.agent_name = from.help = "";
  std::vector<Invoice> invoices{invoice("F-1", date_of(2026, 11, 3), 24000000)};
  invoices[0].product = "";
  const auto variables = messaging::variables_of({.creditor = &from,
                                                  .debtor_name = "",
                                                  .invoices = invoices,
                                                  .today = date_of(2026, 11, 10),
                                                  .locale = "es_CO"});
  const auto message = messaging::render(*parse(kGoodTemplate), variables);
  ASSERT_TRUE(message) << message.error().message;
  EXPECT_NE(message->text.find("le escribe el equipo de Colegio San Marcos"), std::string::npos);
  EXPECT_NE(message->text.find("Apreciable cliente, el pago de su plan (factura F-1)"),
            std::string::npos);
  EXPECT_NE(message->text.find("Para conocer las formas de pago, responda a este mensaje."),
            std::string::npos);
  from.help = "llame al 601 555 0100";
  EXPECT_EQ(*messaging::variables_of({.creditor = &from, .locale = "es_CO"}).find("como_pagar"),
            "Para pagar, llame al 601 555 0100.");
}

TEST(Render, TellsWhereToAskInTheLanguageOfTheReader) {
  Creditor from = creditor();
  const auto help = [&](std::string_view words, std::string_view locale) {
    from.help = words;
    return *messaging::variables_of({.creditor = &from, .locale = locale}).find("ayuda");
  };
  EXPECT_EQ(help("Llame al 601 555 0100.", "pt_BR"), "ligue para 601 555 0100");
  EXPECT_EQ(help("ligue para 11 5555 0100", "es_CO"), "llame al 11 5555 0100");
  EXPECT_EQ(help("llame al 601 555 0100", "es_CO"), "llame al 601 555 0100");
  EXPECT_EQ(help("pase por la oficina", "pt_BR"), "pase por la oficina");
}

TEST(Render, RefusesAMissingRequiredValue) {
  const auto message = messaging::render(*parse(kGoodTemplate), Variables{});
  ASSERT_FALSE(message);
  EXPECT_EQ(message.error().message,
            "template recordatorio_v1 (es): the variable {{empresa}} has no value and no fallback");
}

TEST(Render, MendsValuesAndNeverReadsThemAsTemplates) {
  Variables variables;
  for (const auto& known : known_variables()) variables.set(known.name, std::string(known.example));
  variables.set("producto", " Plan\n{{total}}\t  de\u00A0casa ");
  const auto message = messaging::render(*parse(kGoodTemplate), variables);
  ASSERT_TRUE(message);
  EXPECT_NE(message->text.find("el pago de Plan {{total}} de casa (factura"), std::string::npos);
  variables.set("producto", std::string(1100, 'x'));
  EXPECT_FALSE(messaging::render(*parse(kGoodTemplate), variables));
}

TEST(Render, SeveralInvoicesAreListedAndCounted) {
  const Creditor from = creditor();
  std::vector<Invoice> invoices{invoice("F-1", date_of(2026, 11, 3), 12000000),
                                invoice("F-2", date_of(2026, 11, 24), 8000000)};
  const auto detail = [&] {
    return *messaging::variables_of({.creditor = &from,
                                     .invoices = invoices,
                                     .today = date_of(2026, 11, 10),
                                     .locale = "es_CO"})
                .find("detalle");
  };
  EXPECT_EQ(detail(),
            "F-1 por $ 120.000 (venció el 03/11/2026) y F-2 por $ 80.000 (vence el 24/11/2026)");
  for (int i = 3; i <= 7; ++i)
    invoices.push_back(invoice(fmt::format("F-{}", i), date_of(2026, 11, 10), 100));
  EXPECT_EQ(detail(),
            "F-1 por $ 120.000 (venció el 03/11/2026), F-2 por $ 80.000 (vence el 24/11/2026), "
            "F-3 por $ 1 (vence hoy), F-4 por $ 1 (vence hoy), F-5 por $ 1 (vence hoy) y 2 más");
}

// The link of several invoices is not that of one; and told so it is no demand, at any hour.
TEST(Render, TheLinkOfSeveralInvoicesIsToldAsThat) {
  const Creditor from = creditor();
  const std::vector<Invoice> invoices{invoice("F-1", date_of(2026, 11, 3), 12000000),
                                      invoice("F-2", date_of(2026, 11, 24), 8000000)};
  for (const auto& [locale, several] :
       {std::pair("es_CO", "Este es el enlace de pago: https://p.co/1"),
        std::pair("pt_BR", "Este é o link de pagamento: https://p.co/1")}) {
    const auto told = [&](size_t count) {
      return *messaging::variables_of({.creditor = &from,
                                       .invoices = std::span(invoices).first(count),
                                       .today = date_of(2026, 11, 10),
                                       .locale = locale,
                                       .payment_link = "https://p.co/1"})
                  .find("donde_pagar");
    };
    EXPECT_EQ(told(2), several);
    EXPECT_NE(told(1), several);
    EXPECT_FALSE(compliance::read_text(told(2)).demand);
  }
}

TEST(Thanks, ArePraiseOnlyWhereTrue) {
  const Money left{100, Currency::of("COP")}, none{0, Currency::of("COP")};
  EXPECT_EQ(messaging::thanks_template({.remaining = left, .paid_on_time = true}),
            "pago_parcial_v1");
  EXPECT_EQ(messaging::thanks_template({.remaining = none, .paid_on_time = true}),
            "pago_puntual_v1");
  EXPECT_EQ(messaging::thanks_template({}), "pago_recibido_v1");
  const std::vector<Invoice> one{invoice("F-1", date_of(2026, 11, 3), 0)};
  EXPECT_EQ(messaging::thanks_template({.invoices = one, .remaining = none, .paid_on_time = true}),
            "pago_puntual_v1");
}

TEST(Thanks, ForSeveralInvoicesSayHowTheMoneyWasAppliedAndWhatIsLeft) {
  const Creditor from = creditor();
  const std::vector<Invoice> two{invoice("F-1", date_of(2026, 11, 3), 0),
                                 invoice("F-2", date_of(2026, 11, 24), 8000000)};
  const auto catalog = TemplateCatalog::built_in();
  ASSERT_TRUE(catalog);
  const Currency cop = Currency::of("COP");
  const std::vector<ReceiptPart> applied{
      {.invoice = "F-1", .product = {}, .applied = {15000000, cop}, .left = {}},
      {.invoice = "F-2", .product = {}, .applied = {4000000, cop}, .left = {}}};
  for (const int64_t left : {int64_t{0}, int64_t{8000000}}) {
    const MessageFacts facts{.creditor = &from,
                             .debtor_name = "Ana Ruiz",
                             .invoices = two,
                             .today = date_of(2026, 11, 10),
                             .locale = "es_CO",
                             .paid = Money{20000000, Currency::of("COP")},
                             .remaining = Money{left, Currency::of("COP")},
                             .applied = applied,
                             .kept_minor = 1000000,
                             .paid_on_time = true};
    const auto name = messaging::thanks_template(facts);
    EXPECT_EQ(name, "pago_varias_v1");
    const MessageTemplate* used = catalog->find(name, "es_CO");
    ASSERT_NE(used, nullptr);
    const auto message = messaging::render(*used, messaging::variables_of(facts));
    ASSERT_TRUE(message) << message.error().message;
    EXPECT_NE(message->text.find(fmt::format("su pago de $ 200.000 y lo aplicamos así: $ 150.000 a "
                                             "F-1, $ 40.000 a F-2 y $ 10.000 a su favor. "
                                             "Saldo: $ {}.",
                                             left == 0 ? "0" : "80.000")),
              std::string::npos)
        << message->text;
  }
}

TEST(CloudDefinition, IsMadeFromTheSameSource) {
  auto source = parse(with("[fallbacks]",
                           "[[button]]\nkind = \"url\"\ntext = \"Pagar\"\n"
                           "url = \"{{enlace}}\"\n\n[fallbacks]"));
  ASSERT_TRUE(source);
  const auto definition = parse_json(
      messaging::cloud_definition(messaging::with_link_base(*source, "https://p.example/")));
  ASSERT_TRUE(definition);
  EXPECT_EQ(*member_text(*definition, "parameter_format"), "NAMED");
  EXPECT_EQ(*member_int(*definition, "message_send_ttl_seconds"), 10800);
  const auto& components = *member_array(*definition, "components");
  ASSERT_EQ(components.size(), 3u);
  EXPECT_EQ(*member_text(components[0], "text"), source->body);
  const auto& buttons = *member_array(components[2], "buttons");
  EXPECT_EQ(
      to_json(buttons[1]),
      R"({"type":"URL","text":"Pagar","url":"https://p.example/{{1}}","example":["p/7Qx2"]})");
  EXPECT_EQ(messaging::with_link_base(*source, "").buttons.size(), 1u);
}

TEST(Render, TheButtonTakesTheEndOfTheLink) {
  const auto source = parse(with("[fallbacks]",
                                 "[[button]]\nkind = \"url\"\ntext = \"Pagar\"\n"
                                 "url = \"{{enlace}}\"\n\n[fallbacks]"));
  Variables variables;
  for (const auto& known : known_variables())
    variables.set(known.name, messaging::in_treatment(known.example, Treatment::Usted));
  const auto message =
      messaging::render(messaging::with_link_base(*source, "https://p.example/"), variables);
  ASSERT_TRUE(message);
  EXPECT_EQ(message->url_suffix, "p/7Qx2");
  EXPECT_NE(message->text.find("Puede pagar con el botón «Pagar»."), std::string::npos);
}

TEST(Catalog, FallsBackToTheBaseLanguage) {
  TemplateCatalog catalog;
  for (const std::string_view language : {"es", "es_CO"}) {
    auto one = *parse(kGoodTemplate);
    one.language = language;
    catalog.add(one);
    catalog.add(one);
  }
  EXPECT_EQ(catalog.all().size(), 2u);
  EXPECT_EQ(catalog.find("recordatorio_v1", "es_CO")->language, "es_CO");
  EXPECT_EQ(catalog.find("recordatorio_v1", "es_EC")->language, "es");
  EXPECT_EQ(catalog.find("otro_v1", "es"), nullptr);
  EXPECT_EQ(catalog.find("recordatorio_v1", "pt_BR"), nullptr);
}

TEST(Address, OneFileSpeaksInThreeWays) {
  EXPECT_EQ(messaging::in_treatment("Si [tiene|tienes|tenés] dudas, [le|te] llamo [x] {{a}} [y",
                                    Treatment::Usted),
            "Si tiene dudas, le llamo [x] {{a}} [y");
  EXPECT_EQ(messaging::in_treatment("Si [tiene|tienes|tenés] dudas, [le|te] llamo", Treatment::Tu),
            "Si tienes dudas, te llamo");
  EXPECT_EQ(messaging::in_treatment("Si [tiene|tienes|tenés] dudas, [le|te] llamo", Treatment::Vos),
            "Si tenés dudas, te llamo");
  EXPECT_EQ(messaging::plain_name("vencido_amable_v1_vos"), "vencido_amable_v1");
  EXPECT_EQ(messaging::plain_name("vencido_amable_v1"), "vencido_amable_v1");
}

// The platform is asked for a text by name and language: each way has a name of its own, and only
// where people say it.
TEST(Address, EachWayIsATemplateOfItsOwn) {
  const auto names = [](std::string_view language) {
    std::string text(kGoodTemplate);
    text.replace(text.find("language = \"es\""), 15, fmt::format("language = \"{}\"", language));
    text.replace(text.find("le escribe"), 10, "[le|te] escribe");
    std::string list;
    const auto templates = messaging::parse_templates(text, "t.toml");
    if (!templates) return templates.error().message;
    for (const auto& one : *templates)
      list += fmt::format("{} {} ", one.name, text_of(one.treatment));
    return list;
  };
  EXPECT_EQ(names("es"), "recordatorio_v1 usted recordatorio_v1_tu tu recordatorio_v1_vos vos ");
  EXPECT_EQ(names("es_CO"), "recordatorio_v1 usted recordatorio_v1_tu tu ");
  EXPECT_EQ(names("es_AR"), "recordatorio_v1 usted recordatorio_v1_vos vos ");
}

TEST(Address, WhatHasNoFamiliarWordsIsSaidAsItIs) {
  const auto catalog = TemplateCatalog::built_in();
  ASSERT_TRUE(catalog);
  EXPECT_EQ(catalog->find("vencido_amable_v1", "es_CL", Treatment::Tu)->name,
            "vencido_amable_v1_tu");
  EXPECT_EQ(catalog->find("vencido_amable_v1", "es_CL", Treatment::Tu)->language, "es_CL");
  EXPECT_EQ(catalog->find("vencido_amable_v1", "es_UY", Treatment::Vos)->language, "es");
  EXPECT_EQ(catalog->find("respuesta_acuerdo_vigente_v1", "es_CO", Treatment::Tu)->name,
            "respuesta_acuerdo_vigente_v1");
  EXPECT_EQ(catalog->find("vencido_amable_v1", "pt_BR", Treatment::Tu)->name, "vencido_amable_v1");
}

}  // namespace
}  // namespace puntual
