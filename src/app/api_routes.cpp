// The API of this version: what the creditor's systems, and the commands given while the server runs, tell it.
// Bearer token.
#include "app/agreement_job.h"
#include "app/anchor_job.h"
#include "app/bank_job.h"
#include "app/conversation_job.h"
#include "app/import_job.h"
#include "app/input_file.h"
#include "app/invoice_job.h"
#include "app/link_job.h"
#include "app/payment_job.h"
#include "app/payments_job.h"
#include "app/person_job.h"
#include "app/quarantine_job.h"
#include "app/rights_job.h"
#include "app/service.h"
#include "base/crypto.h"
#include "base/file_type.h"
#include "base/json.h"
#include "engine/number_owner.h"
#include "engine/pause.h"
#include "engine/second_reading.h"
#include "http/problem.h"

namespace puntual {
namespace {

constexpr uint64_t kImportBodyMax = uint64_t{1} << 30;

}  // namespace

bool Service::is_authorised(const http::Request& request) const {
  constexpr std::string_view kBearer = "Bearer ";
  const auto header = request.headers.get("Authorization");
  return !secrets_.api_token.empty() && header.starts_with(kBearer) &&
         equal_constant_time(header.substr(kBearer.size()), secrets_.api_token);
}

void Service::add_api_route(http::Router& router, std::string_view path, http::RouteOptions options,
                            std::function<Result<http::Response>(const http::Request&)> answer, http::Method method) {
  options.admits = [this](const http::Request& request) { return is_authorised(request); };
  router.add_deferred(method, path, on_worker(worker_, [answer = std::move(answer)](const http::Request& request) {
                        auto response = answer(request);
                        return response ? *std::move(response) : http::problem(response.error());
                      }),
                      std::move(options));
}

void Service::add_api_routes(http::Router& router) {
  add_api_route(router, "/v1/payments", {}, [this](const http::Request& request) { return post_payment(request); });
  const auto answer_payments = [this](json::object job) -> Result<http::Response> {
    ASSIGN_OR_RETURN(std::string answer, run_payments_job(*store_, desk_, config_.creditor, to_json(job), clock_.now()));
    tell_noticed();  // There may be something to look up.
    wake();
    return http::json_response(200, std::move(answer));
  };
  add_api_route(router, "/v1/payments", {}, [answer_payments](const http::Request& request) {
    return answer_payments({{"action", "list"}, {"subject", request.query("subject").value_or("")}});
  }, http::Method::Get);
  add_api_route(router, "/v1/payments/{verb}", {}, [answer_payments](const http::Request& request) -> Result<http::Response> {
    ASSIGN_OR_RETURN(const json::value body, parse_json(request.body.empty() ? "{}" : request.body));
    if (!body.is_object()) return fail(ErrorCode::Invalid, "the body is no JSON object");
    json::object job = body.get_object();
    job["action"] = request.param("verb");
    return answer_payments(std::move(job));
  });
  for (const auto method : {http::Method::Get, http::Method::Post}) {  // Our own command line posts.
    add_api_route(router, "/v1/payments/{id}/receipt.pdf", {}, [this](const http::Request& request) -> Result<http::Response> {
      ASSIGN_OR_RETURN(const int64_t id, request.param_number("id"));
      ASSIGN_OR_RETURN(std::string pdf, receipt_pdf(*store_, desk_, config_.creditor, {id}, clock_.now()));
      return http::Response{.content_type = "application/pdf", .body = std::move(pdf)};
    }, method);
  }
  add_api_route(router, "/v1/imports", {.body_max = kImportBodyMax, .body_to_file = true},
                [this](const http::Request& request) { return post_import(request); });
  add_api_route(router, "/v1/debtors/{id}/{verb}", {}, [this](const http::Request& request) { return change_person(request); });
  add_api_route(router, "/v1/debtors/{id}", {}, [this](const http::Request& request) { return show_person(request); }, http::Method::Get);
  add_bank_routes(router);
  add_conversation_routes(router);
  add_event_routes(router);
  add_api_route(router, "/v1/attachments/{id}", {}, [this](const http::Request& request) { return show_attachment(request); }, http::Method::Get);
  add_api_route(router, "/v1/rights", {}, [this](const http::Request& request) -> Result<http::Response> {
    ASSIGN_OR_RETURN(std::string answer, run_rights_job(*store_, config_.creditor, request.body, clock_.now()));
    wake();
    return http::json_response(200, std::move(answer));
  });
  add_api_route(router, "/v1/agreements", {}, [this](const http::Request& request) -> Result<http::Response> {
    ASSIGN_OR_RETURN(std::string answer, run_agreement_job(*store_, desk_, config_.creditor, request.body, clock_.now()));
    wake();
    return http::json_response(200, std::move(answer));
  });
  add_api_route(router, "/v1/agreements/{id}", {}, [this](const http::Request& request) -> Result<http::Response> {
    ASSIGN_OR_RETURN(std::string answer, run_agreement_job(*store_, desk_, config_.creditor,
                                                           to_json(json::object{{"action", "show"}, {"id", request.param("id")}}), clock_.now()));
    return http::json_response(200, std::move(answer));
  }, http::Method::Get);
  add_api_route(router, "/v1/invoices", {}, [this](const http::Request& request) -> Result<http::Response> {
    ASSIGN_OR_RETURN(std::string answer, run_invoice_job(*store_, desk_, config_.creditor, request.body, clock_.now()));
    wake();
    return http::json_response(200, std::move(answer));
  });
  add_api_route(router, "/v1/links", {}, [this](const http::Request& request) -> Result<http::Response> {
    ASSIGN_OR_RETURN(std::string answer, run_link_job(*store_, desk_, config_.creditor, request.body, clock_.now()));
    return http::json_response(200, std::move(answer));
  });
  add_api_route(router, "/v1/agreements/{id}/pdf", {}, [this](const http::Request& request) { return print_agreement(request); });
  add_api_route(router, "/v1/pause", {}, [this](const http::Request& request) { return set_pause(request, true); });
  add_api_route(router, "/v1/resume", {}, [this](const http::Request& request) { return set_pause(request, false); });
  for (const bool is_on : {true, false}) {
    add_api_route(router, is_on ? "/v1/assistant/on" : "/v1/assistant/off", {}, [this, is_on](const http::Request&) -> Result<http::Response> {
      RETURN_IF_ERROR(store_->write([&](Tx& tx) { engine::switch_reader(tx, config_.creditor.id, is_on, clock_.now()); }));
      return http::json_response(200, is_on ? R"({"assistant":"on"})" : R"({"assistant":"off"})");
    });
  }
  add_api_route(router, "/v1/quarantine/raise", {}, [this](const http::Request& request) -> Result<http::Response> {
    RETURN_IF_ERROR(run_raise_job(*store_, request.query("why").value_or(""), clock_.now()));
    return http::json_response(200, R"({"quarantine":true})");
  });
  add_api_route(router, "/v1/quarantine/lift", {}, [this](const http::Request& request) { return lift_quarantine(request); });
  add_api_route(router, "/v1/number/confirm", {}, [this](const http::Request& request) { return confirm_number(request); });
  add_api_route(router, "/v1/audit/anchors", {}, [this](const http::Request&) -> Result<http::Response> {
    ASSIGN_OR_RETURN(std::string anchors, run_anchor_job(*store_, clock_.now()));
    return http::json_response(200, std::move(anchors));
  });
}

void Service::add_bank_routes(http::Router& router) {
  constexpr uint64_t kBankBodyMax = uint64_t{64} << 20;
  const auto asked = [](const http::Request& request, std::string_view name) { return request.query(name).value_or(""); };
  add_api_route(router, "/v1/bank-files", {.body_max = kBankBodyMax, .body_to_file = true}, [this, asked](const http::Request& request) -> Result<http::Response> {
    ASSIGN_OR_RETURN(const auto input, InputFile::open(request.body_file->path()));
    const BankImportJob job{.format = asked(request, "format"), .account = asked(request, "account"), .currency = asked(request, "currency"),
                            .mapping = asked(request, "mapping"), .name = asked(request, "name"), .dry_run = asked(request, "dry_run") == "true"};
    ASSIGN_OR_RETURN(std::string report, run_bank_import_job(*store_, desk_, config_.creditor, config_.bank, input->bytes(), job, clock_.now()));
    wake();
    return http::json_response(200, std::move(report));
  });
  add_api_route(router, "/v1/bank-files", {}, [this, asked](const http::Request& request) -> Result<http::Response> {
    ASSIGN_OR_RETURN(std::string files, list_bank_files_job(*store_, config_.creditor, asked(request, "before")));
    return http::json_response(200, std::move(files));
  }, http::Method::Get);
  add_api_route(router, "/v1/bank-lines", {}, [this, asked](const http::Request& request) -> Result<http::Response> {
    ASSIGN_OR_RETURN(std::string lines, list_bank_lines_job(*store_, config_.creditor, asked(request, "waiting") == "true", asked(request, "after")));
    return http::json_response(200, std::move(lines));
  }, http::Method::Get);
  add_api_route(router, "/v1/bank-lines/{id}/decide", {}, [this](const http::Request& request) -> Result<http::Response> {
    ASSIGN_OR_RETURN(std::string line, decide_bank_line_job(*store_, desk_, config_.creditor, config_.bank, request.param("id"), request.body, clock_.now()));
    wake();
    return http::json_response(200, std::move(line));
  });
}

void Service::add_conversation_routes(http::Router& router) {
  const auto answered = [this](Result<std::string> answer) -> Result<http::Response> {
    if (!answer) return std::unexpected(std::move(answer).error());
    wake();
    return http::json_response(200, *std::move(answer));
  };
  add_api_route(router, "/v1/conversations", {}, [this](const http::Request& request) -> Result<http::Response> {
    const auto query = [&](std::string_view name) { return request.query(name).value_or(""); };
    ASSIGN_OR_RETURN(std::string page, list_conversations_job(*store_, config_.creditor, {.filter = query("filter"), .assignee = query("assignee"),
                                                                                         .after = query("after"), .limit = query("limit")}, clock_.now()));
    return http::json_response(200, std::move(page));
  }, http::Method::Get);
  add_api_route(router, "/v1/conversations/{debtor}", {}, [this](const http::Request& request) -> Result<http::Response> {
    ASSIGN_OR_RETURN(std::string talk, show_conversation_job(*store_, config_.creditor, request.param("debtor"),
                                                                    LinesQuery{.before = request.query("before").value_or(""), .limit = request.query("limit").value_or("")},
                                                                    clock_.now()));
    return http::json_response(200, std::move(talk));
  }, http::Method::Get);
  add_api_route(router, "/v1/conversations/{debtor}/{verb}", {}, [this, answered](const http::Request& request) {
    return answered(run_conversation_job(*store_, desk_, config_.creditor, request.param("debtor"), request.param("verb"), request.body,
                                         request.headers.get("Idempotency-Key"), clock_.now()));
  });
  add_api_route(router, "/v1/tasks/{id}/{verb}", {}, [this, answered](const http::Request& request) {
    return answered(run_task_job(*store_, config_.creditor, request.param("id"), request.param("verb"), request.body, clock_.now()));
  });
  add_api_route(router, "/v1/canned-replies", {}, [this](const http::Request&) -> Result<http::Response> {
    ASSIGN_OR_RETURN(std::string all, list_canned_job(*store_, config_.creditor));
    return http::json_response(200, std::move(all));
  }, http::Method::Get);
  add_api_route(router, "/v1/canned-replies/{name}/{verb}", {}, [this, answered](const http::Request& request) {
    return answered(run_canned_job(*store_, config_.creditor, request.param("name"), request.param("verb"), request.body, clock_.now()));
  });
}

Result<http::Response> Service::post_payment(const http::Request& request) {
  ASSIGN_OR_RETURN(std::string answer, run_payment_job(*store_, desk_, config_.creditor, request.body, clock_.now()));
  wake();
  return http::json_response(200, std::move(answer));
}

Result<http::Response> Service::print_agreement(const http::Request& request) {
  ASSIGN_OR_RETURN(const int64_t id, request.param_number("id"));
  ASSIGN_OR_RETURN(std::string paper, agreement_pdf(*store_, desk_, config_.creditor, {id}, clock_.now()));
  return http::Response{.content_type = "application/pdf", .body = std::move(paper)};
}

Result<http::Response> Service::post_import(const http::Request& request) {
  ASSIGN_OR_RETURN(const auto input, InputFile::open(request.body_file->path()));
  const auto query = [&](std::string_view name) { return request.query(name).value_or(""); };
  const ImportJob job{.consent_instrument = query("consent"), .consent_on = query("consent_on"), .confirmed_by = query("confirmed_by"),
                      .evidence = query("evidence"), .confirmed_on = query("confirmed_on"), .country = query("country"),
                      .currency = query("currency"), .kind = query("kind"), .mapping = query("mapping"),
                      .dry_run = query("dry_run") == "true"};
  ASSIGN_OR_RETURN(std::string report, run_import_job(*store_, desk_, config_.creditor, input->bytes(), job, clock_.now()));
  wake();
  return http::json_response(200, std::move(report));
}

Result<http::Response> Service::change_person(const http::Request& request) {
  ASSIGN_OR_RETURN(std::string facts, run_person_job(*store_, desk_.law, config_.creditor, request.param("id"), request.param("verb"), request.body,
                                                     clock_.now()));
  wake();
  return http::json_response(200, std::move(facts));
}

Result<http::Response> Service::show_person(const http::Request& request) {
  ASSIGN_OR_RETURN(std::string facts, show_person_job(*store_, desk_.law, config_.creditor, request.param("id"), clock_.now()));
  return http::json_response(200, std::move(facts));
}

// A stranger's file: saved, never shown within a page of ours.
Result<http::Response> Service::show_attachment(const http::Request& request) {
  ASSIGN_OR_RETURN(const int64_t id, request.param_number("id"));
  return store_->read([&](Tx& tx) -> Result<http::Response> {
    const auto found = tx.attachments.find(config_.creditor.id, id);
    if (!found) return fail(ErrorCode::NotFound, "attachment {} does not exist", id);
    std::string bytes = tx.attachments.bytes_of(*found);
    if (bytes.empty()) return fail(ErrorCode::NotFound, "attachment {}: the file is not here ({}{})", id, text_of(found->state), found->trouble.empty() ? "" : ": " + found->trouble);
    return http::Response{.content_type = found->file_type,
                          .headers = {{"Content-Disposition", fmt::format("attachment; filename=\"{}.{}\"", id, extension_of(found->file_type))},
                                      {"X-Content-Type-Options", "nosniff"}, {"Cache-Control", "no-store"}},
                          .body = std::move(bytes)};
  });
}

Result<http::Response> Service::confirm_number(const http::Request& request) {
  const std::string owner = request.query("owner").value_or(""), by = request.query("by").value_or("");
  if (owner.empty() || by.empty()) return fail(ErrorCode::Invalid, "owner and by are needed: whose the number is, and who says so");
  RETURN_IF_ERROR(store_->write([&](Tx& tx) { return engine::confirm_owner(tx, config_.creditor, owner, by, clock_.now()); }));
  wake();
  return http::json_response(200, R"({"confirmed":true})");
}

Result<http::Response> Service::lift_quarantine(const http::Request& request) {
  ASSIGN_OR_RETURN(std::string report, run_lift_job(*store_, desk_, config_.creditor, request.query("sent_until").value_or(""),
                                                    request.query("by").value_or(""), clock_.now()));
  wake();
  return http::json_response(200, std::move(report));
}

Result<http::Response> Service::set_pause(const http::Request& request, bool paused) {
  RETURN_IF_ERROR(store_->write([&](Tx& tx) -> Result<void> {
    if (paused) {
      engine::pause_sending(tx, config_.creditor.id, clock_.now(), request.query("why").value_or("by API"), "api");
    } else {
      return engine::resume_sending(tx, config_.creditor, clock_.now());
    }
    return {};
  }));
  wake();
  return http::json_response(200, paused ? R"({"paused":true})" : R"({"paused":false})");
}

}  // namespace puntual
