#include "sim/shards.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace puntual::sim {
namespace {

ImportFile opened(std::string_view csv) {
  auto file = portfolio::open_import(csv, {.country = "CO"});
  EXPECT_TRUE(file) << file.error().message;
  return *std::move(file);
}

size_t shard_with(const std::vector<Shard>& shards, std::string_view text,
                  std::string Shard::*file) {
  const auto found = std::ranges::find_if(
      shards, [&](const Shard& shard) { return (shard.*file).contains(text); });
  return static_cast<size_t>(found - shards.begin());
}

constexpr std::string_view kTitles = "Cliente;Cédula;Celular;Factura;Vencimiento;Saldo\n";
constexpr std::string_view kRows =
    "Ana Ruiz;1001;3101000001;F-1;30/11/2026;50000\n"
    "Beto Paz;1002;3101000002;F-2;30/11/2026;50000\n"
    "Caro Gil;1003;3101000003;F-3;30/11/2026;50000\n"
    "Dora Gil;1004;3101000003;F-4;30/11/2026;50000\n"  // The phone of Caro.
    "Elsa Mar;1005;3101000005;F-5;30/11/2026;50000\n"
    "Ana Ruiz;1001;3101000001;F-6;30/12/2026;50000";  // The document of the first; and no line's
                                                      // end.

TEST(Shards, WhoeverHangsTogetherStaysTogether) {
  const std::string csv = std::string(kTitles) + std::string(kRows);
  const std::string paid =
      "Factura;Fecha de pago;Valor "
      "pagado\nF-6;01/11/2026;1000\nF-4;01/11/2026;1000\nF-99;01/11/2026;1000\n";
  const ImportFile file = opened(csv);
  const auto history = portfolio::open_import(paid, {.kind = FileKind::Payments, .country = "CO"});
  ASSERT_TRUE(history) << history.error().message;
  const auto shards = cut_into_shards(file, &*history, {.undivided_max = 3, .people_each = 2});
  ASSERT_TRUE(shards) << shards.error().message;
  EXPECT_EQ(shards->people, 4u);
  EXPECT_EQ(shards->people_in_parts, 4u);
  ASSERT_EQ(shards->parts.size(), 2u);  // For four who have nothing to do with each other.
  const auto invoice = [&](std::string_view number) {
    return shard_with(shards->parts, number, &Shard::invoices);
  };
  const auto payment = [&](std::string_view number) {
    return shard_with(shards->parts, number, &Shard::payments);
  };
  EXPECT_EQ(invoice("F-1;"), invoice("F-6;"));
  EXPECT_EQ(invoice("F-3;"), invoice("F-4;"));
  EXPECT_EQ(payment("F-6;"), invoice("F-6;"));
  EXPECT_EQ(payment("F-4;"), invoice("F-4;"));
  EXPECT_EQ(payment("F-99;"), 0u);
  size_t lines = 0;
  for (const auto& shard : shards->parts) {
    EXPECT_TRUE(shard.invoices.starts_with(kTitles));
    EXPECT_GT(shard.invoices.size(), kTitles.size());
    lines += static_cast<size_t>(std::ranges::count(shard.invoices, '\n')) - 1;
  }
  EXPECT_EQ(lines, 6u);  // Each row once.
}

TEST(Shards, AFewPeopleAreOne) {
  const std::string csv = std::string(kTitles) + std::string(kRows);
  const auto shards = cut_into_shards(opened(csv), nullptr, {.undivided_max = 4});
  ASSERT_TRUE(shards) << shards.error().message;
  EXPECT_EQ(shards->parts.size(), 1u);
  EXPECT_EQ(shards->part_count, 1u);
}

TEST(Shards, SomeOfManyAreTakenFromTheWholeFile) {
  std::string csv(kTitles);
  for (int i = 0; i < 100; ++i)
    csv += fmt::format("P {0};{0};31010{0:05};F-{0};30/11/2026;50000\n", 10000 + i);
  const auto shards = cut_into_shards(opened(csv), nullptr,
                                      {.undivided_max = 10, .people_each = 10, .people_max = 20});
  ASSERT_TRUE(shards) << shards.error().message;
  EXPECT_EQ(shards->people, 100u);
  EXPECT_EQ(shards->part_count, 10u);
  ASSERT_EQ(shards->parts.size(), 2u);
  std::string chosen;
  for (const auto& part : shards->parts) chosen += part.invoices.substr(kTitles.size());
  EXPECT_EQ(static_cast<size_t>(std::ranges::count(chosen, '\n')), shards->people_in_parts);
  EXPECT_GT(shards->people_in_parts, 10u);
  EXPECT_LT(shards->people_in_parts, 30u);
  const auto first = chosen.find("F-100"), last = chosen.rfind("F-100");
  EXPECT_LT(chosen.substr(first, 7), "F-10020");  // From all over the file.
  EXPECT_GT(chosen.substr(last, 7), "F-10080");
}

}  // namespace
}  // namespace puntual::sim
