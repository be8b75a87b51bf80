// Strategies and templates as people edit them (app/text_job.h), and rehearsals.
#include "app/rehearsal.h"
#include "app/service.h"
#include "app/text_job.h"

namespace puntual {

void Service::add_text_routes() {
  using access::Principal, access::Right;
  using http::Method, http::Request;
  const auto answered = [](Result<std::string> answer) -> Result<http::Response> {
    if (!answer) return std::unexpected(std::move(answer).error());
    return http::json_response(200, *std::move(answer));
  };
  struct Texts {
    store::TextKind kind;
    std::string path;
    Right read, write;
  };
  for (const auto& texts : {Texts{store::TextKind::Strategy, "/v1/strategies/{name}",
                                  Right::StrategiesRead, Right::StrategiesWrite},
                            Texts{store::TextKind::Template, "/v1/templates/{language}/{name}",
                                  Right::TemplatesRead, Right::TemplatesWrite}}) {
    const auto name_in = [kind = texts.kind](const Request& request) {
      const std::string_view language = request.param("language"), name = request.param("name");
      return TextName{
          .kind = kind,
          .name = language.empty() ? std::string(name) : fmt::format("{}/{}", language, name)};
    };
    // `use` works on the desk of this moment.
    const auto with_job = [this, name_in](auto use) {
      return [this, name_in, use](const Request& request,
                                  const Principal& by) -> Result<http::Response> {
        const auto desk = this->desk();
        return use(TextJob(*store_, *desk, config_, clock_.now()), name_in(request), request, by);
      };
    };
    api_->add(
        Method::Post, texts.path + "/check", texts.read,
        with_job([answered](const TextJob& job, const TextName& name, const Request& request,
                            const Principal&) { return answered(job.check(name, request.body)); }));
    api_->add(Method::Get, texts.path + "/draft", texts.read,
              with_job([](const TextJob& job, const TextName& name, const Request&,
                          const Principal&) { return job.show(name); }));
    api_->add(Method::Post, texts.path + "/draft", texts.write,
              with_job([](const TextJob& job, const TextName& name, const Request& request,
                          const Principal& by) { return job.keep(name, request, by); }),
              {.edits = texts.path + "/draft"});
    api_->add(Method::Post, texts.path + "/draft/approve", texts.write,
              with_job([](const TextJob& job, const TextName& name, const Request& request,
                          const Principal& by) { return job.approve(name, request, by); }),
              {.edits = texts.path + "/draft"});
    api_->add(Method::Post, texts.path + "/draft/discard", texts.write,
              with_job([](const TextJob& job, const TextName& name, const Request& request,
                          const Principal&) { return job.discard(name, request); }),
              {.edits = texts.path + "/draft"});
    api_->add(Method::Post, texts.path + "/draft/launch", texts.write,
              with_job([this](const TextJob& job, const TextName& name, const Request& request,
                              const Principal& by) {
                auto answer = job.launch(name, request, by);
                if (answer && answer->status == 200) wake();
                return answer;
              }),
              {.needs_fresh = true, .edits = texts.path + "/draft"});
  }
  api_->add(Method::Get, "/v1/editions/{number}", Right::StrategiesRead,
            [this, answered](const Request& request) {
              return answered(edition_text(*store_, config_.creditor, request.param("number")));
            });
  rehearsals_ = std::make_unique<Rehearsals>(
      *store_, config_, [this] { return desk(); }, clock_);
  api_->add(Method::Post, "/v1/rehearsals", Right::StrategiesWrite,
            [this, answered](const Request& request, const Principal& by) {
              return answered(rehearsals_->begin(request.body, by.name));
            });
  api_->add(Method::Get, "/v1/rehearsals/{id}", Right::StrategiesRead,
            [this, answered](const Request& request) {
              return answered(rehearsals_->show(request.param("id")));
            });
  api_->add(Method::Post, "/v1/rehearsals/{id}/cancel", Right::StrategiesWrite,
            [this, answered](const Request& request) {
              return answered(rehearsals_->cancel(request.param("id")));
            });
}

}  // namespace puntual
