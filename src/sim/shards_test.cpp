#include "sim/shards.h"

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
  const auto shards = cut_into_shards(file, &*history, 3, 2);
  ASSERT_TRUE(shards) << shards.error().message;
  ASSERT_EQ(shards->size(), 2u);  // Four who have nothing to do with each other, two by two.
  const auto invoice = [&](std::string_view number) {
    return shard_with(*shards, number, &Shard::invoices);
  };
  const auto payment = [&](std::string_view number) {
    return shard_with(*shards, number, &Shard::payments);
  };
  EXPECT_EQ(invoice("F-1;"), invoice("F-6;"));
  EXPECT_EQ(invoice("F-3;"), invoice("F-4;"));
  EXPECT_NE(invoice("F-1;"), invoice("F-5;"));
  EXPECT_EQ(payment("F-6;"), invoice("F-6;"));
  EXPECT_EQ(payment("F-4;"), invoice("F-4;"));
  EXPECT_EQ(payment("F-99;"), 0u);
  size_t lines = 0;
  for (const auto& shard : *shards) {
    EXPECT_TRUE(shard.invoices.starts_with(kTitles));
    lines += static_cast<size_t>(std::ranges::count(shard.invoices, '\n')) - 1;
  }
  EXPECT_EQ(lines, 6u);  // Each row once.
}

TEST(Shards, AFewPeopleAreOne) {
  const std::string csv = std::string(kTitles) + std::string(kRows);
  const auto shards = cut_into_shards(opened(csv), nullptr, 4, 1);
  ASSERT_TRUE(shards) << shards.error().message;
  EXPECT_EQ(shards->size(), 1u);
}

}  // namespace
}  // namespace puntual::sim
