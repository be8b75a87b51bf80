#include "providers/signature.h"

#include <gtest/gtest.h>

namespace puntual::providers {
namespace {

TEST(ProviderSignature, NoEmptySecretFits) {
  const std::vector<std::string> secrets = {"", "a"};
  EXPECT_TRUE(any_fits(secrets, [](const std::string& one) { return one == "a"; }));
  EXPECT_FALSE(any_fits(secrets, [](const std::string& one) { return one.empty(); }));
  EXPECT_FALSE(any_fits({}, [](const std::string&) { return true; }));
}

TEST(ProviderSignature, ASignedTimeMayBeFiveMinutesAway) {
  const Instant signed_at{1'795'273'400'000};
  for (const int64_t ms : {-300'000, 0, 300'000})
    EXPECT_EQ(trouble_with_age(signed_at, signed_at + ms), "") << ms;
  EXPECT_EQ(trouble_with_age(signed_at, signed_at + 301'000),
            "signed 301 s before its receipt (tolerance 300 s): check the clock");
  EXPECT_EQ(trouble_with_age(signed_at, signed_at + -300'001),
            "signed 300 s after its receipt (tolerance 300 s): check the clock");
}

TEST(ProviderSignature, AUserAndPasswordAreAskedForWhereWeChoseThem) {
  const std::vector<std::string> passwords = {"nueva", "DemoClaveCulqi#2026"};
  const auto judged = [&](std::string header, std::span<const std::string> ours) {
    HeardNotice heard;
    ProviderNotice notice;
    if (!header.empty()) notice.headers = {{"authorization", std::move(header)}};
    judge_by_basic(heard, notice, "cobranza", ours);
    return heard;
  };
  EXPECT_EQ(judged("Basic Y29icmFuemE6RGVtb0NsYXZlQ3VscWkjMjAyNg==", passwords).signature,
            NoticeSignature::Valid);
  EXPECT_EQ(judged("", {}).signature, NoticeSignature::Unsigned);
  for (const auto* header : {"", "Basic Y29icmFuemE6b3RyYQ==", "Bearer x"}) {
    EXPECT_EQ(judged(header, passwords).signature, NoticeSignature::Invalid) << header;
    EXPECT_FALSE(judged(header, passwords).why.empty());
  }
  const std::vector<std::string> none = {""};
  EXPECT_EQ(judged("Basic Y29icmFuemE6", none).signature, NoticeSignature::Invalid)
      << "an empty password proves nothing";
}

}  // namespace
}  // namespace puntual::providers
