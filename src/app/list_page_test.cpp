#include "app/list_page.h"

#include "app/payment_job.h"
#include "app/payments_job.h"
#include "app/test_house.h"

namespace puntual {
namespace {

class ListPageTest : public JobHouse {
 protected:
  void pay(int i) {
    const json::object told{{"id", fmt::format("c{}", i)},
                            {"invoice", "F-1"},
                            {"amount_minor", 100 + i},
                            {"currency", "COP"}};
    EXPECT_TRUE(run_payment_job(*store, *desk, creditor, to_json(told), now + i));
  }
  json::value page(std::string_view cursor) {
    const auto told = run_payments_job(
        *store, *desk, creditor,
        to_json(json::object{{"action", "list"}, {"cursor", cursor}, {"limit", "2"}}), now);
    if (!told) ADD_FAILURE() << told.error().message;
    return parse_json(told.value_or("{}")).value_or(json::value());
  }
  static std::vector<std::string> names(const json::value& page) {
    std::vector<std::string> found;
    for (const auto& one : *member_array(page, "payments"))
      found.push_back(text_in(one, "source_id"));
    return found;
  }
};

// Who came before somebody looked is met once, however many come meanwhile.
TEST_F(ListPageTest, PagesMissNobodyAndRepeatNobody) {
  import(
      "documento,nombre,celular,factura,monto,vence\n1018,Ana "
      "Gómez,+573001234567,F-1,150000,2026-11-02\n");
  for (int i = 1; i <= 5; ++i) pay(i);
  const json::value first = page("");
  EXPECT_EQ(names(first), (std::vector<std::string>{"c5", "c4"}));
  pay(6);
  const json::value second = page(text_in(first, "next"));
  EXPECT_EQ(names(second), (std::vector<std::string>{"c3", "c2"}));
  const json::value last = page(text_in(second, "next"));
  EXPECT_EQ(names(last), (std::vector<std::string>{"c1"}));
  EXPECT_TRUE(member(last, "next")->is_null());
  for (const std::string_view bad :
       {R"({"cursor":"x"})", R"({"cursor":"-1"})", R"({"limit":"201"})", R"({"limit":"0"})"})
    EXPECT_FALSE(ListPage::of(*parse_json(bad))) << bad;
}

}  // namespace
}  // namespace puntual
