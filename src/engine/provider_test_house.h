// For tests: a house with a payment provider that remembers places and payments.
#pragma once

#include <algorithm>

#include "engine/payment_places.h"
#include "engine/payment_requests.h"
#include "engine/provider_news.h"
#include "engine/settle_payments.h"
#include "engine/test_house.h"

namespace puntual::engine {

inline const Currency kCop = Currency::of("COP");

// Remembers places and payments, and answers what it is asked; its notices say "payment p1".
class TellingProvider final : public PaymentProvider {
 public:
  const ProviderTraits& traits() const override {
    traits_.gives_back = gives_back;
    return traits_;
  }
  HeardNotice hear(const ProviderNotice& notice) const override {
    if (!notice.body.starts_with("payment "))
      return {.signature = NoticeSignature::Invalid, .why = "forged"};
    return {.signature = NoticeSignature::Valid,
            .event_key = notice.body,
            .provider_payment_id = notice.body.substr(8)};
  }
  Result<void> check_keys() override { return trouble; }
  Result<PaymentPlace> ask(const PaymentOrder& order) override {
    RETURN_IF_ERROR(trouble);
    return PaymentPlace{.provider_link_id = "L" + order.reference,
                        .url = "https://pay.example/" + order.reference,
                        .form = {},
                        .expires_at = {}};
  }
  Result<bool> withdraw(std::string_view place) override {
    RETURN_IF_ERROR(trouble);
    withdrawn.emplace_back(place);
    return takes_away;
  }
  Result<std::vector<ProviderPayment>> look_up(const ProviderLookup& lookup) override {
    ++looks;
    RETURN_IF_ERROR(trouble);
    std::vector<ProviderPayment> found;
    for (const auto& one : payments) {
      const bool is_it =
          lookup.provider_payment_id.empty()
              ? one.provider_link_id == lookup.provider_link_id || one.reference == lookup.reference
              : one.id == lookup.provider_payment_id;
      if (is_it) found.push_back(one);
    }
    if (found.empty() && !lookup.provider_payment_id.empty())
      return fail(ErrorCode::NotFound, "no such payment");
    return found;
  }
  Result<void> give_back(const RefundOrder& order) override {
    if (gives_back == GivesBack::Nothing) return PaymentProvider::give_back(order);
    RETURN_IF_ERROR(trouble);
    RETURN_IF_ERROR(refusal);
    refunds.push_back(order);
    for (auto& one : payments) {
      if (one.id != order.provider_payment_id) continue;
      one.refunded_minor += order.amount.minor;
      one.status = one.refunded_minor == one.amount.minor ? ProviderStatus::Refunded
                                                          : ProviderStatus::PartiallyRefunded;
    }
    if (loses_answers) return fail(ErrorCode::Unavailable, "no answer");
    return {};
  }
  std::vector<ProviderPayment> payments;
  std::vector<RefundOrder> refunds;
  GivesBack gives_back = GivesBack::Any;
  bool loses_answers = false;
  Result<void> refusal;
  std::vector<std::string> withdrawn;
  bool takes_away = true;
  Result<void> trouble;
  int looks = 0;

 private:
  mutable ProviderTraits traits_{.name = "wompi", .title = "Wompi", .currencies = {{"COP"}}};
};

class ProviderHouse : public testing::Test {
 protected:
  ProviderHouse() {
    house.engine.desk().providers["wompi"] = provider;
    house.add_people(2);  // F-0001 and F-0002, 150,000.00 each.
  }
  Invoice invoice(int number = 1) {
    return house.write([&](Tx& tx) {
      return *tx.invoices.find_by_number(TestHouse::kCreditor, fmt::format("F-{:04}", number));
    });
  }
  RequestOrder order(int number = 1, int64_t minor = 15'000'000) {
    const Invoice of = invoice(number);
    return {.link = {.id = {76 + number},
                     .creditor_id = TestHouse::kCreditor,
                     .debtor_id = of.debtor_id,
                     .about = {PayAboutKind::Invoice, of.id.value},
                     .bank_reference = "1",
                     .created_at = house.now,
                     .expires_at = house.now + 90 * kDayMs,
                     .revoked_at = {}},
            .provider = "wompi",
            .amount = {minor, kCop},
            .expires_at = house.now + 3 * kDayMs};
  }
  Result<OpenedRequest> open(const RequestOrder& wanted) {
    return house.store->write(
        [&](Tx& tx) { return open_request(tx, TestHouse::creditor(), wanted, house.now); });
  }
  PaymentRequest ask(int number = 1, int64_t minor = 15'000'000) {
    const auto opened = open(order(number, minor));
    EXPECT_TRUE(opened.has_value());
    const auto place = provider->ask({.reference = opened->request.reference,
                                      .amount = opened->request.amount,
                                      .now = house.now,
                                      .expires_at = opened->request.expires_at});
    return house.write([&](Tx& tx) { return request_made(tx, opened->request, place, house.now); });
  }
  // A payment of this request, as the provider has it.
  ProviderPayment& paid(const PaymentRequest& request, std::string id = "p1",
                        ProviderStatus status = ProviderStatus::Paid) {
    return provider->payments.emplace_back(
        ProviderPayment{.id = std::move(id),
                        .provider_link_id = request.provider_link_id,
                        .reference = {},
                        .status = status,
                        .amount = request.amount,
                        .method = "PSE",
                        .paid_at = house.now});
  }
  void notice(std::string_view body) { notice(body, fmt::format("e{}", ++notices_)); }
  void notice(std::string_view body, std::string event_key) {
    const ProviderNotice one{.received_at = house.now, .body = std::string(body)};
    house.write([&](Tx& tx) {
      tx.inbox.append({.creditor_id = TestHouse::kCreditor,
                       .id = tx.ids.next<InboxId>(house.now),
                       .source = "payments:wompi",
                       .event_key = std::move(event_key),
                       .received_at = house.now,
                       .body = envelope_of(one)});
    });
  }
  ToldReport look() {
    const auto report =
        look_up_payments(*house.store, house.engine.desk(), TestHouse::creditor(), house.now);
    EXPECT_TRUE(report.has_value()) << report.error().message;
    return report.value_or(ToldReport{});
  }
  // The notice comes in, is heard and looked up.
  ToldReport told(std::string_view id = "p1") {
    notice(fmt::format("payment {}", id));
    EXPECT_EQ(house.tick().inbox.notices, 1);
    return look();
  }
  store::KnownPayment known(std::string_view id = "p1") {
    return house.write([&](Tx& tx) {
      return tx.provider_payments.find(TestHouse::kCreditor, "wompi", id)
          .value_or(store::KnownPayment{});
    });
  }
  // At the counter: no provider knows of it.
  void pays_in_cash(int number, int64_t minor) {
    const auto settled = house.store->write([&](Tx& tx) {
      return record_payment(tx, house.engine.desk(), TestHouse::creditor(),
                            {.source = "cli",
                             .source_id = fmt::format("cash {}", ++notices_),
                             .reference = fmt::format("F-{:04}", number),
                             .amount = {minor, kCop},
                             .method = "cash",
                             .paid_on = parse_date("2026-11-02").value(),
                             .paid_at = house.now},
                            house.now);
    });
    EXPECT_TRUE(settled.has_value());
  }
  PlacesReport withdraw() {
    const auto report = withdraw_places(*house.store, house.engine.desk(), TestHouse::creditor(),
                                        last_place_, house.now);
    EXPECT_TRUE(report.has_value()) << report.error().message;
    return report.value_or(PlacesReport{});
  }
  PaymentRequest now_is(const PaymentRequest& request) {
    return house.write(
        [&](Tx& tx) { return *tx.payment_requests.find(TestHouse::kCreditor, request.id); });
  }
  ProviderStatus state_of(const PaymentRequest& request) {
    return house.write(
        [&](Tx& tx) { return tx.payment_requests.find(TestHouse::kCreditor, request.id)->state; });
  }
  int64_t owed(int number = 1) { return invoice(number).balance_minor; }
  bool rests(store::SuspensionKind kind, int number = 1) {
    const DebtorId debtor = invoice(number).debtor_id;
    return house.write([&](Tx& tx) {
      return std::ranges::any_of(tx.suspensions.active(TestHouse::kCreditor, debtor, house.now),
                                 [&](const auto& one) { return one.kind == kind; });
    });
  }
  bool asks(store::TaskKind kind, int number = 1) {
    const DebtorId debtor = invoice(number).debtor_id;
    return house.write([&](Tx& tx) {
      return std::ranges::any_of(
          tx.tasks.of_debtor(TestHouse::kCreditor, debtor),
          [&](const store::Task& one) { return one.kind == kind && !one.closed_at; });
    });
  }
  int64_t thanks() {
    return house.count("SELECT COUNT(*) FROM outbox WHERE step='thanks' AND state <> 'cancelled'");
  }
  // Σ allocations + unapplied + returned = received, of every payment; and the ledger agrees with
  // the invoices.
  bool books_add_up() {
    return house.count(
               "SELECT COUNT(*) FROM payment p WHERE amount_minor <> unapplied_minor + "
               "returned_minor + (SELECT COALESCE(SUM(amount_minor),0) "
               "FROM allocation a WHERE a.creditor_id=p.creditor_id AND a.payment_id=p.id)") == 0 &&
           house.write(
               [&](Tx& tx) { return tx.ledger.mismatches(TestHouse::kCreditor, 10).empty(); });
  }

  TestHouse house;
  std::shared_ptr<TellingProvider> provider = std::make_shared<TellingProvider>();

 private:
  PaymentRequestId last_place_;
  int notices_ = 0;
};

}  // namespace puntual::engine
