// The door itself, by a real server: who may ask what, and how a browser comes in, stays and goes.
#include <arpa/inet.h>
#include <sys/socket.h>

#include <fstream>

#include "app/known_author.h"
#include "app/phone.h"
#include "app/service.h"
#include "app/sign_in.h"
#include "app/test_house.h"
#include "app/user_job.h"
#include "base/crypto.h"
#include "core/access/passkey.h"
#include "core/access/totp.h"
#include "engine/two_people.h"
#include "tests/support/authenticator.h"

namespace puntual {
namespace {

constexpr std::string_view kOwnersPassword = "tres gatos cruzan la calle";
constexpr std::string_view kHouseToken = "token-of-the-house";

struct Heard {
  int status = 0;
  std::string head;
  json::value body;
  [[nodiscard]] std::string code() const { return text_in(body, "code"); }
  // What the browser would keep: "__Host-puntual=…".
  [[nodiscard]] std::string cookie() const {
    const auto at = head.find("Set-Cookie: ");
    return at == std::string::npos ? std::string()
                                   : head.substr(at + 12, head.find(';', at) - at - 12);
  }
};

class AccessRoutes : public JobHouse {
 protected:
  void open(bool requires_second_factor, std::optional<store::User> visitor = {},
            bool needs_four_eyes = false) {
    auto config = load_config("", {}).value();
    config.data_dir = folder_;
    config.listen = "127.0.0.1:0";
    config.logo_file = logo_;
    config.requires_second_factor = requires_second_factor;
    config.needs_four_eyes = needs_four_eyes;
    service = std::make_unique<Service>(
        std::move(config),
        ServiceSecrets{
            .app_secrets = {"s"}, .verify_token = "v", .api_token = std::string(kHouseToken)},
        std::move(store), *desk, clock);
    if (visitor) service->welcome(*visitor, {});
    const auto opened = service->open_door();
    ASSERT_TRUE(opened) << opened.error().message;
  }
  // `more`: further lines of the head.
  Heard ask(std::string_view method, std::string_view path, std::string_view body,
            std::string_view more = {}) {
    return send(
        fmt::format("{} {} HTTP/1.1\r\nHost: casa\r\nConnection: close\r\nContent-Type: "
                    "application/json\r\nContent-Length: {}\r\n{}\r\n{}",
                    method, path, body.size(), more, body));
  }
  // As a page of ours does.
  Heard as(const std::string& cookie, std::string_view method, std::string_view path,
           std::string_view body = {}) {
    return ask(method, path, body,
               fmt::format("Cookie: other=1; {}\r\nSec-Fetch-Site: same-origin\r\n", cookie));
  }
  // A body that nobody takes: 413 is said only to who was let in, and nothing is done.
  int admission(const Api::Route& route, const std::string& who) {
    ++strangers;  // Each from an address of its own: who is not let in waits after some tries.
    return send(fmt::format("{} {} HTTP/1.1\r\nHost: casa\r\nX-Forwarded-For: "
                            "203.0.{}.{}\r\nContent-Type: application/json\r\nSec-Fetch-Site: "
                            "same-origin\r\nContent-Length: 99000000000\r\n{}\r\n",
                            text_of(route.method), route.path, strangers / 250, strangers % 250,
                            who))
        .status;
  }
  Heard send(const std::string& request) {
    const int peer = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(service->server().port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const timeval patience{10, 0};
    ::setsockopt(peer, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    EXPECT_EQ(::connect(peer, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    (void)::send(peer, request.data(), request.size(), MSG_NOSIGNAL);
    ::shutdown(peer, SHUT_WR);
    std::string text;
    char part[4096];
    for (ssize_t size = 0; (size = ::recv(peer, part, sizeof part, 0)) > 0;)
      text.append(part, static_cast<size_t>(size));
    ::close(peer);
    const auto end = text.find("\r\n\r\n");
    if (end == std::string::npos || text.size() < 12) return {};
    return {.status = std::stoi(text.substr(9, 3)),
            .head = text.substr(0, end + 2),
            .body = parse_json(text.substr(end + 4)).value_or(json::value())};
  }
  // Somebody of this role who has signed in by a password: the line of a head that says so.
  std::string signed_in_as(access::Role role) {
    const std::string token = new_token();
    EXPECT_TRUE(service->store().write([&](Tx& tx) -> Result<void> {
      const Instant at = clock.now();
      const store::User user{.id = tx.ids.next<Id<store::User>>(at).value,
                             .creditor_id = creditor.id,
                             .name = "X",
                             .email = fmt::format("{}@x.co", text_of(role)),
                             .role = role,
                             .password = "x",
                             .totp = {},
                             .totp_since = {},
                             .totp_step = 0,
                             .created_at = at,
                             .signed_in_at = {},
                             .disabled_at = {}};
      RETURN_IF_ERROR(tx.users.insert(user));
      tx.sessions.insert(creditor.id, sha256(token),
                         {.id = user.id,
                          .user_id = user.id,
                          .has_second_factor = false,
                          .times = {.created_at = at, .seen_at = at, .confirmed_at = at},
                          .address = {},
                          .browser = {}});
      return {};
    }));
    return fmt::format("Cookie: __Host-puntual={}\r\n", token);
  }
  // The first owner, by the link that `serve` prints; their cookie.
  std::string set_up() {
    const auto token = service->store()
                           .write([&](Tx& tx) {
                             return make_setup_token(tx, creditor.id, 0, "test", clock.now());
                           })
                           .value();
    const Heard made = ask("POST", "/v1/setup",
                           to_json(json::object{{"token", token},
                                                {"name", "Ana"},
                                                {"email", "ana@x.co"},
                                                {"password", kOwnersPassword}}));
    EXPECT_EQ(made.status, 201) << to_json(made.body);
    return made.cookie();
  }

  std::vector<std::string> records(std::string_view kind) {
    std::vector<std::string> all;
    EXPECT_TRUE(service->store().read([&](Tx& tx) {
      tx.timeline.each([&](const TimelineEvent& event) {
        if (event.kind == kind) all.push_back(event.detail);
      });
    }));
    return all;
  }

  Clock clock;
  std::unique_ptr<Service> service;
  std::string logo_;
  int strangers = 0;
};

// A draft has a number of its own, so this goes through the whole door: who has read it keeps it,
// who has read the one before does not.
TEST_F(AccessRoutes, ADraftIsKeptOfWhatWasRead) {
  open(false);
  const std::string who =
      signed_in_as(access::Role::Supervisor) + "Sec-Fetch-Site: same-origin\r\n";
  for (const std::string path :
       {"/v1/strategies/estandar/draft", "/v1/templates/es_CO/aviso_previo_v1/draft"}) {
    const Heard read = ask("GET", path, {}, who);
    ASSERT_EQ(read.status, 200) << to_json(read.body);
    EXPECT_TRUE(read.head.contains("ETag: \"0\"\r\n")) << read.head;
    const std::string text =
        to_json(json::object{{"text", text_in(read.body, "in_force") + "\n# una línea más\n"}});
    EXPECT_EQ(ask("POST", path, text, who).code(), "version_mismatch") << path;
    const Heard kept = ask("POST", path, text, who + "If-Match: \"0\"\r\n");
    EXPECT_EQ(kept.status, 200) << to_json(kept.body);
    EXPECT_EQ(ask("POST", path, text, who + "If-Match: \"0\"\r\n").code(), "version_mismatch")
        << path;
    EXPECT_EQ(ask("POST", path + "/discard", "{}", who + "If-Match: \r\n").status, 412)
        << "an empty mark is none that was read";
    EXPECT_EQ(ask("POST", path + "/discard", "{}", who + "If-Match: *\r\n").status, 200) << path;
  }
}

TEST_F(AccessRoutes, EveryRouteAdmitsExactlyWhoMay) {
  open(false);
  std::vector<std::pair<access::Role, std::string>> people;
  for (size_t i = 0; i < access::kRoles; ++i)
    people.emplace_back(static_cast<access::Role>(i), signed_in_as(static_cast<access::Role>(i)));
  EXPECT_GT(service->api().routes().size(), 60U);
  int refused = 0;
  for (const auto& route : service->api().routes()) {
    const std::string name = fmt::format("{} {}", text_of(route.method), route.path);
    EXPECT_EQ(admission(route, ""), route.right ? 401 : 413) << name;
    if (!route.right) continue;
    EXPECT_EQ(admission(route, "Cookie: __Host-puntual=nobodys\r\n"), 401) << name;
    EXPECT_EQ(admission(route, "Authorization: Bearer nobodys\r\n"), 401) << name;
    EXPECT_EQ(admission(route, fmt::format("Authorization: Bearer {}\r\n", kHouseToken)), 413)
        << name;
    for (const auto& [role, cookie] : people) {
      const bool is_allowed = may(role, *route.right);
      refused += is_allowed ? 0 : 1;
      EXPECT_EQ(admission(route, cookie), is_allowed ? 413 : 403)
          << name << " as " << text_of(role);
    }
  }
  // Each refusal stands in the records, by whom.
  const auto denied = service->store().read([&](Tx& tx) {
    int count = 0;
    tx.timeline.each([&](const TimelineEvent& event) {
      count += event.kind == "access_denied" && event.detail.contains("@x.co") ? 1 : 0;
    });
    return count;
  });
  EXPECT_EQ(denied.value(), refused);
}

TEST_F(AccessRoutes, WithoutTheirSecondFactorTheyReachOnlyTheirOwnAccount) {
  open(true);
  for (const auto role : {access::Role::Owner, access::Role::Developer, access::Role::Agent}) {
    const std::string cookie = signed_in_as(role);
    for (const auto& route : service->api().routes()) {
      if (!route.right) continue;
      const bool is_allowed = *route.right == access::Right::OwnAccount ||
                              (!needs_second_factor(role) && may(role, *route.right));
      EXPECT_EQ(admission(route, cookie), is_allowed ? 413 : 403)
          << text_of(route.method) << " " << route.path << " as " << text_of(role);
    }
  }
}

TEST_F(AccessRoutes, WhatIsGraveAsksForAProofOfTheLastMinutes) {
  open(false);
  const std::string owner = set_up();
  int grave = 0;
  clock.advance(6 * kMinuteMs);
  for (const auto& route : service->api().routes()) {
    if (!route.right) continue;
    grave += route.options.needs_fresh ? 1 : 0;
    EXPECT_EQ(admission(route, fmt::format("Cookie: {}\r\n", owner)),
              route.options.needs_fresh ? 403 : 413)
        << route.path;
  }
  EXPECT_GT(grave, 10);
  EXPECT_EQ(as(owner, "POST", "/v1/keys", R"({"name":"ERP","rights":["pause"]})").code(),
            "fresh_sign_in_required");
  EXPECT_EQ(as(owner, "POST", "/v1/me/confirm", R"({"password":"no es la mía"})").code(),
            "sign_in_failed");
  EXPECT_EQ(
      as(owner, "POST", "/v1/me/confirm", to_json(json::object{{"password", kOwnersPassword}}))
          .status,
      204);
  const Heard key = as(owner, "POST", "/v1/keys", R"({"name":"ERP","rights":["pause"]})");
  ASSERT_EQ(key.status, 201) << to_json(key.body);
  const std::string bearer = fmt::format("Authorization: Bearer {}\r\n", text_in(key.body, "key"));
  EXPECT_EQ(ask("POST", "/v1/pause", "", bearer).status, 200);
  EXPECT_EQ(ask("POST", "/v1/resume", "", bearer).status, 403);
  EXPECT_EQ(ask("GET", "/v1/session", "", bearer).status, 403);
  EXPECT_EQ(as(owner, "DELETE", "/v1/keys/" + text_in(key.body, "id")).status, 204);
  EXPECT_EQ(ask("POST", "/v1/pause", "", bearer).status, 401);
}

struct MovedClock final : SimulatedPlatform {
  explicit MovedClock(Clock& of_house) : clock(of_house) {}
  Result<std::string> ask(std::string_view, const std::string&, const std::string&) override {
    return std::string("{}");
  }
  bool has_clock() const override { return true; }
  Result<void> move_to(Instant then) override {
    clock.advance(then - clock.now());
    return {};
  }
  Clock& clock;
};

TEST_F(AccessRoutes, WhoMovesTheClockOfATestStaysSignedIn) {
  open(false);
  const std::string cookie = set_up();
  MovedClock platform(clock);
  ASSERT_TRUE(
      move_clock_job(service->store(), creditor, platform, R"({"to":"morning"})", clock.now()));
  EXPECT_EQ(as(cookie, "GET", "/v1/session").status, 200);
  clock.advance(31 * kMinuteMs);
  EXPECT_EQ(as(cookie, "GET", "/v1/session").status, 401) << "they sat still for so long";
}

TEST_F(AccessRoutes, AnOwnerComesInSetsUpTheirPhoneAndGoes) {
  open(true);
  clock.advance(
      3 *
      kDayMs);  // A house that is tried out has a time of its own; the phone of its owner has not.
  EXPECT_EQ(ask("GET", "/v1/setup", "").body, json::value({{"open", true}}));
  EXPECT_EQ(ask("POST", "/v1/setup",
                R"({"token":"AAAA","name":"Eva","email":"eva@x.co","password":"otra frase larga"})")
                .status,
            403);
  std::string cookie = set_up();
  EXPECT_EQ(ask("GET", "/v1/setup", "").body, json::value({{"open", false}}));
  Heard session = as(cookie, "GET", "/v1/session");
  const auto told = parse_rfc3339(text_in(session.body, "now"));
  EXPECT_TRUE(told && clock.now() - *told < kMinuteMs) << "by this clock every page tells the time";
  ASSERT_EQ(session.status, 200);
  EXPECT_EQ(session.body.at("rights"), json::value({"own_account"}));
  EXPECT_EQ(session.body.at("user").at("role"), "owner");
  EXPECT_EQ(session.body.at("creditor").at("currency"), "COP");
  EXPECT_TRUE(session.head.contains("Cache-Control: no-store"));

  const Heard begun = as(cookie, "POST", "/v1/me/totp", "{}");
  ASSERT_EQ(begun.status, 200) << to_json(begun.body);
  EXPECT_TRUE(text_in(begun.body, "uri").starts_with("otpauth://totp/"));
  EXPECT_TRUE(text_in(begun.body, "qr").starts_with("<svg"));
  const std::string secret =
      service->store()
          .read([&](Tx& tx) { return tx.users.find_email(creditor.id, "ana@x.co")->totp; })
          .value();
  const auto code = [&](int64_t later = 0) {
    return access::totp_code(secret, clock.machine_now().ms / 30000 + later);
  };
  EXPECT_EQ(as(cookie, "POST", "/v1/me/totp/confirm", R"({"code":"000000x"})").status, 400);
  const Heard confirmed =
      as(cookie, "POST", "/v1/me/totp/confirm", to_json(json::object{{"code", code()}}));
  ASSERT_EQ(confirmed.status, 200) << to_json(confirmed.body);
  EXPECT_EQ(as(cookie, "GET", "/v1/session").status, 401);
  cookie = confirmed.cookie();
  EXPECT_EQ(as(cookie, "GET", "/v1/session").body.at("rights").get_array().size(), access::kRights);

  const Heard left = as(cookie, "DELETE", "/v1/session");
  EXPECT_EQ(left.status, 204);
  EXPECT_TRUE(left.head.contains("Clear-Site-Data: \"cookies\", \"storage\"")) << left.head;
  EXPECT_EQ(as(cookie, "GET", "/v1/session").status, 401);

  json::object proof{{"email", "ana@x.co"}, {"password", kOwnersPassword}};
  EXPECT_EQ(ask("POST", "/v1/session", to_json(proof)).code(), "second_factor_required");
  proof["code"] = code(1);
  const Heard back = ask("POST", "/v1/session", to_json(proof));
  ASSERT_EQ(back.status, 200) << to_json(back.body);
  EXPECT_TRUE(back.head.contains("; Path=/; Secure; HttpOnly; SameSite=Strict\r\n")) << back.head;
  EXPECT_EQ(back.body.at("user").at("name"), "Ana");
  EXPECT_EQ(ask("POST", "/v1/session", to_json(proof)).code(), "sign_in_failed")
      << "a code serves once";
}

TEST_F(AccessRoutes, APageOfAnotherSiteMovesNothing) {
  open(false);
  const std::string owner = set_up();
  const auto end = [&](std::string_view more) {
    return ask("POST", "/v1/pause", "{}", fmt::format("Cookie: {}\r\n{}", owner, more));
  };
  EXPECT_EQ(end("Sec-Fetch-Site: cross-site\r\n").code(), "other_origin");
  EXPECT_EQ(end("Sec-Fetch-Site: same-site\r\n").code(), "other_origin");
  EXPECT_EQ(end("Origin: https://elsewhere.example\r\n").code(), "other_origin");
  EXPECT_EQ(end("Origin: null\r\n").code(), "other_origin");
  EXPECT_EQ(end("").code(), "other_origin") << "a browser always says whence";
  EXPECT_EQ(
      send(fmt::format("POST /v1/pause HTTP/1.1\r\nHost: casa\r\nCookie: {}\r\nSec-Fetch-Site: "
                       "same-origin\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n\r\n",
                       owner))
          .code(),
      "other_origin")
      << "a form could have sent it";
  EXPECT_EQ(end("Origin: http://casa\r\n").status, 200);
  EXPECT_EQ(ask("POST", "/v1/session", R"({"email":"ana@x.co","password":"x"})",
                "Origin: https://elsewhere.example\r\n")
                .code(),
            "other_origin")
      << "nor does it sign anybody in";
}

TEST_F(AccessRoutes, WhoIsIsShownTheLogoOfTheHousesPapers) {
  logo_ = folder_ + "/logo.png";
  std::ofstream(logo_) << "\x89PNG";
  open(false);
  EXPECT_EQ(ask("GET", "/v1/logo", "").status, 401);
  const std::string owner = set_up();
  EXPECT_EQ(as(owner, "GET", "/v1/session").body.at("creditor").at("has_logo"), true);
  const Heard shown = as(owner, "GET", "/v1/logo");
  EXPECT_EQ(shown.status, 200);
  EXPECT_TRUE(shown.head.contains("Content-Type: image/png")) << shown.head;
}

TEST_F(AccessRoutes, AHouseWithoutALogoSaysSo) {
  open(false);
  const std::string owner = set_up();
  EXPECT_EQ(as(owner, "GET", "/v1/session").body.at("creditor").at("has_logo"), false);
  EXPECT_EQ(as(owner, "GET", "/v1/logo").status, 404);
}

TEST_F(AccessRoutes, PeopleAreInvitedByALinkThatServesOnce) {
  open(false);
  const std::string owner = set_up();
  const Heard made =
      as(owner, "POST", "/v1/users", R"({"name":"Berta","email":"berta@x.co","role":"agent"})");
  ASSERT_EQ(made.status, 201) << to_json(made.body);
  const json::object choice{{"token", text_in(made.body, "token")},
                            {"password", "un perro mira la luna"}};
  EXPECT_EQ(
      ask("POST", "/v1/password", R"({"token":"AAAA","password":"un perro mira la luna"})").status,
      403);
  EXPECT_EQ(ask("POST", "/v1/password", to_json(choice)).status, 204);
  EXPECT_EQ(ask("POST", "/v1/password", to_json(choice)).status, 403);
  const Heard in =
      ask("POST", "/v1/session", R"({"email":"berta@x.co","password":"un perro mira la luna"})");
  ASSERT_EQ(in.status, 200);
  EXPECT_EQ(as(in.cookie(), "GET", "/v1/users").status, 403);
  EXPECT_EQ(as(in.cookie(), "GET", "/v1/sessions").body.at("sessions").get_array().size(), 1U);
  const std::string path = "/v1/users/" + text_in(made.body, "id");
  EXPECT_EQ(as(owner, "PATCH", path, R"({"disabled":true})").status, 200);
  EXPECT_EQ(as(in.cookie(), "GET", "/v1/session").status, 401) << "out at once";
  EXPECT_EQ(as(owner, "GET", "/v1/users").body.at("users").get_array().size(), 2U);
}

// What the browser makes of what we ask, at https://casa.
class PasskeyRoutes : public AccessRoutes {
 protected:
  static constexpr std::string_view kOrigin = "https://casa";
  Heard tell(const std::string& cookie, std::string_view path, std::string_view body = "{}") {
    return ask("POST", path, body,
               fmt::format("{}Origin: {}\r\n",
                           cookie.empty() ? "" : fmt::format("Cookie: {}\r\n", cookie), kOrigin));
  }
  std::string created(const Heard& asked) const {
    const std::string client =
        phone.client_data("webauthn.create", text_in(asked.body, "challenge"), kOrigin);
    return to_json(json::object{
        {"name", "Celular"},
        {"credential",
         json::object{{"id", "x"},
                      {"rawId", access::base64url(phone.credential)},
                      {"type", "public-key"},
                      {"response", json::object{{"clientDataJSON", access::base64url(client)},
                                                {"attestationObject",
                                                 access::base64url(phone.attestation("casa"))},
                                                {"transports", json::array{"internal"}}}}}}});
  }
  std::string used(const Heard& asked) {
    ++phone.counter;
    const std::string client = phone.client_data("webauthn.get", text_in(asked.body, "challenge"),
                                                 kOrigin),
                      data = phone.data("casa");
    return to_json(json::object{
        {"credential",
         json::object{{"rawId", access::base64url(phone.credential)},
                      {"response", json::object{{"clientDataJSON", access::base64url(client)},
                                                {"authenticatorData", access::base64url(data)},
                                                {"signature",
                                                 access::base64url(phone.sign(data, client))}}}}}});
  }
  tests::Authenticator phone{tests::Authenticator::Kind::P256};
};

TEST_F(PasskeyRoutes, APasskeyIsBothFactorsAndEachAnswerServesOnce) {
  open(true);
  const std::string first = set_up();
  const Heard asked = tell(first, "/v1/me/passkeys/begin");
  ASSERT_EQ(asked.status, 200) << to_json(asked.body);
  EXPECT_EQ(asked.body.at("rp").at("id"), "casa");
  const Heard made = tell(first, "/v1/me/passkeys/finish", created(asked));
  ASSERT_EQ(made.status, 201) << to_json(made.body);
  const std::string owner = made.cookie();
  EXPECT_EQ(as(owner, "GET", "/v1/session").body.at("rights").get_array().size(), access::kRights);
  EXPECT_EQ(tell(owner, "/v1/me/passkeys/finish", created(asked)).status, 409) << "answered before";

  const Heard question = tell("", "/v1/session/passkey/begin");
  const std::string proof = used(question);
  const Heard in = tell("", "/v1/session/passkey/finish", proof);
  ASSERT_EQ(in.status, 200) << to_json(in.body);
  EXPECT_EQ(in.body.at("second_factor").at("must_set_up"), false);
  EXPECT_EQ(in.body.at("payer_page"), "none") << "no public_url, and no page of the house's own";
  EXPECT_EQ(tell("", "/v1/session/passkey/finish", proof).code(), "sign_in_failed")
      << "answered before";
  EXPECT_EQ(tell("", "/v1/session/passkey/finish", used(asked)).code(), "sign_in_failed")
      << "it was asked of somebody who makes one";
  const Heard late = tell("", "/v1/session/passkey/begin");
  clock.advance(6 * kMinuteMs);
  EXPECT_EQ(tell("", "/v1/session/passkey/finish", used(late)).code(), "sign_in_failed");

  phone.counter = 0;  // A copy that was made before, and counts for itself.
  EXPECT_EQ(
      tell("", "/v1/session/passkey/finish", used(tell("", "/v1/session/passkey/begin"))).code(),
      "sign_in_failed");
  phone.counter = 9;
  const Heard again =
      tell("", "/v1/session/passkey/finish", used(tell("", "/v1/session/passkey/begin")));
  ASSERT_EQ(again.status, 200);
  const Heard all = as(again.cookie(), "GET", "/v1/me/passkeys");
  const std::string id = text_in(all.body.at("passkeys").at(0), "id");
  EXPECT_EQ(as(again.cookie(), "DELETE", "/v1/me/passkeys/" + id).status, 204);
  EXPECT_EQ(
      tell("", "/v1/session/passkey/finish", used(tell("", "/v1/session/passkey/begin"))).code(),
      "sign_in_failed");
}

TEST_F(PasskeyRoutes, NobodysGuessesKeepOutWhoHasOne) {
  open(true);
  const std::string owner = set_up();
  ASSERT_EQ(
      tell(owner, "/v1/me/passkeys/finish", created(tell(owner, "/v1/me/passkeys/begin"))).status,
      201);
  const auto guess = [&](int from) {
    return ask("POST", "/v1/session", R"({"email":"ana@x.co","password":"no es la suya"})",
               fmt::format("X-Forwarded-For: 198.51.100.{}\r\n", from))
        .code();
  };
  for (int i = 0; i < 30; ++i) EXPECT_EQ(guess(i), "sign_in_failed");
  EXPECT_EQ(guess(30), "too_many_attempts");
  EXPECT_EQ(
      tell("", "/v1/session/passkey/finish", used(tell("", "/v1/session/passkey/begin"))).status,
      200)
      << "a passkey cannot be guessed";
}

TEST_F(PasskeyRoutes, HalfAProofReachesNothing) {
  open(true);
  const std::string first = set_up();
  const std::string elsewhere =
      ask("POST", "/v1/session",
          to_json(json::object{{"email", "ana@x.co"}, {"password", kOwnersPassword}}))
          .cookie();
  ASSERT_EQ(as(elsewhere, "GET", "/v1/session").status, 200);
  const Heard made =
      tell(first, "/v1/me/passkeys/finish", created(tell(first, "/v1/me/passkeys/begin")));
  const std::string owner = made.cookie(), id = text_in(made.body, "id");
  EXPECT_EQ(as(elsewhere, "GET", "/v1/session").status, 401)
      << "what was begun without it has ended";
  EXPECT_EQ(ask("POST", "/v1/session",
                to_json(json::object{{"email", "ana@x.co"}, {"password", kOwnersPassword}}))
                .code(),
            "passkey_required");

  // A session that was begun without it, however it came to be.
  const std::string token = new_token();
  ASSERT_TRUE(service->store().write([&](Tx& tx) {
    const auto ana = *tx.users.find_email(creditor.id, "ana@x.co");
    const Instant at = clock.now();
    tx.sessions.insert(creditor.id, sha256(token),
                       {.id = 5,
                        .user_id = ana.id,
                        .has_second_factor = false,
                        .times = {.created_at = at, .seen_at = at, .confirmed_at = at},
                        .address = {},
                        .browser = {}});
  }));
  const std::string half = "__Host-puntual=" + token;
  EXPECT_EQ(as(half, "GET", "/v1/me").status, 200);
  const std::pair<const char*, std::string> changes[] = {
      {"/v1/me/totp", "{}"},
      {"/v1/me/totp/confirm", R"({"code":"123456"})"},
      {"/v1/me/passkeys/begin", "{}"},
      {"/v1/me/passkeys/finish", created(made)},
      {"/v1/me/password", R"({"password":"un perro mira la luna"})"},
      {"/v1/me/recovery-codes", "{}"}};
  for (const auto& [path, body] : changes)
    EXPECT_EQ(tell(half, path, body).code(), "forbidden") << path;
  EXPECT_EQ(as(half, "DELETE", "/v1/me/totp").code(), "forbidden");
  EXPECT_EQ(as(half, "DELETE", "/v1/me/passkeys/" + id).code(), "forbidden");

  EXPECT_EQ(as(owner, "GET", "/v1/session").body.at("second_factor").at("must_set_up"), false);
  EXPECT_EQ(as(owner, "DELETE", "/v1/me/passkeys/" + id).status, 204);
  EXPECT_EQ(as(owner, "GET", "/v1/session").body.at("second_factor").at("must_set_up"), true)
      << "there is none any more";
}

TEST_F(PasskeyRoutes, AnotherPersonsQuestionIsNotAnswered) {
  open(false);
  const std::string ana = set_up(), berta = signed_in_as(access::Role::Agent);
  const std::string her_cookie = berta.substr(8, berta.size() - 10);
  EXPECT_EQ(tell(her_cookie, "/v1/me/passkeys/finish", created(tell(ana, "/v1/me/passkeys/begin")))
                .status,
            409);
}

TEST_F(AccessRoutes, NobodySignsWithAnothersName) {
  import(
      "documento,nombre,celular,factura,monto,vence\n1018,Ana "
      "Gómez,+573001234567,F-1,150000,2026-11-02\n");
  open(false);
  const std::string owner = set_up();
  ASSERT_TRUE(service->store().write([&](Tx& tx) {
    tx.sending_numbers.save(
        creditor.id, {.phone_number_id = creditor.phone_number_id, .owner = "Casa"}, clock.now());
  }));
  const std::pair<const char*, const char*> orders[] = {
      {"/v1/number/confirm?owner=Casa&by=gerente%40banco.co", "number_owner_confirmed"},
      {"/v1/pause?why=x", "paused"},
      {"/v1/resume", "resumed"},
      {"/v1/assistant/off", "assistant_off"},
      {"/v1/assistant/on", "assistant_on"},
      {"/v1/quarantine/raise?why=x&by=gerente%40banco.co", "quarantined"},
      {"/v1/quarantine/lift?sent_until=2026-11-20T08:00&by=gerente%40banco.co",
       "quarantine_lifted"},
      {"/v1/debtors/F-1/stop", "opted_out"}};
  for (const auto& [path, kind] : orders) {
    const Heard heard = as(owner, "POST", path, "{}");
    EXPECT_EQ(heard.status, 200) << path << to_json(heard.body);
    const auto noted = records(kind);
    ASSERT_EQ(noted.size(), 1U) << kind;
    EXPECT_TRUE(noted[0].contains("ana@x.co") && !noted[0].contains("banco"))
        << kind << ": " << noted[0];
  }
  EXPECT_EQ(as(owner, "GET", "/v1/exports/balances?by=gerente%40banco.co").status, 200);
  EXPECT_TRUE(records("table_exported").at(0).ends_with("by ana@x.co"));
  const std::string house = fmt::format("Authorization: Bearer {}\r\n", kHouseToken);
  EXPECT_EQ(ask("GET", "/v1/exports/balances?by=ana", "", house).status, 200);
  EXPECT_TRUE(records("table_exported").at(1).ends_with("by ana"))
      << "a system speaks for whom it names";
}

TEST_F(AccessRoutes, AKeySpeaksInItsOwnNameApprovesNothingAndHasNoViews) {
  import(
      "documento,nombre,celular,factura,monto,vence\n1018,Ana "
      "Gómez,+573001234567,F-1,150000,2026-11-02\n");
  open(false);
  const std::string owner = set_up();
  const Heard key = as(owner, "POST", "/v1/keys",
                       R"({"name":"ERP","rights":["operate","portfolio_read","portfolio_write"]})");
  ASSERT_EQ(key.status, 201) << to_json(key.body);
  const std::string bearer = fmt::format("Authorization: Bearer {}\r\n", text_in(key.body, "key"));
  for (const auto& [name, is_known] :
       {std::pair("key ERP", true), {"key ERP: luis", true}, {"key X", false}, {"luis", false}}) {
    const auto known =
        service->store().read([&](Tx& tx) { return check_author(tx, creditor, name); });
    EXPECT_EQ(known.has_value(), is_known) << name;
  }
  EXPECT_EQ(ask("POST", "/v1/quarantine/raise?why=x&by=luis", "", bearer).status, 200);
  EXPECT_TRUE(records("quarantined").at(0).contains("key ERP: luis"))
      << records("quarantined").at(0);
  EXPECT_EQ(ask("GET", "/v1/saved-views", "", bearer).code(), "forbidden");
  EXPECT_EQ(
      ask("POST", "/v1/saved-views", R"({"page":"portfolio","name":"Mora","query":{}})", bearer)
          .code(),
      "forbidden");
  EXPECT_EQ(as(owner, "GET", "/v1/saved-views").status, 200);
}

// A key's maker approves what the key asks for: one hand. And who holds the house's token says any
// name.
TEST_F(AccessRoutes, ADebtIsGivenUpByTwoPeople) {
  import(
      "documento,nombre,celular,factura,monto,vence\n1018,Ana "
      "Gómez,+573001234567,F-1,150000,2026-11-02\n");
  open(false);
  const std::string owner = set_up(),
                    house = fmt::format("Authorization: Bearer {}\r\n", kHouseToken);
  const Heard key = as(owner, "POST", "/v1/keys", R"({"name":"ERP","rights":["portfolio_write"]})");
  const std::string bearer = fmt::format("Authorization: Bearer {}\r\n", text_in(key.body, "key"));
  const std::string asked = R"({"by":"ana","why":"no se encuentra"})";
  EXPECT_EQ(ask("POST", "/v1/invoices/F-1/write_off", asked, bearer).code(), "forbidden");
  EXPECT_EQ(ask("POST", "/v1/invoices/F-1/write_off", asked, house).status, 200);
  EXPECT_EQ(ask("POST", "/v1/invoices/F-1/approve", R"({"by":"luis"})", bearer).code(),
            "forbidden");
  EXPECT_EQ(ask("POST", "/v1/invoices/F-1/approve", R"({"by":" Aná "})", house).code(), "forbidden")
      << "one name, written another way";
  EXPECT_EQ(as(owner, "POST", "/v1/invoices/F-1/approve", R"({"by":"x"})").status, 200);
  EXPECT_TRUE(records("write_off_approved").at(0).ends_with("by ana@x.co"));
}

TEST_F(AccessRoutes, WhereFourEyesAreWantedBothComeInPerson) {
  import(
      "documento,nombre,celular,factura,monto,vence\n1018,Ana "
      "Gómez,+573001234567,F-1,150000,2026-11-02\n1019,Eva "
      "Ruiz,+573001234568,F-2,150000,2026-11-02\n");
  open(false, {}, true);
  const std::string owner = set_up(),
                    house = fmt::format("Authorization: Bearer {}\r\n", kHouseToken);
  const std::string other =
      signed_in_as(access::Role::Supervisor) + "Sec-Fetch-Site: same-origin\r\n";
  const std::string asked = R"({"by":"luis","why":"no se encuentra"})";
  EXPECT_EQ(ask("POST", "/v1/invoices/F-1/write_off", asked, house).code(), "forbidden");
  // Nor is a debt taken away in a name that nobody signed in with.
  const std::string right = R"({"by":"luis","why":"un mes de más","amount_minor":10000000})";
  EXPECT_EQ(ask("POST", "/v1/invoices/F-1/withdraw", asked, house).code(), "forbidden");
  EXPECT_EQ(ask("POST", "/v1/invoices/F-1/correct", right, house).code(), "forbidden");
  EXPECT_EQ(ask("POST", "/v1/invoices/F-1/waive", asked, house).code(), "forbidden");
  EXPECT_EQ(
      ask("POST", "/v1/payments/1/reverse", R"({"kind":"reinstated","why":"x"})", house).code(),
      "forbidden");
  EXPECT_EQ(as(owner, "POST", "/v1/invoices/F-1/correct", right).status, 200);
  const std::string given = fmt::format(
      R"({{"subject":"F-2","words":"por teléfono","by":"luis","discount_minor":14900000,
           "instalments":[{{"due_on":"{}","amount_minor":100000}}]}})",
      format_date(Zone::of("America/Bogota").local(clock.now() + 3 * kDayMs).date));
  EXPECT_EQ(ask("POST", "/v1/agreements/beyond", given, house).code(), "forbidden");
  const Heard made = as(owner, "POST", "/v1/agreements/beyond", given);
  EXPECT_EQ(made.status, 200) << to_json(made.body);
  EXPECT_EQ(as(owner, "POST", "/v1/invoices/F-1/write_off", asked).status, 200);
  EXPECT_EQ(ask("POST", "/v1/invoices/F-1/approve", R"({"by":"luis"})", house).code(), "forbidden");
  EXPECT_EQ(as(owner, "POST", "/v1/invoices/F-1/approve", R"({"by":"luis"})").code(), "forbidden");
  EXPECT_EQ(ask("POST", "/v1/invoices/F-1/approve", R"({"by":"x"})", other).status, 200);
}

// Who makes an account holds the link at which its password is chosen.
TEST_F(AccessRoutes, WhoMakesAnAccountIsNotTheSecondPerson) {
  import(
      "documento,nombre,celular,factura,monto,vence\n1018,Ana "
      "Gómez,+573001234567,F-1,150000,2026-11-02\n1019,Beto "
      "Paz,+573001234568,F-2,150000,2026-11-02\n");
  open(false, {}, true);
  const std::string owner = set_up();
  const auto sign_in = [&](std::string_view email) {
    return ask("POST", "/v1/session",
               to_json(json::object{{"email", email}, {"password", kOwnersPassword}}))
        .cookie();
  };
  // As whoever holds the link does.
  const auto enter = [&](std::string_view email, const std::string& maker) {
    const Heard made =
        ask("POST", "/v1/users",
            to_json(json::object{{"name", "Un Nombre"}, {"email", email}, {"role", "supervisor"}}),
            maker + "Sec-Fetch-Site: same-origin\r\n");
    EXPECT_EQ(made.status, 201) << to_json(made.body);
    EXPECT_EQ(ask("POST", "/v1/password",
                  to_json(json::object{{"token", text_in(made.body, "token")},
                                       {"password", kOwnersPassword}}))
                  .status,
              204);
    return sign_in(email);
  };
  const std::string asked = R"({"why":"no se encuentra"})";
  const std::string puppet = enter("titere@x.co", fmt::format("Cookie: {}\r\n", owner));
  EXPECT_EQ(as(owner, "POST", "/v1/invoices/F-1/write_off", asked).status, 200);
  const Heard refused = as(puppet, "POST", "/v1/invoices/F-1/approve", "{}");
  EXPECT_EQ(refused.code(), "forbidden");
  EXPECT_TRUE(text_in(refused.body, "detail").contains("cuentan como una sola persona"))
      << to_json(refused.body);
  // Nor the other way round, nor by an account that nobody who is signed in has made.
  EXPECT_EQ(as(puppet, "POST", "/v1/invoices/F-2/write_off", asked).status, 200);
  EXPECT_EQ(as(owner, "POST", "/v1/invoices/F-2/approve", "{}").code(), "forbidden");
  const std::string nobodys =
      enter("nadie@x.co", fmt::format("Authorization: Bearer {}\r\n", kHouseToken));
  EXPECT_EQ(as(nobodys, "POST", "/v1/invoices/F-1/approve", "{}").code(), "forbidden");
  clock.advance(engine::kLinkedAccountMs);
  EXPECT_EQ(as(sign_in("titere@x.co"), "POST", "/v1/invoices/F-1/approve", "{}").status, 200);
}

TEST_F(AccessRoutes, AKeyTellsOfAPersonInItsOwnNameAndOpensNothingThatTheyClosed) {
  import(
      "documento,nombre,celular,factura,monto,vence\n1018,Ana "
      "Gómez,+573001234567,F-1,150000,2026-11-02\n");
  open(false);
  const std::string owner = set_up(),
                    house = fmt::format("Authorization: Bearer {}\r\n", kHouseToken);
  const Heard key = as(owner, "POST", "/v1/keys", R"({"name":"ERP","rights":["people_write"]})");
  const std::string bearer = fmt::format("Authorization: Bearer {}\r\n", text_in(key.body, "key"));
  EXPECT_EQ(ask("POST", "/v1/debtors/F-1/stop", R"({"by":"luis","channel":"sms"})", bearer).status,
            200);
  EXPECT_EQ(records("opted_out").at(0), "sms by key ERP: luis");
  EXPECT_EQ(ask("POST", "/v1/debtors/F-1/stop", "{}", bearer).status, 200);
  EXPECT_EQ(records("opted_out").at(1), "all by key ERP");
  clock.advance(10 * kMinuteMs);
  const std::string wish = R"({"by":"operator","channel":"all","instrument":"inventado"})";
  EXPECT_EQ(ask("POST", "/v1/debtors/F-1/allow", wish, bearer).code(), "forbidden");
  EXPECT_TRUE(records("opt_out_lifted").empty());
  EXPECT_EQ(as(owner, "POST", "/v1/debtors/F-1/allow", wish).status, 200);
  EXPECT_EQ(records("opt_out_lifted").at(0), "all by ana@x.co");
  // A consent that was taken back, likewise; one that nobody took back a system may tell of.
  const auto consent = [&](std::string_view channel, std::string_view paper,
                           const std::string& who) {
    return ask("POST", "/v1/debtors/F-1/consent",
               to_json(json::object{{"channel", channel}, {"instrument", paper}}), who);
  };
  EXPECT_EQ(consent("email", "formulario 1", bearer).status, 200);
  EXPECT_EQ(ask("POST", "/v1/debtors/F-1/revoke", R"({"channel":"email"})", bearer).status, 200);
  clock.advance(10 * kMinuteMs);
  EXPECT_EQ(consent("email", "inventado", bearer).code(), "forbidden");
  EXPECT_EQ(consent("email", "carta 7", house).status, 200);
  EXPECT_EQ(records("consent_granted").back(), "email by api");
  EXPECT_EQ(
      ask("POST", "/v1/debtors/F-1/stop", R"({"by":"api","b\u0079":"operator"})", house).status,
      400)
      << "one name twice, whose last would count";
  EXPECT_EQ(
      ask("POST", "/v1/debtors/F-1/stop", R"({"why":"dijo: \"no: ya\" \\","channel":"sms"})", house)
          .status,
      200)
      << "colons within strings name nothing";
  EXPECT_EQ(ask("POST", "/v1/debtors/F-1/stop", R"({"by":"luis"})", house).status, 400)
      << "the house's token is the command line or a program";
}

TEST_F(AccessRoutes, OnlyTheDemosOwnPagesReadIt) {
  open(false, store::User{.id = 7,
                          .creditor_id = creditor.id,
                          .name = "Visita",
                          .email = "visita@x.co",
                          .role = access::Role::Owner,
                          .password = "x",
                          .totp = {},
                          .totp_since = {},
                          .totp_step = 0,
                          .created_at = clock.now(),
                          .signed_in_at = {},
                          .disabled_at = {}});
  const auto read = [&](std::string_view site) {
    return send(fmt::format(
        "GET /v1/conversations HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{}\r\n", site));
  };
  EXPECT_EQ(read("Sec-Fetch-Site: cross-site\r\n").code(), "other_origin");
  EXPECT_EQ(read("Sec-Fetch-Site: same-site\r\n").code(), "other_origin");
  EXPECT_EQ(read("Sec-Fetch-Site: same-origin\r\n").status, 200);
  EXPECT_EQ(read("Sec-Fetch-Site: none\r\n").status, 200);
  EXPECT_EQ(read("").status, 200) << "no browser";
}

TEST_F(AccessRoutes, WhoReadsOfPeopleStandsInTheRecordWithoutTheirData) {
  import(
      "documento,nombre,celular,factura,monto,vence\n1018,Ana "
      "Gómez,+573001234567,F-1,150000,2026-11-02\n");
  open(false);
  const std::string owner = set_up();
  const std::string house = fmt::format("Authorization: Bearer {}\r\n", kHouseToken);
  for (const auto* path : {"/v1/debtors/%2B573001234567", "/v1/debtors/%2B573001234567",
                           "/v1/conversations", "/v1/views/strategies"})
    EXPECT_EQ(as(owner, "GET", path).status, 200) << path;
  EXPECT_EQ(as(owner, "GET", "/v1/debtors/nobody").status, 404);
  EXPECT_EQ(as(owner, "POST", "/v1/debtors/F-1/unflag", R"({"flag":"disputed"})").status, 409)
      << "it shows nobody";
  EXPECT_EQ(as(owner, "POST", "/v1/debtors/F-1/flag", R"({"flag":"disputed"})").status, 200);
  EXPECT_EQ(as(owner, "POST", "/v1/debtors/F-1/unflag", R"({"flag":"disputed"})").status, 200);
  EXPECT_EQ(ask("GET", "/v1/debtors/F-1", "", house).status, 200);
  EXPECT_EQ(as(owner, "POST", "/v1/imports?dry_run=true",
               "documento,nombre,celular,factura,monto,vence\n1018,Ana "
               "Gómez,+573001234567,F-1,150000,2026-11-02\n")
                .status,
            200);
  EXPECT_EQ(as(owner, "POST", "/v1/rights/export", R"({"subject":"F-1"})").status, 200);
  service->stop();  // It writes what the last minute has seen.
  std::vector<std::string> read;
  ASSERT_TRUE(service->store().read([&](Tx& tx) {
    tx.timeline.each([&](const TimelineEvent& event) {
      if (event.kind == "data_read") read.push_back(event.detail + " " + event.facts);
    });
  }));
  ASSERT_EQ(read.size(), 2U);
  const auto id = service->store()
                      .read([&](Tx& tx) {
                        return tx.invoices.find_by_number(creditor.id, "F-1")->debtor_id.value;
                      })
                      .value();
  EXPECT_EQ(
      read[0],
      fmt::format(
          R"(by ana@x.co {{"conversations":[],"debtors/{{id}}":["{0}"],"debtors/{{id}}/flag":["{0}"],"debtors/{{id}}/unflag":["{0}"],"imports":[]}})",
          id));
  EXPECT_EQ(read[1], fmt::format(R"(by api {{"debtors/{{id}}":["{}"]}})", id));
  const auto shown =
      parse_json(reads_view(service->store(), creditor, *ListPage::of("", "")).value()).value();
  const auto& newest = shown.at("reads").at(0);
  EXPECT_EQ(newest.at("by").as_string(), "api");
  EXPECT_EQ(newest.at("read").at(0).at("people").at(0).at("name").as_string(), "Ana Gómez");
  EXPECT_EQ(shown.at("reads").at(2).at("read").at(0).at("what").as_string(), "file");
}

TEST_F(AccessRoutes, WhoSeesNoPeopleHearsOfNone) {
  open(false);
  const std::string owner = set_up();
  const std::string cookie = signed_in_as(access::Role::Developer),
                    developer = cookie.substr(8, cookie.size() - 10);
  EXPECT_EQ(as(developer, "GET", "/v1/events/stream").code(), "forbidden");
  const std::string url = "https://erp.example.com/x";
  const auto add = [&](const std::string& who, bool is_full) {
    return as(who, "POST", "/v1/webhook-endpoints",
              to_json(json::object{{"url", url}, {"full", is_full}, {"by", "x"}}));
  };
  EXPECT_EQ(add(developer, true).code(), "forbidden");
  const Heard thin = add(developer, false), full = add(owner, true);
  ASSERT_EQ(thin.status, 200) << to_json(thin.body);
  ASSERT_EQ(full.status, 200) << to_json(full.body);
  const auto tell = [&](const Heard& endpoint, std::string_view verb) {
    const std::string body =
        verb == "replay" ? R"({"from":"2026-11-01","by":"x"})" : R"({"by":"x"})";
    return as(developer, "POST",
              fmt::format("/v1/webhook-endpoints/{}/{}", text_in(endpoint.body, "id"), verb), body);
  };
  for (const auto* verb : {"replay", "trigger", "enable", "rotate"}) {
    EXPECT_EQ(tell(thin, verb).status, 200) << verb;
    EXPECT_EQ(tell(full, verb).code(), "forbidden") << verb;
  }
  EXPECT_EQ(tell(full, "remove").status, 200) << "to silence it shows nobody anything";
  clock.advance(6 * kMinuteMs);
  EXPECT_EQ(add(developer, false).code(), "fresh_sign_in_required");
  EXPECT_EQ(tell(thin, "replay").code(), "fresh_sign_in_required");
}

TEST_F(AccessRoutes, KeysOfOneNameShareNoAnswersAndNoSecrets) {
  open(false);
  const std::string owner = set_up();
  const auto make = [&] {
    return as(owner, "POST", "/v1/keys", R"({"name":"ERP","rights":["pause","webhooks_write"]})");
  };
  const auto told = [&](const Heard& key, std::string_view path, std::string_view body) {
    return ask("POST", path, body,
               fmt::format("Authorization: Bearer {}\r\nIdempotency-Key: 1\r\n",
                           text_in(key.body, "key")));
  };
  const Heard first = make();
  ASSERT_EQ(first.status, 201) << to_json(first.body);
  EXPECT_EQ(make().status, 409);
  EXPECT_EQ(told(first, "/v1/pause", "{}").status, 200);
  EXPECT_TRUE(told(first, "/v1/pause", "{}").head.contains("Idempotent-Replay"));
  ASSERT_EQ(as(owner, "DELETE", "/v1/keys/" + text_in(first.body, "id")).status, 204);
  const Heard second = make();
  EXPECT_FALSE(told(second, "/v1/pause", "{}").head.contains("Idempotent-Replay"))
      << "it has asked nothing yet";
  const std::string order = R"({"url":"https://erp.example.com/x","by":"x"})";
  EXPECT_NE(text_in(told(second, "/v1/webhook-endpoints", order).body, "secret"),
            text_in(told(second, "/v1/webhook-endpoints", order).body, "secret"))
      << "a secret is shown once";
}

TEST_F(AccessRoutes, AStrangerWhoAsksMuchWaits) {
  open(false);
  const std::string owner = set_up();
  int asked = 0;
  while (ask("GET", "/v1/setup", "").status == 200) ASSERT_LT(++asked, 200);
  const Heard refused = ask("GET", "/v1/setup", "");
  EXPECT_EQ(refused.code(), "too_many_attempts");
  EXPECT_TRUE(refused.head.contains("Retry-After: "));
  EXPECT_EQ(as(owner, "GET", "/v1/session").status, 200) << "who has come in is no stranger";
}

}  // namespace
}  // namespace puntual
