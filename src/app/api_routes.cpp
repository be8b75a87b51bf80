// The API of this version: what the creditor's systems, and the commands given while the server
// runs, tell it.
#include "app/agreement_job.h"
#include "app/anchor_job.h"
#include "app/api_problem.h"
#include "app/bank_job.h"
#include "app/conversation_job.h"
#include "app/import_job.h"
#include "app/input_file.h"
#include "app/invoice_job.h"
#include "app/last_notice_job.h"
#include "app/link_job.h"
#include "app/payment_job.h"
#include "app/payments_job.h"
#include "app/person_job.h"
#include "app/quarantine_job.h"
#include "app/rights_job.h"
#include "app/service.h"
#include "app/views.h"
#include "base/file_type.h"
#include "base/json.h"
#include "engine/explain.h"
#include "engine/number_owner.h"
#include "engine/pause.h"
#include "engine/second_reading.h"
#include "http/problem.h"

namespace puntual {
namespace {

using access::Right;
using http::Method, http::Request;

constexpr uint64_t kImportBodyMax = uint64_t{1} << 30;

Result<json::object> object_of_body(const Request& request) {
  ASSIGN_OR_RETURN(json::value body, parse_json(request.body.empty() ? "{}" : request.body));
  if (!body.is_object()) return fail(ErrorCode::Invalid, "the body is no JSON object");
  return std::move(body.get_object());
}

}  // namespace

void Service::add_api_routes() {
  add_access_routes();
  api_->add_open(Method::Get, "/v1/openapi.json", [this](const Request&) -> Result<http::Response> {
    return http::json_response(200, to_json(api_->document().whole()));
  });
  add_payment_routes();
  add_portfolio_routes();
  add_people_routes();
  add_bank_routes();
  add_conversation_routes();
  add_event_routes();
  add_operating_routes();
  add_view_routes();
  add_text_routes();
  add_phone_routes();
  add_saved_view_routes();
}

void Service::add_payment_routes() {
  const auto run = [this](json::object job, std::string_view action,
                          const access::Principal& by = {}) -> Result<http::Response> {
    job["action"] = action;
    ASSIGN_OR_RETURN(std::string answer,
                     run_payments_job(*store_, *desk(), config_.creditor, to_json(job),
                                      clock_.now(), {by, config_.needs_four_eyes}));
    tell_noticed();  // There may be something to look up.
    wake();
    return http::json_response(200, std::move(answer));
  };
  api_->add(Method::Post, "/v1/payments", Right::PaymentsWrite,
            [this](const Request& request) { return post_payment(request); });
  api_->add(Method::Get, "/v1/payments", Right::PaymentsRead, [run](const Request& request) {
    const auto query = [&](std::string_view name) { return request.query(name).value_or(""); };
    return run(
        {{"subject", query("subject")}, {"cursor", query("cursor")}, {"limit", query("limit")}},
        "list");
  });
  api_->add(Method::Get, "/v1/payments/unmatched", Right::PaymentsRead,
            [run](const Request&) { return run({}, "unmatched"); });
  api_->add(Method::Get, "/v1/payments/{id}", Right::PaymentsRead, [run](const Request& request) {
    return run({{"subject", request.param("id")}}, "show");
  });
  for (const auto verb : kPaymentVerbs) {
    api_->add(Method::Post, fmt::format("/v1/payments/{{id}}/{}", verb), Right::PaymentsWrite,
              [run, verb](const Request& request) -> Result<http::Response> {
                ASSIGN_OR_RETURN(json::object job, object_of_body(request));
                job["subject"] = request.param("id");
                return run(std::move(job), verb);
              },
              {.edits = "/v1/payments/{id}"});
  }
  for (const auto verb : kRefundVerbs) {
    api_->add(
        Method::Post, fmt::format("/v1/payments/{{id}}/{}", verb), Right::PaymentsRefund,
        [run, verb](const Request& request, const access::Principal& by) -> Result<http::Response> {
          ASSIGN_OR_RETURN(json::object job, object_of_body(request));
          job["subject"] = request.param("id");
          return run(std::move(job), verb, by);
        },
        {.needs_fresh = true, .edits = "/v1/payments/{id}"});
  }
  api_->add(Method::Get, "/v1/payments/{id}/receipt.pdf", Right::PaymentsRead,
            [this](const Request& request) -> Result<http::Response> {
              ASSIGN_OR_RETURN(const int64_t id, request.param_number("id"));
              ASSIGN_OR_RETURN(std::string pdf,
                               receipt_pdf(*store_, *desk(), config_.creditor, {id}, clock_.now()));
              return http::Response{.content_type = "application/pdf", .body = std::move(pdf)};
            });
  api_->add(Method::Post, "/v1/links", Right::ConversationsWrite,
            [this](const Request& request) -> Result<http::Response> {
              ASSIGN_OR_RETURN(std::string answer, run_link_job(*store_, *desk(), config_.creditor,
                                                                request.body, clock_.now()));
              return http::json_response(200, std::move(answer));
            });
}

// Debts, and what is agreed about them.
void Service::add_portfolio_routes() {
  add_import_routes();
  const auto run_invoice = [this](json::object job, std::string_view action,
                                  const access::Principal& by = {}) -> Result<http::Response> {
    job["action"] = action;
    ASSIGN_OR_RETURN(std::string answer,
                     run_invoice_job(*store_, *desk(), config_.creditor, to_json(job),
                                     {by, config_.needs_four_eyes}, clock_.now()));
    return http::json_response(200, std::move(answer));
  };
  api_->add(Method::Get, "/v1/invoices/{number}", Right::PortfolioRead,
            [run_invoice](const Request& request) {
              return run_invoice({{"number", request.param("number")}}, "show");
            });
  for (const auto verb : kInvoiceVerbs) {
    api_->add(Method::Post, fmt::format("/v1/invoices/{{number}}/{}", verb), Right::PortfolioWrite,
              [this, run_invoice, verb](const Request& request,
                                        const access::Principal& by) -> Result<http::Response> {
                ASSIGN_OR_RETURN(json::object job, object_of_body(request));
                job["number"] = request.param("number");
                auto done = run_invoice(std::move(job), verb, by);
                wake();
                return done;
              },
              {.edits = "/v1/invoices/{number}"});
  }
  api_->add(Method::Get, "/v1/write-offs", Right::PortfolioRead,
            [run_invoice](const Request& request) {
              return run_invoice({{"state", request.query("state").value_or("all")}}, "write_offs");
            });
  const auto run_agreement = [this](json::object job, std::string_view action,
                                    const access::Principal& by = {}) -> Result<http::Response> {
    job["action"] = action;
    ASSIGN_OR_RETURN(std::string answer,
                     run_agreement_job(*store_, *desk(), config_.creditor, to_json(job),
                                       {by, config_.needs_four_eyes}, clock_.now()));
    wake();
    return http::json_response(200, std::move(answer));
  };
  api_->add(
      Method::Get, "/v1/agreements", Right::PortfolioRead, [run_agreement](const Request& request) {
        const auto query = [&](std::string_view name) { return request.query(name).value_or(""); };
        return run_agreement(
            {{"state", query("state")}, {"cursor", query("cursor")}, {"limit", query("limit")}},
            "list");
      });
  api_->add(Method::Get, "/v1/agreements/{id}", Right::PortfolioRead,
            [run_agreement](const Request& request) {
              return run_agreement({{"id", request.param("id")}}, "show");
            });
  api_->add(Method::Get, "/v1/agreements/{id}/pdf", Right::PortfolioRead,
            [this](const Request& request) { return print_agreement(request); });
  api_->add(Method::Get, "/v1/debtors/{id}/offers", Right::PortfolioRead,
            [run_agreement](const Request& request) {
              const auto query = [&](std::string_view name) {
                return request.query(name).value_or("");
              };
              return run_agreement({{"subject", request.param("id")},
                                    {"parts", query("parts")},
                                    {"first_on", query("first_on")},
                                    {"first_minor", query("first_minor")},
                                    {"discount_minor", query("discount_minor")}},
                                   "offers");
            });
  api_->add(Method::Post, "/v1/agreements", Right::AgreementsWrite,
            [run_agreement](const Request& request) -> Result<http::Response> {
              ASSIGN_OR_RETURN(json::object job, object_of_body(request));
              return run_agreement(std::move(job), "make");
            });
  api_->add(Method::Post, "/v1/agreements/beyond", Right::AgreementsBeyond,
            [run_agreement](const Request& request,
                            const access::Principal& by) -> Result<http::Response> {
              ASSIGN_OR_RETURN(json::object job, object_of_body(request));
              job["beyond"] = true;
              return run_agreement(std::move(job), "make", by);
            });
  api_->add(Method::Post, "/v1/agreements/{id}/cancel", Right::AgreementsWrite,
            [run_agreement](const Request& request) -> Result<http::Response> {
              ASSIGN_OR_RETURN(json::object job, object_of_body(request));
              job["id"] = request.param("id");
              return run_agreement(std::move(job), "cancel");
            },
            {.edits = "/v1/agreements/{id}"});
}

// People, and what they ask of their data.
void Service::add_people_routes() {
  api_->add(Method::Get, "/v1/debtors/{id}", Right::PeopleRead,
            [this](const Request& request) { return show_person(request); });
  for (const auto verb : person_verbs()) {
    api_->add(Method::Post, fmt::format("/v1/debtors/{{id}}/{}", verb), Right::PeopleWrite,
              [this, verb](const Request& request, const access::Principal& by) {
                return change_person(request, by, verb);
              },
              {.edits = "/v1/debtors/{id}"});
  }
  const auto run = [this](json::object job, std::string_view action) -> Result<http::Response> {
    job["action"] = action;
    ASSIGN_OR_RETURN(std::string answer,
                     run_rights_job(*store_, desk()->law, config_.creditor, to_json(job),
                                    clock_.now(), config_.is_familiar));
    wake();
    return http::json_response(200, std::move(answer));
  };
  api_->add(Method::Get, "/v1/rights", Right::ComplianceRead,
            [run](const Request&) { return run({}, "list"); });
  for (const auto verb : kRightsVerbs) {
    api_->add(Method::Post, fmt::format("/v1/rights/{}", verb), Right::RightsWrite,
              [run, verb](const Request& request) -> Result<http::Response> {
                ASSIGN_OR_RETURN(json::object job, object_of_body(request));
                return run(std::move(job), verb);
              },
              {.needs_fresh = verb == "export" || verb == "file" || verb == "erase"});
  }
  api_->add(Method::Get, "/v1/attachments/{id}", Right::ConversationsRead,
            [this](const Request& request) { return show_attachment(request); });
}

// Stopping and going on, and what an operator does to the house as a whole.
void Service::add_operating_routes() {
  api_->add(Method::Post, "/v1/pause", Right::Pause,
            [this](const Request& request, const access::Principal& by) {
              return set_pause(request, by, true);
            });
  api_->add(Method::Post, "/v1/resume", Right::Operate,
            [this](const Request& request, const access::Principal& by) {
              return set_pause(request, by, false);
            });
  for (const bool is_on : {true, false}) {
    api_->add(Method::Post, is_on ? "/v1/assistant/on" : "/v1/assistant/off", Right::Operate,
              [this, is_on](const Request&, const access::Principal& by) -> Result<http::Response> {
                RETURN_IF_ERROR(store_->write([&](Tx& tx) {
                  engine::switch_reader(tx, config_.creditor.id, is_on, clock_.now(), by.name);
                }));
                return http::json_response(
                    200, is_on ? R"({"assistant":"on"})" : R"({"assistant":"off"})");
              });
  }
  api_->add(Method::Post, "/v1/quarantine/raise", Right::Operate,
            [this](const Request& request, const access::Principal& by) -> Result<http::Response> {
              RETURN_IF_ERROR(run_raise_job(*store_, request.query("why").value_or(""),
                                            actor_of(request, by), clock_.now()));
              return http::json_response(200, R"({"quarantine":true})");
            });
  api_->add(Method::Post, "/v1/quarantine/lift", Right::Operate,
            [this](const Request& request, const access::Principal& by) {
              return lift_quarantine(request, by);
            },
            {.needs_fresh = true});
  api_->add(Method::Post, "/v1/number/confirm", Right::Operate,
            [this](const Request& request, const access::Principal& by) {
              return confirm_number(request, by);
            },
            {.needs_fresh = true});
  api_->add(Method::Post, "/v1/audit/anchors", Right::ComplianceRead,
            [this](const Request&) -> Result<http::Response> {
              ASSIGN_OR_RETURN(std::string anchors, run_anchor_job(*store_, clock_.now()));
              return http::json_response(200, std::move(anchors));
            });
}

void Service::add_bank_routes() {
  constexpr uint64_t kBankBodyMax = uint64_t{64} << 20;
  const auto asked = [](const Request& request, std::string_view name) {
    return request.query(name).value_or("");
  };
  const auto take = [this, asked](const Request& request) -> Result<http::Response> {
    ASSIGN_OR_RETURN(const auto input, InputFile::open(request.body_file->path()));
    const BankImportJob job{.format = asked(request, "format"),
                            .account = asked(request, "account"),
                            .currency = asked(request, "currency"),
                            .mapping = asked(request, "mapping"),
                            .name = asked(request, "name"),
                            .dry_run = asked(request, "dry_run") == "true"};
    ASSIGN_OR_RETURN(std::string report,
                     run_bank_import_job(*store_, *desk(), config_.creditor, config_.bank,
                                         input->bytes(), job, clock_.now()));
    wake();
    return http::json_response(200, std::move(report));
  };
  api_->add(Method::Post, "/v1/bank-files", Right::PaymentsWrite, take,
            {.body_max = kBankBodyMax, .body_to_file = true, .is_long = true});
  api_->add(Method::Get, "/v1/bank-files", Right::PaymentsRead,
            [this, asked](const Request& request) -> Result<http::Response> {
              ASSIGN_OR_RETURN(const ListPage page,
                               ListPage::of(asked(request, "cursor"), asked(request, "limit")));
              ASSIGN_OR_RETURN(std::string files,
                               list_bank_files_job(*store_, config_.creditor, page));
              return http::json_response(200, std::move(files));
            });
  api_->add(Method::Get, "/v1/bank-lines", Right::PaymentsRead,
            [this, asked](const Request& request) -> Result<http::Response> {
              ASSIGN_OR_RETURN(const ListPage page,
                               ListPage::of(asked(request, "cursor"), asked(request, "limit")));
              ASSIGN_OR_RETURN(std::string lines,
                               list_bank_lines_job(*store_, config_.creditor,
                                                   asked(request, "waiting") == "true", page));
              return http::json_response(200, std::move(lines));
            });
  api_->add(Method::Post, "/v1/bank-lines/{id}/decide", Right::PaymentsWrite,
            [this](const Request& request) -> Result<http::Response> {
              ASSIGN_OR_RETURN(
                  std::string line,
                  decide_bank_line_job(*store_, *desk(), config_.creditor, config_.bank,
                                       request.param("id"), request.body, clock_.now()));
              wake();
              return http::json_response(200, std::move(line));
            });
}

void Service::add_conversation_routes() {
  const auto answered = [this](Result<std::string> answer) -> Result<http::Response> {
    if (!answer) return std::unexpected(std::move(answer).error());
    wake();
    return http::json_response(200, *std::move(answer));
  };
  api_->add(
      Method::Get, "/v1/conversations", Right::ConversationsRead,
      [this](const Request& request) -> Result<http::Response> {
        const auto query = [&](std::string_view name) { return request.query(name).value_or(""); };
        std::optional<std::vector<DebtorId>> among;
        if (const std::string search = query("search"); !search.empty()) {
          ASSIGN_OR_RETURN(among, people_meant(*store_, names_, config_.creditor,
                                               {.search = search}, clock_.now()));
        }
        ASSIGN_OR_RETURN(std::string page, list_conversations_job(*store_, config_.creditor,
                                                                  {.filter = query("filter"),
                                                                   .assignee = query("assignee"),
                                                                   .label = query("label"),
                                                                   .after = query("cursor"),
                                                                   .limit = query("limit"),
                                                                   .among = std::move(among)},
                                                                  clock_.now()));
        return http::json_response(200, std::move(page));
      });
  api_->add(Method::Get, "/v1/conversations/{debtor}", Right::ConversationsRead,
            [this](const Request& request) -> Result<http::Response> {
              ASSIGN_OR_RETURN(
                  std::string talk,
                  show_conversation_job(*store_, config_.creditor, request.param("debtor"),
                                        LinesQuery{.before = request.query("before").value_or(""),
                                                   .limit = request.query("limit").value_or("")},
                                        clock_.now()));
              return http::json_response(200, std::move(talk));
            });
  api_->add(Method::Get, "/v1/conversations/{debtor}/opening", Right::ConversationsRead,
            [this](const Request& request) -> Result<http::Response> {
              ASSIGN_OR_RETURN(std::string opening,
                               opening_job(*store_, *desk(), config_.creditor,
                                           request.param("debtor"), clock_.now()));
              return http::json_response(200, std::move(opening));
            });
  api_->add(Method::Get, "/v1/conversations/{debtor}/transcript.pdf", Right::ConversationsRead,
            [this](const Request& request) -> Result<http::Response> {
              const bool with_notes = request.query("notes").value_or("") == "true";
              ASSIGN_OR_RETURN(std::string pdf,
                               transcript_pdf(*store_, config_.creditor, request.param("debtor"),
                                              with_notes, clock_.now()));
              return http::Response{.content_type = "application/pdf", .body = std::move(pdf)};
            });
  api_->add(Method::Post, "/v1/conversations/{debtor}/open", Right::ConversationsRead,
            [this](const Request& request, const access::Principal& by) {
              return open_conversation(request, by);
            });
  api_->add(Method::Get, "/v1/colleagues", Right::ConversationsRead,
            [this](const Request&) -> Result<http::Response> {
              ASSIGN_OR_RETURN(std::string all, list_colleagues_job(*store_, config_.creditor));
              return http::json_response(200, std::move(all));
            });
  for (const auto verb : kConversationVerbs) {
    api_->add(Method::Post, fmt::format("/v1/conversations/{{debtor}}/{}", verb),
              Right::ConversationsWrite, [this, answered, verb](const Request& request) {
                return answered(run_conversation_job(
                    *store_, *desk(), config_.creditor, request.param("debtor"), verb, request.body,
                    request.headers.get("Idempotency-Key"), clock_.now()));
              });
  }
  for (const auto verb : kTaskVerbs) {
    api_->add(Method::Post, fmt::format("/v1/tasks/{{id}}/{}", verb), Right::ConversationsWrite,
              [this, answered, verb](const Request& request) {
                return answered(run_task_job(*store_, config_.creditor, request.param("id"), verb,
                                             request.body, clock_.now()));
              });
  }
  api_->add(Method::Get, "/v1/conversation-labels", Right::ConversationsRead,
            [this](const Request&) -> Result<http::Response> {
              ASSIGN_OR_RETURN(std::string all, list_labels_job(*store_, config_.creditor));
              return http::json_response(200, std::move(all));
            });
  api_->add(Method::Get, "/v1/last-notices", Right::PeopleRead,
            [this](const Request& request) -> Result<http::Response> {
              ASSIGN_OR_RETURN(
                  std::string page,
                  list_last_notices_job(*store_, *desk(), config_.creditor,
                                        request.query("cursor").value_or(""),
                                        request.query("limit").value_or(""), clock_.now()));
              return http::json_response(200, std::move(page));
            });
  for (const auto verb : kLastNoticeVerbs) {
    api_->add(Method::Post, fmt::format("/v1/last-notices/{}", verb), Right::StrategiesWrite,
              [this, answered, verb](const Request& request, const access::Principal& by) {
                return answered(decide_last_notices_job(*store_, *desk(), config_.creditor, verb,
                                                        request.body, {by, config_.needs_four_eyes},
                                                        clock_.now()));
              });
  }
  api_->add(Method::Get, "/v1/canned-replies", Right::ConversationsRead,
            [this](const Request& request) -> Result<http::Response> {
              const std::string debtor = request.query("debtor").value_or("");
              ASSIGN_OR_RETURN(std::string all,
                               debtor.empty() ? list_canned_job(*store_, config_.creditor)
                                              : list_canned_job(*store_, *desk(), config_.creditor,
                                                                debtor, clock_.now()));
              return http::json_response(200, std::move(all));
            });
  for (const auto verb : kCannedVerbs) {
    api_->add(Method::Post, fmt::format("/v1/canned-replies/{{name}}/{}", verb),
              Right::TemplatesWrite, [this, answered, verb](const Request& request) {
                return answered(run_canned_job(*store_, config_.creditor, request.param("name"),
                                               verb, request.body, clock_.now()));
              });
  }
}

// Whoever has it open says so every twenty seconds, and hears who else has.
Result<http::Response> Service::open_conversation(const http::Request& request,
                                                  const access::Principal& by) {
  ASSIGN_OR_RETURN(const json::object body, object_of_body(request));
  ASSIGN_OR_RETURN(const DebtorId debtor, store_->read([&](Tx& tx) {
    return engine::find_subject(tx, config_.creditor, request.param("debtor"));
  }));
  const bool is_closed = member_bool(body, "closed").value_or(false);
  const Instant now = clock_.now();
  if (by.user_id != 0 && at_desk_.note(by.name, debtor, !is_closed, now)) {
    feed_.announce("conversation.opened", debtor);
    wake();
  }
  json::array others;
  for (const auto& login : at_desk_.others(by.name, debtor, now)) others.emplace_back(login);
  return http::json_response(200, to_json(json::object{{"others", std::move(others)}}));
}

Result<http::Response> Service::post_payment(const http::Request& request) {
  ASSIGN_OR_RETURN(std::string answer,
                   run_payment_job(*store_, *desk(), config_.creditor, request.body, clock_.now()));
  wake();
  return http::json_response(200, std::move(answer));
}

Result<http::Response> Service::print_agreement(const http::Request& request) {
  ASSIGN_OR_RETURN(const int64_t id, request.param_number("id"));
  ASSIGN_OR_RETURN(std::string paper,
                   agreement_pdf(*store_, *desk(), config_.creditor, {id}, clock_.now()));
  return http::Response{.content_type = "application/pdf", .body = std::move(paper)};
}

void Service::add_import_routes() {
  api_->add(Method::Post, "/v1/imports", Right::PortfolioWrite,
            [this](const Request& request, const access::Principal& by) {
              return post_import(request, by);
            },
            {.body_max = kImportBodyMax, .body_to_file = true, .is_long = true});
  api_->add(Method::Get, "/v1/imports", Right::PortfolioRead,
            [this](const Request&) -> Result<http::Response> {
              ASSIGN_OR_RETURN(std::string runs, list_imports_job(*store_, desk()->settings,
                                                                  config_.creditor, clock_.now()));
              return http::json_response(200, std::move(runs));
            });
  api_->add(Method::Post, "/v1/imports/{id}/undo", Right::PortfolioWrite,
            [this](const Request& request) -> Result<http::Response> {
              ASSIGN_OR_RETURN(std::string undone,
                               undo_import_job(*store_, config_.creditor, request.param("id"),
                                               request.body, clock_.now()));
              wake();
              return http::json_response(200, std::move(undone));
            },
            {.is_long = true});
}

Result<http::Response> Service::post_import(const http::Request& request,
                                            const access::Principal& by) {
  ASSIGN_OR_RETURN(const auto input, InputFile::open(request.body_file->path()));
  const auto query = [&](std::string_view name) { return request.query(name).value_or(""); };
  const ImportJob job{.consent_instrument = query("consent"),
                      .consent_on = query("consent_on"),
                      .confirmed_by = query("confirmed_by"),
                      .evidence = query("evidence"),
                      .confirmed_on = query("confirmed_on"),
                      .country = query("country"),
                      .currency = query("currency"),
                      .kind = query("kind"),
                      .mapping = query("mapping"),
                      .dry_run = query("dry_run") == "true",
                      .draft = query("draft") == "true",
                      .may_read = by.rights.has(Right::PeopleRead),
                      .anew = query("anew") == "true",
                      .by = by.name,
                      .file_name = query("file_name"),
                      .clock = [this] { return clock_.now(); }};
  ASSIGN_OR_RETURN(std::string report, run_import_job(*store_, *desk(), config_.creditor,
                                                      input->bytes(), job, clock_.now()));
  wake();
  return http::json_response(200, std::move(report));
}

Result<http::Response> Service::change_person(const http::Request& request,
                                              const access::Principal& by, std::string_view verb) {
  ASSIGN_OR_RETURN(std::string facts,
                   run_person_job(*store_, desk()->law, config_.creditor, request.param("id"), verb,
                                  request.body, clock_.now(), by));
  wake();
  return http::json_response(200, std::move(facts));
}

Result<http::Response> Service::show_person(const http::Request& request) {
  ASSIGN_OR_RETURN(std::string facts, show_person_job(*store_, desk()->law, config_.creditor,
                                                      request.param("id"), clock_.now()));
  return http::json_response(200, std::move(facts));
}

// A stranger's file: saved, never shown within a page of ours.
Result<http::Response> Service::show_attachment(const http::Request& request) {
  ASSIGN_OR_RETURN(const int64_t id, request.param_number("id"));
  return store_->read([&](Tx& tx) -> Result<http::Response> {
    const auto found = tx.attachments.find(config_.creditor.id, id);
    if (!found) return fail(ErrorCode::NotFound, "attachment {} does not exist", id);
    std::string bytes = tx.attachments.bytes_of(*found);
    if (bytes.empty())
      return fail(ErrorCode::NotFound, "attachment {}: the file is not here ({}{})", id,
                  text_of(found->state), found->trouble.empty() ? "" : ": " + found->trouble);
    return http::Response{
        .content_type = found->file_type,
        .headers = {{"Content-Disposition", fmt::format("attachment; filename=\"{}.{}\"", id,
                                                        extension_of(found->file_type))},
                    {"X-Content-Type-Options", "nosniff"},
                    {"Cache-Control", "no-store"}},
        .body = std::move(bytes)};
  });
}

Result<http::Response> Service::confirm_number(const http::Request& request,
                                               const access::Principal& by) {
  const std::string owner = request.query("owner").value_or(""), who = actor_of(request, by);
  if (owner.empty() || who.empty())
    return fail(ErrorCode::Invalid,
                "owner and by are needed: whose the number is, and who says so");
  RETURN_IF_ERROR(store_->write([&](Tx& tx) {
    return engine::confirm_owner(tx, config_.creditor, owner, who, clock_.now());
  }));
  wake();
  return http::json_response(200, R"({"confirmed":true})");
}

Result<http::Response> Service::lift_quarantine(const http::Request& request,
                                                const access::Principal& by) {
  ASSIGN_OR_RETURN(std::string report, run_lift_job(*store_, *desk(), config_.creditor,
                                                    request.query("sent_until").value_or(""),
                                                    actor_of(request, by), clock_.now()));
  wake();
  return http::json_response(200, std::move(report));
}

Result<http::Response> Service::set_pause(const http::Request& request, const access::Principal& by,
                                          bool paused) {
  RETURN_IF_ERROR(store_->write([&](Tx& tx) -> Result<void> {
    if (paused) {
      engine::pause_sending(tx, config_.creditor.id, clock_.now(),
                            request.query("why").value_or("by API"), by.name);
    } else {
      return engine::resume_sending(tx, config_.creditor, clock_.now(), by.name);
    }
    return {};
  }));
  wake();
  return http::json_response(200, paused ? R"({"paused":true})" : R"({"paused":false})");
}

}  // namespace puntual
