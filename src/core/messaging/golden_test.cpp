// The shipped texts. tests/golden/templates/<language>.txt shows every template as a person reads
// it, for native speakers to review; PUNTUAL_WRITE_GOLDEN=1 writes the files anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "base/embedded.h"
#include "base/locale.h"
#include "core/messaging/placeholder.h"
#include "core/messaging/template.h"
#include "core/strategy/strategy.h"

namespace puntual {
namespace {

struct GoldenCountry {
  std::string_view language, country, currency, help, name;
  int64_t minor;
};
constexpr GoldenCountry kGoldenCountries[] = {
    {"es", "EC", "USD", "llame al 02 555 0100", "ANA LUCÍA MUÑOZ", 12050},
    {"es_AR", "AR", "ARS", "llame al 11 5555 0100", "GONZÁLEZ, Martín", 8650050},
    {"es_CL", "CL", "CLP", "llame al 2 2555 0100", "Inés Soto Rojas", 45990},
    {"es_CO", "CO", "COP", "llame al 601 555 0100", "VÍCTOR HUGO QUIÑONES", 24000000},
    {"es_MX", "MX", "MXN", "llame al 55 5555 0100", "José Luis Ortiz", 125000},
    {"es_PE", "PE", "PEN", "llame al 01 555 0100", "ROSA QUISPE HUAMÁN", 18990},
};

TemplateCatalog built_in() {
  auto catalog = TemplateCatalog::built_in();
  EXPECT_TRUE(catalog) << (catalog ? "" : catalog.error().message);
  return catalog ? *catalog : TemplateCatalog();
}

std::vector<Invoice> golden_invoices(const GoldenCountry& country, CivilDate today,
                                     bool is_overdue) {
  std::vector<Invoice> invoices;
  for (int i = 0; i < 2; ++i) {
    Invoice one;
    one.number = fmt::format("F-{}", 1042 + 35 * i);
    one.product = "Internet hogar";
    one.due_on = today + (is_overdue ? -14 : 3) + 30 * i;
    one.balance_minor = country.minor;
    one.amount = {one.balance_minor, Currency::of(country.currency)};
    invoices.push_back(std::move(one));
  }
  return invoices;
}

Result<RenderedMessage> golden_message(const MessageTemplate& one, const GoldenCountry& country) {
  const Creditor creditor{.name = "Red Andina",
                          .agent_name = "Laura",
                          .country = std::string(country.country),
                          .locale = std::string(country.language),
                          .help = std::string(country.help)};
  const std::string hours = compliance::contact_hours_es(country.country);
  CivilDate today = date_of(2026, 11, 24);
  const bool is_overdue = one.purpose != Purpose::PreDue;
  auto invoices = golden_invoices(country, today, is_overdue);
  if (one.name.starts_with("vence_hoy")) invoices[0].due_on = today;
  const Money amount = invoices[0].amount;
  const Money remaining{one.name.starts_with("pago_parcial") || one.name.starts_with("pago_varias")
                            ? amount.minor / 2
                            : 0,
                        amount.currency};
  const std::string whole = fmt::format("{} el viernes 4 de diciembre", format_money(amount, country.language));
  const std::string half = format_money({amount.minor / 2, amount.currency}, country.language);
  const std::string options = fmt::format("1) {}; 2) {} el viernes 4 de diciembre y {} el viernes 18 de diciembre", whole, half, half);
  return messaging::render(one, messaging::variables_of({
                                    .creditor = &creditor,
                                    .debtor_name = country.name,
                                    .invoices = std::span(invoices).first(
                                        one.name.find("varias") == std::string::npos ? 1 : 2),
                                    .today = today,
                                    .locale = country.language,
                                    .payment_link = "https://pagos.example.com/p/7Qx2",
                                    .paid = Money{amount.minor - remaining.minor, amount.currency},
                                    .remaining = remaining,
                                    .hours = hours,
                                    .talk = {.agreed_on = "viernes 4 de diciembre", .agreement = whole, .options = options},
                                    .instalment = Instalment{today + 10, amount.minor / 2},
                                    .whatsapp_link = "https://wa.me/576015550100?text=Hola",
                                }));
}

std::string golden_text(const TemplateCatalog& catalog, const GoldenCountry& country) {
  std::string text;
  for (const auto& one : catalog.all()) {
    if (one.language != country.language) continue;
    const auto message = golden_message(one, country);
    EXPECT_TRUE(message) << one.file_name << ": " << (message ? "" : message.error().message);
    if (!message) continue;
    text += fmt::format("=== {} ({} caracteres)\n{}\n", one.name,
                        messaging::count_characters(message->text), message->text);
    for (const auto& button : one.buttons) text += fmt::format("[{}] ", button.text);
    text += one.buttons.empty() ? "\n" : "\n\n";
  }
  return text;
}

TEST(ShippedTemplates, ReadAsReviewed) {
  const auto catalog = built_in();
  for (const auto& country : kGoldenCountries) {
    const std::string path = fmt::format("tests/golden/templates/{}.txt", country.language);
    const std::string text = golden_text(catalog, country);
    if (std::getenv("PUNTUAL_WRITE_GOLDEN") != nullptr)
      std::ofstream(path, std::ios::binary) << text;
    std::ifstream file(path, std::ios::binary);
    const std::string golden{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(text, golden) << path
                            << ": if the new text is right, write it with PUNTUAL_WRITE_GOLDEN=1";
  }
}

TEST(ShippedTemplates, HaveNoFindings) {
  const auto catalog = built_in();
  for (const auto& one : catalog.all()) {
    for (const auto& finding : messaging::check(one)) {
      ADD_FAILURE() << one.file_name << ":" << finding.line << ": " << finding.code << ": "
                    << finding.message;
    }
  }
}

TEST(ShippedTemplates, EveryLanguageHasEveryTemplateInTheSamePlaceAndForm) {
  const auto catalog = built_in();
  for (const auto& one : catalog.all()) {
    EXPECT_EQ(one.file_name, fmt::format("templates/{}/{}.toml", one.language, one.name));
    const MessageTemplate* general = catalog.find(one.name, "es");
    ASSERT_NE(general, nullptr) << one.file_name << ": there is no general text in templates/es";
    EXPECT_EQ(general->purpose, one.purpose) << one.file_name;
    EXPECT_EQ(general->buttons.size(), one.buttons.size()) << one.file_name;
  }
}

TEST(ShippedStrategies, AreReadableAndNameTemplatesThatExist) {
  const auto catalog = built_in();
  const auto files = embedded_files("strategies/");
  EXPECT_GE(files.size(), 3u);
  for (const auto& file : files) {
    const auto parsed = strategy::parse(file.bytes, file.name);
    ASSERT_TRUE(parsed) << parsed.error().message;
    for (const auto& cadence : parsed->cadences) {
      for (const auto& step : cadence.steps) {
        const Purpose purpose = step.day > 0 ? Purpose::Overdue : Purpose::PreDue;
        for (const auto& name : {step.template_name, step.template_many}) {
          const MessageTemplate* one = catalog.find(name, "es");
          ASSERT_NE(one, nullptr) << file.name << ": " << name;
          EXPECT_EQ(one->purpose, purpose)
              << file.name << ": step " << step.id << " names " << name;
        }
      }
    }
    for (int i = 0; i <= static_cast<int>(Segment::Hardship); ++i) {
      const auto segment = static_cast<Segment>(i);
      const auto& cadence = parsed->cadence_of(segment);
      EXPECT_NE(std::ranges::find(cadence.segments, segment), cadence.segments.end())
          << file.name << ": no cadence of its own for " << text_of(segment);
    }
  }
}

}  // namespace
}  // namespace puntual
