// Who comes in: the link of the first start, people and keys by the command line while the server
// runs.
#include <gtest/gtest.h>

#include "tests/support/house.h"

namespace puntual::e2e {
namespace {

constexpr std::string_view kPhrase = "tres gatos cruzan la calle";

// What stands behind a mark, to the end of the word.
std::string word_after(const std::string& text, std::string_view mark) {
  const auto at = text.find(mark);
  if (at == std::string::npos) return {};
  const auto begin = at + mark.size();
  return text.substr(begin, text.find_first_of(" \n", begin) - begin);
}

class AccessByCommand : public testing::Test {
 protected:
  void open() {
    ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
    house.open_sandbox();
    house.serve();
  }
  Ran tell(std::vector<std::string> arguments, std::string_view input) {
    arguments.insert(arguments.end(),
                     {"--data-dir", house.folder.path(), "--database", house.database});
    return run(arguments, input);
  }
  Answer enter(std::string_view email) {
    return post(house.url("/v1/session"),
                to_json(json::object{{"email", email}, {"password", kPhrase}}),
                {{"Content-Type: application/json"}});
  }
  Answer session(const Answer& in) {
    const std::string cookie = in.header("Set-Cookie");
    return get(house.url("/v1/session"), {{"Cookie: " + cookie.substr(0, cookie.find(';'))}});
  }
  House house;
};

TEST_F(AccessByCommand, TheFirstStartShowsALinkAndTheFirstOwnerComesInByIt) {
  open();
  const std::string token = word_after(house.server().err(), "/#inicio=");
  ASSERT_FALSE(token.empty()) << house.server().last_words();
  const std::string order = to_json(json::object{
      {"token", token}, {"name", "Ana"}, {"email", "ana@x.co"}, {"password", kPhrase}});
  const Answer made = post(house.url("/v1/setup"), order, {{"Content-Type: application/json"}});
  EXPECT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(session(made).status, 200);
  EXPECT_EQ(post(house.url("/v1/setup"), order, {{"Content-Type: application/json"}}).status, 403);
  EXPECT_EQ(house.command({"user", "setup"}).exit_code, 5);
  const auto ill = house.command({"doctor"});
  EXPECT_TRUE(ill.out.contains("entran sin segundo factor")) << ill.out;
}

TEST_F(AccessByCommand, PeopleAndKeysComeAndGoWhileTheServerRuns) {
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  const auto first =
      tell({"user", "add", "ana@x.co", "--name", "Ana", "--role", "owner", "--password-stdin"},
           std::string(kPhrase) + "\n");
  ASSERT_EQ(first.exit_code, 0) << first.err;
  house.open_sandbox();
  house.serve();
  EXPECT_FALSE(house.server().err().contains("/#inicio=")) << "there is an owner";

  const auto invited =
      house.command({"user", "add", "berta@x.co", "--name", "Berta", "--role", "agent"});
  ASSERT_EQ(invited.exit_code, 0) << invited.err;
  const std::string choice =
      to_json(json::object{{"token", word_after(invited.out, "/#clave=")}, {"password", kPhrase}});
  EXPECT_EQ(post(house.url("/v1/password"), choice, {{"Content-Type: application/json"}}).status,
            204);
  const Answer in = enter("berta@x.co");
  ASSERT_EQ(in.status, 200) << in.body;
  EXPECT_EQ(session(in).status, 200);
  EXPECT_EQ(house.command({"user", "disable", "berta@x.co"}).exit_code, 0);
  EXPECT_EQ(session(in).status, 401) << "out at once";
  EXPECT_EQ(enter("berta@x.co").status, 401);
  EXPECT_EQ(house.command({"user", "role", "ana@x.co", "agent"}).exit_code, 5) << "the last owner";
  EXPECT_EQ(house.command({"user", "role", "eva@x.co", "agent"}).exit_code, 3);
  EXPECT_TRUE(house.command({"user", "list"}).out.contains("Berta (berta@x.co), no puede entrar"));

  const auto key =
      house.command({"keys", "add", "ERP", "--rights", "payments_read pause", "--json"});
  ASSERT_EQ(key.exit_code, 0) << key.err;
  const json::value made = parse_json(key.out).value();
  const RequestHeaders bearer{{"Authorization: Bearer " + text_in(made, "key")}};
  EXPECT_EQ(get(house.url("/v1/payments"), bearer).status, 200);
  EXPECT_EQ(get(house.url("/v1/keys"), bearer).status, 403);
  EXPECT_TRUE(house.command({"keys", "list"}).out.contains("ERP"));
  EXPECT_EQ(house.command({"keys", "revoke", text_in(made, "id")}).exit_code, 0);
  EXPECT_EQ(get(house.url("/v1/payments"), bearer).status, 401);
}

}  // namespace
}  // namespace puntual::e2e
