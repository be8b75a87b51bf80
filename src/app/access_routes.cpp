// The API of who comes in: signing in and out, the first owner, one's own account, the creditor's
// people and keys (docs/access.md).
//
//   browser  cookie __Host-puntual ─► session ─► rights of the role       system  Authorization:
//   Bearer pun_… ─► rights of the key
//
// What changes something by a cookie must come from our own pages: a browser says so itself, and no
// form of another site can send JSON.
#include "app/account_job.h"
#include "app/api_problem.h"
#include "app/caller.h"
#include "app/log.h"
#include "app/passkey_job.h"
#include "app/service.h"
#include "app/settings_text.h"
#include "app/user_job.h"
#include "base/address.h"
#include "base/crypto.h"
#include "base/json.h"
#include "engine/note.h"

namespace puntual {
namespace {

using http::Method;
using http::Request;
using http::Response;

constexpr std::string_view kCookie = "__Host-puntual";
constexpr std::string_view kCookieRules = "; Path=/; Secure; HttpOnly; SameSite=Strict";
constexpr uint64_t kSmallBody = 16 << 10;

std::string_view session_token(const Request& request) {
  std::string_view cookies = request.headers.get("Cookie");
  while (!cookies.empty()) {
    const auto end = std::min(cookies.find(';'), cookies.size());
    std::string_view one = cookies.substr(0, end);
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
    while (one.starts_with(' ')) one.remove_prefix(1);
    if (one.starts_with(kCookie) && one.substr(kCookie.size()).starts_with('='))
      return one.substr(kCookie.size() + 1);
  }
  return {};
}

// A browser says where a request comes from, and no page can make it say otherwise. Who is none
// says nothing.
bool is_from_elsewhere(const Request& request) {
  if (const auto site = request.headers.find("Sec-Fetch-Site")) return *site != "same-origin";
  const auto origin = request.headers.find("Origin");
  if (!origin) return false;
  const auto host = origin->find("://");
  return host == std::string_view::npos || origin->substr(host + 3) != request.headers.get("Host");
}

// Could a form of another site have sent it, as far as the request itself tells?
bool is_simple(const Request& request) {
  if (request.method != Method::Post || request.headers.find("X-Puntual")) return false;
  return !request.headers.get("Content-Type").starts_with("application/json");
}

bool is_cross_site(const Request& request) {
  if (request.method == Method::Get || request.method == Method::Head) return false;
  const bool says_whence = request.headers.find("Sec-Fetch-Site") || request.headers.find("Origin");
  return !says_whence || is_from_elsewhere(request) || is_simple(request);
}

// Where nobody signs in no cookie tells whose page asks: not even to read is another site let in.
// "none": typed into the browser.
bool is_of_our_pages(const Request& request) {
  const auto site = request.headers.find("Sec-Fetch-Site");
  return !site || *site == "same-origin" || *site == "none";
}

Result<json::value> body_of(const Request& request) {
  ASSIGN_OR_RETURN(json::value body, parse_json(request.body));
  if (!body.is_object()) return fail(ErrorCode::Invalid, "the body is no JSON object");
  return body;
}

Response denial_problem(SignInDenial denial) {
  switch (denial) {
    case SignInDenial::Wrong:
      return api_problem("sign_in_failed", "el correo, la contraseña o el código no corresponden");
    case SignInDenial::NeedsCode:
      return api_problem("second_factor_required",
                         "falta el código de su aplicación de autenticación");
    case SignInDenial::NeedsPasskey:
      return api_problem(
          "passkey_required",
          "el segundo factor de esta cuenta es una llave de acceso (passkey): entre con ella");
    case SignInDenial::TooMany:
      break;
  }
  Response response = api_problem(
      "too_many_attempts",
      "demasiados intentos; espere un cuarto de hora, o entre desde donde suele hacerlo");
  response.headers.push_back({"Retry-After", std::to_string(access::kAttemptsMs / kSecondMs)});
  return response;
}

Response nobody() {
  Response response =
      api_problem("not_signed_in", "sign in, or give a key as Authorization: Bearer …");
  response.headers.push_back({"WWW-Authenticate", "Bearer"});
  return response;
}

void set_cookie(Response& response, std::string_view token) {
  response.headers.push_back({"Set-Cookie", fmt::format("{}={}{}", kCookie, token, kCookieRules)});
}

Response no_content() { return {.status = 204}; }

// By a foreign name that leads to this machine, a page of another site could read what is only this
// machine's.
bool is_asked_here(const Request& request) {
  return is_this_machine(fmt::format("http://{}/", request.headers.get("Host")));
}

}  // namespace

SignedIn Service::visitor() const {
  const Instant now = clock_.now();
  return {.user = *visitor_,
          .session = {.user_id = visitor_->id,
                      .times = {.created_at = now, .seen_at = now, .confirmed_at = now},
                      .address = {},
                      .browser = {}},
          .token = {}};
}

std::expected<access::Principal, Response> Service::authenticate(const Request& head) const {
  constexpr std::string_view kBearer = "Bearer ";
  const Instant now = clock_.now();
  const std::string_view header = head.headers.get("Authorization");
  if (header.starts_with(kBearer)) {
    const std::string_view given = header.substr(kBearer.size());
    if (!secrets_.api_token.empty() && equal_constant_time(given, secrets_.api_token)) {
      access::Principal all = operator_principal();
      all.name = "api";
      return all;
    }
    auto holder = key_holder(*store_, config_.creditor.id, given, now);
    if (!holder) return std::unexpected(api_problem(holder.error()));
    if (!*holder) return std::unexpected(nobody());
    return **std::move(holder);
  }
  const std::string_view token = session_token(head);
  if (visitor_ ? !is_asked_here(head) : token.empty()) return std::unexpected(nobody());
  if (visitor_ && !is_of_our_pages(head))
    return std::unexpected(api_problem("other_origin", "the demo answers its own pages alone"));
  if (is_cross_site(head))
    return std::unexpected(api_problem("other_origin",
                                       "a request that changes something comes from our own pages, "
                                       "as JSON or with the header X-Puntual"));
  if (visitor_) return principal_of(visitor(), config_.requires_second_factor, now);
  // A stream is asked again and again whether it may go on, for as long as the page is open: nobody
  // need sit before it.
  const auto use = head.path() == "/v1/events/stream" ? SessionUse::ByPage : SessionUse::ByPerson;
  auto who = session_of(*store_, config_.creditor.id, token, now, use);
  if (!who) return std::unexpected(api_problem(who.error()));
  if (!*who) return std::unexpected(nobody());
  return principal_of(**who, config_.requires_second_factor, now);
}

Response Service::session_response(int status, const SignedIn& who) const {
  const Instant now = clock_.now();
  const access::Principal principal = principal_of(who, config_.requires_second_factor, now);
  const Creditor& house = config_.creditor;
  Response response = http::json_response(
      status, to_json(json::object{
                  {"user", json::object{{"id", std::to_string(who.user.id)},
                                        {"name", who.user.name},
                                        {"email", who.user.email},
                                        {"role", text_of(who.user.role)}}},
                  {"rights", rights_json(principal.rights)},
                  {"creditor", json::object{{"id", std::to_string(house.id.value)},
                                            {"name", house.name},
                                            {"country", house.country},
                                            {"currency", house.currency},
                                            {"timezone", house.zone},
                                            {"language", house.locale},
                                            {"has_logo", !config_.logo_file.empty()}}},
                  {"payer_page", config_.has_pay_page()     ? "puntual"
                                 : config_.has_own_pay_page ? "own"
                                                            : "none"},
                  {"mode", mode()},
                  {"now", format_utc(now)},
                  {"expires_at", format_utc(access::ends_at(who.session.times))},
                  {"second_factor",
                   json::object{{"has", who.user.has_second_factor()},
                                {"must_set_up", must_set_up_second_factor(
                                                    who, config_.requires_second_factor)}}}}));
  if (!who.token.empty()) set_cookie(response, who.token);
  return response;
}

// Who asks, as a person with a session: what concerns an account of one's own is nobody else's.
Result<SignedIn> Service::own_session(const Request& request) const {
  if (visitor_) return visitor();
  ASSIGN_OR_RETURN(auto who,
                   session_of(*store_, config_.creditor.id, session_token(request), clock_.now()));
  if (!who)
    return fail(ErrorCode::Forbidden, "this is for people who have signed in, not for keys");
  return *std::move(who);
}

// Who changes how somebody comes in has come in with all that they have: half a proof does not
// change the other half.
Result<SignedIn> Service::proven_session(const Request& request) const {
  ASSIGN_OR_RETURN(SignedIn who, own_session(request));
  if (who.user.has_second_factor() && !who.session.has_second_factor)
    return fail(ErrorCode::Forbidden,
                "sign in with your second factor first: this session was begun without it");
  return who;
}

Device Service::device_of(const Request& request) const {
  return {.address = caller_address(request, config_.proxies),
          .browser = std::string(request.headers.get("User-Agent"))};
}

// What anybody may ask. A stranger's every question costs the database something, so they ask
// seldom.
void Service::add_open_route(Method method, const std::string& path,
                             std::function<Result<Response>(const Request&)> answer) {
  const auto refuses = [this, method](const Request& head) -> std::optional<Response> {
    if (!strangers_.admits(place_of_caller(caller_address(head, config_.proxies)), clock_.now()))
      return denial_problem(SignInDenial::TooMany);
    if (method != Method::Get && (is_from_elsewhere(head) || is_simple(head)))
      return api_problem("other_origin", "this comes from our own pages, as JSON");
    return std::nullopt;
  };
  api_->add_open(method, path, std::move(answer), {.body_max = kSmallBody, .refuses = refuses});
}

void Service::add_access_routes() {
  const CreditorId house = config_.creditor.id;
  add_open_route(
      Method::Post, "/v1/session", [this, house](const Request& request) -> Result<Response> {
        ASSIGN_OR_RETURN(const json::value body, body_of(request));
        ASSIGN_OR_RETURN(const SignInOutcome in, sign_in(*store_, house,
                                                         {.email = text_in(body, "email"),
                                                          .password = text_in(body, "password"),
                                                          .code = text_in(body, "code"),
                                                          .code_at = clock_.machine_now(),
                                                          .device = device_of(request)},
                                                         clock_.now()));
        return in.denial ? denial_problem(*in.denial) : session_response(200, in.who);
      });
  add_open_route(
      Method::Post, "/v1/session/passkey/begin",
      [this, house](const Request& request) -> Result<Response> {
        ASSIGN_OR_RETURN(
            std::string question,
            begin_passkey_sign_in(*store_, house, request.headers.get("Origin"), clock_.now()));
        return http::json_response(200, std::move(question));
      });
  add_open_route(Method::Post, "/v1/session/passkey/finish",
                 [this, house](const Request& request) -> Result<Response> {
                   ASSIGN_OR_RETURN(
                       const SignInOutcome in,
                       finish_passkey_sign_in(*store_, house, request.headers.get("Origin"),
                                              request.body, device_of(request), clock_.now()));
                   return in.denial ? denial_problem(*in.denial) : session_response(200, in.who);
                 });
  add_open_route(Method::Get, "/v1/setup", [this, house](const Request&) -> Result<Response> {
    ASSIGN_OR_RETURN(const bool has_any,
                     store_->read([&](Tx& tx) { return tx.users.has_any(house); }));
    return http::json_response(200, to_json(json::object{{"open", !has_any}}));
  });
  add_open_route(Method::Post, "/v1/setup", [this](const Request& request) -> Result<Response> {
    ASSIGN_OR_RETURN(const json::value body, body_of(request));
    ASSIGN_OR_RETURN(const SignedIn owner, set_up_house(*store_, config_.creditor,
                                                        {.token = text_in(body, "token"),
                                                         .name = text_in(body, "name"),
                                                         .email = text_in(body, "email"),
                                                         .password = text_in(body, "password"),
                                                         .device = device_of(request)},
                                                        clock_.now()));
    return session_response(201, owner);
  });
  add_open_route(Method::Post, "/v1/password", [this](const Request& request) -> Result<Response> {
    ASSIGN_OR_RETURN(const json::value body, body_of(request));
    RETURN_IF_ERROR(choose_password(*store_, config_.creditor, text_in(body, "token"),
                                    text_in(body, "password"), clock_.now()));
    return no_content();
  });
  api_->add(Method::Get, "/v1/session", access::Right::OwnAccount,
            [this](const Request& request) -> Result<Response> {
              ASSIGN_OR_RETURN(const SignedIn who, own_session(request));
              return session_response(200, who);
            });
  api_->add(Method::Get, "/v1/logo", access::Right::OwnAccount,
            [this](const Request&) -> Result<Response> {
              if (config_.logo_file.empty())
                return fail(ErrorCode::NotFound, "no hay un logo: va en [creditor] logo");
              ASSIGN_OR_RETURN(std::string logo, settings_text(config_.logo_file));
              return Response{.content_type = "image/png", .body = std::move(logo)};
            });
  api_->add(
      Method::Delete, "/v1/session", access::Right::OwnAccount,
      [this, house](const Request& request) -> Result<Response> {
        ASSIGN_OR_RETURN(const SignedIn who, own_session(request));
        RETURN_IF_ERROR(store_->write([&](Tx& tx) { sign_out(tx, house, who, clock_.now()); }));
        Response response = no_content();
        response.headers.push_back(
            {"Set-Cookie", fmt::format("{}={}; Max-Age=0", kCookie, kCookieRules)});
        // The cache holds nothing of people (no-store), and emptying it keeps a browser busy for
        // many seconds.
        response.headers.push_back({"Clear-Site-Data", "\"cookies\", \"storage\""});
        return response;
      });
  add_account_routes();
  add_user_routes();
}

void Service::add_account_routes() {
  const Api::Options grave{.body_max = kSmallBody, .needs_fresh = true, .is_secret = true};
  const auto answered = [](Result<std::string> text) -> Result<Response> {
    if (!text) return std::unexpected(std::move(text).error());
    return text->empty() ? no_content() : http::json_response(200, *std::move(text));
  };
  const auto own = [this, answered](auto answer) {
    return [this, answer, answered](const Request& request) -> Result<Response> {
      ASSIGN_OR_RETURN(const SignedIn who, own_session(request));
      return answered(answer(request, who));
    };
  };
  const auto proven = [this, answered](auto answer) {
    return [this, answer, answered](const Request& request) -> Result<Response> {
      ASSIGN_OR_RETURN(const SignedIn who, proven_session(request));
      return answered(answer(request, who));
    };
  };
  const auto done = [](Result<void> result) -> Result<std::string> {
    if (!result) return std::unexpected(std::move(result).error());
    return std::string();
  };
  api_->add(
      Method::Get, "/v1/me", access::Right::OwnAccount,
      own([this](const Request&, const SignedIn& who) { return show_account_job(*store_, who); }));
  api_->add(Method::Post, "/v1/me/confirm", access::Right::OwnAccount,
            [this](const Request& request) -> Result<Response> {
              ASSIGN_OR_RETURN(const SignedIn who, own_session(request));
              ASSIGN_OR_RETURN(const json::value body, body_of(request));
              ASSIGN_OR_RETURN(const auto denial,
                               confirm_session(*store_, config_.creditor.id, who,
                                               {.email = {},
                                                .password = text_in(body, "password"),
                                                .code = text_in(body, "code"),
                                                .code_at = clock_.machine_now(),
                                                .device = device_of(request)},
                                               clock_.now()));
              return denial ? denial_problem(*denial) : no_content();
            },
            {.body_max = kSmallBody});
  api_->add(Method::Post, "/v1/me/password", access::Right::OwnAccount,
            proven([this, done](const Request& request, const SignedIn& who) {
              return done(
                  change_password_job(*store_, config_.creditor, who, request.body, clock_.now()));
            }),
            grave);
  api_->add(Method::Post, "/v1/me/totp", access::Right::OwnAccount,
            proven([this](const Request&, const SignedIn& who) {
              return begin_totp_job(*store_, config_.creditor, who);
            }),
            grave);
  api_->add(
      Method::Post, "/v1/me/totp/confirm", access::Right::OwnAccount,
      [this](const Request& request) -> Result<Response> {
        ASSIGN_OR_RETURN(const SignedIn who, proven_session(request));
        SignedIn renewed;
        ASSIGN_OR_RETURN(std::string codes,
                         finish_totp_job(*store_, who, request.body, clock_.machine_now(),
                                         clock_.now(), renewed));
        Response response = http::json_response(200, std::move(codes));
        set_cookie(response, renewed.token);
        return response;
      },
      grave);
  api_->add(Method::Delete, "/v1/me/totp", access::Right::OwnAccount,
            proven([this, done](const Request&, const SignedIn& who) {
              return done(remove_totp_job(*store_, who, clock_.now()));
            }),
            grave);
  api_->add(Method::Post, "/v1/me/recovery-codes", access::Right::OwnAccount,
            proven([this](const Request&, const SignedIn& who) {
              return renew_recovery_codes_job(*store_, who, clock_.now());
            }),
            grave);
  api_->add(
      Method::Get, "/v1/me/passkeys", access::Right::OwnAccount,
      own([this](const Request&, const SignedIn& who) { return list_passkeys_job(*store_, who); }));
  api_->add(Method::Post, "/v1/me/passkeys/begin", access::Right::OwnAccount,
            proven([this](const Request& request, const SignedIn& who) {
              return begin_passkey_job(*store_, config_.creditor, who,
                                       request.headers.get("Origin"), clock_.now());
            }),
            grave);
  api_->add(
      Method::Post, "/v1/me/passkeys/finish", access::Right::OwnAccount,
      [this](const Request& request) -> Result<Response> {
        ASSIGN_OR_RETURN(const SignedIn who, proven_session(request));
        SignedIn renewed;
        ASSIGN_OR_RETURN(std::string passkey,
                         finish_passkey_job(*store_, who, request.headers.get("Origin"),
                                            request.body, clock_.now(), renewed));
        Response response = http::json_response(201, std::move(passkey));
        set_cookie(response, renewed.token);
        return response;
      },
      grave);
  api_->add(Method::Delete, "/v1/me/passkeys/{id}", access::Right::OwnAccount,
            proven([this, done](const Request& request, const SignedIn& who) {
              return done(remove_passkey_job(*store_, who, request.param("id"), clock_.now()));
            }),
            grave);
  api_->add(Method::Get, "/v1/sessions", access::Right::OwnAccount,
            own([this](const Request&, const SignedIn& who) {
              return list_sessions_job(*store_, who, clock_.now());
            }));
  api_->add(Method::Delete, "/v1/sessions/{id}", access::Right::OwnAccount,
            own([this, done](const Request& request, const SignedIn& who) {
              return done(end_session_job(*store_, who, request.param("id"), clock_.now()));
            }));
}

void Service::add_user_routes() {
  const Api::Options grave{.body_max = kSmallBody, .needs_fresh = true, .is_secret = true};
  const auto answered = [](int status, Result<std::string> text) -> Result<Response> {
    if (!text) return std::unexpected(std::move(text).error());
    return http::json_response(status, *std::move(text));
  };
  // For the command line, where the server has the database.
  api_->add(
      Method::Post, "/v1/setup/token", access::Right::UsersWrite,
      [this](const Request&, const access::Principal& by) -> Result<Response> {
        ASSIGN_OR_RETURN(const std::string token, store_->write([&](Tx& tx) {
          return make_setup_token(tx, config_.creditor.id, 0, by.name, clock_.now());
        }));
        return http::json_response(201, to_json(json::object{{"token", token}}));
      },
      grave);
  api_->add(Method::Get, "/v1/users", access::Right::UsersWrite, [this, answered](const Request&) {
    return answered(200, list_users_job(*store_, config_.creditor));
  });
  api_->add(
      Method::Post, "/v1/users", access::Right::UsersWrite,
      [this, answered](const Request& request, const access::Principal& by) {
        return answered(201,
                        add_user_job(*store_, config_.creditor, request.body, by, clock_.now()));
      },
      grave);
  api_->add(
      Method::Patch, "/v1/users/{id}", access::Right::UsersWrite,
      [this, answered](const Request& request, const access::Principal& by) {
        return answered(200, change_user_job(*store_, config_.creditor, request.param("id"),
                                             request.body, by, clock_.now()));
      },
      grave);
  api_->add(Method::Get, "/v1/keys", access::Right::KeysWrite, [this, answered](const Request&) {
    return answered(200, list_keys_job(*store_, config_.creditor));
  });
  api_->add(
      Method::Post, "/v1/keys", access::Right::KeysWrite,
      [this, answered](const Request& request, const access::Principal& by) {
        return answered(201,
                        add_key_job(*store_, config_.creditor, request.body, by, clock_.now()));
      },
      grave);
  api_->add(
      Method::Delete, "/v1/keys/{id}", access::Right::KeysWrite,
      [this](const Request& request, const access::Principal& by) -> Result<Response> {
        RETURN_IF_ERROR(
            remove_key_job(*store_, config_.creditor, request.param("id"), by, clock_.now()));
        return no_content();
      },
      grave);
}

// Who was refused what they asked for, by whom it can be seen (not only in the log).
void Service::note_denied(const access::Principal& by, const Api::Route& route) {
  const auto noted = store_->write([&](Tx& tx) {
    engine::note(tx, config_.creditor.id, {}, clock_.now(), "access_denied",
                 fmt::format("{} {} by {}", text_of(route.method), route.path, by.name));
  });
  if (!noted) log_event("error", "access_denied", noted.error().message);
}

}  // namespace puntual
