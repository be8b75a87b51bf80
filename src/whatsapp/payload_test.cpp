#include "whatsapp/payload.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/json.h"
#include "whatsapp/errors.h"

namespace puntual::whatsapp {
namespace {

const Envelope kTo{.phone = "+573001234567", .attempt_id = "0123456789abcdef0123456789abcdef"};

std::string text_to(const Envelope& to, std::string_view text) {
  return envelope(to, "text", text_object(text));
}

TEST(Payload, TemplateWithNamedParametersAndButtons) {
  const std::vector<std::string> names{"nombre", "monto"};
  const std::vector<std::string> values{"Ana \"la\" de\nallá", "$ 120.000"};
  const std::vector<TemplateButtonValue> buttons{
      {TemplateButtonValue::Kind::UrlSuffix, 0, "abc123"},
      {TemplateButtonValue::Kind::QuickReply, 1, "YA_PAGUE"}};
  const auto body = envelope(kTo, "template",
                             template_object({.name = "aviso_v1",
                                              .language = "es_CO",
                                              .parameter_names = names,
                                              .parameters = values,
                                              .buttons = buttons}));
  EXPECT_EQ(
      json::parse(body),
      json::parse(
          R"({"messaging_product":"whatsapp","recipient_type":"individual","to":"+573001234567",
    "type":"template","biz_opaque_callback_data":"0123456789abcdef0123456789abcdef",
    "template":{"name":"aviso_v1","language":{"code":"es_CO"},"components":[
      {"type":"body","parameters":[{"type":"text","parameter_name":"nombre","text":"Ana \"la\" de allá"},
                                   {"type":"text","parameter_name":"monto","text":"$ 120.000"}]},
      {"type":"button","sub_type":"url","index":"0","parameters":[{"type":"text","text":"abc123"}]},
      {"type":"button","sub_type":"quick_reply","index":"1","parameters":[{"type":"payload","payload":"YA_PAGUE"}]}]}})"));
}

TEST(Payload, TemplateWithoutVariablesAndWithDocument) {
  const auto plain =
      json::parse(envelope(kTo, "template", template_object({.name = "hola", .language = "es"})));
  EXPECT_TRUE(plain.at("template").at("components").as_array().empty());
  const std::vector<std::string> values{R"(x"components":[)"};
  for (const auto& object :
       {template_object({.name = "f", .language = "es"}),
        template_object({.name = R"("components":[)", .language = "es", .parameters = values})}) {
    auto [body, at] = document_template_body(kTo, object, "factura-1.pdf");
    body.insert(at, "55");
    const auto components = json::parse(body).at("template").at("components");
    EXPECT_EQ(
        components.at(0),
        json::parse(
            R"({"type":"header","parameters":[{"type":"document","document":{"filename":"factura-1.pdf","id":"55"}}]})"));
    EXPECT_EQ(components.as_array().size(),
              1 + json::parse(object).at("components").as_array().size());
  }
}

TEST(Payload, PositionalParametersHaveNoNames) {
  const std::vector<std::string> values{"Ana"};
  const auto body = json::parse(envelope(
      kTo, "template", template_object({.name = "t", .language = "es", .parameters = values})));
  EXPECT_FALSE(body.at("template")
                   .at("components")
                   .at(0)
                   .at("parameters")
                   .at(0)
                   .as_object()
                   .contains("parameter_name"));
}

TEST(Payload, Recipients) {
  EXPECT_EQ(json::parse(text_to({.phone = "57 300 123-4567"}, "x")).at("to"), "+573001234567");
  const auto by_user = json::parse(text_to({.user_id = "CO.1349"}, "x"));
  EXPECT_EQ(by_user.at("recipient"), "CO.1349");
  EXPECT_FALSE(by_user.as_object().contains("to"));
  EXPECT_EQ(json::parse(text_to({.phone = "+1", .reply_to = "wamid.X="}, "x"))
                .at("context")
                .at("message_id"),
            "wamid.X=");
}

TEST(Payload, OtherKinds) {
  EXPECT_EQ(json::parse(text_to(kTo, "¿Todo bien?\nGracias")).at("text").at("body"),
            "¿Todo bien?\nGracias");
  const std::vector<ReplyChoice> choices{{"a", "Sí"}, {"b", "No"}};
  EXPECT_EQ(json::parse(buttons_object("¿Paga hoy?", choices)),
            json::parse(R"({"type":"button","body":{"text":"¿Paga hoy?"},"action":{"buttons":[
    {"type":"reply","reply":{"id":"a","title":"Sí"}},{"type":"reply","reply":{"id":"b","title":"No"}}]}})"));
  auto [body, media_id_at] = document_body(kTo, "f.pdf", "Su factura");
  body.insert(media_id_at, "99");
  EXPECT_EQ(json::parse(body).at("document"),
            json::parse(R"({"id":"99","filename":"f.pdf","caption":"Su factura"})"));
}

RC_GTEST_PROP(Payload, AnyValueMakesAValidBodyThatThePlatformTakes, (const std::string& value)) {
  const std::vector<std::string> values{value};
  const auto body = json::parse(envelope(
      kTo, "template", template_object({.name = "t", .language = "es", .parameters = values})));
  const auto& text =
      body.at("template").at("components").at(0).at("parameters").at(0).at("text").as_string();
  RC_ASSERT(text.find_first_of("\n\t\r") == json::string::npos);
  RC_ASSERT(text.find("  ") == json::string::npos);
}

TEST(Payload, CleanParameter) {
  EXPECT_EQ(clean_parameter("  a \n\t b      c  "), "a b c");
  EXPECT_EQ(clean_parameter("\n \t"), "");
  EXPECT_EQ(clean_parameter("Peñón"), "Peñón");
}

TEST(Errors, KnownCodes) {
  EXPECT_EQ(reaction_to(131056, false).reaction, Reaction::PairLimit);
  EXPECT_EQ(reaction_to(131047, false).reaction, Reaction::NeedTemplate);
  EXPECT_EQ(reaction_to(131026, false).reaction, Reaction::Undeliverable);
  EXPECT_EQ(reaction_to(131031, false).reaction, Reaction::StopNumber);
  EXPECT_EQ(reaction_to(132015, false).reaction, Reaction::TemplateGone);
  EXPECT_EQ(reaction_to(131000, false).attempts_max, 3);
  EXPECT_EQ(reaction_to(0, false).reaction, Reaction::StopNumber);
  EXPECT_EQ(reaction_to(294, false).reaction, Reaction::StopNumber);
  EXPECT_EQ(reaction_to(294, false).code, 294);
  EXPECT_EQ(reaction_to(147003, false).reaction, Reaction::Fix);
  EXPECT_EQ(reaction_to(2388299, false).reaction, Reaction::Fix);
}

TEST(Errors, EveryCodeOfTheContractHasARow) {
  const auto unknown = reaction_to(-1, false);
  for (const int code :
       {0,      1,      2,      3,      4,      10,     17,     613,    33,      100,
        104,    190,    200,    250,    299,    368,    803,    80007,  130403,  130429,
        130472, 130497, 131000, 131005, 131008, 131009, 131016, 131021, 131026,  131030,
        131031, 131037, 131042, 131045, 131047, 131048, 131049, 131050, 131051,  131052,
        131053, 131055, 131056, 131057, 131062, 131063, 131064, 132000, 132001,  132005,
        132007, 132008, 132012, 132015, 132016, 132018, 132068, 132069, 133000,  133004,
        133005, 133006, 133008, 133009, 133010, 133015, 133016, 134011, 134100,  134101,
        134102, 135000, 137000, 139200, 141008, 141014, 147001, 147005, 2388024, 2494100}) {
    EXPECT_NE(reaction_to(code, false).meaning_es, unknown.meaning_es) << code;
    EXPECT_FALSE(reaction_to(code, false).action_es.empty()) << code;
    EXPECT_EQ(reaction_to(code, false).code, code);
  }
}

TEST(Errors, UnknownCodes) {
  EXPECT_EQ(reaction_to(999999, false).reaction, Reaction::Fix);
  EXPECT_EQ(reaction_to(999999, false).attempts_max, 0);
  EXPECT_EQ(reaction_to(999999, true).reaction, Reaction::BackOff);
  EXPECT_EQ(reaction_to(999999, true).attempts_max, 5);
}

TEST(Errors, WhichCodesStateRefusal) {
  EXPECT_TRUE(states_refusal(131047));
  EXPECT_TRUE(states_refusal(130429));
  EXPECT_FALSE(states_refusal(131000));
  EXPECT_FALSE(states_refusal(2));
  EXPECT_FALSE(states_refusal(999999));
}

}  // namespace
}  // namespace puntual::whatsapp
