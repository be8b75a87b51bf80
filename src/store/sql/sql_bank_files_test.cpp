#include "store/test_store.h"

namespace puntual {
namespace {

class BankFileStore : public StoreConformance {
 protected:
  static store::BankFile file(Tx& tx, std::string_view digest) {
    return {.id = tx.ids.next<BankFileId>(kNow),
            .creditor_id = kCreditor,
            .format = BankFormat::Asobancaria2001,
            .bank = "007",
            .account = "30",
            .on = date_of(2026, 11, 21),
            .modifier = "A",
            .digest = std::string(digest),
            .name = "recaudo.txt",
            .received_at = kNow,
            .trouble = {},
            .line_count = 1};
  }
  static store::KeptBankLine line(Tx& tx, BankFileId file, DebtorId debtor, int64_t minor = 5000) {
    return {.id = tx.ids.next<BankLineId>(kNow),
            .creditor_id = kCreditor,
            .file_id = file,
            .said = {.line = 3,
                     .on = date_of(2026, 11, 21),
                     .amount = {minor, Currency::of("COP")},
                     .reference = "2026000123",
                     .name = "Ana Ruiz"},
            .state = debtor ? store::BankLineState::Proposed : store::BankLineState::Unmatched,
            .debtor_id = debtor,
            .payment_id = {},
            .rule = debtor ? MatchRule::PayerExact : MatchRule::None,
            .confidence = 80,
            .invoices = {},
            .evidence = {"document", "name_fits"},
            .decided_by = {},
            .decided_at = {}};
  }
};

TEST_F(BankFileStore, AFileIsKnownAgainByItsKey) {
  in([&](Tx& tx) {
    const auto first = tx.bank_files.open(file(tx, "aa"));
    EXPECT_EQ(tx.bank_files.open(file(tx, "aa")).id, first.id);
    EXPECT_EQ(first.state, store::BankFileState::Begun);
    tx.bank_files.set_state(kCreditor, first.id, store::BankFileState::Taken);
    EXPECT_EQ(tx.bank_files.open(file(tx, "aa")).state, store::BankFileState::Taken);
    const auto other = tx.bank_files.open(file(tx, "bb"));
    EXPECT_NE(other.id, first.id);
    ASSERT_EQ(tx.bank_files.files(kCreditor, {}, 10).size(), 2u);
    EXPECT_EQ(tx.bank_files.files(kCreditor, {}, 10)[0].id, other.id);
    EXPECT_EQ(tx.bank_files.files(kCreditor, other.id, 10).size(), 1u);
    EXPECT_FALSE(tx.bank_files.find_file(kOther, first.id));
  });
}

TEST_F(BankFileStore, ALineIsSealedFoundAlikeAndDecidedOnce) {
  in([&](Tx& tx) {
    const auto first = tx.bank_files.open(file(tx, "aa"));
    const DebtorId person = debtor(tx).id;
    auto made = line(tx, first.id, {});
    const std::string key = tx.bank_files.line_key(kCreditor, "what it is");
    EXPECT_NE(key, tx.bank_files.line_key(kOther, "what it is"));
    EXPECT_FALSE(tx.bank_files.has_line(kCreditor, key));
    tx.bank_files.add(made, key, "30");
    EXPECT_TRUE(tx.bank_files.has_line(kCreditor, key));
    EXPECT_EQ(tx.bank_files.line_key_of(kCreditor, made.id), key);
    {
      auto raw = tx.db.query("SELECT words FROM bank_line");
      ASSERT_TRUE(raw.next());
      EXPECT_EQ(raw.bytes(0).find("Ana"), std::string_view::npos);
    }
    auto back = line(tx, first.id, {}, -5000);
    EXPECT_EQ(tx.bank_files.alike(kCreditor, "30", back.said).size(), 1u)
        << "what comes back is like what came";
    EXPECT_TRUE(tx.bank_files.alike(kCreditor, "31", back.said).empty());
    back.said.reference.clear();
    EXPECT_TRUE(tx.bank_files.alike(kCreditor, "30", back.said).empty());

    ASSERT_EQ(tx.bank_files.lines(kCreditor, true, {}, 10).size(), 1u);
    made.state = store::BankLineState::Applied;
    made.debtor_id = person;
    made.payment_id = {4711};
    made.invoices = {{1}, {2}};
    made.decided_by = "ana";
    EXPECT_TRUE(tx.bank_files.decide(made));
    EXPECT_FALSE(tx.bank_files.decide(made)) << "is in the books";
    EXPECT_TRUE(tx.bank_files.lines(kCreditor, true, {}, 10).empty());
    const auto found = tx.bank_files.find(kCreditor, made.id);
    ASSERT_TRUE(found);
    EXPECT_EQ(found->said, made.said);
    EXPECT_EQ(found->invoices, made.invoices);
    EXPECT_EQ(found->evidence, made.evidence);
    EXPECT_FALSE(tx.bank_files.has_return_of(kCreditor, {4711}));
    tx.debtors.hold(kCreditor, {person});
    EXPECT_TRUE(tx.erasure.erase(kCreditor, person, kNow));
    EXPECT_EQ(tx.bank_files.find(kCreditor, made.id)->said.name, "");
    EXPECT_EQ(tx.bank_files.find(kCreditor, made.id)->said.amount.minor, 5000);
  });
}

}  // namespace
}  // namespace puntual
