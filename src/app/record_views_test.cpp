#include "app/record_views.h"

#include <algorithm>

#include "app/agreement_job.h"
#include "app/payment_job.h"
#include "app/rights_job.h"
#include "app/test_house.h"

namespace puntual {
namespace {

class RecordViews : public JobHouse {
 protected:
  RecordViews() {
    import(
        "nombre;documento;celular;factura;vencimiento;valor;saldo\n"
        "Ana Núñez;101;3000001000;F-1;2026-11-01;50.000,00;50.000,00\n"
        "Óscar Güiza;102;3000001001;F-2;2026-11-01;60.000,00;60.000,00\n");
  }
  void pay(std::string_view id, std::string_view invoice, int64_t minor) {
    const auto told = run_payment_job(
        *store, *desk, creditor,
        to_json(json::object{
            {"id", id}, {"invoice", invoice}, {"amount_minor", minor}, {"currency", "COP"}}),
        now);
    ASSERT_TRUE(told) << told.error().message;
    now = now + kMinuteMs;
  }
  static json::object object_of(const Result<std::string>& text) {
    if (!text) ADD_FAILURE() << text.error().message;
    return parse_json(text.value_or("{}")).value_or(json::value()).get_object();
  }
  static const json::array& list(const json::object& from, std::string_view key) {
    return from.at(key).get_array();
  }
};

TEST_F(RecordViews, PaymentsComeByPagesTheNewestFirst) {
  pay("1", "F-1", 10'000'00);
  pay("2", "F-2", 60'000'00);
  pay("3", "F-NONE", 5'000'00);
  const auto first = object_of(payments_view(*store, creditor, "", *ListPage::of("", "2")));
  ASSERT_EQ(list(first, "payments").size(), 2u);
  EXPECT_EQ(list(first, "payments")[0].at("reference"), "F-NONE");
  EXPECT_TRUE(list(first, "payments")[0].at("debtor").is_null());
  EXPECT_EQ(list(first, "payments")[1].at("name"), "Óscar Güiza");
  EXPECT_EQ(list(first, "payments")[1].at("invoices"), json::array{"F-2"});
  const auto second = object_of(
      payments_view(*store, creditor, "", *ListPage::of(first.at("next").get_string(), "2")));
  ASSERT_EQ(list(second, "payments").size(), 1u);
  EXPECT_EQ(list(second, "payments")[0].at("name"), "Ana Núñez");
  EXPECT_TRUE(second.at("next").is_null());

  const auto unapplied = object_of(payments_view(*store, creditor, "unapplied", {}));
  ASSERT_EQ(list(unapplied, "payments").size(), 1u);
  EXPECT_EQ(list(object_of(waiting_money_view(*store, creditor)), "nobodys"),
            list(unapplied, "payments"));
  EXPECT_FALSE(payments_view(*store, creditor, "lost", {}));
  // A page that ends the list says so, also when it is full.
  EXPECT_TRUE(
      object_of(payments_view(*store, creditor, "", *ListPage::of("", "3"))).at("next").is_null());
}

TEST_F(RecordViews, AnAgreementShowsWhatIsPaidAndWhatComesNext) {
  const auto made = run_agreement_job(
      *store, *desk, creditor,
      R"({"action":"make","subject":"F-1","beyond":true,"words":"por teléfono","by":"lucia",
      "instalments":[{"due_on":"2026-11-26","amount":"20000"},{"due_on":"2026-12-10","amount":"30000"}]})",
      {}, now);
  ASSERT_TRUE(made) << made.error().message;
  pay("1", "F-1", 25'000'00);
  const auto shown = object_of(agreements_view(*store, creditor, "", {}, now));
  EXPECT_EQ(shown.at("counts"), (json::object{{"active", 1}}));
  const auto& one = list(shown, "agreements")[0];
  EXPECT_EQ(one.at("name"), "Ana Núñez");
  EXPECT_EQ(one.at("paid_minor"), 25'000'00);
  EXPECT_EQ(one.at("met"), 1);
  EXPECT_EQ(
      one.at("next"),
      (json::object{{"due_on", "2026-12-10"}, {"missing_minor", 25'000'00}, {"is_late", false}}));
  EXPECT_TRUE(
      list(object_of(agreements_view(*store, creditor, "kept", {}, now)), "agreements").empty());
  EXPECT_FALSE(agreements_view(*store, creditor, "lost", {}, now));
}

TEST_F(RecordViews, ComplianceShowsClocksAndLawsAndTheRecordIsWhole) {
  const auto taken = run_rights_job(
      *store, desk->law, creditor,
      R"({"action":"take","subject":"F-2","kind":"opposition","through":"letter"})", now);
  ASSERT_TRUE(taken) << taken.error().message;
  const auto shown = object_of(compliance_view(*store, desk->law, creditor, now));
  ASSERT_EQ(list(shown, "requests").size(), 1u);
  EXPECT_EQ(list(shown, "requests")[0].at("name"), "Óscar Güiza");
  EXPECT_EQ(shown.at("opted_out"), 1);  // Who opposes is not written to.
  EXPECT_EQ(list(shown, "opt_outs")[0].at("through"), "rights");
  EXPECT_FALSE(list(shown, "countries").empty());

  const auto colombia = object_of(country_view(desk->law, "CO"));
  EXPECT_EQ(std::ranges::count_if(list(colombia, "rules"),
                                  [](const json::value& rule) {
                                    return rule.at("unconfirmed") == json::value(true);
                                  }),
            colombia.at("unconfirmed").get_int64());
  EXPECT_FALSE(country_view(desk->law, "XX"));

  const auto audit = object_of(audit_view(*store));
  EXPECT_EQ(audit.at("ok"), true);
  EXPECT_GT(audit.at("records").get_int64(), 0);
  EXPECT_EQ(proof_file(*store, creditor, "77", "pdf", now, {}).error().code, ErrorCode::NotFound);

  // By the text that the page was told: it is longer than JavaScript's numbers.
  const auto id = list(shown, "requests")[0].at("id");
  ASSERT_TRUE(run_rights_job(
      *store, desk->law, creditor,
      to_json(json::object{
          {"action", "answer"}, {"id", id}, {"state", "done"}, {"answer", "not used any more"}}),
      now));
  EXPECT_TRUE(
      list(object_of(compliance_view(*store, desk->law, creditor, now)), "requests").empty());
}

}  // namespace
}  // namespace puntual
