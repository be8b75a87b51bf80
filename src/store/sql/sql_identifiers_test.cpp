// What people are known by, and rows that wait for others of their table.
#include "store/sql/sql_identifiers.h"

#include "store/test_store.h"

namespace puntual {
namespace {

using store::FirstImport;
using store::IdentifierBlock;

TEST_F(StoreConformance, IdentifiersOfManyPeopleKeepTheirFirstOwner) {
  constexpr int kMany = 200;  // More than one statement takes.
  const auto key_of = [](Tx& tx, int i) {
    return tx.keys.lookup_key(kCreditor, "document", std::to_string(i));
  };
  const DebtorId first = in([&](Tx& tx) {
    const DebtorId id = debtor(tx).id;
    tx.debtors.add_identifier(kCreditor, id, IdentifierKind::Document, "7");
    return id;
  });
  const DebtorId second = in([&](Tx& tx) {
    const DebtorId id = debtor(tx).id;
    IdentifierBlock block(tx.db, kCreditor);
    std::vector<IdentifierBlock::Asked> keys;
    for (int i = 0; i < kMany; ++i) keys.push_back({IdentifierKind::Document, key_of(tx, i)});
    block.read(keys);
    for (const auto& [kind, key] : keys) {
      const bool is_free = key != key_of(tx, 7);
      EXPECT_EQ(block.claim(kind, key, id), is_free);
      EXPECT_EQ(block.owner(kind, key), is_free ? id : first);
      EXPECT_FALSE(block.claim(kind, key, id)) << "twice";
    }
    // Nobody has asked for it before.
    EXPECT_FALSE(block.owner(IdentifierKind::Phone, tx.keys.lookup_key(kCreditor, "phone", "1")));
    block.keep();
    return id;
  });
  in([&](Tx& tx) {
    for (int i = 0; i < kMany; ++i)
      EXPECT_EQ(tx.debtors.find_by(kCreditor, IdentifierKind::Document, std::to_string(i)),
                i == 7 ? first : second);
  });
}

TEST_F(StoreConformance, IdentifiersOfTheFirstPeopleKeepTheirFirstOwner) {
  const auto key_of = [](Tx& tx, int i) {
    return tx.keys.lookup_key(kCreditor, "document", std::to_string(i));
  };
  constexpr auto kKind = IdentifierKind::Document;
  constexpr size_t kRows = 3;
  const auto [first, second] = in([&](Tx& tx) {
    const auto people = std::pair(debtor(tx).id, debtor(tx).id);
    FirstImport first(kRows);
    first.begin(tx.db, kCreditor);
    EXPECT_TRUE(first.holds());  // Nobody is known, so nothing is looked up from here on.
    IdentifierBlock block(tx.db, kCreditor, &first);
    block.read({{kKind, key_of(tx, 1)}, {kKind, key_of(tx, 2)}});
    EXPECT_FALSE(block.owner(kKind, key_of(tx, 1)));
    EXPECT_TRUE(block.claim(kKind, key_of(tx, 1), people.first));
    tx.debtors.add_identifier(kCreditor, people.second, kKind, "2");
    block.note(key_of(tx, 2), people.second);
    block.read({{kKind, key_of(tx, 1)},
                {kKind, key_of(tx, 2)},
                {kKind, key_of(tx, 3)}});  // As the next block of the file does.
    EXPECT_FALSE(block.claim(kKind, key_of(tx, 1), people.second));
    EXPECT_FALSE(block.claim(kKind, key_of(tx, 2), people.first));
    EXPECT_TRUE(block.claim(kKind, key_of(tx, 3), people.first));
    block.keep();
    return people;
  });
  in([&](Tx& tx) {
    for (int i = 1; i <= 3; ++i)
      EXPECT_EQ(tx.debtors.find_by(kCreditor, kKind, std::to_string(i)), i == 2 ? second : first)
          << i;
  });
}

// From one transaction to the next an import knows what it has given away; once others have written
// in between, it looks.
TEST_F(StoreConformance, AFirstImportLooksAgainWhenOthersHaveWritten) {
  constexpr auto kKind = IdentifierKind::Document;
  FirstImport import(100);
  const auto key_of = [](Tx& tx, int i) {
    return tx.keys.lookup_key(kCreditor, "document", std::to_string(i));
  };
  const auto take = [&](Tx& tx, DebtorId id, std::vector<int> keys) {
    import.begin(tx.db, kCreditor);
    IdentifierBlock block(tx.db, kCreditor, &import);
    const bool is_first = import.holds();
    std::vector<DebtorId> owners;
    for (const int i : keys) {
      (void)block.claim(kKind, key_of(tx, i), id);
      owners.push_back(block.owner(kKind, key_of(tx, i)).value_or(DebtorId{}));
    }
    block.keep();
    import.end(tx.db);
    return std::pair(is_first, owners);
  };
  const auto ids = in([&](Tx& tx) { return std::vector{debtor(tx).id, debtor(tx).id}; });
  const DebtorId first = ids[0], second = ids[1];
  using Taken = std::pair<bool, std::vector<DebtorId>>;
  EXPECT_EQ(in([&](Tx& tx) { return take(tx, first, {1, 2}); }), Taken(true, {first, first}));
  const bool goes_on = in([&](Tx& tx) { return !tx.db.is_shared(); });
  EXPECT_EQ(in([&](Tx& tx) { return take(tx, second, {2, 3}); }), Taken(goes_on, {first, second}));
  in([&](Tx& tx) {
    tx.debtors.hold(kCreditor, {first});
    tx.debtors.add_identifier(kCreditor, first, kKind, "4");
  });
  EXPECT_EQ(in([&](Tx& tx) {
              return take(tx, second, {1, 3, 4, 5});
            }),
            Taken(false, {first, second, first, second}));
}

TEST_F(StoreConformance, RowsThatWaitAreSeenAndGoBackWithTheTransaction) {
  constexpr int kMany = 70;  // Twice as many as go together, and some.
  const DebtorId who = in([&](Tx& tx) { return debtor(tx).id; });
  const auto insert = [&](Tx& tx, int i) {
    (void)invoice(tx, who, fmt::format("F-{}", i), {.amount_minor = i + 1});
  };
  const auto undone = store_->write([&](Tx& tx) -> Result<void> {
    for (int i = 0; i < kMany; ++i) insert(tx, i);
    EXPECT_EQ(tx.invoices.all_of(kCreditor, who).size(), size_t{kMany});
    insert(tx, kMany);
    return fail(ErrorCode::Conflict, "taken back");
  });
  EXPECT_FALSE(undone);
  in([&](Tx& tx) {
    EXPECT_TRUE(tx.invoices.all_of(kCreditor, who).empty());
    for (int i = 0; i < kMany; ++i) insert(tx, i);
  });
  std::vector<std::string> texts;
  for (int i = 0; i <= kMany; ++i) texts.push_back(fmt::format("F-{}", i));
  const std::vector<std::string_view> numbers(texts.begin(), texts.end());
  const auto found = in([&](Tx& tx) { return tx.invoices.find_told(kCreditor, numbers); });
  for (int i = 0; i < kMany; ++i) {
    ASSERT_TRUE(found[static_cast<size_t>(i)]) << i;
    EXPECT_EQ(found[static_cast<size_t>(i)]->balance.amount_minor, i + 1);
  }
  EXPECT_FALSE(found.back());
  // The failure of a row that waits is the transaction's.
  EXPECT_FALSE(store_->write([&](Tx& tx) { insert(tx, 1); }));
}

}  // namespace
}  // namespace puntual
