// The running house asks the language model of its settings, until somebody switches it off.
#include <gtest/gtest.h>

#include <atomic>
#include <fstream>

#include "http/server.h"
#include "tests/support/house.h"

namespace puntual::e2e {
namespace {

constexpr std::string_view kHardToRead = "ando viendo cómo le hago";

TEST(AssistantOfTheHouse, IsAskedOnceAndNoMoreOnceItIsOff) {
  std::atomic<int> asked{0};
  http::Router router;
  router.add(http::Method::Post, "/v1/chat/completions", [&](const http::Request&) {
    ++asked;
    return http::Response{
        .body = R"({"choices":[{"message":{"content":"{\"intent\":\"asks_balance\"}"}}]})"};
  });
  const auto model = http::Server::start(std::move(router), {});
  ASSERT_TRUE(model);
  House house;
  std::ofstream(house.folder / "puntual.toml", std::ios::app)
      << fmt::format("\n[assistant]\nurl = \"{}/v1\"\nmodel = \"m\"\n", (*model)->base_url());
  const Person ana{1};
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  house.open_sandbox();
  house.serve();
  ASSERT_TRUE(house.has_sent(ana, 1));
  house.person_says(ana, std::string(kHardToRead));
  ASSERT_TRUE(eventually([&] {
    return house.state_of(ana, "reply") == "read" || house.state_of(ana, "reply") == "delivered";
  }));
  EXPECT_EQ(house.messages_of(ana).back().template_name, "respuesta_saldo_v1");
  EXPECT_EQ(asked, 1);
  EXPECT_NE(
      get(house.url("/metrics"), {}).body.find("puntual_assistant_questions{outcome=\"said\"} 1\n"),
      std::string::npos);

  EXPECT_EQ(house.command({"assistant", "off"}).exit_code, 0);
  house.person_says(ana, std::string(kHardToRead));
  ASSERT_TRUE(eventually(
      [&] { return house.count("SELECT COUNT(*) FROM timeline WHERE kind='understood'") == 2; }));
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM timeline WHERE kind='assistant_off'"), 1);
}

}  // namespace
}  // namespace puntual::e2e
