// What providers' notices do wrong, each kind at each provider, through the running house's own
// door: it ends in a state that a person sees (command line and API alike), never in a wrong
// balance, and no payment is lost.
//
// The provider's notices come to this test, which hands them on as it likes: spoilt, again, in
// another order, days later.
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <mutex>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "app/clock.h"
#include "app/config.h"
#include "app/pay_job.h"
#include "cli/open_providers.h"
#include "providers/http_call.h"
#include "tests/e2e/providers.h"
#include "tests/support/house.h"
#include "tests/support/listener.h"

namespace puntual::e2e {
namespace {

struct Notice {
  std::string path, body;
  RequestHeaders headers;
};

// The address that the provider was told: keeps what comes until the test wants it.
class Letterbox {
 public:
  [[nodiscard]] std::string url() const {
    return fmt::format("http://127.0.0.1:{}", listener_.port());
  }
  [[nodiscard]] std::vector<Notice> take(size_t count) {
    if (!eventually([&] { return size() >= count; }))
      throw std::runtime_error(fmt::format("{} notices are expected, {} came", count, size()));
    const std::lock_guard lock(mutex_);
    std::vector<Notice> taken;
    while (taken.size() < count && !kept_.empty()) {
      taken.push_back(std::move(kept_.front()));
      kept_.pop_front();
    }
    return taken;
  }

 private:
  size_t size() {
    const std::lock_guard lock(mutex_);
    return kept_.size();
  }
  void keep(const tests::HeardRequest& request) {
    std::istringstream lines(request.head);
    Notice notice{.path = {}, .body = request.body, .headers = {}};
    std::string line;
    lines >> line >> notice.path;  // "POST /webhooks/payments/wompi?…"
    std::getline(lines, line);
    while (std::getline(lines, line) && line != "\r") {
      line.pop_back();
      if (!line.starts_with("Host:") && !line.starts_with("Content-Length:"))
        notice.headers.lines.push_back(line);
    }
    const std::lock_guard lock(mutex_);
    kept_.push_back(std::move(notice));
  }

  std::mutex mutex_;
  std::deque<Notice> kept_;
  tests::Listener listener_{[this](int fd) {
    const auto request = tests::read_request(fd);
    if (!request) return;
    keep(*request);
    tests::send_status(fd, "200 OK");
  }};
};

// What a person is shown of somebody's debt, payments and requests.
struct Shown {
  int64_t owed_minor = 0;
  size_t payments = 0;
  std::string request = "PAID";
  std::string trouble = {};  // Of the payment.
  int64_t unapplied_minor = 0, returned_minor = 0;
  bool operator==(const Shown&) const = default;
};
void PrintTo(const Shown& one, std::ostream* out) {
  *out << fmt::format("owed {} payments {} request {} trouble '{}' unapplied {} returned {}",
                      one.owed_minor, one.payments, one.request, one.trouble, one.unapplied_minor,
                      one.returned_minor);
}

class BadNotices : public testing::TestWithParam<Provider> {
 protected:
  enum Row {
    Forged = 1,
    Replayed,
    Late,
    Reordered,
    Duplicated,
    WrongCurrency,
    TooLittle,
    TooMuch,
    Ahead,
    Unnamed,
    Foreign,
    kRowEnd
  };

  void SetUp() override {
    write_file(secrets(), p.secrets);
    std::string csv = "Cliente;Documento;Celular;Factura;Fecha vencimiento;Valor;Saldo;Moneda\n";
    for (int row = Forged; row < kRowEnd; ++row)
      csv += fmt::format("Persona {0};10.000.0{0:02};{1};{2};24/11/2026;{3};{3};{4}\n", row,
                         Person{row}.phone(), invoice(row), amount(), p.currency);
    house.open_sandbox(R"({"platform":{"read_ppm":0}})",
                       {"--pay", std::string(p.name), "--pay-notice-url",
                        letterbox.url() + "/webhooks/payments", "--pay-secrets-file", secrets()});
    house.add_settings(fmt::format(
        "[payments]\npublic_url = \"{}\"\nproviders = [\"{}\"]\n[payments.{}]\nenvironment = "
        "\"test\"\ncurrency = \"{}\"\nsecrets_file = \"{}\"\nbase_url = \"{}\"\n",
        letterbox.url(), p.name, p.name, p.currency, secrets(),
        house.sandbox_url(fmt::format("/pay/{}{}", p.name, p.name == "wompi" ? "/v1" : ""))));
    const Ran imported = house.import(csv);
    ASSERT_EQ(imported.exit_code, 0) << imported.out << imported.err;
    for (int row = Forged; row < kRowEnd; ++row) requests.push_back(ask(row));
    house.serve();
  }

  [[nodiscard]] std::string secrets() const { return house.folder / "provider.toml"; }
  [[nodiscard]] std::string amount() const { return fmt::format("{},00", p.owed_minor / 100); }
  [[nodiscard]] static std::string invoice(int row) { return Person{row}.invoice(); }
  [[nodiscard]] const PaymentRequest& request(int row) const {
    return requests.at(static_cast<size_t>(row - 1));
  }
  [[nodiscard]] int64_t unit() const { return Currency::of(p.currency).minor_per_major(); }

  // As the payer's page has it made.
  PaymentRequest ask(int row) {
    const auto store = *Store::open(house.database);
    const Clock clock(*parse_rfc3339(House::kMorning));
    auto providers = open_providers(clock);
    const auto creditor = *store->read([](Tx& tx) { return *tx.creditors.find(CreditorId{1}); });
    const auto debt = *store->read(
        [&](Tx& tx) { return *tx.invoices.find_by_number(CreditorId{1}, invoice(row)); });
    const PayLink link{.id = {debt.id.value},
                       .creditor_id = creditor.id,
                       .debtor_id = debt.debtor_id,
                       .about = {PayAboutKind::Invoice, debt.id.value},
                       .bank_reference = {},
                       .created_at = clock.now(),
                       .expires_at = clock.now() + 90 * kDayMs,
                       .revoked_at = {}};
    auto made = make_request(*store, providers, creditor,
                             {.request = {.link = link,
                                          .provider = std::string(p.name),
                                          .amount = debt.balance(),
                                          .expires_at = clock.now() + kDayMs},
                              .title = "Factura " + invoice(row)},
                             clock.now());
    EXPECT_TRUE(made.has_value()) << made.error().message;
    return made.value_or(PaymentRequest{});
  }
  Providers open_providers(const Clock& clock) const {
    return *cli::open_providers(load_config(house.folder / "puntual.toml", {})->payments, clock);
  }

  // A form is posted first, as the payer's browser does.
  static std::string opened(const std::string& url,
                            const std::vector<std::pair<std::string, std::string>>& form) {
    if (form.empty()) return url;
    std::string body;
    for (const auto& [name, value] : form)
      body += fmt::format("{}{}={}", body.empty() ? "" : "&", name, providers::url_part(value));
    return post(url, body).header("Location");
  }
  std::string pay(const std::string& place, std::string_view outcome = "approved") {
    const Answer paid =
        post(provider_url("pay"), to_json(json::object{{"url", place}, {"outcome", outcome}}));
    EXPECT_EQ(paid.status, 200) << paid.body;
    return text_in(paid.document(), "id");
  }
  std::string pay(int row, std::string_view outcome = "approved") {
    return pay(opened(request(row).url, request(row).form), outcome);
  }
  [[nodiscard]] std::string provider_url(std::string_view verb) const {
    return house.sandbox_url(fmt::format("/_pay/{}/{}", p.name, verb));
  }
  void fault(std::string_view kind, int64_t delay_seconds = 60) const {
    ASSERT_EQ(
        post(house.sandbox_url("/_pay/faults"),
             fmt::format(R"({{"pay":[{{"kind":"{}","delay_seconds":{}}}]}})", kind, delay_seconds))
            .status,
        200);
  }
  void hand_over(const std::vector<Notice>& notices, long status = 200) const {
    for (const auto& notice : notices)
      EXPECT_EQ(post(house.url(notice.path), notice.body, notice.headers).status, status)
          << notice.path;
  }

  [[nodiscard]] json::value api(const std::string& path) const {
    return get(house.url(path), {{"Authorization: Bearer token-of-the-tests"}}).document();
  }
  [[nodiscard]] Shown shown_in(const json::value& listed, int row) const {
    Shown shown{
        .owed_minor =
            (*house.look())
                ->read([&](Tx& tx) {
                  return tx.invoices.find_by_number(CreditorId{1}, invoice(row))->balance_minor;
                })
                .value_or(-1),
        .request = {}};
    const auto* payments = member_array(listed, "payments");
    const auto* asked = member_array(listed, "requests");
    if (asked != nullptr && !asked->empty()) shown.request = text_in(asked->at(0), "state");
    shown.payments = payments == nullptr ? 99 : payments->size();
    if (shown.payments != 1) return shown;
    shown.trouble = text_in(payments->at(0), "trouble");
    shown.unapplied_minor = member_int(payments->at(0), "unapplied_minor").value_or(-1);
    shown.returned_minor = member_int(payments->at(0), "returned_minor").value_or(-1);
    return shown;
  }
  [[nodiscard]] Shown by_api(int row) const {
    return shown_in(api("/v1/payments?subject=" + invoice(row)), row);
  }
  [[nodiscard]] std::string payment_of(int row) const {
    const json::value listed = api("/v1/payments?subject=" + invoice(row));
    return text_in(member_array(listed, "payments")->at(0), "id");
  }
  // It comes to this, here and on the command line, and is held to it again at the end.
  void ends_in(Row row, const Shown& wanted) {
    (void)eventually([&] { return by_api(row) == wanted; });
    stands(row, wanted);
    ends.emplace_back(row, wanted);
  }
  void stands(Row row, const Shown& wanted) const {
    EXPECT_EQ(by_api(row), wanted);
    const Ran listed = house.command({"payments", "list", "--of", invoice(row), "--json"});
    EXPECT_EQ(shown_in(parse_json(listed.out).value_or(json::value()), row), wanted) << listed.err;
  }
  // Held payments that a person is asked about.
  [[nodiscard]] std::vector<std::string> troubles() const {
    std::vector<std::string> troubles;
    const json::value waiting = api("/v1/payments/unmatched");
    for (const auto& one : *member_array(waiting, "held"))
      troubles.push_back(text_in(one, "trouble"));
    std::ranges::sort(troubles);
    return troubles;
  }
  [[nodiscard]] bool is_counted(std::string_view verdict, int64_t count) const {
    return get(house.url("/metrics"))
        .body.contains(fmt::format("puntual_payment_notices{{provider=\"{}\",verdict=\"{}\"}} {}",
                                   p.name, verdict, count));
  }

  const Provider& p = GetParam();
  Letterbox letterbox;
  House house;
  std::vector<PaymentRequest> requests;
  std::vector<std::pair<Row, Shown>> ends;
};
INSTANTIATE_TEST_SUITE_P(All, BadNotices, testing::ValuesIn(kProviders),
                         [](const auto& info) { return std::string(info.param.name); });

TEST_P(BadNotices, EndWhereAPersonSeesThemAndTheBooksAreRight) {
  const Shown paid{.owed_minor = 0, .payments = 1};

  // Forged: not believed, not kept, counted. The payment itself is found when the provider is
  // asked.
  fault("wrong_signature");
  pay(Forged);
  hand_over(letterbox.take(p.told_at_once), 401);
  EXPECT_TRUE(is_counted("invalid", static_cast<int64_t>(p.told_at_once)));
  EXPECT_EQ(by_api(Forged),
            (Shown{.owed_minor = p.owed_minor, .payments = 0, .request = "CREATED"}));
  EXPECT_EQ(house.command({"payments", "check", request(Forged).reference}).exit_code, 0);
  ends_in(Forged, paid);

  // Replayed, when the money has gone back long since.
  pay(Replayed);
  const auto told = letterbox.take(p.told_at_once);
  hand_over(told);
  ASSERT_TRUE(eventually([&] { return by_api(Replayed) == paid; }))
      << testing::PrintToString(by_api(Replayed));
  EXPECT_EQ(house
                .command({"payments", "reverse", payment_of(Replayed), "--kind", "refund", "--why",
                          "pagó dos veces", "--by", "ana"})
                .exit_code,
            0);
  hand_over(told);
  ends_in(Replayed, {.owed_minor = p.owed_minor, .payments = 1, .returned_minor = p.owed_minor});

  // Late: handed over below, two days after.
  pay(Late);
  const auto late = letterbox.take(p.told_at_once);

  // Reordered: that it was under way, or refused, after that it is paid.
  const std::string id = pay(Reordered, p.earlier);
  const auto earlier = letterbox.take(p.earlier_told);
  if (p.earlier == "pending")
    EXPECT_EQ(post(provider_url("settle"), to_json(json::object{{"payment", id}})).status, 200);
  else
    pay(Reordered);
  hand_over(letterbox.take(p.later_told));
  ASSERT_TRUE(eventually([&] { return by_api(Reordered) == paid; }))
      << testing::PrintToString(by_api(Reordered));
  hand_over(earlier);
  ends_in(Reordered, paid);

  // Duplicated: at the same moment.
  pay(Duplicated);
  const auto twin = letterbox.take(p.told_at_once);
  std::thread other([&] { hand_over(twin); });
  hand_over(twin);
  other.join();
  ends_in(Duplicated, paid);

  fault("other_currency");
  pay(WrongCurrency);
  hand_over(letterbox.take(p.told_at_once));
  ends_in(WrongCurrency, {.owed_minor = p.owed_minor,
                          .payments = 1,
                          .trouble = "wrong_currency",
                          .unapplied_minor = p.owed_minor});

  fault("amount_less");
  pay(TooLittle);
  hand_over(letterbox.take(p.told_at_once));
  ends_in(TooLittle, {.owed_minor = unit(), .payments = 1});
  fault("amount_more");
  pay(TooMuch);
  hand_over(letterbox.take(p.told_at_once));
  ends_in(TooMuch, {.owed_minor = 0, .payments = 1, .unapplied_minor = unit()});

  // Unnamed: nothing in it says whose it is.
  fault("null_reference");
  pay(Unnamed);
  hand_over(letterbox.take(p.told_at_once));
  EXPECT_EQ(house.command({"payments", "check", request(Unnamed).reference}).exit_code, 0);
  ends_in(Unnamed, paid);

  // Foreign: money of another account of theirs.
  std::vector<std::string> waiting = {"unknown_reference", "wrong_currency"};
  if (p.sees_foreign) {
    fault("other_merchant");
    pay(Foreign);
    hand_over(letterbox.take(p.told_at_once));
    waiting.insert(waiting.begin(), "foreign_account");
    EXPECT_TRUE(eventually([&] { return !troubles().empty() && troubles()[0] == waiting[0]; }));
    stands(Foreign, {.owed_minor = p.owed_minor, .payments = 0, .request = "CREATED"});
  }

  // Unknown reference: a place of this account that this house never made.
  const Clock clock(*parse_rfc3339(House::kMorning));
  const auto providers = open_providers(clock);
  const auto place = providers.find(p.name)->second->ask(
      {.reference = "PT-0000000000009",
       .amount = {p.owed_minor, Currency::of(p.currency)},
       .title = "Otra venta",
       .now = clock.now(),
       .expires_at = clock.now() + kDayMs,
       .return_url = letterbox.url(),
       .notice_url = fmt::format("{}/webhooks/payments/{}", letterbox.url(), p.name),
       .payer_email = {},
       .method = {}});
  ASSERT_TRUE(place.has_value()) << place.error().message;
  pay(opened(place->url, place->form));
  hand_over(letterbox.take(p.told_at_once));
  EXPECT_TRUE(eventually([&] { return troubles() == waiting; }))
      << testing::PrintToString(troubles());
  const json::value unmatched = api("/v1/payments/unmatched");
  EXPECT_EQ(member_array(unmatched, "payments")->size(), 1u) << "money of nobody is money";
  EXPECT_NE(house.command({"payments", "unmatched"}).out.find("unknown_reference"),
            std::string::npos);

  // Ahead: that the money went back is told once, before the provider's own books show it.
  const std::string gone = pay(Ahead);
  hand_over(letterbox.take(p.told_at_once));
  ASSERT_TRUE(eventually([&] { return by_api(Ahead) == paid; }))
      << testing::PrintToString(by_api(Ahead));
  if (!p.panel.empty() && p.tells_of_panel) {
    fault("stale", 1);
    EXPECT_EQ(post(provider_url(p.panel), to_json(json::object{{"payment", gone}})).status, 200);
    hand_over(letterbox.take(1));
    ends_in(Ahead, {.owed_minor = p.owed_minor,
                    .payments = 1,
                    .request = p.panel == "refund" ? "REFUNDED" : "VOIDED",
                    .returned_minor = p.owed_minor});
  }

  // Two days later: the place is past its end, and the payment is found or told of, whichever comes
  // first.
  house.kill_serve();
  house.set_clock("2026-11-26T09:00:00-05:00");
  house.serve();
  hand_over(late, p.late_status);
  ends_in(Late, paid);
  EXPECT_TRUE(eventually([&] { return house.metric("payment_checks_waiting") == 0; }));
  for (const auto& [row, wanted] : ends) {
    SCOPED_TRACE(invoice(row));
    stands(row, wanted);
  }
  if (p.sees_foreign)
    stands(Foreign, {.owed_minor = p.owed_minor, .payments = 0, .request = "EXPIRED"});
  EXPECT_EQ(troubles(), waiting);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM payment"), kRowEnd - 1);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM (SELECT debtor_id FROM outbox WHERE step='thanks' "
                        "GROUP BY debtor_id HAVING COUNT(*) > 1)"),
            0)
      << "thanked twice";
  const Ran doctor = house.command({"doctor"});
  for (const std::string_view well :
       {"Los saldos son la suma de sus asientos.", "La historia está íntegra"})
    EXPECT_NE(doctor.out.find(well), std::string::npos) << doctor.out;
}

}  // namespace
}  // namespace puntual::e2e
