// The shipped texts against the gate's content rules: what we ship must be allowed to leave.
#include <gtest/gtest.h>

#include "core/compliance/content.h"
#include "core/messaging/template.h"

namespace puntual {
namespace {

RenderedMessage with_examples(const MessageTemplate& one, bool with_link) {
  Variables variables;
  for (const auto& known : known_variables())
    variables.set(known.name, messaging::in_treatment(known.example, one.treatment));
  if (!with_link) variables.set("como_pagar", "");
  const auto message = messaging::render(one, variables);
  EXPECT_TRUE(message) << one.file_name;
  return message ? *message : RenderedMessage();
}

void expect_lawful(const MessageTemplate& one, std::string_view text) {
  const auto found = compliance::read_text(text);
  const bool asks = one.purpose == Purpose::PreDue || one.purpose == Purpose::Overdue;
  EXPECT_FALSE(found.threat) << one.file_name;
  EXPECT_FALSE(found.court) << one.file_name;
  EXPECT_FALSE(found.credit_register) << one.file_name;
  EXPECT_FALSE(found.advertising) << one.file_name;
  EXPECT_FALSE(found.third_party) << one.file_name;
  EXPECT_FALSE(found.reason_question) << one.file_name;
  EXPECT_TRUE(found.identity || one.is_answer) << one.file_name;
  EXPECT_TRUE(found.way_out || !asks) << one.file_name;
  EXPECT_TRUE(found.statement || !asks || one.language != "es_CL") << one.file_name;
  // A receipt or an answer that asks for money would lose its exemption from hours and caps.
  EXPECT_FALSE(found.demand && !asks) << one.file_name;
}

TEST(ShippedTemplates, KeepTheGatesContentRules) {
  for (const std::string_view base : {"", "https://pagos.example.com/"}) {
    const auto catalog = TemplateCatalog::built_in(base);
    ASSERT_TRUE(catalog);
    for (const auto& one : catalog->all()) {
      expect_lawful(one, with_examples(one, true).text);
      expect_lawful(one, with_examples(one, false).text);
    }
  }
}

}  // namespace
}  // namespace puntual
