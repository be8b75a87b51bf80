// Files of the bank from the outside: by the command line, with and without a server.
#include <gtest/gtest.h>

#include "tests/support/house.h"

namespace puntual::e2e {
namespace {

std::string collected(std::string_view reference, int64_t minor, std::string_view modifier = "A") {
  const auto padded = [](std::string record) {
    record.resize(162, ' ');
    return record + "\r\n";
  };
  std::string zeros(48 - reference.size(), '0');
  return padded(fmt::format("0190012345682026112300700000003012345678202611231830{}01", modifier)) +
         padded("0577099980000010001") +
         padded(
             fmt::format("06{}{}{:014}031500045100000005100000000002", zeros, reference, minor)) +
         padded(fmt::format("08{:09}{:018}0001", 1, minor)) +
         padded(fmt::format("09{:09}{:018}", 1, minor));
}

Ran take(House& house, const std::string& name, std::string_view bytes,
         std::vector<std::string> more = {}) {
  write_file(house.folder / name, bytes);
  std::vector<std::string> arguments{"bank", "import", house.folder / name, "--json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return house.command(arguments);
}

int64_t figure(const Ran& ran, std::string_view name) {
  const auto report = parse_json(ran.out);
  return report ? member_int(*report, name).value_or(-1) : -1;
}

TEST(Bank, CollectionFileIsBookedOnceAndADamagedOneNotAtAll) {
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, 2)).exit_code, 0);
  const Ran rehearsal = take(house, "recaudo.txt", collected("F-0001", 15'000'000), {"--dry-run"});
  ASSERT_EQ(rehearsal.exit_code, 0) << rehearsal.err;
  EXPECT_EQ(figure(rehearsal, "applied"), 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM bank_file"), 0);
  const Ran first = take(house, "recaudo.txt", collected("F-0001", 15'000'000));
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_EQ(figure(first, "applied"), 1);
  EXPECT_EQ(house.count("SELECT balance_minor FROM invoice WHERE number='F-0001'"), 0);
  const Ran again = take(house, "otro-nombre.txt", collected("F-0001", 15'000'000));
  EXPECT_EQ(figure(again, "applied"), 0);
  EXPECT_EQ(figure(again, "unchanged"), 1);

  std::string damaged = collected("F-0002", 15'000'000, "B");
  damaged[2 * 164 + 63] = '9';
  const Ran refused = take(house, "roto.txt", damaged);
  EXPECT_EQ(refused.exit_code, 1);
  EXPECT_NE(refused.err.find("roto.txt"), std::string::npos) << refused.err;
  EXPECT_NE(refused.err.find("línea 4"), std::string::npos) << refused.err;
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM bank_line"), 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM payment"), 1);
  EXPECT_NE(house.command({"bank", "list", "--waiting"}).out.find("APARTADO"), std::string::npos);
}

TEST(Bank, StatementIsReadByAKeptMappingAndAPersonDecidesWhileTheServerRuns) {
  House house;
  ASSERT_EQ(house.import(portfolio_of(1, 2)).exit_code, 0);
  const std::string csv =
      "Fecha;Detalle;Valor\n23/11/2026;ABONO "
      "3000000001;150.000,00\n23/11/2026;ABONO;20.000,00\n23/11/2026;COMISION;-1.200,00\n";
  const Ran first =
      take(house, "extracto.csv", csv, {"--account", "77", "--save-mapping", "banco", "--dry-run"});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  house.serve();
  const Ran taken = take(house, "extracto.csv", csv, {"--account", "77", "--mapping", "banco"});
  ASSERT_EQ(taken.exit_code, 0) << taken.err;
  EXPECT_EQ(figure(taken, "applied"), 0);
  EXPECT_EQ(figure(taken, "proposed"), 1);
  EXPECT_EQ(figure(taken, "unmatched"), 1);
  EXPECT_EQ(figure(taken, "ignored"), 1);
  const Ran waiting = house.command({"bank", "list", "--waiting", "--json"});
  const auto list = parse_json(waiting.out);
  ASSERT_TRUE(list.has_value()) << waiting.err;
  const auto* lines = member_array(*list, "lines");
  ASSERT_TRUE(lines != nullptr && lines->size() == 2) << waiting.out;
  const auto id = [&](size_t i) { return member_text((*lines)[i], "id").value_or(""); };
  const Ran accepted = house.command({"bank", "decide", id(0), "--accept", "--by", "ana"});
  ASSERT_EQ(accepted.exit_code, 0) << accepted.err;
  EXPECT_EQ(house.count("SELECT balance_minor FROM invoice WHERE number='F-0001'"), 0);
  const Ran split =
      house.command({"bank", "decide", id(1), "--split", "F-0002=20000", "--by", "ana"});
  ASSERT_EQ(split.exit_code, 0) << split.err;
  EXPECT_EQ(house.count("SELECT balance_minor FROM invoice WHERE number='F-0002'"), 13'000'000);
  EXPECT_EQ(house.command({"bank", "decide", id(1), "--ignore", "--by", "ana"}).exit_code, 5);
  EXPECT_EQ(house.command({"bank", "decide", "1", "--ignore", "--by", "ana"}).exit_code, 3);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM outbox WHERE step='thanks'"), 2)
      << "one for each of them";
}

}  // namespace
}  // namespace puntual::e2e
