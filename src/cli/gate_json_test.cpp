// The worked examples of the law document through the same code path as the command, and lines that
// cannot be read.
#include "cli/gate_json.h"

#include <gtest/gtest.h>

#include <fstream>

namespace puntual::cli {
namespace {

std::vector<std::string> gate_lines_of(const std::string& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

TEST(GateJson, WorkedExamples) {
  const auto lines = gate_lines_of("tests/fixtures/gate_examples.jsonl");
  ASSERT_GE(lines.size(), 24u);
  for (const auto& line : lines) {
    const auto input = *parse_json(line);
    const auto answer = answer_gate_line(line);
    ASSERT_TRUE(answer) << line << "\n" << answer.error().message;
    const auto got = *parse_json(*answer);
    const auto& want = input.at("expect");
    EXPECT_EQ(got.at("id"), input.at("id"));
    for (const auto* key : {"allowed", "reasons", "next_allowed"}) {
      EXPECT_EQ(to_json(got.at(key)), to_json(want.at(key)))
          << to_json(input.at("id")) << " " << key;
    }
    EXPECT_FALSE(got.at("rule_ids").get_array().empty()) << line;  // Of a yes too.
    EXPECT_TRUE(
        got.at("pack_version").get_string().starts_with(input.at("jurisdiction").get_string()));
  }
}

// As `puntual gate --config` asks: the day that a deployment closes is closed here too.
TEST(GateJson, AsksThePacksAndDaysOfTheDeployment) {
  const auto book = compliance::RuleBook::with(
      {.packs = {}, .calendars = {}, .closed_days = {{"feriados.tsv", "2026-11-24\tCO\n"}}});
  ASSERT_TRUE(book) << book.error().message;
  constexpr std::string_view kLine =
      R"({"id":1,"now":"2026-11-24T16:00:00-05:00","jurisdiction":"CO","purpose":"overdue",)"
      R"("channel":"whatsapp"})";
  const auto ours = *answer_gate_line(kLine),
             theirs = *answer_gate_line(kLine, Law{.rules = *book, .profile = {}});
  EXPECT_FALSE(ours.contains("H-CLOSED-DAY")) << ours;
  EXPECT_TRUE(theirs.contains("H-CLOSED-DAY")) << theirs;
}

std::string gate_error_of(std::string_view extra) {
  const auto line = fmt::format(
      R"({{"id":1,"now":"2026-11-24T16:00:00-05:00","jurisdiction":"CO","purpose":"overdue",)"
      R"("channel":"whatsapp",{}}})",
      extra);
  const auto answer = answer_gate_line(line);
  return answer ? "accepted: " + *answer : answer.error().message;
}

TEST(GateJson, ErrorsNameTheFieldAndWhatItAccepts) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {R"("now":"2026-11-24 25:00")", "now: "},
      {R"("recepient_role":"minor")",
       "recepient_role: unknown member (did you mean 'recipient_role'? expected now, "},
      {R"("opted_out":true)", "opted_out: unknown member (expected now, jurisdiction, "},
      {R"("consent":{"whatsapp":{"granted":"2026-01-10T10:00:00-05:00","revoked":"2026-02-10T10:00:00-05:00"}})",
       "consent.whatsapp.granted: unknown member"},
      {R"("history":[{"at":"2026-11-24T08:00:00-05:00","dirction":"out","channel":"sms"}])",
       "history.dirction: unknown member (did you mean 'direction'?"},
      {R"("last_inbound":{"at":"2026-11-24T16:00:00-05:00","chanel":"sms"})",
       "last_inbound.chanel: unknown member (did you mean 'channel'?"},
      {R"("consumer_hours":{"intervals":[],"asked":null})",
       "consumer_hours.asked: unknown member (did you mean 'asked_at'? expected intervals"},
      {R"("purpose":"collect")", "purpose: \"collect\" is not accepted (expected pre_due, overdue"},
      {R"("channel":"telegram")", "channel: \"telegram\" is not accepted (expected whatsapp, sms"},
      {R"("recipient_role":"mother")", "recipient_role: \"mother\""},
      {R"("zones":["America/Bogotá"])", "zones: 'America/Bogotá' is not a time zone"},
      {R"("zones":"America/Bogota")", "zones: "},
      {R"("consent":"yes")", "consent: "},
      {R"("consent":{"fax":null})", "consent: 'fax' is not a channel"},
      {R"("consent":{"sms":{"granted_at":"soon"}})", "consent.sms.granted_at: "},
      {R"("optout":["fax"])", "optout: "},
      {R"("history":[{"direction":"out","channel":"sms"}])", "history.at: missing"},
      {R"("history":[{"at":"2026-11-24T16:00:00-05:00","direction":"out","channel":"sms","status":"lost"}])",
       "history.status: \"lost\""},
      {R"("consumer_hours":{"intervals":[{"days":["lun"],"from":"09:00","to":"10:00"}]})",
       "consumer_hours.intervals.days"},
      {R"("consumer_hours":{"intervals":[{"days":["mon"],"from":"19:00","to":"10:00"}]})",
       "consumer_hours.intervals"},
      {R"("consumer_hours":{"intervals":[{"days":["mon"],"from":"9","to":"10:00"}]})",
       "consumer_hours.intervals.from"},
      {R"("case_flags":["dead"])", "case_flags: \"dead\""},
      {R"("ttl_seconds":"soon")", "ttl_seconds: "},
      {R"("calendar_until":"2026-02-30")", "calendar_until: "},
      {R"("profile":"lax")", "profile: "},
      {R"("profile":{"CO-DAILY":"literal"})",
       "profile: 'CO-DAILY' is not a rule with two readings"},
      {R"("last_inbound":{"at":"2026-11-24T16:00:00-05:00"})", "last_inbound.channel: missing"},
  };
  for (const auto& [extra, message] : cases)
    EXPECT_TRUE(gate_error_of(extra).starts_with(message)) << extra << "\n" << gate_error_of(extra);
}

// S11: a reminder before the due date on a Sunday. The server of these settings would send it.
TEST(GateJson, ReadsTheLawAsTheDeploymentDoesWhereTheLineSaysNothing) {
  constexpr std::string_view kCase =
      R"({{"id":1,"now":"2026-11-29T10:00:00-05:00","jurisdiction":"CO","purpose":"pre_due","channel":"whatsapp","consent":{{"whatsapp":{{"granted_at":"2026-01-10T10:00:00-05:00","instrument":"c"}}}}{}}})";
  const Law literal{.rules = nullptr, .profile = {.literal_rules = {"CO-PREDUE"}}};
  const auto is_allowed = [&](std::string_view more, const Law& law) {
    const auto answer = answer_gate_line(fmt::format(kCase, more), law);
    EXPECT_TRUE(answer) << answer.error().message;
    return answer && answer->contains(R"("allowed":true)");
  };
  EXPECT_TRUE(is_allowed("", literal));
  EXPECT_FALSE(is_allowed("", {}));
  EXPECT_FALSE(is_allowed(R"(,"profile":"strict")", literal)) << "what the line says goes first";
}

TEST(GateJson, UnknownCountryIsAnAnswerNotAnError) {
  const auto answer = answer_gate_line(
      R"({"id":"x","now":"2026-11-24T16:00:00-05:00","jurisdiction":"US","purpose":"overdue","channel":"whatsapp"})");
  ASSERT_TRUE(answer);
  EXPECT_EQ(
      *answer,
      R"({"id":"x","allowed":false,"reasons":["NO_RULE_PACK"],"next_allowed":null,"rule_ids":["H-PACK"],)"
      R"("pack_version":null,"calendar_version":null,"ttl_max_seconds":null})");
}

}  // namespace
}  // namespace puntual::cli
