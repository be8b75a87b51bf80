// The whole life of money at each provider, as payer and house see it: the page, the place, the
// webhook, the thank-you, a webhook that never came, money given back, a chargeback.
#include <gtest/gtest.h>

#include "providers/http_call.h"
#include "tests/e2e/providers.h"
#include "tests/support/house.h"

namespace puntual::e2e {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

class ProviderWalk : public testing::TestWithParam<Provider> {
 protected:
  static constexpr size_t kPageBytesMax = 100'000;

  void SetUp() override {
    write_file(house.folder / "provider.toml", p.secrets);
    house.open_pay_page();
    house.add_settings(fmt::format(
        "providers = [\"{0}\"]\npartial = true\npartial_minor_min = "
        "{1}\n[payments.{0}]\nenvironment = \"test\"\nsecrets_file = \"{2}\"\nbase_url = \"{3}\"\n"
        "currency = \"{4}\"\n",
        p.name, p.owed_minor / 10, house.folder / "provider.toml",
        house.sandbox_url(fmt::format("/pay/{}{}", p.name, p.name == "wompi" ? "/v1" : "")),
        p.currency));
    std::string csv = "Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda\n";
    for (const Person& one : {ana, luis, eva, rosa}) {
      csv += fmt::format("Persona {0};10.000.00{0};{1};{2};24/11/2026;{3},00;{3},00;{4}\n",
                         one.number, one.phone(), one.invoice(), p.owed_minor / 100, p.currency);
    }
    ASSERT_EQ(house.import(csv).exit_code, 0);
    house.open_sandbox(
        R"({"platform":{"read_ppm":0}})",
        {"--pay", std::string(p.name), "--pay-notice-url", house.url("/webhooks/payments"),
         "--pay-secrets-file", house.folder / "provider.toml"});
    house.serve();
  }

  std::string page_of(const Person& person) {
    const Ran ran = house.command({"link", person.invoice()});
    EXPECT_EQ(ran.exit_code, 0) << ran.err;
    return ran.out.substr(0, ran.out.find('\n'));
  }
  static std::string between(const std::string& text, std::string_view begin, std::string_view end,
                             size_t& at) {
    const size_t from = text.find(begin, at);
    if (from == std::string::npos) return {};
    at = text.find(end, from + begin.size());
    return text.substr(from + begin.size(), at - from - begin.size());
  }
  // The first way that the page offers (the one that money can go back by), as a browser without
  // JavaScript sends it. Where the payer is then: at the provider.
  std::string chosen(const std::string& page, std::string_view amount) {
    const Answer seen = get(page);
    EXPECT_EQ(seen.status, 200);
    EXPECT_LT(seen.body.size(), kPageBytesMax);
    EXPECT_EQ(seen.body.find("<script"), std::string::npos);
    size_t at = 0;
    const std::string begin = fmt::format("{}:", p.name),
                      way = begin + std::string(p.refundable) +
                            between(seen.body, fmt::format("value=\"{}{}", begin, p.refundable),
                                    "\"", at);
    EXPECT_NE(at, std::string::npos) << "it is not offered";
    method_ = way.substr(begin.size(), way.find(',') - begin.size());
    const Answer sent =
        post(page + "/pay", fmt::format("{}&with={}", amount, way),
             {{"Content-Type: application/x-www-form-urlencoded", "Sec-Fetch-Site: same-origin"}});
    if (sent.status == 303) return sent.header("Location");
    EXPECT_EQ(sent.status, 200) << sent.body;  // A form for the provider, with a button.
    at = 0;
    const std::string action = between(sent.body, "action=\"", "\"", at);
    std::string form;
    for (std::string name = between(sent.body, "name=\"", "\"", at); !name.empty();
         name = between(sent.body, "name=\"", "\"", at)) {
      form += fmt::format("{}{}={}", form.empty() ? "" : "&", name,
                          providers::url_part(between(sent.body, "value=\"", "\"", at)));
    }
    return post(action, form, {{"Content-Type: application/x-www-form-urlencoded"}})
        .header("Location");
  }
  // At the provider's own page; its number for it.
  std::string paid(const std::string& place) {
    const Answer done = post(house.sandbox_url(fmt::format("/_pay/{}/pay", p.name)),
                             to_json(json::object{{"url", place}, {"method", method_}}));
    EXPECT_EQ(done.status, 200) << place << ": " << done.body;
    return text_in(done.document(), "id");
  }
  Answer at_provider(std::string_view verb, const std::string& id) {
    return post(house.sandbox_url(fmt::format("/_pay/{}/{}", p.name, verb)),
                to_json(json::object{{"payment", id}}));
  }
  void fault(std::string_view kind) {
    ASSERT_EQ(post(house.sandbox_url("/_pay/faults"),
                   fmt::format(R"({{"pay":[{{"kind":"{}","next":9}}]}})", kind))
                  .status,
              200);
  }
  int64_t owed(const Person& person) {
    const auto store = house.look();
    return store ? (*store)
                       ->read([&](Tx& tx) {
                         return tx.invoices.find_by_number(CreditorId{1}, person.invoice())
                             ->balance_minor;
                       })
                       .value_or(-1)
                 : -1;
  }
  bool comes_to_owe(const Person& person, int64_t minor, seconds within = seconds(20)) {
    return eventually([&] { return owed(person) == minor; }, within);
  }
  std::string subject(const std::string& id) { return fmt::format("{}/{}", p.name, id); }

  const Provider& p = GetParam();
  House house;
  const Person ana{1}, luis{2}, eva{3}, rosa{4};
  std::string method_;
};
INSTANTIATE_TEST_SUITE_P(All, ProviderWalk, testing::ValuesIn(kProviders),
                         [](const auto& info) { return std::string(info.param.name); });

TEST_P(ProviderWalk, IsPaidThankedFoundGivenBackAndChargedBack) {
  ASSERT_TRUE(house.has_sent(ana, 1)) << "the reminder of the day";
  // All of it, and thanked within five seconds of the provider's webhook.
  const std::string place = chosen(page_of(ana), "amount=all");
  ASSERT_TRUE(place.starts_with("http://127.0.0.1:")) << place;
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM payment_request"), 1)
      << "what was only looked at changes nothing";
  const auto begun = steady_clock::now();
  const std::string id = paid(place);
  ASSERT_FALSE(id.empty());
  ASSERT_TRUE(eventually(
      [&] {
        return house.state_of(ana, "thanks") == "sent" ||
               house.state_of(ana, "thanks") == "delivered";
      },
      seconds(20)));
  const auto taken =
      std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - begun);
  RecordProperty("thanked_after_ms", static_cast<int>(taken.count()));
  EXPECT_LT(taken, seconds(5));
  EXPECT_EQ(owed(ana), 0);
  EXPECT_NE(get(page_of(ana)).body.find("Esto ya está pagado"), std::string::npos);

  // A part, of the payer's own choice within the house's bounds.
  const std::string page = page_of(luis);
  EXPECT_EQ(
      post(page + "/pay",
           fmt::format("amount=part&part={}&with={}:", p.owed_minor / 100 / 20, p.name),
           {{"Content-Type: application/x-www-form-urlencoded", "Sec-Fetch-Site: same-origin"}})
          .status,
      400)
      << "less than the house takes";
  const std::string part_id =
      paid(chosen(page, fmt::format("amount=part&part={}", p.owed_minor / 100 / 5)));
  ASSERT_FALSE(part_id.empty());
  EXPECT_TRUE(comes_to_owe(luis, p.owed_minor - p.owed_minor / 5));

  // Money that goes back: from here where its API can, else in its panel, else told by hand.
  const Ran ordered =
      house.command({"payments", "refund", subject(id), "--why", "pagó dos veces", "--by", "ana"});
  if (p.gives_back) {
    EXPECT_EQ(ordered.exit_code, 0) << ordered.err;
  } else {
    EXPECT_NE(ordered.exit_code, 0);
    EXPECT_NE(ordered.err.find("puntual payments reverse"), std::string::npos) << ordered.err;
    if (!p.panel.empty()) {
      ASSERT_EQ(at_provider(p.panel, id).status, 200);
      EXPECT_EQ(house.command({"payments", "check", subject(id)}).exit_code, 0);
    } else {
      EXPECT_EQ(house
                    .command({"payments", "reverse", subject(id), "--kind", "refund", "--why",
                              "por su panel", "--by", "ana"})
                    .exit_code,
                0);
    }
  }
  EXPECT_TRUE(comes_to_owe(ana, p.owed_minor));
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM reversal"), 1);

  // The payer's bank takes it.
  EXPECT_EQ(at_provider("chargeback", part_id).status, p.tells_chargebacks ? 200 : 409);
  if (!p.tells_chargebacks) {
    EXPECT_EQ(house
                  .command({"payments", "reverse", subject(part_id), "--kind", "chargeback",
                            "--why", "dice su panel", "--by", "ana"})
                  .exit_code,
              0);
  }
  EXPECT_TRUE(comes_to_owe(luis, p.owed_minor));
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM reversal WHERE kind='chargeback'"), 1);
  EXPECT_GE(
      house.count("SELECT COUNT(*) FROM suspension WHERE kind='reversal' AND ended_at IS NULL"), 2)
      << "nobody is reminded of them before a person says so";

  // No webhook: it is read again.
  fault("drop");
  (void)paid(chosen(page_of(eva), "amount=all"));
  EXPECT_EQ(owed(eva), p.owed_minor);
  house.kill_serve();
  house.set_clock("2026-11-24T09:20:00-05:00");
  house.serve();
  EXPECT_TRUE(comes_to_owe(eva, 0));

  EXPECT_EQ(owed(rosa), p.owed_minor);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM payment"), 3);
  const Ran doctor = house.command({"doctor"});
  for (const std::string_view well :
       {"Los saldos son la suma de sus asientos.", "La historia está íntegra"})
    EXPECT_NE(doctor.out.find(well), std::string::npos) << doctor.out;
}

}  // namespace
}  // namespace puntual::e2e
