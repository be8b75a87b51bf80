#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "core/payments/payment_request.h"

namespace puntual {
namespace {

using enum ProviderStatus;

TEST(ProviderStatus, MovesAsTheContractDraws) {
  EXPECT_EQ(payments::after(Created, Pending), Pending);
  EXPECT_EQ(payments::after(Pending, Paid), Paid);
  EXPECT_EQ(payments::after(Paid, Pending), Paid) << "a late notice";
  EXPECT_EQ(payments::after(Paid, Failed), Paid);
  EXPECT_EQ(payments::after(Expired, Paid), Paid) << "the money came late";
  EXPECT_EQ(payments::after(Disputed, Paid), Paid) << "won";
  EXPECT_EQ(payments::after(Disputed, Chargeback), Chargeback);
  EXPECT_EQ(payments::after(Refunded, Paid), Refunded);
  EXPECT_EQ(payments::after(PartiallyRefunded, Paid), PartiallyRefunded);
  EXPECT_EQ(payments::after(Refunded, Paid, true), Paid) << "the refund has failed";
  EXPECT_EQ(payments::after(Refunded, PartiallyRefunded, true), PartiallyRefunded)
      << "one of two has";
  EXPECT_EQ(payments::after(PartiallyRefunded, Paid, true), Paid);
  EXPECT_EQ(payments::after(Voided, Paid, true), Voided);
  EXPECT_EQ(payments::after(Failed, Pending), Failed) << "another attempt is another payment";
}

TEST(ProviderStatus, TextsLeadBack) {
  for (int i = 0; i <= static_cast<int>(Chargeback); ++i) {
    const auto status = static_cast<ProviderStatus>(i);
    EXPECT_EQ(provider_status_of(text_of(status)), status);
  }
  EXPECT_FALSE(provider_status_of("APPROVED"));
}

TEST(PaymentReference, LeadsBackToItsRequest) {
  rc::check([] {
    const PaymentRequestId id{*rc::gen::inRange<int64_t>(1, INT64_MAX)};
    const std::string reference = payments::reference_of(id);
    RC_ASSERT(reference.size() <= 36U);
    RC_ASSERT(payments::request_id_of(reference) == id);
  });
  EXPECT_FALSE(payments::request_id_of("PT-"));
  EXPECT_FALSE(payments::request_id_of("FV-1029"));
  EXPECT_FALSE(payments::request_id_of("PT-ZZZZZZZZZZZZZ")) << "more than 64 bits";
}

TEST(PaymentRequest, IsReadSoonThenDailyThenNoMore) {
  PaymentRequest request{.created_at = {0}, .expires_at = {3 * kDayMs}};
  std::vector<int64_t> at_minutes;
  for (Instant now = request.created_at;;) {
    const auto next = payments::next_check(request, now);
    if (!next) break;
    ASSERT_GT(*next, now);
    now = *next;
    at_minutes.push_back(now.ms / kMinuteMs);
  }
  ASSERT_EQ(at_minutes.size(), 5U + 32U);
  EXPECT_EQ(std::vector(at_minutes.begin(), at_minutes.begin() + 6),
            (std::vector<int64_t>{1, 5, 15, 60, 360, 360 + 1440}));
  EXPECT_EQ(payments::next_check(request, Instant{2 * kDayMs}), Instant{3 * kDayMs})
      << "after a time in which nobody looked, once and not five times";
  request.state = Paid;
  EXPECT_EQ(payments::next_check(request, Instant{0}), Instant{7 * kDayMs})
      << "a refund or dispute may come";
}

TEST(BankReference, NoticesSlipsOfThePen) {
  EXPECT_EQ(payments::read_bank_reference("000-000-001-95"), payments::bank_reference_of(1));
  rc::check([] {
    const std::string good =
        payments::bank_reference_of(*rc::gen::inRange<uint32_t>(1, 1'000'000'000));
    RC_ASSERT(payments::read_bank_reference(good) == good);
    RC_ASSERT(payments::read_bank_reference("00000" + good) == good);
    std::string wrong = good;
    const size_t at = *rc::gen::inRange<size_t>(0, good.size());
    wrong[at] = static_cast<char>('0' + (wrong[at] - '0' + *rc::gen::inRange(1, 10)) % 10);
    RC_ASSERT(!payments::read_bank_reference(wrong));
    std::string swapped = good;
    const size_t with = *rc::gen::inRange<size_t>(0, good.size() - 1);
    std::swap(swapped[with], swapped[with + 1]);
    if (swapped != good) RC_ASSERT(!payments::read_bank_reference(swapped));
  });
}

TEST(PayAbout, TextsLeadBack) {
  for (const PayAbout& about :
       {PayAbout{}, PayAbout{PayAboutKind::Invoice, 4711}, PayAbout{PayAboutKind::Agreement, 1}}) {
    EXPECT_EQ(pay_about_of(text_of(about)), about);
  }
  for (const char* text :
       {"", "invoice", "invoice ", "invoice x", "invoice 12x", "agreement 0", "all"})
    EXPECT_FALSE(pay_about_of(text)) << text;
}

}  // namespace
}  // namespace puntual
