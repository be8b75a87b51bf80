#include "app/sign_in.h"

#include <expected>

#include "app/account_job.h"
#include "app/test_house.h"
#include "app/user_job.h"
#include "core/access/totp.h"

namespace puntual {
namespace {

constexpr std::string_view kPassword = "tres gatos cruzan la calle";

// An owner who has just set the house up, and what they do at the door.
class SignIn : public JobHouse {
 protected:
  SignIn() {
    const auto token =
        store->write([&](Tx& tx) { return make_setup_token(tx, creditor.id, 0, "test", now); });
    EXPECT_TRUE(token) << token.error().message;
    auto made = set_up_house(*store, creditor,
                             {.token = *token,
                              .name = "Ana",
                              .email = "ana@x.co",
                              .password = std::string(kPassword),
                              .device = home},
                             now);
    EXPECT_TRUE(made) << made.error().message;
    owner = *std::move(made);
    setup_token = *token;
  }
  std::expected<SignedIn, SignInDenial> enter(std::string email, std::string_view password,
                                              std::string code = {},
                                              Device from = {"190.0.2.1", "Firefox"}) {
    auto in = sign_in(*store, creditor.id,
                      {.email = std::move(email),
                       .password = std::string(password),
                       .code = std::move(code),
                       .code_at = now,
                       .device = std::move(from)},
                      now);
    EXPECT_TRUE(in) << in.error().message;
    if (in->denial) return std::unexpected(*in->denial);
    return std::move(in->who);
  }
  std::optional<SignedIn> at_the_door(const std::string& token) {
    return session_of(*store, creditor.id, token, now).value();
  }
  // By a link, as an invited person does.
  std::string invite(std::string_view email, std::string_view role) {
    const auto made =
        add_user_job(*store, creditor,
                     to_json(json::object{{"name", "Berta"}, {"email", email}, {"role", role}}),
                     operator_principal(), now);
    EXPECT_TRUE(made) << made.error().message;
    const auto user = parse_json(*made).value();
    EXPECT_TRUE(choose_password(*store, creditor, text_in(user, "token"), kPassword, now));
    return text_in(user, "id");
  }
  Result<std::string> change(const std::string& id, const json::object& order,
                             const access::Principal& by = operator_principal()) {
    return change_user_job(*store, creditor, id, to_json(order), by, now);
  }
  // Sets a second factor up; its secret, as bytes stand in the database.
  std::string set_up_totp(SignedIn& who) {
    EXPECT_TRUE(begin_totp_job(*store, creditor, who));
    const std::string secret =
        store->read([&](Tx& tx) { return tx.users.find(creditor.id, who.user.id)->totp; }).value();
    SignedIn renewed;
    const auto codes = finish_totp_job(
        *store, who, to_json(json::object{{"code", access::totp_code(secret, now.ms / 30000)}}),
        now, now, renewed);
    EXPECT_TRUE(codes) << codes.error().message;
    const json::value shown = parse_json(codes.value_or("{}")).value();
    for (const auto& code : *member_array(shown, "recovery_codes"))
      recovery_codes.emplace_back(code.get_string());
    who = renewed;
    return secret;
  }
  std::vector<std::string> kinds() {
    std::vector<std::string> all;
    EXPECT_TRUE(store->read([&](Tx& tx) {
      tx.timeline.each([&](const TimelineEvent& event) { all.push_back(event.kind); });
    }));
    return all;
  }

  Device home{"190.0.2.9", "Firefox"};
  SignedIn owner;
  std::string setup_token;
  std::vector<std::string> recovery_codes;
};

TEST_F(SignIn, TheHouseIsSetUpOnceByATokenThatServesOnce) {
  EXPECT_EQ(owner.user.role, access::Role::Owner);
  EXPECT_EQ(
      store->read([&](Tx& tx) { return tx.users.find(creditor.id, owner.user.id)->signed_in_at; })
          .value(),
      now)
      << "they are in";
  EXPECT_TRUE(at_the_door(owner.token));
  const auto again = set_up_house(*store, creditor,
                                  {.token = setup_token,
                                   .name = "Eva",
                                   .email = "eva@x.co",
                                   .password = std::string(kPassword),
                                   .device = home},
                                  now);
  EXPECT_EQ(again.error().code, ErrorCode::Forbidden);
  EXPECT_EQ(store->write([&](Tx& tx) { return make_setup_token(tx, creditor.id, 0, "test", now); })
                .error()
                .code,
            ErrorCode::Conflict);
}

TEST_F(SignIn, WhoIsUnknownWrongOrDisabledIsToldTheSame) {
  const auto id = invite("berta@x.co", "agent");
  EXPECT_EQ(enter("nadie@x.co", kPassword).error(), SignInDenial::Wrong);
  EXPECT_EQ(enter("berta@x.co", "tres gatos duermen").error(), SignInDenial::Wrong);
  ASSERT_TRUE(enter("BERTA@x.co", kPassword));
  ASSERT_TRUE(change(id, {{"disabled", true}}));
  EXPECT_EQ(enter("berta@x.co", kPassword).error(), SignInDenial::Wrong);
  EXPECT_EQ(std::ranges::count(kinds(), "sign_in_failed"), 3);
  EXPECT_EQ(std::ranges::count(kinds(), "signed_in"), 1);
}

TEST_F(SignIn, WhoWasInvitedHasNoPasswordUntilTheyChooseOne) {
  ASSERT_TRUE(add_user_job(*store, creditor,
                           R"({"name":"Caro","email":"caro@x.co","role":"agent"})",
                           operator_principal(), now));
  EXPECT_EQ(enter("caro@x.co", "").error(), SignInDenial::Wrong);
}

TEST_F(SignIn, ASessionEndsAtOnceWhereverItIsAsked) {
  const auto id = invite("berta@x.co", "agent");
  const auto berta = enter("berta@x.co", kPassword);
  ASSERT_TRUE(at_the_door(berta->token));
  EXPECT_FALSE(at_the_door(berta->token + "0"));
  ASSERT_TRUE(change(id, {{"role", "supervisor"}}));
  EXPECT_FALSE(at_the_door(berta->token)) << "a new role is a new session";
  const auto again = enter("berta@x.co", kPassword);
  EXPECT_EQ(again->user.role, access::Role::Supervisor);
  ASSERT_TRUE(change(id, {{"disabled", true}}));
  EXPECT_FALSE(at_the_door(again->token));
  ASSERT_TRUE(store->write([&](Tx& tx) { sign_out(tx, creditor.id, owner, now); }));
  EXPECT_FALSE(at_the_door(owner.token));
}

TEST_F(SignIn, ASessionGoesOnWhileItIsUsedAndTwelveHoursAtMost) {
  const Instant began = now;
  for (; now - began < access::kLongestMs; now = now + 29 * kMinuteMs)
    ASSERT_TRUE(at_the_door(owner.token)) << (now - began) / kMinuteMs;
  EXPECT_FALSE(at_the_door(owner.token));
  now = began;
  const auto idle = enter("ana@x.co", kPassword);
  now = now + 20 * kMinuteMs;
  EXPECT_TRUE(session_of(*store, creditor.id, idle->token, now, SessionUse::ByPage).value());
  now = now + 11 * kMinuteMs;
  EXPECT_FALSE(at_the_door(idle->token)) << "an open page alone keeps nobody signed in";
}

TEST_F(SignIn, WithoutASecondFactorAnOwnerMayOnlySetOneUp) {
  EXPECT_EQ(principal_of(owner, true, now).rights,
            access::Rights().with(access::Right::OwnAccount));
  EXPECT_EQ(principal_of(owner, false, now).rights, access::rights_of(access::Role::Owner));
  const std::string before = owner.token;
  set_up_totp(owner);
  EXPECT_EQ(principal_of(owner, true, now).rights, access::rights_of(access::Role::Owner));
  EXPECT_FALSE(at_the_door(before)) << "what they may has changed, and so has the session";
  EXPECT_TRUE(at_the_door(owner.token)->session.has_second_factor);
  invite("berta@x.co", "agent");
  EXPECT_EQ(principal_of(*enter("berta@x.co", kPassword), true, now).rights,
            access::rights_of(access::Role::Agent));
}

TEST_F(SignIn, ACodeServesOnceAndSoDoesARecoveryCode) {
  const std::string secret = set_up_totp(owner);
  EXPECT_EQ(enter("ana@x.co", kPassword).error(), SignInDenial::NeedsCode);
  EXPECT_EQ(enter("ana@x.co", kPassword, access::totp_code(secret, now.ms / 30000)).error(),
            SignInDenial::Wrong)
      << "it was shown when it was set up";
  now = now + 30 * kSecondMs;
  const std::string code = access::totp_code(secret, now.ms / 30000);
  EXPECT_EQ(enter("ana@x.co", "otra frase distinta", code).error(), SignInDenial::Wrong);
  ASSERT_TRUE(enter("ana@x.co", kPassword, code));
  EXPECT_EQ(enter("ana@x.co", kPassword, code).error(), SignInDenial::Wrong);
  ASSERT_EQ(recovery_codes.size(), 10U);
  ASSERT_TRUE(enter("ana@x.co", kPassword, recovery_codes[3]));
  EXPECT_EQ(enter("ana@x.co", kPassword, recovery_codes[3]).error(), SignInDenial::Wrong);
}

TEST_F(SignIn, APasswordAloneIsNoWayPastAPasskey) {
  ASSERT_TRUE(store->write([&](Tx& tx) {
    return tx.passkeys.insert(creditor.id, {.id = 7,
                                            .user_id = owner.user.id,
                                            .credential = "c",
                                            .name = "Celular",
                                            .public_key = "k",
                                            .counter = 0,
                                            .created_at = now,
                                            .used_at = {}});
  }));
  for (int i = 0; i < 12; ++i)
    EXPECT_EQ(enter("ana@x.co", kPassword).error(), SignInDenial::NeedsPasskey)
        << "and it is no guess";
  EXPECT_EQ(enter("ana@x.co", "otra frase distinta").error(), SignInDenial::Wrong)
      << "nobody else learns of it";
  EXPECT_EQ(std::ranges::count(kinds(), "signed_in"), 0);
  EXPECT_EQ(confirm_session(
                *store, creditor.id, owner,
                {.email = {}, .password = std::string(kPassword), .code = {}, .device = home}, now)
                .value(),
            std::nullopt);
  set_up_totp(owner);
  EXPECT_EQ(enter("ana@x.co", kPassword).error(), SignInDenial::NeedsCode);
  EXPECT_TRUE(enter("ana@x.co", kPassword, recovery_codes[0]))
      << "an authenticator is a second factor too";
}

TEST_F(SignIn, GuessingFromOneNetworkIsGuessingFromOnePlace) {
  const auto from = [](int i) { return Device{fmt::format("2001:db8:0:1::{:x}", i + 1), "curl"}; };
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(enter("ana@x.co", "adivino la frase", {}, from(i)).error(), SignInDenial::Wrong) << i;
  EXPECT_EQ(enter("ana@x.co", "adivino la frase", {}, from(10)).error(), SignInDenial::TooMany);
  EXPECT_TRUE(enter("ana@x.co", kPassword, {}, {"2001:db8:0:2::1", "Firefox"}));
}

TEST_F(SignIn, MadeUpAccountsKeepNobodyOut) {
  for (int i = 0; i < 1001; ++i) {
    ASSERT_TRUE(store->write([&](Tx& tx) {
      tx.sign_ins.begin(creditor.id, 1000 + i, fmt::format("u{}@x.co", i),
                        fmt::format("190.1.{}.{}", i / 250, i % 250), now, false);
    }));
  }
  EXPECT_EQ(enter("nadie@x.co", kPassword).error(), SignInDenial::Wrong)
      << "they are told the same";
  EXPECT_TRUE(enter("ana@x.co", kPassword)) << "from where she has never been";
}

TEST_F(SignIn, GuessingEndsSoonAndKeepsNobodyElseOut) {
  invite("berta@x.co", "agent");
  ASSERT_TRUE(enter("berta@x.co", kPassword, {}, home));
  const Device stranger{"203.0.113.5", "curl"};
  int tried = 0;
  while (enter("berta@x.co", "adivino la frase", {}, stranger).error() == SignInDenial::Wrong)
    ASSERT_LT(++tried, 20);
  EXPECT_EQ(tried, 10);
  EXPECT_EQ(enter("berta@x.co", kPassword, {}, stranger).error(), SignInDenial::TooMany)
      << "even with the right one";
  EXPECT_TRUE(enter("berta@x.co", kPassword, {}, home))
      << "where she has always come in, she comes in";
  now = now + access::kAttemptsMs;
  EXPECT_TRUE(enter("berta@x.co", kPassword, {}, stranger));
}

TEST_F(SignIn, WhoHasBothProofsComesInWhateverStrangersGuess) {
  const std::string secret = set_up_totp(owner);
  now = now + 30 * kSecondMs;
  const auto guess = [&](int i, std::string code = {}) {
    return enter("ana@x.co", "adivino la frase", std::move(code),
                 {fmt::format("203.0.113.{}", i / 9), "curl"})
        .error();
  };
  for (int i = 0; i < 30; ++i) EXPECT_EQ(guess(i), SignInDenial::Wrong) << i;
  EXPECT_EQ(guess(36), SignInDenial::TooMany);
  const Device elsewhere{"198.51.100.7", "Firefox"};
  EXPECT_EQ(enter("ana@x.co", kPassword, {}, elsewhere).error(), SignInDenial::TooMany)
      << "the password alone is half of a proof";
  for (int i = 36; i < 80; ++i)
    EXPECT_EQ(guess(i, "123456"), SignInDenial::Wrong) << "with a made up code one only guesses on";
  EXPECT_EQ(store->write([&](Tx& tx) {
    return tx.sign_ins.failed(creditor.id, "berta@x.co", "198.51.100.9", now).of_all;
  }),
            30)
      << "one account that is known closes the door to nobody else";
  EXPECT_TRUE(enter("ana@x.co", kPassword, access::totp_code(secret, now.ms / 30000), elsewhere));
}

TEST_F(SignIn, ACodeOpensNoWayToGuessThePasswordOfWhoHasNone) {
  invite("berta@x.co", "agent");
  for (int i = 0; i < 30; ++i)
    EXPECT_EQ(
        enter("berta@x.co", "adivino la frase", {}, {fmt::format("203.0.113.{}", i / 9), "curl"})
            .error(),
        SignInDenial::Wrong);
  EXPECT_EQ(enter("berta@x.co", kPassword, "123456", {"198.51.100.7", "curl"}).error(),
            SignInDenial::Wrong)
      << "told as a wrong one is";
}

TEST_F(SignIn, CodesAreNotGuessedFromManyPlacesByWhoKnowsThePassword) {
  const std::string secret = set_up_totp(owner);
  now = now + 30 * kSecondMs;
  const auto place = [](int i) { return Device{fmt::format("203.0.113.{}", i / 4), "curl"}; };
  for (int i = 0; i < 32; ++i)
    EXPECT_EQ(enter("ana@x.co", kPassword, "000000", place(i)).error(), SignInDenial::Wrong);
  EXPECT_EQ(enter("ana@x.co", kPassword, access::totp_code(secret, now.ms / 30000),
                  {"198.51.100.7", "curl"})
                .error(),
            SignInDenial::Wrong);
  EXPECT_TRUE(enter("ana@x.co", kPassword, access::totp_code(secret, now.ms / 30000), home))
      << "where she has always come in";
}

TEST_F(SignIn, ProvingAgainMakesASessionFresh) {
  now = now + 6 * kMinuteMs;
  EXPECT_FALSE(principal_of(*at_the_door(owner.token), false, now).is_fresh);
  EXPECT_EQ(
      confirm_session(
          *store, creditor.id, owner,
          {.email = {}, .password = "no es la mía", .code = {}, .code_at = now, .device = home},
          now)
          .value(),
      SignInDenial::Wrong);
  EXPECT_FALSE(principal_of(*at_the_door(owner.token), false, now).is_fresh);
  EXPECT_EQ(confirm_session(*store, creditor.id, owner,
                            {.email = {},
                             .password = std::string(kPassword),
                             .code = {},
                             .code_at = now,
                             .device = home},
                            now)
                .value(),
            std::nullopt);
  EXPECT_TRUE(principal_of(*at_the_door(owner.token), false, now).is_fresh);
}

TEST_F(SignIn, AnotherPasswordEndsTheOtherSessions) {
  const auto elsewhere = enter("ana@x.co", kPassword);
  EXPECT_EQ(change_password_job(*store, creditor, owner, R"({"password":"colombia2026"})", now)
                .error()
                .code,
            ErrorCode::Invalid);
  ASSERT_TRUE(
      change_password_job(*store, creditor, owner, R"({"password":"un perro mira la luna"})", now));
  EXPECT_FALSE(at_the_door(elsewhere->token));
  EXPECT_TRUE(at_the_door(owner.token));
  EXPECT_FALSE(enter("ana@x.co", kPassword));
  EXPECT_TRUE(enter("ana@x.co", "un perro mira la luna"));
}

TEST_F(SignIn, NobodyGivesWhatTheyHaveNotAndOneOwnerIsLeft) {
  const auto id = invite("berta@x.co", "admin");
  auto berta = principal_of(*enter("berta@x.co", kPassword), false, now);
  const std::string ana = std::to_string(owner.user.id);
  EXPECT_EQ(change(id, {{"role", "owner"}}, berta).error().code, ErrorCode::Forbidden);
  EXPECT_EQ(change(ana, {{"disabled", true}}, berta).error().code, ErrorCode::Forbidden);
  EXPECT_EQ(
      add_user_job(*store, creditor, R"({"name":"X","email":"x@x.co","role":"owner"})", berta, now)
          .error()
          .code,
      ErrorCode::Forbidden);
  EXPECT_EQ(change(ana, {{"role", "agent"}}).error().code, ErrorCode::Conflict);
  EXPECT_EQ(change(ana, {{"disabled", true}}).error().code, ErrorCode::Conflict);
  ASSERT_TRUE(change(id, {{"role", "owner"}}));
  EXPECT_TRUE(change(ana, {{"role", "agent"}}));
  EXPECT_EQ(change(id, {{"rol", "agent"}}).error().code, ErrorCode::Invalid)
      << "a field that is none";
  EXPECT_EQ(change("77", {{"role", "agent"}}).error().code, ErrorCode::NotFound);
}

TEST_F(SignIn, AKeyOpensWhatItSaysUntilItEnds) {
  const auto made =
      add_key_job(*store, creditor, R"({"name":"ERP","rights":["payments_write"],"days":30})",
                  operator_principal(), now);
  ASSERT_TRUE(made) << made.error().message;
  const auto key = parse_json(*made).value();
  const std::string text = text_in(key, "key");
  EXPECT_TRUE(text.starts_with("pun_"));
  EXPECT_EQ(text.size(), 4U + 64U);
  EXPECT_FALSE(list_keys_job(*store, creditor)->contains(text));
  const auto holder = key_holder(*store, creditor.id, text, now).value();
  ASSERT_TRUE(holder);
  EXPECT_EQ(holder->rights, access::Rights().with(access::Right::PaymentsWrite));
  EXPECT_FALSE(key_holder(*store, creditor.id, text + "0", now).value());
  EXPECT_FALSE(key_holder(*store, creditor.id, text, now + 30 * kDayMs).value());
  ASSERT_TRUE(remove_key_job(*store, creditor, text_in(key, "id"), operator_principal(), now));
  EXPECT_FALSE(key_holder(*store, creditor.id, text, now).value());
}

TEST_F(SignIn, NoTwoKeysThatServeHaveOneName) {
  invite("berta@x.co", "agent");
  EXPECT_EQ(add_key_job(*store, creditor, R"({"name":"BERTA@x.co","rights":["pause"]})",
                        operator_principal(), now)
                .error()
                .code,
            ErrorCode::Conflict)
      << "records would not tell them apart";
  const auto add = [&] {
    return add_key_job(*store, creditor, R"({"name":"ERP","rights":["pause"],"days":30})",
                       operator_principal(), now);
  };
  ASSERT_TRUE(add());
  EXPECT_EQ(add().error().code, ErrorCode::Conflict);
  now = now + 30 * kDayMs;
  EXPECT_TRUE(add()) << "the first has ended";
}

TEST_F(SignIn, AKeyHasNoRightThatItsMakerLacksAndMakesNoOthers) {
  invite("dev@x.co", "developer");
  const auto dev = principal_of(*enter("dev@x.co", kPassword), false, now);
  const auto ask = [&](std::string_view right, const access::Principal& by) {
    return add_key_job(*store, creditor,
                       to_json(json::object{{"name", "x"}, {"rights", json::array{right}}}), by,
                       now);
  };
  EXPECT_TRUE(ask("webhooks_write", dev));
  EXPECT_EQ(ask("people_read", dev).error().code, ErrorCode::Forbidden);
  for (const auto* right : {"keys_write", "users_write", "own_account", "everything"})
    EXPECT_EQ(ask(right, operator_principal()).error().code, ErrorCode::Invalid) << right;
}

TEST_F(SignIn, NoTwoKeysAreOneInTheRecords) {
  const auto add = [&](std::string_view name) {
    return add_key_job(
        *store, creditor,
        to_json(json::object{{"name", name}, {"rights", json::array{"payments_write"}}}),
        operator_principal(), now);
  };
  EXPECT_TRUE(add("ERP"));
  for (const auto* name : {"erp", " ERP", "E R P"})
    EXPECT_EQ(add(name).error().code, ErrorCode::Conflict) << name;
  for (const auto* name : {"ERP: ana", "operator", " Api"})
    EXPECT_EQ(add(name).error().code, ErrorCode::Invalid) << name;
  EXPECT_TRUE(add("ERP 2"));
}

}  // namespace
}  // namespace puntual
