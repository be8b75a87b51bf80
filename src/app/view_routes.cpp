// What the web application's pages ask (app/views.h); what they do, they do by the routes that everybody has.
#include "app/service.h"
#include "app/views.h"

namespace puntual {

void Service::add_view_routes(http::Router& router) {
  const auto answered = [](Result<std::string> answer) -> Result<http::Response> {
    if (!answer) return std::unexpected(std::move(answer).error());
    return http::json_response(200, *std::move(answer));
  };
  const auto get = [&](std::string_view path, std::function<Result<http::Response>(const http::Request&)> answer) {
    add_api_route(router, path, {}, std::move(answer), http::Method::Get);
  };
  get("/v1/views/today", [this, answered](const http::Request&) { return answered(today_view(*store_, config_.creditor, trouble(), clock_.now())); });
  get("/v1/views/portfolio", [this, answered](const http::Request&) { return answered(portfolio_view(*store_, config_.creditor, clock_.now())); });
  get("/v1/views/people", [this, answered, names = std::make_shared<NameIndex>()](const http::Request& request) {
    const auto query = [&](std::string_view name) { return request.query(name).value_or(""); };
    return answered(people_view(*store_, *names, config_.creditor, {.search = query("search"), .order = query("order"), .age = query("age"), .after = query("after"),
                                                                    .limit = query("limit")}, clock_.now()));
  });
  get("/v1/views/people/{id}", [this, answered](const http::Request& request) { return answered(person_view(*store_, desk_, config_.creditor, request.param("id"), clock_.now())); });
}

}  // namespace puntual
