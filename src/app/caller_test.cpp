#include "app/caller.h"

#include <gtest/gtest.h>

namespace puntual {
namespace {

TEST(Caller, IsWhomAKnownProxyNamesLastAndNobodyElseIsBelieved) {
  const std::vector<std::string> proxies = {"127.0.0.1"};
  http::Request request;
  request.remote = "127.0.0.1";
  EXPECT_EQ(caller_address(request, proxies), "127.0.0.1");
  request.headers.add("X-Forwarded-For", "6.6.6.6, 190.0.2.1");
  EXPECT_EQ(caller_address(request, proxies), "190.0.2.1");
  request.remote = "10.0.0.7";
  EXPECT_EQ(caller_address(request, proxies), "10.0.0.7");
  EXPECT_EQ(caller_address(request, std::vector<std::string>{"10.0.0.7"}), "190.0.2.1");
}

TEST(Caller, WhatAProxyHasAddedLastCountsAndWhatIsNoAddressDoesNot) {
  const auto said = [](std::initializer_list<std::string_view> lines) {
    http::Request request;
    request.remote = "127.0.0.1";
    for (const auto line : lines) request.headers.add("x-forwarded-for", line);
    return caller_address(request, std::vector<std::string>{"127.0.0.1"});
  };
  EXPECT_EQ(said({"6.6.6.6", "190.0.2.1"}), "190.0.2.1") << "the first line came from the caller";
  EXPECT_EQ(said({"6.6.6.6", "7.7.7.7,2001:db8::1 "}), "2001:db8::1");
  for (const auto* none : {"", "unknown", "190.0.2.1:80", "190.0.2", "6.6.6.6, "})
    EXPECT_EQ(said({none}), "127.0.0.1") << none;
}

TEST(Caller, IsAPlaceThatOneHolderHas) {
  EXPECT_EQ(place_of_caller("190.0.2.1"), "190.0.2.1");
  EXPECT_EQ(place_of_caller("2001:db8:0:1::5"), "2001:db8:0:1::/64");
  EXPECT_EQ(place_of_caller("2001:db8:0:1:ffff:1:2:3"), "2001:db8:0:1::/64");
  EXPECT_NE(place_of_caller("2001:db8:0:2::5"), "2001:db8:0:1::/64");
  EXPECT_EQ(place_of_caller("::ffff:190.0.2.1"), "190.0.2.1") << "IPv4 in a dress";
}

}  // namespace
}  // namespace puntual
