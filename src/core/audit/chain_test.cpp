// The form that is hashed, the tree over hashes, and what a verifier must find.
#include <gtest/gtest.h>

#include "core/audit/merkle.h"
#include "core/audit/verify.h"

namespace puntual::audit {
namespace {

std::vector<TimelineEvent> chain_of_length(int count) {
  std::vector<TimelineEvent> chain;
  std::string before(kGenesis);
  IdSource ids;
  for (int i = 0; i < count; ++i) {
    TimelineEvent event{.creditor_id = {1},
                        .debtor_id = {7},
                        .at = {1'800'000'000'000 + i},
                        .kind = "sending",
                        .message_id = {i + 1},
                        .detail = "CO-2026.11.1",
                        .facts = R"({"step":"post_7"})"};
    event.id = ids.next<Id<TimelineEvent>>(event.at).value;
    event.hash = before = hash_of(before, event);
    chain.push_back(std::move(event));
  }
  return chain;
}

std::vector<Fault> faults_of(const std::vector<TimelineEvent>& chain,
                             std::vector<Anchor> anchors = {}) {
  Verifier verifier(std::move(anchors));
  for (const auto& event : chain) verifier.see(event);
  return verifier.finish();
}

Anchor anchor_at(const std::vector<TimelineEvent>& chain, size_t count) {
  return {.chain = {{1}, 0},
          .at = {1'800'000'100'000},
          .first_id = chain[0].id,
          .last_id = chain[count - 1].id,
          .count = static_cast<int64_t>(count),
          .head = chain[count - 1].hash};
}

// Computed by hand with sha256sum over the bytes that docs/proof.md shows.
TEST(Record, HasTheFormThatTheDocumentShows) {
  const TimelineEvent record{.id = 42,
                             .creditor_id = {1},
                             .debtor_id = {7},
                             .at = {1000},
                             .kind = "paid",
                             .message_id = {0},
                             .invoice_id = {9},
                             .payment_id = {3},
                             .detail = "10,00 ñ",
                             .facts = ""};
  EXPECT_EQ(canonical_form(kGenesis, record),
            "puntual-record-1\n" + std::string(64, '0') +
                "\n42\n1\n7\n1000\n0\n9\n3\n4:paid\n8:10,00 ñ\n0:\n");
}

TEST(Verifier, HoldsForAChainAndItsAnchors) {
  const auto chain = chain_of_length(9);
  EXPECT_TRUE(faults_of(chain).empty());
  EXPECT_TRUE(
      faults_of(chain, {anchor_at(chain, 4), anchor_at(chain, 4), anchor_at(chain, 9)}).empty());
}

TEST(Verifier, NamesTheFirstRecordThatIsWrong) {
  const auto chain = chain_of_length(9);
  auto removed = chain, inserted = chain, swapped = chain, changed = chain;
  removed.erase(removed.begin() + 4);
  inserted.insert(inserted.begin() + 4, inserted[3]);
  ++inserted[4].id;
  std::swap(swapped[4].kind, swapped[5].detail);
  changed[4].facts += ' ';
  for (const auto& broken : {removed, inserted, swapped, changed}) {
    const auto faults = faults_of(broken);
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].record_id, broken[4].id);
  }
  EXPECT_EQ(faults_of(removed, {anchor_at(chain, 9)})[0].kind, FaultKind::Removed);
  EXPECT_EQ(faults_of(inserted, {anchor_at(chain, 9)})[0].kind, FaultKind::Inserted);
  EXPECT_EQ(faults_of(changed, {anchor_at(chain, 9)})[0].kind, FaultKind::Changed);
}

TEST(Verifier, NeedsAnAnchorToSeeAMissingEnd) {
  const auto chain = chain_of_length(9);
  auto truncated = chain;
  truncated.resize(5);
  EXPECT_TRUE(faults_of(truncated).empty());
  const auto faults = faults_of(truncated, {anchor_at(chain, 3), anchor_at(chain, 9)});
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].kind, FaultKind::Truncated);
  EXPECT_EQ(faults_of({}, {anchor_at(chain, 9)})[0].kind, FaultKind::Truncated);
}

TEST(Verifier, SeesAChainThatWasWrittenAnew) {
  const auto chain = chain_of_length(9);
  auto forged = chain;
  std::string before(kGenesis);
  forged[2].detail = "another";
  for (auto& event : forged) event.hash = before = hash_of(before, event);
  EXPECT_TRUE(faults_of(forged).empty());
  EXPECT_EQ(faults_of(forged, {anchor_at(chain, 9)})[0].kind, FaultKind::Rewritten);
}

TEST(Verifier, SeesAChainThatAppearsFromThePast) {
  const auto chain = chain_of_length(9);
  auto other = chain_of_length(2);
  std::string before(kGenesis);
  for (auto& event : other) {
    event.creditor_id = CreditorId{2};
    event.at = {1'700'000'000'000};
    event.hash = before = hash_of(before, event);
  }
  Verifier verifier({anchor_at(chain, 9)});
  for (const auto& event : chain) verifier.see(event);
  for (const auto& event : other) verifier.see(event);
  const auto faults = verifier.finish();
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].kind, FaultKind::Inserted);
}

TEST(Merkle, EveryPathLeadsToTheRootAndNoOtherHashDoes) {
  std::vector<std::string> hashes;
  for (int i = 0; i < 33; ++i) {
    hashes.push_back(hex(sha256(std::to_string(i))));
    const std::string root = merkle_root(hashes);
    for (size_t k = 0; k < hashes.size(); ++k) {
      const auto path = merkle_path(hashes, k);
      EXPECT_EQ(root_by_path(hashes[k], path).value(), root);
      EXPECT_NE(root_by_path(hashes[(k + 1) % hashes.size()], path).value() == root,
                hashes.size() > 1);
    }
  }
  EXPECT_FALSE(root_by_path("no hash", {}).has_value());
}

}  // namespace
}  // namespace puntual::audit
