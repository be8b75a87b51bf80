// What the web application's pages ask (app/views.h); what they do, they do by the routes that
// everybody has.
#include "app/analysis_view.h"
#include "app/figure_people.h"
#include "app/log.h"
#include "app/record_views.h"
#include "app/service.h"
#include "app/strategy_view.h"
#include "app/templates_view.h"
#include "app/views.h"

namespace puntual {

void Service::add_view_routes() {
  using access::Right;
  using http::Method, http::Request;
  const auto answered = [](Result<std::string> answer) -> Result<http::Response> {
    if (!answer) return std::unexpected(std::move(answer).error());
    return http::json_response(200, *std::move(answer));
  };
  // Who opens these may search by name next: that the index is made takes half a second with
  // 100,000 people.
  const auto make_names = [this] {
    if (!names_.is_to_be_made(clock_.now())) return;
    (void)metrics_worker_->post([this] {
      if (const auto made = names_.make(*store_, config_.creditor.id); !made)
        log_event("warning", "name_index", made.error().message);
    });
  };
  api_->add(Method::Get, "/v1/views/today", Right::PeopleRead,
            [this, answered, make_names](const Request&) {
              make_names();
              const auto now_at = desk();
              return answered(today_view(*store_, now_at->settings, config_.creditor,
                                         now_at->unread_editions, trouble(), clock_.now()));
            });
  api_->add(Method::Get, "/v1/views/portfolio", Right::PortfolioRead,
            [this, answered](const Request&) {
              return answered(portfolio_view(*store_, config_.creditor, clock_.now()));
            });
  api_->add(Method::Get, "/v1/views/people", Right::PeopleRead,
            [this, answered, make_names](const Request& request) {
              make_names();
              const auto query = [&](std::string_view name) {
                return request.query(name).value_or("");
              };
              return answered(people_view(*store_, names_, config_.creditor,
                                          {.search = query("search"),
                                           .order = query("order"),
                                           .age = query("age"),
                                           .silence = query("silence"),
                                           .after = query("cursor"),
                                           .limit = query("limit")},
                                          clock_.now()));
            });
  api_->add(Method::Get, "/v1/views/people/{id}", Right::PeopleRead,
            [this, answered](const Request& request) {
              return answered(person_view(*store_, *desk(), config_.creditor, request.param("id"),
                                          clock_.now()));
            });
  const auto page_of = [](const Request& request) {
    return ListPage::of(request.query("cursor").value_or(""), request.query("limit").value_or(""),
                        50);
  };
  api_->add(Method::Get, "/v1/views/payments", Right::PaymentsRead,
            [this, answered, page_of](const Request& request) -> Result<http::Response> {
              ASSIGN_OR_RETURN(const ListPage page, page_of(request));
              return answered(payments_view(*store_, config_.creditor,
                                            request.query("state").value_or(""), page));
            });
  api_->add(Method::Get, "/v1/views/waiting-money", Right::PaymentsRead,
            [this, answered](const Request&) {
              return answered(waiting_money_view(*store_, config_.creditor));
            });
  api_->add(
      Method::Get, "/v1/views/agreements", Right::PortfolioRead,
      [this, answered, page_of](const Request& request) -> Result<http::Response> {
        ASSIGN_OR_RETURN(const ListPage page, page_of(request));
        return answered(agreements_view(*store_, config_.creditor,
                                        request.query("state").value_or(""), page, clock_.now()));
      });
  api_->add(
      Method::Get, "/v1/views/compliance", Right::ComplianceRead, [this, answered](const Request&) {
        return answered(compliance_view(*store_, desk()->law, config_.creditor, clock_.now()));
      });
  api_->add(Method::Get, "/v1/views/reads", Right::ComplianceRead,
            [this, answered, page_of](const Request& request) -> Result<http::Response> {
              ASSIGN_OR_RETURN(const ListPage page, page_of(request));
              return answered(reads_view(*store_, config_.creditor, page));
            });
  api_->add(Method::Get, "/v1/views/countries/{country}", Right::ComplianceRead,
            [this, answered](const Request& request) {
              return answered(country_view(desk()->law, request.param("country")));
            });
  api_->add(Method::Post, "/v1/audit/verify", Right::ComplianceRead,
            [this, answered](const Request&) { return answered(audit_view(*store_)); });
  api_->add(Method::Get, "/v1/proofs/{message}", Right::ComplianceRead,
            [this](const Request& request) -> Result<http::Response> {
              const std::string kind = request.query("as").value_or("json");
              if (kind != "json" && kind != "pdf")
                return fail(ErrorCode::Invalid, "as '{}' (expected json or pdf)", kind);
              ASSIGN_OR_RETURN(std::string file,
                               proof_file(*store_, config_.creditor, request.param("message"), kind,
                                          clock_.now(), desk()->law));
              return http::Response{.content_type = "application/" + kind, .body = std::move(file)};
            });
  api_->add(Method::Get, "/v1/views/analysis", Right::PortfolioRead,
            [this, answered](const Request& request) {
              return answered(analysis_view(*store_, config_.creditor,
                                            request.query("days").value_or(""), clock_.now()));
            });
  api_->add(Method::Get, "/v1/views/analysis/people", Right::PeopleRead,
            [this, answered](const Request& request) {
              const auto query = [&](std::string_view name) {
                return std::string(request.query(name).value_or(""));
              };
              return answered(figure_people_view(*store_, config_.creditor,
                                                 {.figure = query("figure"),
                                                  .of = query("of"),
                                                  .currency = query("currency"),
                                                  .days = query("days"),
                                                  .after = query("cursor"),
                                                  .limit = query("limit")},
                                                 clock_.now()));
            });
  api_->add(Method::Get, "/v1/views/strategies", Right::StrategiesRead,
            [this, answered](const Request&) {
              return answered(strategies_view(*store_, *desk(), config_));
            });
  api_->add(Method::Get, "/v1/views/templates", Right::TemplatesRead,
            [this, answered](const Request& request) {
              return answered(templates_view(*store_, *desk(), config_,
                                             request.query("language").value_or("")));
            });
}

}  // namespace puntual
