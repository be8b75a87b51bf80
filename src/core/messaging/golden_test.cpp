// The shipped texts. tests/golden/templates/<language>.txt shows every template as a person reads
// it with usted, <language>_tu.txt and _vos.txt so; tests/golden/replies/<name>.txt every answer by
// country and treatment, for native speakers to review; `make golden` writes the files anew.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>

#include "base/embedded.h"
#include "base/locale.h"
#include "base/text.h"
#include "core/compliance/content.h"
#include "core/compliance/hours_text.h"
#include "core/compliance/rule_book.h"
#include "core/conversation/respond.h"
#include "core/messaging/placeholder.h"
#include "core/messaging/template.h"
#include "core/messaging/wording.h"
#include "core/strategy/strategy.h"

namespace puntual {
namespace {

struct GoldenCountry {
  std::string_view language, country, currency, help, name;
  int64_t minor;
};
constexpr GoldenCountry kGoldenCountries[] = {
    {"es", "EC", "USD", "[llame|llama|llamá] al 02 555 0100", "ANA LUCÍA MUÑOZ", 12050},
    {"es_AR", "AR", "ARS", "[llame|llama|llamá] al 11 5555 0100", "GONZÁLEZ, Martín", 8650050},
    {"es_CL", "CL", "CLP", "[llame|llama|llamá] al 2 2555 0100", "Inés Soto Rojas", 45990},
    {"es_CO", "CO", "COP", "[llame|llama|llamá] al 601 555 0100", "VÍCTOR HUGO QUIÑONES", 24000000},
    {"es_MX", "MX", "MXN", "[llame|llama|llamá] al 55 5555 0100", "José Luis Ortiz", 125000},
    {"es_PE", "PE", "PEN", "[llame|llama|llamá] al 01 555 0100", "ROSA QUISPE HUAMÁN", 18990},
    {"pt_BR", "BR", "BRL", "ligue para 11 5555 0100", "JOÃO DA SILVA", 18990},
};
constexpr GoldenCountry kUruguay = {
    "es_UY", "UY", "UYU", "[llame|llama|llamá] al 2 555 0100", "Martina Sosa", 245000};

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
                          .help = messaging::in_treatment(country.help, one.treatment)};
  CivilDate today = date_of(2026, 11, 24);
  const std::string hours = compliance::contact_hours_in(country.language, country.country,
                                                         compliance::RuleBook::built_in(), today);
  const bool is_overdue = one.purpose != Purpose::PreDue;
  auto invoices = golden_invoices(country, today, is_overdue);
  if (one.name.starts_with("vence_hoy")) invoices[0].due_on = today;
  const Money amount = invoices[0].amount;
  const Money remaining{one.name.starts_with("pago_parcial") || one.name.starts_with("pago_varias")
                            ? amount.minor / 2
                            : 0,
                        amount.currency};
  const CivilDate friday = date_of(2026, 12, 4);
  const auto offer = [&](std::vector<Instalment> instalments) {
    return conversation::offer_text({.instalments = std::move(instalments)}, amount.currency,
                                    country.language);
  };
  const std::string whole = offer({{friday, amount.minor}});
  const std::string options = fmt::format(
      "1) {}\n2) {}", whole, offer({{friday, amount.minor / 2}, {friday + 14, amount.minor / 2}}));
  std::vector<ReceiptPart> applied;
  for (const auto& invoice : invoices)
    applied.push_back({.invoice = invoice.number,
                       .product = {},
                       .applied = {amount.minor / 4, amount.currency},
                       .left = {}});
  applied.resize(std::min<size_t>(applied.size(), 2));
  const std::string agreed_on = format_weekday_date(friday, country.language);
  return messaging::render(
      one,
      messaging::variables_of({
          .creditor = &creditor,
          .debtor_name = country.name,
          .invoices =
              std::span(invoices).first(one.name.find("varias") == std::string::npos ? 1 : 2),
          .today = today,
          .locale = country.language,
          .treatment = one.treatment,
          .payment_link = "https://pagos.example.com/p/7Qx2",
          .paid = Money{amount.minor - remaining.minor, amount.currency},
          .remaining = remaining,
          .applied = applied,
          .hours = hours,
          .talk = {.agreed_on = agreed_on, .agreement = whole, .options = options},
          .instalment = NextInstalment{.due = {today + 10, amount.minor / 2}, .number = 2, .of = 6},
          .whatsapp_link = "https://wa.me/576015550100?text=Hola",
          .stop_link = "https://avisos.example.com/baja/7Qx2",
      }));
}

std::string golden_text(const TemplateCatalog& catalog, const GoldenCountry& country,
                        Treatment treatment) {
  std::string text;
  for (const auto& one : catalog.all()) {
    if (one.language != country.language || one.treatment != treatment) continue;
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

// Compares with the file, or writes it.
void expect_golden(const std::string& path, const std::string& text) {
  if (std::getenv("PUNTUAL_WRITE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << text;
  std::ifstream file(path, std::ios::binary);
  const std::string golden{std::istreambuf_iterator<char>(file), {}};
  EXPECT_EQ(text, golden) << path
                          << ": if the new text is right, write it with PUNTUAL_WRITE_GOLDEN=1";
}

// Every answer of a talk, as somebody there reads it who is addressed so. In Portuguese there is
// one way.
struct GoldenReply {
  std::string name, row, text;
  const MessageTemplate* used = nullptr;
  Treatment treatment = Treatment::Usted;
};
std::vector<GoldenReply> golden_replies(const TemplateCatalog& catalog) {
  std::vector<GoldenCountry> countries(std::begin(kGoldenCountries), std::end(kGoldenCountries));
  countries.push_back(kUruguay);
  std::vector<GoldenReply> replies;
  for (const auto& one : catalog.all()) {
    if (one.language != "es" || !one.is_answer || one.treatment != Treatment::Usted) continue;
    for (const auto& country : countries) {
      for (const bool is_familiar : {false, true}) {
        if (country.country == "BR" && is_familiar) continue;
        const Treatment treatment = messaging::treatment_in(country.language, is_familiar);
        const auto* used = catalog.find(one.name, country.language, treatment);
        if (used == nullptr) {
          ADD_FAILURE() << one.name << ": no text in " << country.language;
          continue;
        }
        const auto message = golden_message(*used, country);
        EXPECT_TRUE(message) << used->file_name << ": " << (message ? "" : message.error().message);
        if (!message) continue;
        const std::string_view how = country.country == "BR"      ? "você"
                                     : treatment == Treatment::Tu ? "tú"
                                                                  : text_of(treatment);
        replies.push_back({one.name, fmt::format("{} {:<5}", country.country, how), message->text,
                           used, treatment});
      }
    }
  }
  return replies;
}

// "O pagamento de sua conta", never "de a sua conta": what stands for a product follows "de" and
// "a", which would melt with its article.
TEST(Texts, OfBrazilReadWellWithoutAProduct) {
  const auto catalog = built_in();
  int named = 0;
  for (const auto& one : catalog.all()) {
    if (one.language != "pt_BR") continue;
    for (const auto& [name, words] : one.fallbacks) {
      if (name != "producto") continue;
      ++named;
      EXPECT_EQ(words, "sua conta") << one.file_name;
    }
  }
  EXPECT_GE(named, 10);
}

TEST(Replies, ReadAsReviewed) {
  std::map<std::string, std::string> tables;
  const auto catalog = built_in();
  for (const auto& reply : golden_replies(catalog)) {
    std::string line = reply.text;
    for (const std::string_view end : {"\n\n", "\n"}) {
      for (size_t at = line.find(end); at != std::string::npos; at = line.find(end, at))
        line.replace(at, end.size(), " ⏎ ");
    }
    for (const auto& button : reply.used->buttons) line += fmt::format(" [{}]", button.text);
    tables[reply.name] += fmt::format("{}  {}\n", reply.row, line);
  }
  EXPECT_GE(tables.size(), 20U);
  for (const auto& [name, table] : tables)
    expect_golden(fmt::format("tests/golden/replies/{}.txt", name), table);
}

TEST(Replies, AreShortAddressThePersonInOneWayAndAskForNothing) {
  const auto catalog = built_in();
  for (const auto& reply : golden_replies(catalog)) {
    const std::string place = reply.name + ", " + reply.row;
    EXPECT_LE(messaging::count_characters(reply.text), 300U) << place;
    const auto found = compliance::read_text(reply.text);
    EXPECT_FALSE(found.demand || found.reason_question || found.threat || found.court ||
                 found.advertising || found.charge)
        << place << ": " << reply.text;
    if (reply.used->language == "pt_BR") continue;
    for (const auto& rule : messaging::treatment_rules(reply.treatment)) {
      const auto phrase = messaging::find_phrase(fold_text(reply.text), rule.phrases);
      EXPECT_FALSE(phrase.has_value()) << place << ": «" << *phrase << "»: " << rule.remedy;
    }
  }
}

TEST(ShippedTemplates, ReadAsReviewed) {
  const auto catalog = built_in();
  for (const auto& country : kGoldenCountries) {
    expect_golden(fmt::format("tests/golden/templates/{}.txt", country.language),
                  golden_text(catalog, country, Treatment::Usted));
    const Treatment familiar = messaging::treatment_in(country.language, true);
    if (country.country == "BR") continue;
    expect_golden(
        fmt::format("tests/golden/templates/{}_{}.txt", country.language, text_of(familiar)),
        golden_text(catalog, country, familiar));
  }
  // Uruguay and Paraguay have the general text, with vos.
  GoldenCountry general = kUruguay;
  general.language = "es";
  expect_golden("tests/golden/templates/es_vos.txt", golden_text(catalog, general, Treatment::Vos));
}

// What is said to somebody with tú is so to the last word, whatever values it holds.
TEST(ShippedTemplates, AddressThePersonInOneWay) {
  const auto catalog = built_in();
  for (const auto& country : kGoldenCountries) {
    for (const auto& one : catalog.all()) {
      const bool fits = one.language == country.language && country.country != "BR" &&
                        one.treatment == messaging::treatment_in(country.language, true);
      const auto message = fits ? golden_message(one, country) : Result<RenderedMessage>();
      if (!fits || !message) continue;
      for (const auto& rule : messaging::treatment_rules(one.treatment)) {
        const auto phrase = messaging::find_phrase(fold_text(message->text), rule.phrases);
        EXPECT_FALSE(phrase.has_value())
            << one.file_name << ": «" << *phrase << "»: " << rule.remedy;
      }
    }
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
    EXPECT_EQ(one.file_name,
              fmt::format("templates/{}/{}.toml", one.language, messaging::plain_name(one.name)));
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
