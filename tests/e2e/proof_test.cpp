// A proof of a message that really went out, checked by a program that is not ours: the one in
// docs/proof.md.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/house.h"

namespace puntual::e2e {
namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

// The script between the fences.
std::string checker_of_the_document() {
  const std::string page = bytes_of("docs/proof.md");
  constexpr std::string_view kFence = "```python\n";
  const auto from = page.find(kFence) + kFence.size();
  return page.substr(from, page.find("```", from) - from);
}

TEST(Proof, ConvincesACheckerThatKnowsOnlyTheDocument) {
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, 1)).exit_code, 0);
  house.open_sandbox();
  house.serve();
  ASSERT_TRUE(eventually([&] { return house.state_of(Person{1}, "due_0") == "delivered"; }));
  const auto messages = house.messages_of(Person{1});
  ASSERT_EQ(messages.size(), 1U);
  const std::filesystem::path folder(house.folder.path());
  const std::string stem = (folder / std::to_string(messages[0].id.value)).string();
  const Ran made = house.command({"proof", messages[0].platform_id, "--out", folder.string()});
  ASSERT_EQ(made.exit_code, 0) << made.err;
  EXPECT_TRUE(bytes_of(stem + ".pdf").starts_with("%PDF"));
  const std::string anchor = (folder / "anchor.json").string();
  ASSERT_EQ(house.command({"audit", "anchor", "--out", anchor}).exit_code, 0);
  EXPECT_EQ(run({"proof", "check", stem + ".json", "--anchor", anchor}).exit_code, 0);
  EXPECT_EQ(house.command({"audit", "verify", "--anchor", anchor}).exit_code, 0);

  const std::string script = (folder / "check.py").string();
  std::ofstream(script) << checker_of_the_document();
  const auto check = [&](const std::string& file) {
    return std::system(
        ("python3 " + script + " " + file + " " + anchor + " >/dev/null 2>&1").c_str());
  };
  EXPECT_EQ(check(stem + ".json"), 0);
  const Ran agreed = house.command({"agreement", "make", Person{1}.phone(), "--offer", "1",
                                    "--words", "por teléfono", "--json"});
  ASSERT_EQ(agreed.exit_code, 0) << agreed.err;
  const std::string id = text_in(*parse_json(agreed.out), "id"),
                    paper = (folder / ("acuerdo-" + id)).string();
  ASSERT_EQ(house.command({"proof", "agreement", id, "--out", folder.string()}).exit_code, 0);
  EXPECT_TRUE(bytes_of(paper + ".pdf").starts_with("%PDF"));
  ASSERT_EQ(house.command({"audit", "anchor", "--out", anchor}).exit_code, 0);
  EXPECT_EQ(run({"proof", "check", paper + ".json", "--anchor", anchor}).exit_code, 0);
  EXPECT_EQ(check(paper + ".json"), 0);
  std::string forged = bytes_of(stem + ".json");
  forged[forged.find("\"text\":\"") + 10] ^= 1;
  const std::string forgery = (folder / "forged.json").string();
  std::ofstream(forgery, std::ios::binary) << forged;
  EXPECT_NE(check(forgery), 0);
  EXPECT_EQ(run({"proof", "check", forgery}).exit_code, 6);
}

}  // namespace
}  // namespace puntual::e2e
