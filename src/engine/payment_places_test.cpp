// Places to pay at are open as long as what they ask for is wanted.
#include "engine/payment_places.h"

#include "engine/provider_test_house.h"

namespace puntual::engine {
namespace {

using store::TaskKind;

class PaymentPlaces : public ProviderHouse {};

TEST_F(PaymentPlaces, APlaceIsOpenAsLongAsItIsWanted) {
  const PaymentRequest request = ask();
  const PaymentRequest of_other = ask(2);
  EXPECT_EQ(now_is(request).place, PlaceState::Open);
  EXPECT_EQ(withdraw().looked_at, 2);
  EXPECT_TRUE(provider->withdrawn.empty());
  // In cash: the provider knows nothing of it.
  pays_in_cash(1, 10'000'000);
  EXPECT_EQ(withdraw().withdrawn, 1);
  EXPECT_EQ(provider->withdrawn, std::vector<std::string>{request.provider_link_id});
  EXPECT_EQ(now_is(request).place, PlaceState::Withdrawn);
  EXPECT_EQ(now_is(of_other).place, PlaceState::Open);
  EXPECT_EQ(now_is(request).next_check_at, house.now);  // Somebody may have paid just before.
  paid(request);
  EXPECT_EQ(look().booked, 1);
  EXPECT_EQ(withdraw().withdrawn, 0);
  // The next tap gets another place.
  const auto again = open(order(2));
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->is_new);
}

TEST_F(PaymentPlaces, APlaceIsWithdrawnOnceItsTimeIsOver) {
  const PaymentRequest request = ask();
  EXPECT_EQ(house.write([](Tx& tx) { return next_place_withdrawal(tx, TestHouse::kCreditor); }),
            request.expires_at);
  house.now = request.expires_at;
  EXPECT_EQ(withdraw().withdrawn, 1);
  EXPECT_EQ(house.write([](Tx& tx) { return next_place_withdrawal(tx, TestHouse::kCreditor); }),
            std::nullopt);
}

// Who holds a code for one part and pays another part elsewhere may still use it, as long as that
// much is owed.
TEST_F(PaymentPlaces, ThePlaceOfAnotherPartStaysWhileSoMuchIsOwed) {
  const PaymentRequest first = ask(1, 5'000'000), second = ask(1, 4'000'000);
  paid(second);
  EXPECT_EQ(told().booked, 1);
  EXPECT_EQ(withdraw().withdrawn, 1);  // Nobody pays twice at one place.
  EXPECT_EQ(now_is(first).place, PlaceState::Open);
  EXPECT_EQ(now_is(second).place, PlaceState::Withdrawn);
}

TEST_F(PaymentPlaces, ACaseThatIsPutAsideHasNoPlace) {
  const PaymentRequest request = ask();
  house.write([&](Tx& tx) {
    tx.debtors.hold(TestHouse::kCreditor, {request.debtor_id});
    EXPECT_TRUE(
        tx.case_flags.set(TestHouse::kCreditor, request.debtor_id,
                          {.flag = CaseFlag::Disputed, .since = house.now, .through = "operator"},
                          house.now, tx.ids));
  });
  EXPECT_EQ(open(order()).error().code, ErrorCode::Conflict);
  EXPECT_EQ(withdraw().withdrawn, 1);
  EXPECT_EQ(now_is(request).place, PlaceState::Withdrawn);
}

TEST_F(PaymentPlaces, AProviderThatIsSilentIsAskedAgainToWithdraw) {
  const PaymentRequest request = ask();
  pays_in_cash(1, 15'000'000);
  provider->trouble = fail(ErrorCode::Unavailable, "does not answer");
  EXPECT_EQ(withdraw().failed, 1);
  EXPECT_EQ(now_is(request).place, PlaceState::Unwanted);
  EXPECT_EQ(now_is(request).place_at, house.now + 2 * kSecondMs);
  EXPECT_EQ(withdraw().failed, 0);  // Not yet.
  house.now = house.now + 2 * kSecondMs;
  EXPECT_EQ(withdraw().failed, 1);
  EXPECT_EQ(now_is(request).place_at, house.now + 4 * kSecondMs);
  provider->trouble = {};
  house.now = house.now + 4 * kSecondMs;
  EXPECT_EQ(withdraw().withdrawn, 1);
}

TEST_F(PaymentPlaces, AProviderThatTakesNoPlaceAwayIsAskedOnce) {
  provider->takes_away = false;
  const PaymentRequest request = ask();
  pays_in_cash(1, 15'000'000);
  EXPECT_EQ(withdraw().stay, 1);
  EXPECT_EQ(now_is(request).place, PlaceState::Stays);
  EXPECT_EQ(withdraw().stay, 0);
  EXPECT_EQ(provider->withdrawn.size(), 1u);
  // And what is paid there late is kept for them, and shown to a person.
  paid(request);
  EXPECT_EQ(told().booked, 1);
  EXPECT_TRUE(asks(TaskKind::ExtraPayment));
}

// Its notice named nothing, so that the money was nobody's; the place tells of it later.
TEST_F(PaymentPlaces, MoneyOfNobodyIsTheirsOnceItsPlaceIsKnown) {
  const auto request = ask();
  paid(request).provider_link_id.clear();
  told();
  EXPECT_EQ(known().trouble, "unknown_reference");
  EXPECT_EQ(invoice().balance_minor, 15'000'000);
  provider->payments.back().provider_link_id = request.provider_link_id;
  house.now = house.now + kHourMs;
  look();  // The poll of the place.
  EXPECT_EQ(known().trouble, "");
  EXPECT_EQ(invoice().balance_minor, 0);
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM payment"), 1);
  told();
  EXPECT_EQ(house.count("SELECT COUNT(*) FROM reversal"), 0);
}

}  // namespace
}  // namespace puntual::engine
