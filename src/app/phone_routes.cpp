// The debtor's phone: routes that every house has, and that answer only where nobody real is
// written to.
#include "app/phone.h"
#include "app/service.h"
#include "base/address.h"

namespace puntual {

std::string_view Service::mode() const {
  if (visitor_) return "demo";
  return is_this_machine(config_.whatsapp.base_url) ? "test" : "live";
}

void Service::add_phone_routes() {
  using access::Right;
  using http::Method, http::Request;
  const auto simulated = [this]() -> Result<SimulatedPlatform*> {
    if (phone_ == nullptr)
      return fail(ErrorCode::NotFound,
                  "there is a phone to look at only in the demonstration and with a sandbox on "
                  "this machine");
    return phone_;
  };
  api_->add(Method::Get, "/v1/phone", Right::ConversationsRead,
            [this, simulated](const Request& request) -> Result<http::Response> {
              ASSIGN_OR_RETURN(SimulatedPlatform* const platform, simulated());
              ASSIGN_OR_RETURN(std::string shown,
                               show_phone_job(*store_, config_.creditor, *platform,
                                              request.query("debtor").value_or(""), clock_.now()));
              return http::json_response(200, std::move(shown));
            });
  // A file of the house's own, or one that was sent in a person's name: saved, never shown within a
  // page of ours.
  api_->add(
      Method::Get, "/v1/phone/files/{id}", Right::ConversationsRead,
      [simulated](const Request& request) -> Result<http::Response> {
        ASSIGN_OR_RETURN(const int64_t id, request.param_number("id"));
        ASSIGN_OR_RETURN(SimulatedPlatform* const platform, simulated());
        ASSIGN_OR_RETURN(std::string bytes, platform->ask("GET", fmt::format("media/{}", id), {}));
        const bool is_pdf = bytes.starts_with("%PDF-");
        return http::Response{
            .content_type = is_pdf ? "application/pdf" : "application/octet-stream",
            .headers = {{"Content-Disposition",
                         fmt::format("attachment; filename=\"{}.{}\"", id, is_pdf ? "pdf" : "bin")},
                        {"X-Content-Type-Options", "nosniff"}},
            .body = std::move(bytes)};
      });
  api_->add(Method::Post, "/v1/phone/messages", Right::ConversationsWrite,
            [this, simulated](const Request& request) -> Result<http::Response> {
              ASSIGN_OR_RETURN(SimulatedPlatform* const platform, simulated());
              ASSIGN_OR_RETURN(std::string said,
                               use_phone_job(*store_, config_.creditor, *platform, request.body));
              return http::json_response(200, std::move(said));
            });
  api_->add(Method::Post, "/v1/phone/clock", Right::Operate,
            [this, simulated](const Request& request) -> Result<http::Response> {
              ASSIGN_OR_RETURN(SimulatedPlatform* const platform, simulated());
              ASSIGN_OR_RETURN(
                  std::string moved,
                  move_clock_job(*store_, config_.creditor, *platform, request.body, clock_.now()));
              wake();
              return http::json_response(200, std::move(moved));
            });
}

}  // namespace puntual
