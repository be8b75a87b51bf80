// The texts that ship pass the gate that ships: each template, with its example values, in its
// country, as a first action, in both readings.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/compliance/gate.h"
#include "core/messaging/template.h"

namespace puntual::compliance {
namespace {

std::string filled(const MessageTemplate& message_template) {
  std::string text = message_template.body + "\n\n" + message_template.footer;
  for (const auto& variable : known_variables()) {
    const std::string mark = "{{" + std::string(variable.name) + "}}";
    for (size_t at = text.find(mark); at != std::string::npos; at = text.find(mark, at)) {
      text.replace(at, mark.size(), variable.example);
      at += variable.example.size();
    }
  }
  return text;
}

// The countries whose pack a text of this language meets: "es_CO" is for Colombia, "es" for every
// Spanish-speaking country that has no texts of its own.
std::vector<std::string_view> countries_of(std::string_view language,
                                           const TemplateCatalog& catalog) {
  if (language.size() == 5) return {language.substr(3)};
  // The general text of a language serves every country that has none of its own.
  std::vector<std::string_view> countries = jurisdictions();
  for (const auto& one : catalog.all()) {
    if (one.language.size() == 5) std::erase(countries, std::string_view(one.language).substr(3));
  }
  std::erase(countries,
             std::string_view("BR"));  // Speaks Portuguese, of which there are no texts yet.
  return countries;
}

void expect_allowed(const MessageTemplate& message_template, std::string_view country,
                    bool literal) {
  const Instant now = *parse_rfc3339("2026-11-24T16:00:00Z");
  const std::string text = filled(message_template);
  const Profile profile{.literal_by_default = literal};
  ContactRequest request;
  request.jurisdiction = country;
  request.purpose = message_template.purpose;
  request.text = text;
  request.profile = &profile;
  request.last_inbound_at = now;
  request.paid_at = now;
  request.first_action = true;
  const Zone noon = Zone::utc();  // Any zone in which the window is open.
  request.zones = {&noon, 1};
  std::string reasons;
  const Decision decision = decide(request, now);
  for (const auto reason : decision.reasons) reasons += std::string(code_of(reason)) + " ";
  EXPECT_TRUE(decision.allowed) << message_template.language << "/" << message_template.name << " "
                                << reasons << "\n"
                                << text;
}

TEST(Templates, ShippedTextsPassTheGateOfTheirCountry) {
  const auto catalog = TemplateCatalog::built_in();
  ASSERT_TRUE(catalog) << catalog.error().message;
  ASSERT_FALSE(catalog->all().empty());
  for (const auto& message_template : catalog->all()) {
    for (const auto country : countries_of(message_template.language, *catalog)) {
      expect_allowed(message_template, country, false);
      expect_allowed(message_template, country, true);
    }
  }
}

// What must be said is asked in every pack: without who writes, without the way out, and in Chile
// without the statement, the same text is refused.
TEST(Templates, EveryPackAsksForWhatMustBeSaid) {
  const Instant now = *parse_rfc3339("2026-11-24T16:00:00Z");
  for (const auto country : jurisdictions()) {
    ContactRequest request;
    request.jurisdiction = country;
    request.text = "Su cuota de noviembre vence el viernes.";
    request.first_action = true;
    const auto reasons = decide(request, now).reasons;
    const auto has = [&](Reason reason) {
      return std::ranges::find(reasons, reason) != reasons.end();
    };
    EXPECT_TRUE(has(Reason::ContentMissingIdentity)) << country;
    EXPECT_TRUE(has(Reason::ContentMissingOptOut)) << country;
    EXPECT_EQ(has(Reason::ContentMissingStatement), country == "CL") << country;
  }
}

// A receipt or an acknowledgement that also asked for money would wait for the window.
TEST(Templates, ShippedExemptTextsAskForNothing) {
  const auto catalog = TemplateCatalog::built_in();
  ASSERT_TRUE(catalog);
  const Instant sunday = *parse_rfc3339("2026-11-29T16:00:00Z");
  for (const auto& message_template : catalog->all()) {
    if (message_template.purpose != Purpose::PaymentConfirmation &&
        message_template.purpose != Purpose::OptOutAck &&
        (!message_template.is_answer || message_template.purpose == Purpose::IdentityCheck))
      continue;
    const std::string text = filled(message_template);
    ContactRequest request;
    request.jurisdiction = countries_of(message_template.language, *catalog).front();
    request.purpose = message_template.purpose;
    request.text = text;
    request.paid_at = request.last_inbound_at = sunday;
    EXPECT_TRUE(decide(request, sunday).allowed)
        << message_template.language << "/" << message_template.name << "\n"
        << text;
  }
}

}  // namespace
}  // namespace puntual::compliance
