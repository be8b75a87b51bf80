// The API of what other systems are told: their endpoints, the events, and tables of the books.
#include "app/export_job.h"
#include "app/service.h"
#include "app/webhook_job.h"

namespace puntual {

void Service::add_event_routes() {
  using access::Right;
  using http::Method, http::Request;
  const auto answered = [this](Result<std::string> answer) -> Result<http::Response> {
    if (!answer) return std::unexpected(std::move(answer).error());
    return http::json_response(200, *std::move(answer));
  };
  api_->add(Method::Get, "/v1/webhook-endpoints", Right::WebhooksRead,
            [this, answered](const Request&) {
              return answered(list_endpoints_job(*store_, config_.creditor));
            });
  api_->add(Method::Post, "/v1/webhook-endpoints", Right::WebhooksWrite,
            [this, answered](const Request& request, const access::Principal& by) {
              return answered(add_endpoint_job(*store_, config_.creditor,
                                               {.private_hosts = config_.private_hosts},
                                               request.body, by, clock_.now()));
            },
            {.needs_fresh = true, .is_secret = true});
  for (const auto verb : kEndpointVerbs) {
    api_->add(Method::Post, fmt::format("/v1/webhook-endpoints/{{id}}/{}", verb),
              Right::WebhooksWrite,
              [this, answered, verb](const Request& request, const access::Principal& by) {
                return answered(run_endpoint_job(*store_, config_.creditor, request.param("id"),
                                                 verb, request.body, by, clock_.now()));
              },
              {.needs_fresh = verb == "replay", .is_secret = verb == "rotate"});
  }
  api_->add(
      Method::Get, "/v1/events", Right::WebhooksRead, [this, answered](const Request& request) {
        const auto query = [&](std::string_view name) { return request.query(name).value_or(""); };
        return answered(list_events_job(*store_, config_.creditor,
                                        {.types = query("types"),
                                         .from = query("from"),
                                         .to = query("to"),
                                         .after = query("cursor"),
                                         .limit = query("limit")},
                                        clock_.now()));
      });
  api_->add_stream(
      "/v1/events/stream", Right::PeopleRead,
      [this](const Request& request, http::EventStream stream, std::function<bool()> may_listen) {
        feed_.add(std::move(stream), request.headers.get("Last-Event-ID"), std::move(may_listen));
      });
  api_->add(Method::Get, "/v1/exports/{what}", Right::ExportsRead,
            [this](const Request& request, const access::Principal& by) {
              return send_export(request, by);
            },
            {.needs_fresh = true, .is_long = true});
  // For a command beside the server, which reads the database itself: that it does so is written
  // down first.
  api_->add(Method::Post, "/v1/exports/{what}/noted", Right::ExportsRead,
            [this, answered](const Request& request) {
              return answered(note_export_job(*store_, config_.creditor, request.param("what"),
                                              request.body, clock_.now()));
            });
}

}  // namespace puntual
