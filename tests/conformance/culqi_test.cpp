// What is Culqi's alone; what it has in common with the others is providers_test.cpp.
#include <gtest/gtest.h>

#include "tests/conformance/provider_house.h"

namespace puntual::conformance {
namespace {

const Candidate kCulqi{.name = "culqi",
                       .secrets =
                           "secret_key = 'sk_test_a'\ncontact_email = "
                           "'pagos@example.com'\ncontact_phone = '999555010'\n",
                       .signing_secret = "webhook_password",
                       .currency = "PEN",
                       .minor = 450'50};

TEST(CulqiOrder, IsFoundByItsNumberWhenTheAnswerWasLost) {
  House house(kCulqi);
  const auto provider = house.client();
  const auto order = house.order();
  const auto place = provider->ask(order).value();
  for (int i = 0; i < 120; ++i)
    ASSERT_TRUE(provider->ask(house.order()));  // On a page behind others.
  EXPECT_TRUE(provider->look_up({.reference = order.reference})->empty());
  house.pay(place);
  const auto found = provider->look_up({.reference = order.reference}).value();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].id, place.provider_link_id);
  EXPECT_EQ(found[0].fee_minor, 18'02);
  EXPECT_TRUE(provider->look_up({.reference = "PT-de-nadie"})->empty());
}

TEST(CulqiOrder, ToldOfItsEnd) {
  House house(kCulqi);
  const auto provider = house.client();
  const auto id = house.pay(provider->ask(house.order()).value(), {{"outcome", "pending"}});
  house.at_provider("settle", {{"payment", id}, {"outcome", "expired"}});
  EXPECT_EQ(provider->hear(house.notice()).status, ProviderStatus::Expired);
  EXPECT_EQ(provider->look_up({.provider_payment_id = id})->at(0).status, ProviderStatus::Expired);
  EXPECT_TRUE(provider->withdraw(id));
  EXPECT_EQ(provider->look_up({.provider_payment_id = id})->at(0).status,
            ProviderStatus::Cancelled);
}

TEST(CulqiOrder, NeedsSomebodyToBeReached) {
  House house(kCulqi);
  const auto nobody = house.client_of("secret_key = 'sk_test_a'\n");
  const auto refused = nobody->ask(house.order());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message,
            "Culqi answered 400: client_details.phone_number es obligatorio");
}

}  // namespace
}  // namespace puntual::conformance
