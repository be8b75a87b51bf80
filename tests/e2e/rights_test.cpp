// What a person may ask of their data, as their creditor's people do it at the terminal, beside a
// running server.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/json.h"
#include "tests/support/house.h"

namespace puntual::e2e {
namespace {

std::string file_bytes(const std::string& path) {
  std::ostringstream bytes;
  bytes << std::ifstream(path, std::ios::binary).rdbuf();
  return bytes.str();
}

TEST(Rights, APersonSeesWhatIsHeldAndIsForgotten) {
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, 2)).exit_code, 0);
  house.open_sandbox();
  house.serve();
  const Person ana{1};
  ASSERT_TRUE(house.has_sent(ana, 1));
  ASSERT_EQ(post(house.sandbox_url("/_sandbox/say"),
                 fmt::format(R"({{"from":"{}","image":true,"caption":"ya pagué"}})", ana.phone()))
                .status,
            200);
  ASSERT_TRUE(eventually(
      [&] { return house.count("SELECT COUNT(*) FROM attachment WHERE state='kept'") == 1; }));
  ASSERT_TRUE(house.has_sent(ana, 2));  // Answered.

  EXPECT_EQ(house.command({"rights", "take", ana.phone(), "--kind", "access"}).exit_code, 0);
  EXPECT_EQ(house.command({"rights", "take", ana.phone(), "--kind", "wealth"}).exit_code, 1);
  EXPECT_EQ(house.command({"rights", "take", "F-9999", "--kind", "access"}).exit_code, 3);
  const auto listed = house.command({"rights", "list", "--json"});
  ASSERT_EQ(member_array(*parse_json(listed.out), "open")->size(), 1U) << listed.out;

  const auto exported =
      house.command({"rights", "export", ana.phone(), "--out", house.folder.path()});
  ASSERT_EQ(exported.exit_code, 0) << exported.err;
  const std::string json_path = exported.out.substr(0, exported.out.find('\n'));
  const std::string held = file_bytes(json_path);
  EXPECT_TRUE(held.contains(ana.phone()) && held.contains(ana.invoice())) << held;
  EXPECT_TRUE(file_bytes(json_path.substr(0, json_path.size() - 4) + "pdf").starts_with("%PDF"));
  EXPECT_TRUE(exported.out.contains("-archivos\n")) << exported.out;
  const json::value data = *member(*parse_json(held), "data");
  const std::string receipt = text_in(member_array(data, "attachments")->front(), "file");
  EXPECT_TRUE(file_bytes(json_path.substr(0, json_path.size() - 5) + "-archivos/" + receipt)
                  .starts_with("\xFF\xD8\xFF"))
      << receipt;
  EXPECT_EQ(text_in(member_array(data, "suspensions")->front(), "kind"), "claim");
  EXPECT_EQ(
      member_array(*parse_json(house.command({"rights", "list", "--json"}).out), "open")->size(),
      0U);

  const auto held_back = house.command({"rights", "erase", ana.phone(), "--json"});
  EXPECT_FALSE(member_array(*parse_json(held_back.out), "holds")->empty()) << held_back.out;
  ASSERT_EQ(house.pay(ana, 15'000'000, "P-1").status, 200);
  ASSERT_TRUE(house.has_sent(ana, 3));  // Thanked.
  const auto erased = house.command({"rights", "erase", ana.phone(), "--apply", "--json"});
  EXPECT_EQ(member_bool(*parse_json(erased.out), "erased"), true) << erased.out << erased.err;
  for (const auto& file : {house.database, house.database + "-wal"}) {
    EXPECT_FALSE(file_bytes(file).contains(ana.phone().substr(1))) << file;
  }
  const auto again = house.import(portfolio_of(1, 1));
  EXPECT_EQ(member_int(*parse_json(again.out), "rejected"), 1) << again.out;
  EXPECT_EQ(house.command({"audit", "verify"}).exit_code, 0);
}

}  // namespace
}  // namespace puntual::e2e
