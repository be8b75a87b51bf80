#include "app/payment_job.h"

#include "app/payments_job.h"
#include "app/test_house.h"
#include "engine/import_portfolio.h"
#include "engine/settle_payments.h"

namespace puntual {
namespace {

// Money that somebody tells by hand, and that may be in the books already by another mouth.
class PaymentJob : public JobHouse {
 protected:
  PaymentJob() {
    import(
        "nombre;documento;celular;factura;vencimiento;valor;saldo\n"
        "Ana Núñez;101;3000001000;F-1;2026-11-01;150.000,00;150.000,00\n"
        "Ana Núñez;101;3000001000;F-2;2026-11-01;50.000,00;50.000,00\n");
  }
  json::value told(std::string_view id, std::string_view invoice, std::string_view more = "") {
    return answer(run_payment_job(
        *store, *desk, creditor,
        fmt::format(R"({{"id":"{}","invoice":"{}","amount_minor":5000000,"currency":"COP"{}}})", id,
                    invoice, more),
        now));
  }
  json::value job(std::string_view action, std::string_view subject = "",
                  std::string_view more = "") {
    return answer(run_payments_job(
        *store, *desk, creditor,
        fmt::format(R"({{"action":"{}","subject":"{}","by":"ana"{}}})", action, subject, more),
        now));
  }
  void by_other(std::string_view source, std::string_view id, int32_t days_ago = 0) {
    const auto done = store->write([&](Tx& tx) {
      return engine::record_payment(tx, *desk, creditor,
                                    {.source = std::string(source),
                                     .source_id = std::string(id),
                                     .reference = "F-1",
                                     .debtor_id = {},
                                     .amount = {50'000'00, Currency::of("COP")},
                                     .method = "PSE",
                                     .paid_on = Zone::of(creditor.zone).local(now).date - days_ago,
                                     .paid_at = {}},
                                    now);
    });
    ASSERT_TRUE(done) << done.error().message;
  }
  int64_t owed(std::string_view invoice) {
    return *store->read([&](Tx& tx) -> Result<int64_t> {
      return tx.invoices.find_by_number(creditor.id, invoice)->balance_minor;
    });
  }
  std::string held() { return to_json(*member_array(job("unmatched"), "held")); }
  static json::value answer(const Result<std::string>& text) {
    if (!text) return json::object{{"error", text.error().message}};
    return *parse_json(*text);
  }
};

TEST_F(PaymentJob, WhoToldItStandsInTheRecordOnce) {
  const auto records = [&] {
    return *store->read([&](Tx& tx) -> Result<std::vector<std::string>> {
      std::vector<std::string> found;
      for (const auto& one : tx.timeline.latest(creditor.id, 0, 100)) {
        if (one.kind == "payment_told")
          found.push_back(fmt::format("{} {}", one.payment_id.value, one.detail));
      }
      return found;
    });
  };
  told("caja-0", "F-2");
  EXPECT_EQ(records(), std::vector<std::string>()) << "nobody said who";
  const std::string id = text_in(told("caja-1", "F-1", R"(,"by":"ana","another":true)"), "id");
  told("caja-1", "F-1", R"(,"by":"luis","another":true)");
  EXPECT_EQ(records(), std::vector{fmt::format("{} by ana", id)});
}

TEST_F(PaymentJob, WhatIsLeftOverWaitsForAPersonUntilTheyDecide) {
  const auto credits = [&] { return *member_array(job("unmatched"), "credits"); };
  told("caja-1", "F-1");
  EXPECT_TRUE(credits().empty()) << "all of it pays something";
  const std::string id = text_in(
      answer(run_payment_job(
          *store, *desk, creditor,
          R"({"id":"caja-2","invoice":"F-2","amount_minor":99000000,"currency":"COP"})", now)),
      "id");
  ASSERT_EQ(credits().size(), 1u);
  EXPECT_EQ(text_in(credits()[0], "id"), id);
  EXPECT_EQ(credits()[0].at("unapplied_minor"), json::value(990'000'00 - 150'000'00));
  const auto closed = store->write([&](Tx& tx) {
    tx.db.run("UPDATE task SET closed_at=1, outcome='done' WHERE kind='extra_payment'");
  });
  ASSERT_TRUE(closed);
  EXPECT_TRUE(credits().empty()) << "somebody has decided";
}

TEST_F(PaymentJob, WhatMayBeInTheBooksAlreadyIsHeldAndTheSameIsNotBookedTwice) {
  by_other("wompi", "13370-1", 2);
  const json::value kept = told("caja-1", "F-1");
  EXPECT_EQ(text_in(kept, "held"), "possible_duplicate") << to_json(kept);
  EXPECT_EQ(text_in(kept, "subject"), "api/caja-1");
  EXPECT_FALSE(text_in(kept, "twin").empty());
  EXPECT_EQ(owed("F-1"), 100'000'00);
  EXPECT_TRUE(held().contains("caja-1"));
  EXPECT_EQ(member_array(job("list", "F-1"), "held")->size(), 1u);
  EXPECT_EQ(member_array(job("list", "F-1"), "dismissed")->size(), 0u);
  EXPECT_TRUE(to_json(job("check", "api/caja-1")).contains("nobody to ask"));
  EXPECT_EQ(text_in(told("caja-1", "F-1"), "held"), "possible_duplicate")
      << "told again it is held still";
  (void)job("dismiss", "api/caja-1");
  EXPECT_EQ(held(), "[]");
  const auto list = job("list", "F-1");
  ASSERT_EQ(member_array(list, "dismissed")->size(), 1u) << "it is not lost from sight";
  EXPECT_EQ(text_in((*member_array(list, "dismissed"))[0], "provider_payment_id"), "caja-1");
  EXPECT_EQ(told("caja-1", "F-1").at("new"), json::value(false));
  EXPECT_EQ(owed("F-1"), 100'000'00) << "it was the same";
  EXPECT_TRUE(to_json(job("dismiss", "api/caja-1")).contains("nothing of it waits"));
}

TEST_F(PaymentJob, WhatIsAnotherPaymentIsBookedOnce) {
  by_other("bank", "b1");
  (void)told("caja-1", "F-1");
  const json::value assigned = job(
      "assign", "api/caja-1", R"(,"why":"pagó dos veces ese día","shares":[{"invoice":"F-2"}])");
  EXPECT_EQ(text_in(assigned, "source_id"), "caja-1") << to_json(assigned);
  EXPECT_EQ(owed("F-1"), 100'000'00);
  EXPECT_EQ(owed("F-2"), 0);
  EXPECT_EQ(held(), "[]");
  EXPECT_EQ(told("caja-1", "F-1").at("new"), json::value(false));
  EXPECT_EQ(text_in(*member(job("show", "api/caja-1"), "payment"), "source_id"), "caja-1");
  // Who knows so says it at once; also of what is held by now.
  EXPECT_EQ(text_in(told("caja-2", "F-1"), "held"), "possible_duplicate");
  EXPECT_EQ(text_in(told("caja-2", "F-1", R"(,"another":true)"), "held"), "");
  EXPECT_EQ(owed("F-1"), 50'000'00);
  EXPECT_EQ(held(), "[]");
}

// The debt is settled by what is in the till: what came by the other way is real money as well.
TEST_F(PaymentJob, WhatIsAnotherPaymentOfADebtThatIsPaidIsTheirs) {
  const auto twice = [&](const char* shares) {
    const json::value assigned =
        job("assign", "api/caja-1", fmt::format(R"(,"why":"pagó dos veces"{})", shares));
    EXPECT_EQ(text_in(assigned, "source_id"), "caja-1") << to_json(assigned);
    return member_int(assigned, "unapplied_minor");
  };
  by_other("bank", "b1");
  by_other("bank", "b2");
  by_other("bank", "b3");
  ASSERT_EQ(owed("F-1"), 0);
  const auto owed_besides = owed("F-2");
  EXPECT_EQ(text_in(told("caja-1", "F-1"), "held"), "possible_duplicate");
  EXPECT_EQ(twice(R"(,"shares":[{"invoice":"F-1"}])"), 50'000'00);
  EXPECT_EQ(owed("F-2"), owed_besides) << "nobody said that it pays this";
  EXPECT_EQ(member_array(job("unmatched"), "credits")->size(), 1u) << "a person says what of it";
  EXPECT_EQ(held(), "[]");
}

TEST_F(PaymentJob, WhatIsAnotherPaymentPaysWhatIsOwedIfNobodySaysWhat) {
  by_other("bank", "b1");
  EXPECT_EQ(text_in(told("caja-1", "F-1"), "held"), "possible_duplicate");
  const json::value assigned =
      job("assign", "api/caja-1", R"(,"why":"pagó dos veces","shares":[])");
  EXPECT_EQ(text_in(assigned, "source_id"), "caja-1") << to_json(assigned);
  EXPECT_EQ(held(), "[]");
  EXPECT_EQ(owed("F-1") + owed("F-2"), 50'000'00 + 50'000'00);
}

TEST_F(PaymentJob, RefundsWantTwoPeopleSignedInWhereTheHouseWantsFourEyes) {
  by_other("wompi", "13370-1");
  const auto code = [&](std::string_view action, const PaymentsAsker& asker) {
    return run_payments_job(
               *store, *desk, creditor,
               fmt::format(
                   R"({{"action":"{}","subject":"wompi/13370-1","by":"ana","why":"pagó dos veces"}})",
                   action),
               now, asker)
        .error()
        .code;
  };
  const access::Principal signed_in{.user_id = 7}, key{.key_id = 3};
  EXPECT_EQ(code("refund", {{}, true}), ErrorCode::Forbidden)
      << "the token and the command line say any name";
  EXPECT_EQ(code("refund", {key, true}), ErrorCode::Forbidden);
  EXPECT_EQ(code("approve_refund", {key, false}), ErrorCode::Forbidden)
      << "a key may be of who asked";
  EXPECT_EQ(code("refund", {signed_in, true}), ErrorCode::Invalid)
      << "they may, and this one came through no provider";
  EXPECT_EQ(code("refund", {key, false}), ErrorCode::Invalid);
}

// The list of payments that a company's own program writes holds what its provider brought as well.
TEST_F(PaymentJob, ARowOfAFileThatMayBeInTheBooksIsHeldAndStaysAsAPersonSaid) {
  by_other("wompi", "13370-1");
  by_other("cli", "caja-9", 20);
  const auto file = [&](std::string_view rows) {
    return import(fmt::format("Factura;Fecha de pago;Valor pagado;ID transacción\n{}", rows));
  };
  const std::string day = format_date(Zone::of(creditor.zone).local(now).date - 1);
  const std::string same = fmt::format("F-1;{};50.000,00;ERP-1\n", day);
  for (int i = 0; i < 2; ++i) {
    const json::value report = file(same + fmt::format("F-2;{};20.000,00;ERP-2\n", day));
    EXPECT_EQ(report.at("held"), 1) << "held, and held still";
    EXPECT_EQ(report.at("created"), i == 0 ? 1 : 0);
  }
  EXPECT_EQ(owed("F-1"), 50'000'00);
  EXPECT_TRUE(held().contains("ERP-1"));
  (void)job("dismiss", "file/ERP-1");
  EXPECT_EQ(file(same).at("held"), 0);
  EXPECT_EQ(owed("F-1"), 50'000'00) << "it was the same";
  EXPECT_EQ(file(fmt::format("F-1;{};50.000,00;ERP-3\n", day)).at("held"), 1);
  EXPECT_EQ(file(fmt::format("F-1;{};49.000,00;ERP-3\n", day)).at("rejected"), 1)
      << "the same id, another sum";
  (void)job("assign", "file/ERP-3", R"(,"why":"pagó dos veces","shares":[{"invoice":"F-1"}])");
  EXPECT_EQ(owed("F-1"), 0);
  EXPECT_EQ(file(fmt::format("F-1;{};50.000,00;ERP-3\n", day)).at("unchanged"), 1);
  EXPECT_EQ(owed("F-1"), 0);
}

TEST_F(PaymentJob, TwoHandsThatNameTwoInvoicesMeanTwoPayments) {
  EXPECT_EQ(text_in(told("caja-1", "F-1"), "held"), "");
  EXPECT_EQ(text_in(told("caja-2", "F-2"), "held"), "");
  EXPECT_EQ(text_in(told("caja-3", "F-1"), "held"), "possible_duplicate")
      << "the same day, sum and invoice";
  EXPECT_EQ(text_in(told("caja-4", "F-1", R"(,"paid_on":"2026-10-01")"), "held"), "")
      << "another day";
}

}  // namespace
}  // namespace puntual
