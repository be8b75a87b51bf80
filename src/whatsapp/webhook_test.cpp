#include "whatsapp/webhook.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/crypto.h"
#include "base/json.h"

namespace puntual::whatsapp {
namespace {

std::string envelope(const std::string& field, const std::string& value) {
  return R"({"object":"whatsapp_business_account","entry":[{"id":"9001","time":1750030070,"changes":[{"field":")" +
         field + R"(","value":)" + value + "}]}]}";
}

constexpr std::string_view kHead =
    R"("messaging_product":"whatsapp","metadata":{"display_phone_number":"15550001111","phone_number_id":"7001"})";

std::string message_body(const std::string& message) {
  return envelope(
      "messages",
      "{" + std::string(kHead) +
          R"(,"contacts":[{"profile":{"name":"Ana"},"wa_id":"573001234567","user_id":"CO.77"}],)"
          R"("messages":[)" +
          message + "]}");
}
std::string status_body(const std::string& status) {
  return envelope("messages", "{" + std::string(kHead) + R"(,"statuses":[)" + status + "]}");
}

std::vector<Update> parsed(const std::string& body) {
  auto updates = parse_webhook(body);
  EXPECT_TRUE(updates) << body;
  return updates ? *updates : std::vector<Update>();
}
Update only(const std::string& body) {
  const auto updates = parsed(body);
  EXPECT_EQ(updates.size(), 1U) << body;
  return updates.empty() ? Update() : updates.front();
}
// A message of Ana with this type and content.
Update message(const std::string& type, const std::string& content) {
  return only(message_body(
      R"({"from":"573001234567","from_user_id":"CO.77","id":"wamid.A=","timestamp":"1750030073","type":")" +
      type + "\"" + (content.empty() ? "" : "," + content) + "}"));
}

TEST(Signature, ValidInvalidAbsent) {
  const std::string body = R"({"entry":[]})";
  const std::string good = "sha256=" + hex(hmac_sha256("secret", body));
  std::string upper = good;
  for (size_t i = 7; i < upper.size(); ++i) upper[i] = static_cast<char>(std::toupper(upper[i]));
  EXPECT_EQ(verify_signature(good, body, {"secret"}), SignatureVerdict::Valid);
  EXPECT_EQ(verify_signature(upper, body, {"secret"}), SignatureVerdict::Valid);
  EXPECT_EQ(verify_signature(good, body, {"new", "secret"}), SignatureVerdict::Valid);
  EXPECT_EQ(verify_signature(good, body, {"new"}), SignatureVerdict::Invalid);
  EXPECT_EQ(verify_signature(good, body + " ", {"secret"}), SignatureVerdict::Invalid);
  EXPECT_EQ(verify_signature("", body, {"secret"}), SignatureVerdict::Absent);
  EXPECT_EQ(verify_signature(good.substr(7), body, {"secret"}), SignatureVerdict::Invalid);
  EXPECT_EQ(verify_signature(good.substr(0, 70), body, {"secret"}), SignatureVerdict::Invalid);
  EXPECT_EQ(verify_signature(good + "0", body, {"secret"}), SignatureVerdict::Invalid);
  EXPECT_EQ(verify_signature("sha256=" + std::string(64, 'g'), body, {"secret"}),
            SignatureVerdict::Invalid);
}

TEST(Signature, AnEmptySecretProvesNothing) {
  EXPECT_EQ(verify_signature("sha256=" + hex(hmac_sha256("", "x")), "x", {""}),
            SignatureVerdict::Invalid);
  EXPECT_EQ(verify_signature("sha256=" + hex(hmac_sha256("", "x")), "x", {}),
            SignatureVerdict::Invalid);
}

TEST(Webhook, TextMessage) {
  const Update update = message(
      "text",
      R"("context":{"from":"15550001111","id":"wamid.OURS"},"text":{"body":"el viernes te pago"})");
  EXPECT_EQ(update.kind, UpdateKind::Message);
  EXPECT_EQ(update.type, "text");
  EXPECT_EQ(update.text, "el viernes te pago");
  EXPECT_EQ(update.platform_id, "wamid.A=");
  EXPECT_EQ(update.phone, "+573001234567");
  EXPECT_EQ(update.wa_id, "573001234567");
  EXPECT_EQ(update.user_id, "CO.77");
  EXPECT_EQ(update.profile_name, "Ana");
  EXPECT_EQ(update.phone_number_id, "7001");
  EXPECT_EQ(update.waba_id, "9001");
  EXPECT_EQ(update.context_id, "wamid.OURS");
  EXPECT_EQ(update.at, Instant{1750030073000});
  EXPECT_EQ(update.dedupe_key, "m:wamid.A=");
  EXPECT_EQ(update.raw, "");
  EXPECT_FALSE(update.is_from_business);
}

TEST(Webhook, EveryMessageType) {
  auto update = message("button", R"("button":{"payload":"YA_PAGUE","text":"Ya pagué"})");
  EXPECT_EQ(update.text + "|" + update.payload, "Ya pagué|YA_PAGUE");
  update =
      message("interactive",
              R"("interactive":{"type":"button_reply","button_reply":{"id":"b1","title":"Sí"}})");
  EXPECT_EQ(update.text + "|" + update.payload, "Sí|b1");
  update = message(
      "interactive",
      R"("interactive":{"type":"list_reply","list_reply":{"id":"l2","title":"Dos","description":"d"}})");
  EXPECT_EQ(update.text + "|" + update.payload, "Dos|l2");
  update = message(
      "interactive",
      R"("interactive":{"type":"nfm_reply","nfm_reply":{"name":"flow","body":"Sent","response_json":"{\"a\":1}"}})");
  EXPECT_EQ(update.text + "|" + update.payload, "Sent|{\"a\":1}");
  update = message(
      "document",
      R"("document":{"id":123,"mime_type":"application/pdf","filename":"pago.pdf","caption":"mi recibo"})");
  EXPECT_EQ(update.media_id + "|" + update.mime_type + "|" + update.file_name + "|" + update.text,
            "123|application/pdf|pago.pdf|mi recibo");
  update = message(
      "image",
      R"("image":{"id":"5","mime_type":"image/jpeg"},"errors":[{"code":131052,"title":"t"}])");
  EXPECT_EQ(update.media_id, "5");
  EXPECT_EQ(update.error_codes, std::vector<int>{131052});
  update = message(
      "location",
      R"("location":{"latitude":4.6,"longitude":-74.08,"name":"Tienda","address":"Calle 1"})");
  EXPECT_EQ(update.text + "|" + update.payload, "Tienda, Calle 1|4.6,-74.08");
  update = message(
      "contacts",
      R"("contacts":[{"name":{"formatted_name":"Luz"},"phones":[{"phone":"+57 300 555 0101"}],"origin":"contact_request"}])");
  EXPECT_EQ(update.text + "|" + update.payload, "Luz|+573005550101");
  update = message("reaction", R"("reaction":{"message_id":"wamid.R","emoji":"👍"})");
  EXPECT_EQ(update.text + "|" + update.context_id, "👍|wamid.R");
  update = message("reaction", R"("reaction":{"message_id":"wamid.R"})");
  EXPECT_EQ(update.text + "|" + update.context_id, "|wamid.R");
  update = message("order", R"("order":{"catalog_id":"c","text":"quiero dos","product_items":[]})");
  EXPECT_EQ(update.text, "quiero dos");
  update = message(
      "edit",
      R"("edit":{"original_message_id":"wamid.O","message":{"type":"text","text":{"body":"corregido"}}})");
  EXPECT_EQ(update.text + "|" + update.context_id, "corregido|wamid.O");
  update = message("revoke", R"("revoke":{"original_message_id":"wamid.O"})");
  EXPECT_EQ(update.context_id, "wamid.O");
  EXPECT_EQ(update.kind, UpdateKind::Message);
  update = message("unsupported",
                   R"("errors":[{"code":"131051","title":"t","error_data":{"details":"d"}}])");
  EXPECT_EQ(update.error_codes, std::vector<int>{131051});
  EXPECT_EQ(update.error_detail, "d");
  EXPECT_EQ(update.kind, UpdateKind::Message);
  EXPECT_NE(update.raw, "");
}

TEST(Webhook, AMessageOfUnknownTypeIsKeptWithItsPerson) {
  const Update update = message("hologram", R"("hologram":{"x":[1,2]})");
  EXPECT_EQ(update.kind, UpdateKind::Unknown);
  EXPECT_EQ(update.type, "hologram");
  EXPECT_EQ(update.phone, "+573001234567");
  EXPECT_NE(update.raw.find("hologram\":{\"x\":[1,2]}"), std::string::npos);
  EXPECT_EQ(update.dedupe_key, "m:wamid.A=");
}

TEST(Webhook, PeopleWithoutAPhone) {
  const Update by_contact = only(envelope(
      "messages",
      "{" + std::string(kHead) +
          R"(,"contacts":[{"profile":{"name":"Leo","username":"leo"},"user_id":"CO.88"}],"messages":[{"from":"","from_user_id":"CO.88","id":"wamid.B","timestamp":1750030073,"type":"text","text":{"body":"hola"}}]})"));
  EXPECT_EQ(by_contact.phone, "");
  EXPECT_EQ(by_contact.wa_id, "");
  EXPECT_EQ(by_contact.user_id, "CO.88");
  EXPECT_EQ(by_contact.username, "leo");
  const Update as_from = only(message_body(
      R"({"from":"CO.99","id":"wamid.C","timestamp":"x","type":"text","text":{"body":"a"}})"));
  EXPECT_EQ(as_from.user_id, "CO.99");
  EXPECT_EQ(as_from.phone, "");  // The contact is somebody else's.
  EXPECT_FALSE(as_from.at);
}

TEST(Webhook, ContactsBelongToTheirMessages) {
  const auto updates = parsed(envelope(
      "messages",
      "{" + std::string(kHead) +
          R"(,"contacts":[{"profile":{"name":"Uno"},"wa_id":"573000000001"},{"profile":{"name":"Dos"},"wa_id":"573000000002"}],)"
          R"("messages":[{"from":"573000000002","id":"w2","type":"text","text":{"body":"b"}},{"from":573000000001,"id":"w1","type":"text","text":{"body":"a"}},{"id":"w3","type":"text","text":{"body":"c"}}]})"));
  ASSERT_EQ(updates.size(), 3U);
  EXPECT_EQ(updates[0].profile_name, "Dos");
  EXPECT_EQ(updates[1].profile_name, "Uno");
  EXPECT_EQ(updates[1].phone, "+573000000001");
  EXPECT_EQ(updates[2].profile_name, "");
}

TEST(Webhook, SystemChanges) {
  auto update = message(
      "system",
      R"("system":{"body":"b","type":"user_changed_number","wa_id":"573009999999","user_id":"CO.2","previous_user_id":"CO.1"})");
  EXPECT_EQ(update.kind, UpdateKind::System);
  EXPECT_EQ(update.type, "user_changed_number");
  EXPECT_EQ(update.new_wa_id, "573009999999");
  EXPECT_EQ(update.user_id, "CO.2");
  EXPECT_EQ(update.previous_user_id, "CO.1");
  EXPECT_EQ(update.phone, "+573001234567");
  update = only(envelope(
      "user_id_update",
      R"({"user_id_update":[{"wa_id":"573001234567","detail":"d","user_id":{"previous":"CO.1","current":"CO.2"},"timestamp":1750030001}]})"));
  EXPECT_EQ(update.kind, UpdateKind::System);
  EXPECT_EQ(update.user_id + update.previous_user_id, "CO.2CO.1");
  EXPECT_EQ(update.at, Instant{1750030001000});
  update = only(envelope(
      "user_preferences",
      R"({"metadata":{"phone_number_id":"7001"},"contacts":[],"user_preferences":[{"wa_id":"573001234567","category":"marketing_messages","value":"stop","detail":"User requested to stop","timestamp":1750030002}]})"));
  EXPECT_EQ(update.kind, UpdateKind::System);
  EXPECT_EQ(update.type + "|" + update.payload + "|" + update.phone,
            "user_preferences|stop|+573001234567");
}

TEST(Webhook, Statuses) {
  const Update sent = only(status_body(
      R"({"id":"wamid.S","status":"sent","timestamp":"1750030073","recipient_id":"573001234567","recipient_user_id":"CO.77","biz_opaque_callback_data":"0123456789abcdef0123456789abcdef","pricing":{"billable":true,"pricing_model":"PMP","type":"regular","category":"utility"}})"));
  EXPECT_EQ(sent.kind, UpdateKind::Status);
  EXPECT_EQ(sent.type, "sent");
  EXPECT_EQ(sent.attempt_id, "0123456789abcdef0123456789abcdef");
  EXPECT_EQ(sent.pricing_category + "/" + sent.pricing_type, "utility/regular");
  EXPECT_EQ(sent.dedupe_key, "s:wamid.S:sent:573001234567");
  EXPECT_EQ(sent.phone + sent.user_id, "+573001234567CO.77");
  const Update failed = only(status_body(
      R"({"id":"wamid.S","status":"failed","timestamp":1750030073,"recipient_id":"","recipient_user_id":"CO.77","errors":[{"code":131026,"title":"x"},{"code":131047,"title":"y"}]})"));
  EXPECT_EQ(failed.error_codes, (std::vector<int>{131026, 131047}));
  EXPECT_EQ(failed.error_detail, "x");
  EXPECT_EQ(failed.phone, "");
  EXPECT_EQ(failed.dedupe_key, "s:wamid.S:failed:CO.77");
  const Update strange =
      only(status_body(R"({"id":"wamid.S","status":"warped","recipient_id":"573001234567"})"));
  EXPECT_EQ(strange.kind, UpdateKind::Unknown);
  EXPECT_EQ(strange.type, "warped");
  EXPECT_NE(strange.raw, "");
}

TEST(Webhook, DedupeKeyIsTheSameInAnotherBatch) {
  const std::string status =
      R"({"id":"wamid.S","status":"read","timestamp":"1","recipient_id":"573001234567"})";
  const auto both = parsed(status_body(status + "," + status));
  ASSERT_EQ(both.size(), 2U);
  EXPECT_EQ(both[0].dedupe_key, both[1].dedupe_key);
  EXPECT_EQ(only(status_body(status)).dedupe_key, both[0].dedupe_key);
  const std::string account =
      R"({"event":"ACCOUNT_VIOLATION","violation_info":{"violation_type":"SPAM"}})";
  EXPECT_EQ(only(envelope("account_update", account)).dedupe_key,
            only(envelope("account_update", account)).dedupe_key);
  EXPECT_NE(only(envelope("account_update", account)).dedupe_key,
            only(envelope("account_alerts", account)).dedupe_key);
}

TEST(Webhook, TheSameWordsAtAnotherTimeAreAnotherUpdate) {
  const std::string first = envelope("account_update", R"({"event":"ACCOUNT_VIOLATION"})");
  std::string later = first;
  later.replace(later.find("1750030070"), 10, "1750039999");
  EXPECT_NE(only(first).dedupe_key, only(later).dedupe_key);
}

TEST(Webhook, EchoesOfThePhoneApp) {
  const Update update = only(envelope(
      "smb_message_echoes",
      "{" + std::string(kHead) +
          R"(,"message_echoes":[{"from":"15550001111","to":"573001234567","id":"wamid.E","timestamp":"1750030073","type":"text","text":{"body":"hola, soy Laura"}}]})"));
  EXPECT_EQ(update.kind, UpdateKind::Message);
  EXPECT_EQ(update.type, "echo_text");
  EXPECT_TRUE(update.is_from_business);
  EXPECT_EQ(update.phone, "+573001234567");
  EXPECT_EQ(update.text, "hola, soy Laura");
}

TEST(Webhook, Templates) {
  auto update = only(envelope(
      "message_template_status_update",
      R"({"event":"PAUSED","message_template_id":123456789012345,"message_template_name":"aviso_v1","message_template_language":"es-CO","message_template_category":"UTILITY","reason":null})"));
  EXPECT_EQ(update.kind, UpdateKind::Template);
  EXPECT_EQ(update.type, "PAUSED");
  EXPECT_EQ(update.template_id, "123456789012345");
  EXPECT_EQ(update.template_name + " " + update.template_language, "aviso_v1 es_CO");
  EXPECT_EQ(update.at, Instant{1750030070000});
  update = only(envelope(
      "message_template_status_update",
      R"({"previous_quality_score":"GREEN","new_quality_score":"RED","message_template_id":1,"message_template_name":"a"})"));
  EXPECT_EQ(update.type + " " + update.text, "message_template_quality_update RED");
  update = only(envelope(
      "template_category_update",
      R"({"message_template_id":1,"previous_category":"UTILITY","new_category":"MARKETING"})"));
  EXPECT_EQ(update.type + " " + update.template_category, "template_category_update MARKETING");
  update = only(envelope("message_template_components_update",
                         R"({"message_template_id":1,"message_template_element":"Hola"})"));
  EXPECT_EQ(update.kind, UpdateKind::Template);
  EXPECT_NE(update.raw, "");
}

TEST(Webhook, Accounts) {
  auto update = only(envelope(
      "account_update",
      R"({"event":"ACCOUNT_RESTRICTION","restriction_info":[{"restriction_type":"RESTRICTED_BIZ_INITIATED_MESSAGING","expiration":"1750030073"}]})"));
  EXPECT_EQ(update.kind, UpdateKind::Account);
  EXPECT_EQ(update.type, "ACCOUNT_RESTRICTION");
  EXPECT_NE(update.raw.find("RESTRICTED_BIZ_INITIATED"), std::string::npos);
  update = only(envelope(
      "phone_number_quality_update",
      R"({"display_phone_number":"1","event":"ONBOARDING","max_daily_conversations_per_business":"TIER_2K"})"));
  EXPECT_EQ(update.type + " " + update.text, "ONBOARDING TIER_2K");
  EXPECT_EQ(only(envelope("account_review_update", R"({"decision":"REJECTED"})")).text, "REJECTED");
  EXPECT_EQ(only(envelope("account_alerts", R"({"alert_info":{"alert_type":"X"}})")).kind,
            UpdateKind::Account);
  EXPECT_EQ(only(envelope("business_capability_update",
                          R"({"max_daily_conversations_per_business":2000})"))
                .text,
            "2000");
  EXPECT_EQ(only(envelope("security", R"({"event":"PIN_CHANGED"})")).type, "PIN_CHANGED");
  update =
      only(envelope("messages", "{" + std::string(kHead) +
                                    R"(,"errors":[{"code":130429,"title":"Rate limit hit"}]})"));
  EXPECT_EQ(update.kind, UpdateKind::Account);
  EXPECT_EQ(update.error_codes, std::vector<int>{130429});
}

TEST(Webhook, WhatIsNotKnownIsKept) {
  EXPECT_EQ(only(envelope("from_the_future", R"({"a":[]})")).kind, UpdateKind::Unknown);
  EXPECT_EQ(only(envelope("from_the_future", R"({"a":[]})")).type, "from_the_future");
  EXPECT_EQ(parsed(envelope("calls", R"({"calls":[{"id":"1"},{"id":"2"}]})")).size(), 2U);
  EXPECT_EQ(only(envelope("messages", R"("a string")")).kind, UpdateKind::Unknown);
  EXPECT_EQ(only(envelope("messages", "{" + std::string(kHead) + "}")).kind, UpdateKind::Unknown);
  EXPECT_EQ(only(envelope("messages", R"({"messages":{"id":"x"}})")).type, "messages");
  EXPECT_EQ(parsed(message_body("17,null,[]")).size(), 3U);
  EXPECT_EQ(
      only(
          R"({"object":"page","entry":[{"id":"1","changes":[{"field":"messages","value":{"messages":[{}]}}]}]})")
          .kind,
      UpdateKind::Unknown);
  EXPECT_EQ(parsed(R"({"entry":[5,{"id":"1"},{"changes":[7]}]})").size(), 3U);
  EXPECT_TRUE(parsed(R"({"object":"whatsapp_business_account","entry":[]})").empty());
}

TEST(Webhook, NotTheEnvelopeIsAnError) {
  for (const std::string body :
       {"", "null", "[]", "{}", R"({"entry":{}})", "<html>", R"({"entry":[)"}) {
    EXPECT_FALSE(parse_webhook(body)) << body;
  }
}

TEST(Webhook, AThousandUpdatesInSeveralEntries) {
  std::string statuses;
  for (int i = 0; i < 250; ++i) {
    statuses +=
        (i == 0 ? "" : ",") +
        (R"({"id":"wamid.)" + std::to_string(i) +
         R"(","status":"delivered","timestamp":"1750030073","recipient_id":"573001234567"})");
  }
  const std::string change = R"({"field":"messages","value":{"statuses":[)" + statuses + "]}}";
  const std::string entry = R"({"id":"1","changes":[)" + change + "," + change + "]}";
  const auto updates =
      parsed(R"({"object":"whatsapp_business_account","entry":[)" + entry + "," + entry + "]}");
  ASSERT_EQ(updates.size(), 1000U);
  EXPECT_EQ(updates[999].platform_id, "wamid.249");
}

TEST(Webhook, TooManyUpdatesAreFoldedNotLost) {
  std::string many = "1";
  for (int i = 0; i < 10'000; ++i) many += ",1";
  const auto updates = parsed(status_body(many));
  ASSERT_EQ(updates.size(), kUpdatesMax + 1);
  EXPECT_EQ(updates.back().type, "overflow");
  EXPECT_EQ(json::parse(updates.back().raw).as_array().size(), 10'001 - kUpdatesMax);
}

TEST(Webhook, HostileNeighboursDoNotHideAMessage) {
  const std::string good =
      R"({"from":"573001234567","id":"wamid.G","timestamp":"1750030073","type":"text","text":{"body":"ya pagué"}})";
  const std::string deep = R"({"id":"wamid.D","type":"text","x":)" + std::string(5000, '[') +
                           std::string(5000, ']') + "}";
  for (const std::string& poison :
       {deep, std::string(R"({"id":1e999,"timestamp":99999999999999999999,"type":[]})"),
        std::string(
            "{\"id\":\"w\xFF\xFE\",\"type\":\"text\",\"text\":{\"body\":\"\\u0000\xC0\xAF\"}}"),
        std::string(R"({"id":{},"from":[],"type":"text","text":"no","context":5,"errors":"x"})"),
        std::string(R"({"id":"a","id":"b","type":"image","image":[1]})")}) {
    const auto updates = parsed(message_body(poison + "," + good));
    ASSERT_EQ(updates.size(), 2U);
    EXPECT_EQ(updates[1].text, "ya pagué");
    EXPECT_FALSE(updates[0].dedupe_key.empty());
    for (const auto& text : {updates[0].text, updates[0].raw, updates[0].platform_id}) {
      EXPECT_EQ(text.find('\0'), std::string::npos);
    }
  }
}

// Any cut, flip or doubled stretch of a real body is read or refused, never a crash, and what is
// read has a key and a type.
RC_GTEST_PROP(Webhook, MutationsNeverCrash, (size_t at, size_t length, uint8_t byte, bool insert)) {
  std::string body = message_body(
      R"({"from":"573001234567","id":"wamid.G","timestamp":"1750030073","type":"interactive","interactive":{"type":"button_reply","button_reply":{"id":"1","title":"S\u00ed \ud83d\udc4d"}}})");
  at %= body.size();
  if (insert) {
    body.insert(at, std::string(length % 80, static_cast<char>(byte)));
  } else {
    body[at] = static_cast<char>(byte);
  }
  if (const auto updates = parse_webhook(body)) {
    for (const auto& update : *updates) {
      RC_ASSERT(!update.dedupe_key.empty());
      RC_ASSERT(!update.type.empty() || update.kind == UpdateKind::Unknown);
    }
  }
}

}  // namespace
}  // namespace puntual::whatsapp
