// People: how they are known, where they are reached, what they permit, when they are looked at.
#include <algorithm>
#include <array>

#include "store/sql/sql_identifiers.h"
#include "store/test_store.h"

namespace puntual {
namespace {

TEST_F(StoreConformance, IdentifierKeepsItsFirstOwnerAndCreditorsDoNotMix) {
  in([&](Tx& tx) {
    const Debtor ana = debtor(tx), eva = debtor(tx);
    tx.debtors.add_identifier(kCreditor, ana.id, IdentifierKind::Phone, "573000000001");
    tx.debtors.add_identifier(kCreditor, eva.id, IdentifierKind::Phone, "573000000001");
    EXPECT_EQ(tx.debtors.find_by(kCreditor, IdentifierKind::Phone, "573000000001"), ana.id);
    EXPECT_FALSE(tx.debtors.find_by(kCreditor, IdentifierKind::Document, "573000000001"));
    EXPECT_FALSE(tx.debtors.find_by(kOther, IdentifierKind::Phone, "573000000001"));
    EXPECT_EQ(tx.debtors.identifiers(kCreditor, ana.id).size(), 1u);
    EXPECT_TRUE(tx.debtors.identifiers(kCreditor, eva.id).empty());
    EXPECT_FALSE(tx.debtors.find(kOther, ana.id));
  });
}

// Whoever uses a number is kin of all others who do, whether the identifier leads to them or not,
// and of its first owner.
TEST_F(StoreConformance, WhoSharesAPhoneIsKinOfAllWhoDo) {
  in([&](Tx& tx) {
    constexpr std::string_view phone = "+573000000001", other = "+573000000002";
    const auto add = [&](std::string_view number) {
      const Debtor one{.id = tx.ids.next<DebtorId>(kNow),
                       .creditor_id = kCreditor,
                       .name = "Ana",
                       .country = "CO",
                       .zone = {},
                       .phone = std::string(number),
                       .user_id = {},
                       .email = {}};
      const auto key = tx.keys.lookup_key(kCreditor, text_of(IdentifierKind::Phone), number);
      store::IdentifierBlock identifiers(tx.db, kCreditor);
      identifiers.read({{IdentifierKind::Phone, key}});
      const std::array own{store::KeyedIdentifier{IdentifierKind::Phone, number, key}};
      tx.debtors.insert(
          one, kNow,
          std::span(own).first(identifiers.claim(IdentifierKind::Phone, key, one.id) ? 1 : 0));
      identifiers.keep();
      return one;
    };
    const auto kin_of = [&](const Debtor& one) {
      std::vector<DebtorId> found;
      for (const auto& kin : tx.debtors.kin(one)) found.push_back(kin.id);
      std::ranges::sort(found);
      return found;
    };
    Debtor owner = add(phone), second = add(phone), third = add(other);
    EXPECT_EQ(kin_of(owner), std::vector{second.id});
    EXPECT_EQ(kin_of(second), std::vector{owner.id});
    EXPECT_TRUE(kin_of(third).empty());
    third.phone = phone;
    tx.debtors.update(third);
    EXPECT_EQ(kin_of(owner), (std::vector{second.id, third.id}));
    EXPECT_EQ(kin_of(third), (std::vector{owner.id, second.id}));
    owner.phone = other;  // Which leads to the third; the old number still leads to the owner.
    tx.debtors.update(owner);
    EXPECT_EQ(kin_of(owner), std::vector{third.id});
    EXPECT_EQ(kin_of(second), (std::vector{owner.id, third.id}));
    owner.phone = phone;
    tx.debtors.update(owner);
    EXPECT_EQ(kin_of(owner), (std::vector{second.id, third.id}));
  });
}

// Whoever asks about some people must not walk over all of them: an index that begins with the
// creditor once led SQLite to.
TEST_F(StoreConformance, PeopleAreFoundByTheirIds) {
  in([&](Tx& tx) {
    if (tx.db.is_shared())
      return;  // PostgreSQL decides by its statistics, which an empty database has not.
    auto plan = tx.db.query(
        "EXPLAIN QUERY PLAN SELECT profile FROM {{people_2}} debtor WHERE creditor_id=$1 AND id "
        "{{among_2}}",
        {kCreditor, "[]"});
    ASSERT_TRUE(plan.next());
    EXPECT_TRUE(plan.view(3).starts_with("SCAN json_each")) << plan.view(3);
    ASSERT_TRUE(plan.next());
    EXPECT_TRUE(plan.view(3).starts_with("SEARCH debtor USING INTEGER PRIMARY KEY"))
        << plan.view(3);
  });
}

TEST_F(StoreConformance, AddressIsOfOneDebtorAndKeepsAllThatIsKnown) {
  in([&](Tx& tx) {
    const Debtor ana = debtor(tx), eva = debtor(tx);
    EXPECT_FALSE(tx.addresses.find(kCreditor, ana.id, "+573000000001"));
    Address address{.state = AddressState::Asked,
                    .evidence = {},
                    .times_asked = 1,
                    .asked_at = kNow,
                    .answered_at = {},
                    .changed_at = {}};
    tx.addresses.save(kCreditor, ana.id, "+573000000001", address);
    EXPECT_EQ(tx.addresses.find(kCreditor, ana.id, "+573000000001"), address);
    address = {.state = AddressState::Confirmed,
               .evidence = {.kind = "otp", .reference = "A-1", .verified_on = date_of(2026, 11, 2)},
               .times_asked = 2,
               .asked_at = kNow,
               .answered_at = kNow + 1,
               .changed_at = kNow + 2,
               .identity_hash = "h"};
    tx.addresses.save(kCreditor, ana.id, "+573000000001", address);
    EXPECT_EQ(tx.addresses.find(kCreditor, ana.id, "+573000000001"), address);
    EXPECT_FALSE(tx.addresses.find(kCreditor, eva.id, "+573000000001"));
    EXPECT_FALSE(tx.addresses.find(kOther, ana.id, "+573000000001"));
  });
}

TEST_F(StoreConformance, ReviewsComeByTheirMomentAndOnlyEarlierOnesReplaceIt) {
  in([&](Tx& tx) {
    const Debtor first = debtor(tx), second = debtor(tx), never = debtor(tx);
    tx.debtors.set_review(kCreditor, first.id, kNow + 20, "step_pending", kNow + 20);
    tx.debtors.set_review(kCreditor, second.id, kNow + 10, "", std::nullopt);
    tx.debtors.set_review(kCreditor, never.id, std::nullopt, "nothing_owed", std::nullopt);
    EXPECT_EQ(tx.debtors.next_review(kCreditor), kNow + 10);
    EXPECT_TRUE(tx.debtors.due_for_review(kCreditor, kNow + 9, 10).empty());
    const auto due = tx.debtors.due_for_review(kCreditor, kNow + 20, 10);
    ASSERT_EQ(due.size(), 2u);
    EXPECT_EQ(due[0], second.id);
    EXPECT_EQ(tx.debtors.for_review(kCreditor, due[1])->silence, "step_pending");
    EXPECT_EQ(tx.debtors.due_for_review(kCreditor, kNow + 20, 1).size(), 1u);
    tx.debtors.review_now(kCreditor, never.id, kNow + 30);
    tx.debtors.review_now(kCreditor, second.id, kNow + 30);  // Later than it stands: stays.
    EXPECT_EQ(tx.debtors.review_moments(kCreditor, never.id).second, kNow + 30);
    EXPECT_EQ(tx.debtors.review_moments(kCreditor, second.id).second, kNow + 10);
  });
}

TEST_F(StoreConformance, SettledInvoicesTeachHowAPersonPays) {
  in([&](Tx& tx) {
    const Debtor ana = debtor(tx);
    const Strategy strategy{.punctual_grace_days = 2, .forgetful_days_max = 7};
    for (const int32_t late : {-3, 2, 3, 7, 8, 40})
      tx.debtors.note_settled(kCreditor, ana.id, {}, late, strategy);
    const auto behaviour = tx.debtors.for_review(kCreditor, ana.id)->behaviour;
    EXPECT_EQ(behaviour.settled_count, 6);
    EXPECT_EQ(behaviour.settled_on_time, 2);
    EXPECT_EQ(behaviour.settled_within_forgetful, 2);
    EXPECT_EQ(behaviour.settled_late, 2);
    EXPECT_EQ(behaviour.days_late_total, 3 + 7 + 8 + 40);
  });
}

TEST_F(StoreConformance, ASettledInvoiceCountsOnceAndAsLongAsItIsSettled) {
  in([&](Tx& tx) {
    const Debtor ana = debtor(tx);
    const Invoice bill = invoice(tx, ana.id, "F-1", {.amount_minor = 100});
    Strategy strategy{.punctual_grace_days = 2, .forgetful_days_max = 7};
    const auto counted = [&] {
      const auto b = tx.debtors.for_review(kCreditor, ana.id)->behaviour;
      return std::vector<int64_t>{b.settled_count, b.settled_on_time, b.settled_within_forgetful,
                                  b.settled_late, b.days_late_total};
    };
    tx.debtors.note_settled(kCreditor, ana.id, bill.id, 5, strategy);
    tx.debtors.note_settled(kCreditor, ana.id, bill.id, 40, strategy);
    EXPECT_EQ(counted(), (std::vector<int64_t>{1, 0, 1, 0, 5}));
    strategy.forgetful_days_max = 3;  // What was counted is taken away as what it was counted.
    tx.debtors.forget_settled(kCreditor, bill.id);
    tx.debtors.forget_settled(kCreditor, bill.id);
    EXPECT_EQ(counted(), (std::vector<int64_t>{0, 0, 0, 0, 0}));
    tx.debtors.note_settled(kCreditor, ana.id, bill.id, 5, strategy);
    EXPECT_EQ(counted(), (std::vector<int64_t>{1, 0, 0, 1, 5}));
  });
}

store::ConsentEntry consent_by(std::string instrument, Instant at, bool is_dated = true) {
  return {.at = at,
          .is_dated = is_dated,
          .kind = "file",
          .instrument = std::move(instrument),
          .text_version = {},
          .by = "file"};
}

TEST_F(StoreConformance, WhoWroteLastStandsFirstInPagesThatMissNobody) {
  in([&](Tx& tx) {
    const DebtorId ana = debtor(tx).id, luz = debtor(tx).id, eva = debtor(tx).id;
    (void)debtor(tx);  // Has never written.
    tx.debtors.note_inbound(kCreditor, eva, kNow);
    tx.debtors.note_inbound(kCreditor, ana, kNow + 2);
    tx.debtors.note_inbound(kCreditor, luz, kNow + 2);
    using Ids = std::vector<DebtorId>;
    EXPECT_EQ(tx.debtors.who_wrote(kCreditor, {}, 9), (Ids{luz, ana, eva}));
    EXPECT_EQ(tx.debtors.who_wrote(kCreditor, luz, 1), Ids{ana}) << "of the same moment, too";
    EXPECT_EQ(tx.debtors.who_wrote(kCreditor, ana, 9), Ids{eva});
    EXPECT_TRUE(tx.debtors.who_wrote(kCreditor, eva, 9).empty());
    EXPECT_TRUE(tx.debtors.who_wrote(kOther, {}, 9).empty());
    const store::People both(Ids{ana, luz});
    EXPECT_EQ(tx.debtors.who_talks(kCreditor, both, {}, 9), (Ids{ana, luz}));
    EXPECT_EQ(tx.outbox.newest_left(kCreditor, both).size(), 2U);
    EXPECT_EQ(tx.conversation.newest(kCreditor, both).size(), 2U);
  });
}

TEST_F(StoreConformance, ConsentIsGrantedOnceAndAStopOutlivesIt) {
  in([&](Tx& tx) {
    const Debtor ana = debtor(tx);
    EXPECT_FALSE(tx.permissions.of(kCreditor, ana.id)
                     .consent[static_cast<size_t>(Channel::WhatsApp)]
                     .granted);
    tx.permissions.grant(kCreditor, ana.id, consent_by("Contrato", kNow), kNow, tx.ids);
    tx.permissions.grant(kCreditor, ana.id, consent_by("Contrato", kNow + kDayMs), kNow, tx.ids);
    const auto consent =
        tx.permissions.of(kCreditor, ana.id).consent[static_cast<size_t>(Channel::WhatsApp)];
    EXPECT_TRUE(consent.granted);
    EXPECT_EQ(consent.granted_at, kNow);
    tx.permissions.opt_out(
        kCreditor, ana.id,
        {.channel = "all", .at = kNow, .through = "doubt", .words = "¿y si no?"});
    tx.permissions.opt_out(kCreditor, ana.id,
                           {.channel = "all", .at = kNow + 1, .through = "word", .words = "BAJA"});
    tx.permissions.opt_out(kCreditor, ana.id,
                           {.channel = "all", .at = kNow + 2, .through = "doubt", .words = "mmm"});
    const auto outs = tx.permissions.opt_outs(kCreditor, ana.id);
    ASSERT_EQ(outs.size(), 1u);
    EXPECT_EQ(outs[0].through, "word");
    EXPECT_EQ(outs[0].at, kNow + 1);
    tx.permissions.grant(kCreditor, ana.id, consent_by("Contrato nuevo", kNow + kDayMs), kNow,
                         tx.ids);
    EXPECT_TRUE(tx.permissions.of(kCreditor, ana.id).optout_all);
    EXPECT_FALSE(tx.permissions.of(kOther, ana.id).optout_all);
  });
}

}  // namespace
}  // namespace puntual
