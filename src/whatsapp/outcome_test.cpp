#include "whatsapp/outcome.h"

#include <gtest/gtest.h>

namespace puntual::whatsapp {
namespace {

constexpr std::string_view kAccepted =
    R"({"messaging_product":"whatsapp","contacts":[{"input":"+57","wa_id":"573001234567"}],"messages":[{"id":"wamid.A=","message_status":"held_for_quality_assessment"}]})";
std::string error_body(int code) {
  return R"({"error":{"message":"(#1) x","type":"OAuthException","code":)" + std::to_string(code) +
         "}}";
}

SendResult seen(int status, std::string_view body, bool is_body_started = true) {
  return outcome_of({.is_body_started = is_body_started, .http_status = status, .body = body});
}

TEST(Outcome, Acceptance) {
  const auto result = seen(200, kAccepted);
  EXPECT_EQ(result.outcome, SendOutcome::Accepted);
  EXPECT_EQ(result.platform_id, "wamid.A=");
  EXPECT_EQ(result.message_status, "held_for_quality_assessment");
  EXPECT_EQ(result.wa_id, "573001234567");
}

TEST(Outcome, SuccessWithoutAnIdIsUnknown) {
  for (const std::string_view body :
       {"", "{}", "<html>ok</html>", R"({"messages":[]})", R"({"messages":[{"id":""}]})",
        R"({"messages":[{"id":7}]})", R"({"success":true})", R"([1])"}) {
    EXPECT_EQ(seen(200, body).outcome, SendOutcome::Unknown) << body;
  }
  EXPECT_EQ(seen(200, kAccepted.substr(0, 120)).outcome, SendOutcome::Unknown);
  EXPECT_EQ(seen(200, error_body(131047)).outcome, SendOutcome::Unknown);
}

TEST(Outcome, RefusalNeedsAWellFormedError) {
  EXPECT_EQ(seen(400, error_body(131047)).outcome, SendOutcome::Rejected);
  EXPECT_EQ(seen(400, error_body(131047)).error_code, 131047);
  EXPECT_EQ(seen(400, error_body(999999)).outcome, SendOutcome::Rejected);
  EXPECT_EQ(seen(429, error_body(130429)).outcome, SendOutcome::Rejected);
  EXPECT_EQ(seen(401, error_body(190)).outcome, SendOutcome::Rejected);
  EXPECT_EQ(seen(401, error_body(0)).outcome,
            SendOutcome::Rejected);  // A code, not the lack of one.
  for (const std::string_view body :
       {"", "<html>403</html>", "{}", R"({"error":"x"})", R"({"error":{"message":"x"}})",
        R"({"error":{"code":100}})", R"({"error":{"code":"x","message":"y"}})"}) {
    EXPECT_EQ(seen(400, body).outcome, SendOutcome::Unknown) << body;
  }
}

TEST(Outcome, FiveHundredsAreUnknownUnlessTheyStateRefusal) {
  EXPECT_EQ(seen(500, "").outcome, SendOutcome::Unknown);
  EXPECT_EQ(seen(502, "<html>").outcome, SendOutcome::Unknown);
  EXPECT_EQ(seen(500, error_body(131000)).outcome, SendOutcome::Unknown);
  EXPECT_EQ(seen(500, error_body(131000)).error_code, 131000);
  EXPECT_EQ(seen(503, error_body(131016)).outcome, SendOutcome::Unknown);
  EXPECT_EQ(seen(500, error_body(999999)).outcome, SendOutcome::Unknown);
  EXPECT_EQ(seen(500, error_body(131047)).outcome, SendOutcome::Rejected);
  EXPECT_EQ(seen(503, error_body(130429)).outcome, SendOutcome::Rejected);
}

TEST(Outcome, RedirectsAreUnknown) {
  EXPECT_EQ(seen(302, "").outcome, SendOutcome::Unknown);
  EXPECT_EQ(seen(307, error_body(131047)).outcome, SendOutcome::Unknown);
}

TEST(Outcome, WithoutABodyByteNothingWasSent) {
  EXPECT_EQ(seen(0, "", false).outcome, SendOutcome::NotSent);
  EXPECT_EQ(seen(503, "<html>", false).outcome, SendOutcome::NotSent);
  EXPECT_EQ(seen(200, kAccepted, false).outcome, SendOutcome::NotSent);
  EXPECT_EQ(seen(400, error_body(190), false).outcome, SendOutcome::Rejected);
  EXPECT_EQ(seen(0, "", true).outcome, SendOutcome::Unknown);
}

TEST(Outcome, DetailsHoldNobodysNumber) {
  const auto result = seen(
      400,
      R"j({"error":{"message":"m","type":"t","code":131026,"fbtrace_id":"Az8","error_data":{"details":"to +573001234567 failed (24 h)"}}})j");
  EXPECT_EQ(result.detail, "HTTP 400, code 131026: to +… failed (24 h) (trace Az8)");
}

}  // namespace
}  // namespace puntual::whatsapp
