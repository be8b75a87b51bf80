// The API of what other systems are told: their endpoints, the events, and tables of the books. Bearer token.
#include "app/export_job.h"
#include "app/service.h"
#include "app/webhook_job.h"

namespace puntual {

void Service::add_event_routes(http::Router& router) {
  const auto answered = [this](Result<std::string> answer) -> Result<http::Response> {
    if (!answer) return std::unexpected(std::move(answer).error());
    return http::json_response(200, *std::move(answer));
  };
  add_api_route(router, "/v1/webhook-endpoints", {}, [this, answered](const http::Request&) { return answered(list_endpoints_job(*store_, config_.creditor)); },
                http::Method::Get);
  add_api_route(router, "/v1/webhook-endpoints", {}, [this, answered](const http::Request& request) {
    return answered(add_endpoint_job(*store_, config_.creditor, {.private_hosts = config_.private_hosts}, request.body, clock_.now()));
  });
  add_api_route(router, "/v1/webhook-endpoints/{id}/{verb}", {}, [this, answered](const http::Request& request) {
    return answered(run_endpoint_job(*store_, config_.creditor, request.param("id"), request.param("verb"), request.body, clock_.now()));
  });
  add_api_route(router, "/v1/events", {}, [this, answered](const http::Request& request) {
    const auto query = [&](std::string_view name) { return request.query(name).value_or(""); };
    return answered(list_events_job(*store_, config_.creditor, {.types = query("types"), .from = query("from"), .to = query("to"), .after = query("after"),
                                                                .limit = query("limit")}, clock_.now()));
  }, http::Method::Get);
  add_api_route(router, "/v1/exports/{what}", {}, [this](const http::Request& request) { return send_export(request); }, http::Method::Get);
  // For a command beside the server, which reads the database itself: that it does so is written down first.
  add_api_route(router, "/v1/exports/{what}/noted", {}, [this, answered](const http::Request& request) {
    return answered(note_export_job(*store_, config_.creditor, request.param("what"), request.body, clock_.now()));
  });
}

}  // namespace puntual
