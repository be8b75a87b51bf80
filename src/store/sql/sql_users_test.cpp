#include "base/random.h"
#include "store/test_store.h"

namespace puntual {
namespace {

using store::User;

class UsersStored : public StoreConformance {
 protected:
  static User user(Tx& tx, std::string email, CreditorId creditor = kCreditor) {
    User made{.id = tx.ids.next<Id<User>>(kNow).value,
              .creditor_id = creditor,
              .name = "Ana Pérez",
              .email = std::move(email),
              .role = access::Role::Supervisor,
              .password = "hash",
              .totp = {},
              .created_at = kNow};
    EXPECT_TRUE(tx.users.insert(made));
    return made;
  }
};

TEST_F(UsersStored, AreFoundByTheirAddressInAnyCaseAndOfTheirHouseAlone) {
  in([&](Tx& tx) {
    const User ana = user(tx, "Ana@Servicios.co");
    const auto found = tx.users.find_email(kCreditor, "ana@servicios.CO");
    ASSERT_TRUE(found);
    EXPECT_EQ(found->id, ana.id);
    EXPECT_EQ(found->name, "Ana Pérez");
    EXPECT_EQ(found->email, "Ana@Servicios.co");
    EXPECT_EQ(found->role, access::Role::Supervisor);
    EXPECT_FALSE(found->has_second_factor());
    EXPECT_FALSE(tx.users.find_email(kOther, "ana@servicios.co"));
    EXPECT_FALSE(tx.users.find(kOther, ana.id));
    EXPECT_FALSE(tx.users.has_any(kOther));
    User twin = ana;
    twin.id = tx.ids.next<Id<User>>(kNow).value;
    twin.email = "ANA@servicios.co";
    EXPECT_EQ(tx.users.insert(twin).error().code, ErrorCode::Conflict);
    twin.creditor_id = kOther;
    EXPECT_TRUE(tx.users.insert(twin));
  });
}

TEST_F(UsersStored, ACodeOfTheAuthenticatorAndOfRecoveryServesOnce) {
  in([&](Tx& tx) {
    const User ana = user(tx, "ana@x.co");
    tx.users.set_totp(kCreditor, ana.id, "secreto", std::nullopt);
    EXPECT_EQ(tx.users.find(kCreditor, ana.id)->totp, "secreto");
    EXPECT_FALSE(tx.users.find(kCreditor, ana.id)->has_second_factor());
    tx.users.set_totp(kCreditor, ana.id, "secreto", kNow);
    EXPECT_TRUE(tx.users.find(kCreditor, ana.id)->has_second_factor());
    EXPECT_TRUE(tx.users.take_totp_step(kCreditor, ana.id, 100));
    EXPECT_FALSE(tx.users.take_totp_step(kCreditor, ana.id, 100));
    EXPECT_FALSE(tx.users.take_totp_step(kCreditor, ana.id, 99));
    EXPECT_TRUE(tx.users.take_totp_step(kCreditor, ana.id, 101));

    tx.users.set_recovery_codes(kCreditor, ana.id, {sha256("uno"), sha256("dos")});
    EXPECT_FALSE(tx.users.take_recovery_code(kOther, ana.id, sha256("uno")));
    EXPECT_TRUE(tx.users.take_recovery_code(kCreditor, ana.id, sha256("uno")));
    EXPECT_FALSE(tx.users.take_recovery_code(kCreditor, ana.id, sha256("uno")));
    EXPECT_EQ(tx.users.recovery_codes_left(kCreditor, ana.id), 1);
    tx.users.set_recovery_codes(kCreditor, ana.id, {sha256("tres")});
    EXPECT_FALSE(tx.users.take_recovery_code(kCreditor, ana.id, sha256("dos")));
  });
}

TEST_F(UsersStored, APasskeyIsKnownByItsDevicesNameAndAQuestionIsAnsweredOnce) {
  in([&](Tx& tx) {
    const User ana = user(tx, "ana@x.co"), berta = user(tx, "berta@x.co");
    const store::Passkey phone{.id = 5,
                               .user_id = ana.id,
                               .credential = std::string("\x00\xFF", 2),
                               .name = "Celular",
                               .public_key = "der",
                               .counter = 3,
                               .created_at = kNow,
                               .used_at = {}};
    ASSERT_TRUE(tx.passkeys.insert(kCreditor, phone));
    EXPECT_EQ(tx.passkeys.insert(kCreditor, phone).error().code, ErrorCode::Conflict);
    EXPECT_TRUE(tx.users.find(kCreditor, ana.id)->has_second_factor());
    EXPECT_FALSE(tx.users.find(kCreditor, berta.id)->has_second_factor());
    EXPECT_EQ(tx.passkeys.find(kCreditor, phone.credential)->public_key, "der");
    EXPECT_FALSE(tx.passkeys.find(kOther, phone.credential));
    EXPECT_FALSE(tx.passkeys.note_used(kCreditor, 5, 3, kNow));
    EXPECT_TRUE(tx.passkeys.note_used(kCreditor, 5, 4, kNow));
    EXPECT_EQ(tx.passkeys.of_user(kCreditor, ana.id)[0].counter, 4);
    EXPECT_FALSE(tx.passkeys.remove(kCreditor, berta.id, 5));
    EXPECT_TRUE(tx.passkeys.remove(kCreditor, ana.id, 5));

    const std::string question = tx.passkeys.question(kCreditor, ana.id, kNow + kMinuteMs);
    EXPECT_FALSE(tx.passkeys.take_question(kCreditor, berta.id, question, kNow));
    EXPECT_FALSE(tx.passkeys.take_question(kOther, ana.id, question, kNow));
    EXPECT_FALSE(tx.passkeys.take_question(kCreditor, ana.id, question + "x", kNow));
    EXPECT_FALSE(tx.passkeys.take_question(kCreditor, ana.id, question, kNow + kMinuteMs));
    std::string longer = question;
    longer[20] = static_cast<char>(longer[20] + 1);  // An end of their own.
    EXPECT_FALSE(tx.passkeys.take_question(kCreditor, ana.id, longer, kNow));
    EXPECT_TRUE(tx.passkeys.take_question(kCreditor, ana.id, question, kNow));
    EXPECT_FALSE(tx.passkeys.take_question(kCreditor, ana.id, question, kNow));
  });
}

TEST_F(UsersStored, SessionsEndByTheirOwnerAllAtOnceOrByTime) {
  in([&](Tx& tx) {
    const User ana = user(tx, "ana@x.co"), berta = user(tx, "berta@x.co");
    for (int64_t id = 1; id <= 3; ++id) {
      tx.sessions.insert(kCreditor, sha256(std::to_string(id)),
                         {.id = id,
                          .user_id = ana.id,
                          .has_second_factor = false,
                          .times = {.created_at = kNow, .seen_at = kNow, .confirmed_at = kNow},
                          .address = "190.0.2.1",
                          .browser = "Firefox"});
    }
    const auto found = tx.sessions.find(kCreditor, sha256("2"));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->address, "190.0.2.1");
    EXPECT_EQ(found->browser, "Firefox");
    EXPECT_FALSE(tx.sessions.find(kOther, sha256("2")));
    EXPECT_FALSE(tx.sessions.end(kCreditor, berta.id, 2));
    EXPECT_TRUE(tx.sessions.end(kCreditor, ana.id, 2));
    EXPECT_FALSE(tx.sessions.find(kCreditor, sha256("2")));
    tx.sessions.end_all(kCreditor, ana.id, 3);
    EXPECT_EQ(tx.sessions.of_user(kCreditor, ana.id).size(), 1U);
    tx.sessions.note_seen(kCreditor, 3, ana.id, kNow + kMinuteMs);
    tx.sessions.note_confirmed(kCreditor, 3, ana.id, true, kNow + kMinuteMs);
    EXPECT_TRUE(tx.sessions.find(kCreditor, sha256("3"))->has_second_factor);
    tx.sessions.clear(kCreditor, kNow + access::kIdleMs);
    EXPECT_TRUE(tx.sessions.find(kCreditor, sha256("3")));
    tx.sessions.clear(kCreditor, kNow + access::kIdleMs + kMinuteMs);
    EXPECT_FALSE(tx.sessions.find(kCreditor, sha256("3")));
  });
}

TEST_F(UsersStored, KeysAreKnownByTheirHashWithTheirRights) {
  in([&](Tx& tx) {
    const auto rights =
        access::Rights().with(access::Right::PaymentsWrite).with(access::Right::PortfolioRead);
    tx.api_keys.insert(kCreditor, sha256("pun_x"),
                       {.id = 7,
                        .name = "ERP",
                        .start = "pun_x",
                        .rights = rights,
                        .created_at = kNow,
                        .expires_at = kNow + kDayMs});
    const auto found = tx.api_keys.find(kCreditor, sha256("pun_x"));
    ASSERT_TRUE(found);
    EXPECT_EQ(found->rights, rights);
    EXPECT_EQ(found->expires_at, kNow + kDayMs);
    EXPECT_FALSE(tx.api_keys.find(kOther, sha256("pun_x")));
    tx.api_keys.note_used(kCreditor, 7, kNow);
    EXPECT_EQ(tx.api_keys.all(kCreditor)[0].used_at, kNow);
    EXPECT_FALSE(tx.api_keys.remove(kOther, 7));
    EXPECT_TRUE(tx.api_keys.remove(kCreditor, 7));
    EXPECT_FALSE(tx.api_keys.find(kCreditor, sha256("pun_x")));
  });
}

TEST_F(UsersStored, FailedAttemptsAreCountedByWhoAndWhence) {
  in([&](Tx& tx) {
    int64_t id = 1;
    for (const auto* where : {"190.0.2.1", "190.0.2.1", "190.0.2.2"})
      tx.sign_ins.begin(kCreditor, id++, "ana@x.co", where, kNow);
    tx.sign_ins.begin(kCreditor, id++, "berta@x.co", "190.0.2.1", kNow);
    auto failed = tx.sign_ins.failed(kCreditor, "ANA@x.co", "190.0.2.1", kNow);
    EXPECT_EQ(failed.of_both, 2);
    EXPECT_EQ(failed.of_account, 3);
    EXPECT_EQ(failed.of_address, 3);
    EXPECT_EQ(failed.of_all, 4);
    EXPECT_FALSE(failed.is_known_place);
    tx.sign_ins.begin(kCreditor, id++, "nadie@x.co", "190.0.2.1", kNow, false);
    failed = tx.sign_ins.failed(kCreditor, "nadie@x.co", "190.0.2.1", kNow);
    EXPECT_EQ(failed.of_both, 1);
    EXPECT_EQ(failed.of_address, 4);
    EXPECT_EQ(failed.of_all, 4) << "made-up accounts keep nobody out";
    tx.sign_ins.succeed(kCreditor, 1);
    failed = tx.sign_ins.failed(kCreditor, "ana@x.co", "190.0.2.1", kNow);
    EXPECT_EQ(failed.of_both, 1);
    EXPECT_TRUE(failed.is_known_place);
    EXPECT_FALSE(tx.sign_ins.failed(kCreditor, "ana@x.co", "190.0.2.2", kNow).is_known_place);
    EXPECT_EQ(
        tx.sign_ins.failed(kCreditor, "ana@x.co", "190.0.2.1", kNow + access::kAttemptsMs).of_all,
        0);
    EXPECT_EQ(tx.sign_ins.failed(kOther, "ana@x.co", "190.0.2.1", kNow).of_all, 0);
  });
}

TEST_F(UsersStored, ALinkServesOnceAndForItsTime) {
  in([&](Tx& tx) {
    tx.sign_ins.add_token(kCreditor, sha256("a"), 5, kNow + access::kLinkMs);
    EXPECT_EQ(tx.sign_ins.take_token(kCreditor, sha256("a"), kNow + access::kLinkMs), std::nullopt);
    EXPECT_EQ(tx.sign_ins.take_token(kOther, sha256("a"), kNow), std::nullopt);
    EXPECT_EQ(tx.sign_ins.take_token(kCreditor, sha256("a"), kNow), 5);
    EXPECT_EQ(tx.sign_ins.take_token(kCreditor, sha256("a"), kNow), std::nullopt);
    tx.sign_ins.add_token(kCreditor, sha256("b"), 5, kNow + access::kLinkMs);
    tx.sign_ins.add_token(kCreditor, sha256("c"), 5, kNow + access::kLinkMs);
    EXPECT_EQ(tx.sign_ins.take_token(kCreditor, sha256("b"), kNow), std::nullopt)
        << "a newer link takes the place of the older";
    EXPECT_EQ(tx.sign_ins.take_token(kCreditor, sha256("c"), kNow), 5);
  });
}

}  // namespace
}  // namespace puntual
