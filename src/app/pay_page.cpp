#include "app/pay_page.h"

#include <algorithm>

#include "app/caller.h"
#include "app/log.h"
#include "app/pay_verbs.h"
#include "app/pay_words.h"
#include "app/typed_amount.h"
#include "base/embedded.h"
#include "base/locale.h"
#include "base/text.h"
#include "document/qr.h"
#include "engine/contact_facts.h"
#include "engine/obey_words.h"
#include "engine/provider_news.h"

namespace puntual {
namespace {

constexpr int64_t kPlaceLivesMs = 3 * kDayMs;  // Cash is paid at a counter, some day.

std::string origin_of(std::string_view url) {
  const auto host = url.find("://");
  if (host == std::string_view::npos) return {};
  return std::string(url.substr(0, url.find('/', host + 3)));
}

std::string title_of(const PayFacts& facts) {
  if (facts.link.about.kind == PayAboutKind::Invoice)
    return "Factura " + std::string(beginning_of(facts.payable.front().number, 40));
  return "Referencia " + facts.link.bank_reference;
}

// The provider's page may be reached from our forms: Chromium asks it of redirects as well.
std::string form_targets(const Desk& desk, const Config& config) {
  std::string targets = "'self'";
  for (const auto& settings : config.payments.providers) {
    if (!settings.base_url.empty()) targets += " " + origin_of(settings.base_url);
    const auto found = desk.providers.find(settings.name);
    if (found == desk.providers.end()) continue;
    for (const auto host : found->second->traits().page_hosts)
      targets += fmt::format(" https://{0} https://*.{0}", host);
  }
  return targets;
}

}  // namespace

http::Response PayPage::html(int status, std::string body) const {
  return {.status = status,
          .content_type = "text/html; charset=utf-8",
          .headers = {{"Cache-Control", "no-store"},
                      {"Referrer-Policy", "no-referrer"},
                      {"X-Content-Type-Options", "nosniff"},
                      {"X-Robots-Tag", "noindex, nofollow"},
                      {"X-Frame-Options", "DENY"},
                      {"Content-Security-Policy",
                       fmt::format("default-src 'none'; style-src 'self'; img-src 'self'; "
                                   "form-action {}; base-uri 'none'; frame-ancestors 'none'",
                                   form_targets(*desk_(), config_))}},
          .body = std::move(body)};
}

http::Response PayPage::page(int status, const PayFacts& facts,
                             const std::optional<PayNotice>& notice) const {
  return html(status, pay_page_html(*desk_(), config_, facts, notice));
}

std::optional<PayFacts> PayPage::read(const http::Request& request, std::string_view proof) {
  const auto facts = store_.read([&](Tx& tx) {
    return pay_facts(tx, *desk_(), config_, request.param("token"), proof, clock_.now());
  });
  if (!facts) log_event("error", "pay_page", facts.error().message);
  return facts ? *facts : std::nullopt;
}

std::optional<http::Response> PayPage::refuse(const http::Request& request) {
  const Instant now = clock_.now();
  const bool sends = request.method == http::Method::Post;
  const std::string_view code = request.param("code");
  const std::string of(code.empty() ? request.param("token") : code);
  if (!by_address_.admits(place_of_caller(caller_address(request, config_.proxies)), now) ||
      (sends && !by_link_.admits(of, now))) {
    http::Response response = html(429, plain_page_html(config_, PlainPage::Busy, nullptr));
    response.headers.push_back({"Retry-After", "60"});
    return response;
  }
  if (!sends) return std::nullopt;
  // Our pages send no referrer, and so "null" as their origin: where the browser says more, that
  // counts.
  const std::string_view site = request.headers.get("Sec-Fetch-Site"),
                         origin = request.headers.get("Origin");
  const bool is_foreign = !site.empty() ? site != "same-origin" && site != "none"
                                        : !origin.empty() && origin != "null" &&
                                              origin != origin_of(config_.payments.public_url);
  if (is_foreign) return html(403, plain_page_html(config_, PlainPage::Gone, nullptr));
  return std::nullopt;
}

http::Response PayPage::show(const http::Request& request) {
  const auto facts = read(request);
  if (!facts) return gone();
  static constexpr std::string_view kDone[] = {"ok_paid", "ok_dispute", "ok_help", "ok_cannot"};
  const std::string done = "ok_" + request.query("done").value_or("");
  if (std::ranges::find(kDone, done) == std::end(kDone)) return page(200, *facts, std::nullopt);
  return page(200, *facts,
              PayNotice{.text = PayWords::of(facts->locale).say(done), .is_good = true});
}

http::Response PayPage::show_result(const http::Request& request) {
  struct Asked {
    PaymentRequest request;
    std::string locale;
  };
  const auto asked = store_.read([&](Tx& tx) -> std::optional<Asked> {
    auto known = engine::request_of_return(tx, config_.creditor.id, request.param("code"));
    const auto debtor =
        known ? tx.debtors.find(known->creditor_id, known->debtor_id) : std::nullopt;
    if (!debtor || debtor->erased_at) return std::nullopt;
    return Asked{.request = *std::move(known),
                 .locale = engine::locale_of(*debtor, config_.creditor)};
  });
  if (!asked || !*asked) return gone();
  const auto& [known, locale] = **asked;
  const PlainPage which =
      payments::is_money(known.state) ? PlainPage::Paid
      : known.state == ProviderStatus::Failed || known.state == ProviderStatus::Cancelled
          ? PlainPage::Failed
          : PlainPage::Waiting;
  return html(200, result_page_html(config_, which, locale, request.param("code")));
}

// Coming back proves nothing: the provider is asked.
http::Response PayPage::check_result(const http::Request& request) {
  const auto asked = store_.write([&](Tx& tx) {
    const auto known = engine::request_of_return(tx, config_.creditor.id, request.param("code"));
    if (!known) return false;
    const HeardNotice wanted{.signature = NoticeSignature::Valid,
                             .provider_link_id = known->provider_link_id,
                             .reference = known->reference};
    if (!known->url.empty() && !payments::is_final(known->state))
      (void)engine::hear_notice(tx, known->creditor_id, known->provider, wanted, clock_.now());
    return true;
  });
  if (!asked || !*asked) return gone();
  http::Response response = html(303, {});
  response.headers.push_back({"Location", fmt::format("/r/{}", request.param("code"))});
  return response;
}

std::optional<Debtor> PayPage::invited(Tx& tx, const http::Request& request) const {
  const auto id = tx.permissions.of_stop_token(config_.creditor.id, request.param("token"));
  auto debtor = id ? tx.debtors.find(config_.creditor.id, *id) : std::nullopt;
  return debtor && !debtor->erased_at ? std::move(debtor) : std::nullopt;
}

http::Response PayPage::show_stop(const http::Request& request) {
  const auto debtor = store_.read([&](Tx& tx) { return invited(tx, request); });
  if (!debtor || !*debtor) return gone();
  return html(200, stop_page_html(config_, PlainPage::AskStop,
                                  engine::locale_of(**debtor, config_.creditor)));
}

http::Response PayPage::stop(const http::Request& request) {
  const auto debtor = store_.write([&](Tx& tx) {
    auto known = invited(tx, request);
    if (!known) return known;
    tx.debtors.hold_with_kin(known->creditor_id, known->id);
    engine::stop_on_page(tx, *desk_(), config_.creditor, *known, clock_.now());
    return known;
  });
  if (!debtor) {
    log_event("error", "stop_page", debtor.error().message);
    return html(503, plain_page_html(config_, PlainPage::Busy, nullptr));
  }
  return *debtor ? html(200, stop_page_html(config_, PlainPage::Stopped,
                                            engine::locale_of(**debtor, config_.creditor)))
                 : gone();
}

http::Response PayPage::show_qr(const http::Request& request) {
  const auto facts = read(request);
  if (!facts) return gone();
  const auto code = document::qr_code(config_.creditor.payment_link_base + facts->link.token);
  if (!code) return http::text_response(500, "");
  http::Response response = html(200, document::svg_of(*code));
  response.content_type = "image/svg+xml";
  return response;
}

http::Response PayPage::show_style() {
  const auto file = embedded_file("web/pay/pay.css");
  PUNTUAL_CHECK(file.has_value());
  return {
      .content_type = "text/css; charset=utf-8",
      .headers = {{"Cache-Control", "public, max-age=3600"}, {"X-Content-Type-Options", "nosniff"}},
      .static_body = *file};
}

Result<Money> PayPage::amount_of(const http::Request& request, const PayFacts& facts,
                                 std::span<const ProviderTraits* const> ways) const {
  const std::string asked = request.form("amount"), part = request.form("part");
  // Who has typed an amount means it, whatever else is still chosen.
  if (asked != "part" && part.empty()) return asked == "all" ? facts.owed : facts.due;
  const auto minor = typed_amount(part, facts.owed.currency);
  const auto bounds = part_of(config_, ways, facts.owed);
  const Money amount{minor.value_or(0), facts.owed.currency};
  const bool fits =
      bounds && amount.minor >= bounds->from.minor && amount.minor <= bounds->to.minor &&
      std::ranges::all_of(ways, [&](const ProviderTraits* one) { return one->takes(amount); });
  if (fits) return amount;
  return std::unexpected(
      Error{ErrorCode::Invalid,
            PayWords::of(facts.locale)
                .say("bad_amount",
                     {{"from", format_money(bounds ? bounds->from : facts.due, facts.locale)},
                      {"to", format_money(bounds ? bounds->to : facts.owed, facts.locale)}})});
}

// Payers are sent to the provider and nowhere else: https on one of its hosts, or its simulator.
bool PayPage::is_place_of(const ProviderTraits& traits, const std::string& url) const {
  const std::string origin = origin_of(url);
  for (const auto& settings : config_.payments.providers) {
    if (settings.name == traits.name && !settings.base_url.empty() &&
        origin == origin_of(settings.base_url))
      return true;
  }
  return std::ranges::any_of(traits.page_hosts, [&](std::string_view host) {
    return origin == fmt::format("https://{}", host) ||
           (origin.starts_with("https://") && origin.ends_with(fmt::format(".{}", host)) &&
            !origin.contains('@'));
  });
}

std::string PayPage::provider_of(const http::Request& request) {
  const std::string with = request.form("with");
  return with.substr(0, with.find(':'));
}

http::Response PayPage::pay(const http::Request& request, Providers& providers) {
  const auto facts = read(request);
  if (!facts) return gone();
  if (facts->payable.empty()) return page(200, *facts, std::nullopt);
  const PayWords& words = PayWords::of(facts->locale);
  const auto refused = [&](int status, std::string text) {
    return page(status, *facts, PayNotice{.text = std::move(text)});
  };
  const std::string with = request.form("with"), provider = provider_of(request);
  const auto ways = ways_to_pay(*desk_(), config_, *facts);
  const auto way = std::ranges::find(ways, std::string_view(provider), &ProviderTraits::name);
  const std::string method =
      with.size() > provider.size() ? with.substr(provider.size() + 1) : std::string();
  const bool is_offered =
      way != ways.end() && (method.empty() || way[0]->has_method(method, facts->owed.currency));
  const auto too_odd = [&](const ProviderTraits& traits, Money amount) {
    return refused(400, words.say("bad_sum", {{"provider", traits.title},
                                              {"amount", format_money(amount, facts->locale)}}));
  };
  if (!is_offered) {
    // Not shown, as it does not take what is owed by now: a page that was open for long, or a rest.
    const auto known = desk_()->providers.find(provider);
    return way == ways.end() && known != desk_()->providers.end() &&
                   !known->second->traits().takes(facts->due)
               ? too_odd(known->second->traits(), facts->due)
               : refused(400, words.say("bad_order"));
  }
  const auto amount = amount_of(request, *facts, ways);
  if (!amount) return refused(400, amount.error().message);
  if (!way[0]->takes(*amount)) return too_odd(*way[0], *amount);
  const Instant now = clock_.now();
  const auto made = make_request(
      store_, providers, config_.creditor,
      {.request = {.link = facts->link,
                   .provider = std::string(way[0]->name),
                   .method = method,
                   .amount = *amount,
                   .expires_at = std::min(now + kPlaceLivesMs, facts->link.expires_at)},
       .payer_email = facts->debtor.email,
       .title = title_of(*facts),
       .return_base = config_.payments.public_url + "/r/",
       .notice_url = config_.payments.notice_url(way[0]->name)},
      now);
  if (!made) {
    const auto again = made.error().code == ErrorCode::Conflict ? read(request) : std::nullopt;
    if (again) return page(409, *again, PayNotice{.text = words.say("bad_owed")});
    return made.error().code == ErrorCode::Invalid ? refused(400, words.say("bad_order"))
                                                   : refused(503, words.say("bad_provider"));
  }
  if (!is_place_of(**way, made->url)) {
    log_event("error", "pay_page",
              fmt::format("{}: its page is not on one of its hosts: nobody was sent there",
                          way[0]->name));
    return refused(503, words.say("bad_provider"));
  }
  if (!made->form.empty()) return html(200, handover_html(config_, *facts, *made));
  http::Response response = html(303, {});
  response.headers.push_back({"Location", made->url});
  return response;
}

http::Response PayPage::answer(const http::Request& request, Providers& providers) {
  if (auto refusal = refuse(request)) return *std::move(refusal);
  const std::string_view verb = request.param("verb");
  if (!request.param("code").empty())
    return request.method == http::Method::Post ? check_result(request) : show_result(request);
  if (request.method == http::Method::Post)
    return verb == "pay" ? pay(request, providers) : tell(request);
  return verb.empty() ? show(request) : verb == "qr.svg" ? show_qr(request) : gone();
}

http::Response PayPage::tell(const http::Request& request) {
  const auto answer =
      store_.write([&](Tx& tx) { return take_verb(tx, *desk_(), config_, request, clock_.now()); });
  if (!answer) {
    log_event("error", "pay_page", answer.error().message);
    return html(503, plain_page_html(config_, PlainPage::Busy, nullptr));
  }
  if (answer->status == 303) {
    http::Response response = html(303, {});
    response.headers.push_back(
        {"Location", fmt::format("/p/{}{}", request.param("token"), answer->see)});
    return response;
  }
  if (!answer->facts) return gone();
  if (answer->plain) return html(200, plain_page_html(config_, *answer->plain, &*answer->facts));
  return page(answer->status, *answer->facts, answer->notice);
}

}  // namespace puntual
