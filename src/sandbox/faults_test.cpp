// What goes wrong on request: codes, broken answers, magic numbers, banned numbers.
#include "sandbox/test_world.h"

namespace puntual::sandbox {
namespace {

// Every code that a request can be answered with, by asking for it.
TEST_F(Sending, AnyCodeCanBeAskedFor) {
  for (const int code :
       {1,      2,      3,      4,      10,     33,     190,    368,    80007,   130429, 131000,
        131005, 131016, 131026, 131031, 131042, 131045, 131047, 131048, 131049,  131056, 131057,
        131064, 132001, 132007, 132015, 132016, 133004, 133010, 135000, 2494100, 999999}) {
    control("faults", fmt::format(R"({{"send":[{{"code":{}}}]}})", code));
    const auto answer = send_template(kAna, parameters());
    EXPECT_EQ(code_of(answer), code);
    EXPECT_GE(answer.status, 400);
    after(10'000);
    control("faults", fmt::format(R"({{"send":[{{"code":{},"async":true}}]}})", code));
    EXPECT_EQ(code_of(send_template(kAna, parameters())), 0);
    EXPECT_EQ(statuses_after(10'000), Names{fmt::format("failed {}", code)});
  }
  EXPECT_EQ(code_of(send_template(kAna, parameters())), 0) << "each fault was for one message";
}

TEST_F(Sending, BreaksAnswersOnRequest) {
  const auto with = [&](std::string_view fault) {
    EXPECT_EQ(control("faults", fmt::format(R"({{"send":[{}]}})", fault)).status, 200) << fault;
    auto answer = send_template(kAna, parameters());
    return std::pair(std::move(answer), statuses_after(20'000).size());
  };
  EXPECT_TRUE(with(R"({"kind":"html"})").first.body.starts_with("<html>"));
  const auto bare = with(R"({"kind":"empty","http_status":500})");
  EXPECT_EQ(bare.first.status, 500);
  EXPECT_EQ(bare.first.body, "");
  EXPECT_EQ(bare.second, 0U);
  const auto cut = with(R"({"kind":"truncated"})");
  EXPECT_EQ(cut.first.wire, Wire::CutBody);
  EXPECT_EQ(cut.second, 3U) << "accepted all the same";
  const auto before = with(R"({"kind":"reset_before"})");
  EXPECT_EQ(before.first.wire, Wire::Reset);
  EXPECT_EQ(before.second, 0U);
  EXPECT_EQ(with(R"({"kind":"reset_after"})").second, 3U);
  EXPECT_EQ(with(R"({"kind":"hang_after"})").first.wire, Wire::Hang);
  EXPECT_EQ(control("faults", R"({"send":[{"kind":"strange"}]})").status, 400);
  EXPECT_TRUE(platform->load_faults("[[send]]\nnext = 2\ncode = 131016\nto = \"+573001234567\"\n",
                                    "f.toml"));
  EXPECT_EQ(code_of(send_template("+573000000001", parameters())), 0) << "another person's fault";
  EXPECT_EQ(code_of(send_template(kAna, parameters())), 131016);
  EXPECT_TRUE(platform->load_faults("send = [", "f.toml").error().message.starts_with("f.toml:1"));
}

TEST_F(Sending, MagicNumbersHaveOneOutcome) {
  const auto to = [&](std::string_view phone) {
    EXPECT_EQ(code_of(send_template(phone, parameters())), 0) << phone;
    return statuses_after(2 * kHourMs);
  };
  EXPECT_EQ(to("+573005550001"), (Names{"sent", "delivered"}));
  EXPECT_EQ(to("+573005550002"), Names{"sent"});
  EXPECT_EQ(to("+573005550003"), (Names{"sent", "read"}));
  EXPECT_EQ(to("+573005550004"), (Names{"sent", "sent", "delivered", "delivered", "read", "read"}));
  EXPECT_EQ(to("+573005550005"), (Names{"delivered", "sent", "read"}));
  EXPECT_EQ(to("+573005551026"), Names{"failed 131026"});
  EXPECT_EQ(code_of(send_template("+573005561049", parameters())), 131049);
  EXPECT_EQ(send_template("+573005570001", parameters()).wire, Wire::Reset);
  EXPECT_EQ(send_template("+573005570500", parameters()).body, "");
}

TEST_F(Sending, NumbersAreFoundOutOfOrder) {
  control("account", R"({"number":{"status":"BANNED"}})");
  EXPECT_EQ(code_of(send_template(kAna, parameters())), 131031);
  control("account", R"({"number":{"status":"RESTRICTED"}})");
  EXPECT_EQ(code_of(send_template(kAna, parameters())), 131048);
  call("POST", "/v26.0/106540352242922/deregister");
  EXPECT_EQ(code_of(send_template(kAna, parameters())), 133010);
  EXPECT_EQ(call("POST", "/v26.0/106540352242922/register",
                 R"({"messaging_product":"whatsapp","pin":"123456"})")
                .status,
            200);
  EXPECT_EQ(code_of(send_template(kAna, parameters())), 0);
  EXPECT_TRUE(call("GET", "/v26.0/106540352242922?fields=quality_rating,throughput")
                  .body.contains(R"("quality_rating":"GREEN")"));
  EXPECT_TRUE(call("GET", "/v26.0/102290129340398/phone_numbers").body.contains("106540352242922"));
}

}  // namespace
}  // namespace puntual::sandbox
