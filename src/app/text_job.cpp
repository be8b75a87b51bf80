#include "app/text_job.h"

#include <algorithm>

#include "app/input_file.h"
#include "app/list_page.h"
#include "app/strategy_view.h"
#include "app/templates_view.h"
#include "base/embedded.h"
#include "base/json.h"
#include "core/access/two_people.h"
#include "engine/editions.h"

namespace puntual {
namespace {

using store::Draft, store::TextKind;

constexpr std::string_view kTextFile = "text";  // What errors call it.

// The first line that holds this, from `from` on; 0: none does.
int64_t line_with(std::string_view text, std::string_view wanted, size_t from = 0) {
  const auto at = text.find(wanted, from);
  return at == std::string_view::npos ? 0 : 1 + std::ranges::count(text.substr(0, at), '\n');
}

std::string etag_of(int64_t revision) { return fmt::format("\"{}\"", revision); }

http::Response with_etag(std::string body, int64_t revision) {
  http::Response response = http::json_response(200, std::move(body));
  response.headers.push_back({"ETag", etag_of(revision)});
  return response;
}

http::Response changed_meanwhile() {
  return api_problem(
      "version_mismatch",
      "the draft is another by now: read it, then say with If-Match which one is meant");
}

// The draft that the request means; none: it means another.
std::optional<Draft> meant(const std::optional<Draft>& draft, const http::Request& request) {
  Draft known = draft.value_or(Draft{});
  const std::string_view wanted = request.headers.get("If-Match");
  return wanted == "*" || wanted == etag_of(known.revision) ? std::optional(std::move(known))
                                                            : std::nullopt;
}

// One person has kept it as it is or before, and another one approves. What was kept while the
// house did not want four eyes may be a key's alone, and that key of who approves.
bool is_of_two(const Draft& draft) {
  return !draft.approved_by.empty() &&
         std::ranges::any_of(draft.editors, [&](const std::string& one) {
           return one != draft.approved_by && access::is_name_of_person(one);
         });
}

std::string file_of_template(const std::string& dir, std::string_view name) {
  return fmt::format("{}/{}.toml", dir, name);
}

}  // namespace

std::vector<TextJob::Finding> TextJob::findings_of_strategy(const Strategy& strategy,
                                                            const TextName& name) const {
  std::vector<Finding> found;
  if (strategy.name != name.name)
    found.push_back(
        {line_with(strategy.text, "name"),
         fmt::format("este borrador es de «{}»: escriba name = \"{}\"", name.name, name.name)});
  size_t at = 0;  // Ids are one's own within a cadence only.
  for (const auto& cadence : strategy.cadences) {
    for (const auto& step : cadence.steps) {
      at = std::min(strategy.text.find(fmt::format("\"{}\"", step.id), at + 1),
                    strategy.text.size());
      for (const auto& used : {step.template_name, step.template_many}) {
        if (desk_.templates.find(used, config_.creditor.locale) != nullptr) continue;
        found.push_back({line_with(strategy.text, fmt::format("\"{}\"", used), at),
                         fmt::format("el paso «{}» usa la plantilla «{}», que no existe en {}",
                                     step.id, used, config_.creditor.locale)});
      }
      if (step.is_last_notice() && !step.reviewed) {
        found.push_back({line_with(strategy.text, fmt::format("\"{}\"", step.id), at),
                         fmt::format("el último aviso «{}» espera revisión y no sale: escriba "
                                     "reviewed = true cuando alguien lo haya revisado",
                                     step.id),
                         false});
      }
    }
  }
  return found;
}

std::vector<TextJob::Finding> TextJob::findings_of_template(const TextName& name,
                                                            std::string_view text) const {
  std::vector<Finding> found;
  const auto templates = messaging::parse_templates(text, kTextFile);
  if (!templates) return found;  // Its form is told before.
  for (const auto& one : *templates) {
    if (fmt::format("{}/{}", one.language, messaging::plain_name(one.name)) != name.name) {
      found.push_back({line_with(text, "name"),
                       fmt::format("este borrador es de «{}»: no le cambie el nombre ni el idioma",
                                   name.name)});
      break;
    }
    for (const auto& finding : messaging::check(one))
      found.push_back({finding.line, finding.message, finding.is_error, finding.code});
  }
  return found;
}

std::vector<TextJob::Finding> TextJob::findings(const TextName& name, std::string_view text) const {
  std::string wrong;
  std::vector<Finding> found;
  if (name.kind == TextKind::Template) {
    const auto parsed = messaging::parse_templates(text, kTextFile);
    if (!parsed) wrong = parsed.error().message;
  } else if (const auto parsed = strategy::parse(text, kTextFile); parsed) {
    return findings_of_strategy(*parsed, name);
  } else {
    wrong = parsed.error().message;
  }
  // "text:12: what is wrong", one a line; of a text that is no TOML "text:12:5: …".
  for (std::string_view rest = wrong; !rest.empty();) {
    const auto end = rest.find('\n');
    std::string_view one = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    Finding finding;
    if (one.starts_with(kTextFile)) one.remove_prefix(kTextFile.size());
    while (one.starts_with(':')) {
      const auto colon = one.find(':', 1);
      const auto number = whole_number(one.substr(1, colon - 1));
      if (!number || colon == std::string_view::npos) break;
      if (finding.line == 0) finding.line = *number;
      one.remove_prefix(colon);
    }
    while (one.starts_with(':') || one.starts_with(' ')) one.remove_prefix(1);
    finding.detail = one;
    found.push_back(std::move(finding));
  }
  if (found.empty() && name.kind == TextKind::Template) return findings_of_template(name, text);
  return found;
}

std::optional<std::string> TextJob::in_force(const TextName& name) const {
  if (name.kind == TextKind::Strategy) {
    const auto& launched = desk_.strategy_of(config_.creditor);
    if (launched.name == name.name) return launched.text;
    const auto found = desk_.strategies.find(name.name);
    return found == desk_.strategies.end() ? std::nullopt : std::optional(found->second.text);
  }
  const auto launched =
      store_.read([&](Tx& tx) { return tx.editions.last_templates(config_.creditor.id); });
  if (launched) {
    const auto found = std::ranges::find(*launched, name.name, &store::Edition::name);
    if (found != launched->end()) return found->text;
  }
  if (!config_.templates_dir.empty() && name.name.find("..") == std::string::npos) {
    if (auto own = read_whole_file(file_of_template(config_.templates_dir, name.name)))
      return *std::move(own);
  }
  const auto shipped = embedded_file(file_of_template("templates", name.name));
  return shipped ? std::optional<std::string>(*shipped) : std::nullopt;
}

Result<std::string> TextJob::check(const TextName& name, std::string_view body) const {
  ASSIGN_OR_RETURN(const json::value asked, parse_json(body));
  const std::string text = text_in(asked, "text");
  json::array found;
  bool is_right = true;
  for (const auto& one : findings(name, text)) {
    found.push_back(json::object{
        {"line", one.line}, {"detail", one.detail}, {"error", one.is_error}, {"code", one.code}});
    is_right = is_right && !one.is_error;
  }
  json::object answer{{"findings", std::move(found)}, {"right", is_right}};
  if (name.kind == TextKind::Strategy) {
    const auto parsed = strategy::parse(text, kTextFile);
    answer["strategy"] =
        parsed ? json::value(strategy_json(*parsed, desk_, config_)) : json::value(nullptr);
  } else {
    const auto parsed = messaging::parse_templates(text, kTextFile);
    const auto treatment =
        messaging::treatment_in(config_.creditor.locale, desk_.settings.is_familiar);
    const auto read = [&](const MessageTemplate& one) { return one.treatment == treatment; };
    const auto* shown = parsed && !parsed->empty() ? &parsed->front() : nullptr;
    if (parsed) {
      if (const auto wanted = std::ranges::find_if(*parsed, read); wanted != parsed->end())
        shown = &*wanted;
    }
    answer["template"] =
        shown != nullptr
            ? json::value(template_json(
                  messaging::with_link_base(*shown, config_.creditor.payment_link_base),
                  config_.creditor, {}))
            : json::value(nullptr);
  }
  return to_json(answer);
}

Result<http::Response> TextJob::shown(const std::optional<Draft>& draft,
                                      const TextName& name) const {
  const auto force = in_force(name);
  if (!draft && !force)
    return fail(ErrorCode::NotFound, "there is no {} '{}'", text_of(name.kind), name.name);
  json::array editors;
  for (const auto& one : draft.value_or(Draft{}).editors) editors.push_back(json::string(one));
  json::value told = nullptr;
  if (draft) {
    told = json::object{{"text", draft->text},
                        {"editors", std::move(editors)},
                        {"edited_at", format_rfc3339(draft->edited_at, 0)},
                        {"approved_by", draft->approved_by}};
  }
  return with_etag(
      to_json(json::object{{"name", name.name},
                           {"draft", std::move(told)},
                           {"in_force", force ? json::value(*force) : json::value(nullptr)},
                           {"four_eyes", config_.needs_four_eyes}}),
      draft ? draft->revision : 0);
}

Result<http::Response> TextJob::show(const TextName& name) const {
  ASSIGN_OR_RETURN(const auto draft, store_.read([&](Tx& tx) {
    return tx.editions.draft(config_.creditor.id, name.kind, name.name);
  }));
  return shown(draft, name);
}

Result<http::Response> TextJob::keep(const TextName& name, const http::Request& request,
                                     const access::Principal& by) const {
  if (config_.needs_four_eyes) RETURN_IF_ERROR(access::may_be_one_of_two(by, true));
  ASSIGN_OR_RETURN(const json::value asked, parse_json(request.body));
  Draft next{.kind = name.kind,
             .name = name.name,
             .revision = 0,
             .text = text_in(asked, "text"),
             .editors = {},
             .edited_at = now_,
             .approved_by = {}};
  std::vector<FieldError> wrong;
  for (const auto& one : findings(name, next.text)) {
    if (one.is_error) wrong.push_back({"/text", fmt::format("line {}: {}", one.line, one.detail)});
  }
  if (!wrong.empty()) return api_problem("invalid_fields", wrong.front().detail, wrong);
  ASSIGN_OR_RETURN(const auto kept, store_.write([&](Tx& tx) -> std::optional<Draft> {
    const auto known = meant(tx.editions.draft(config_.creditor.id, name.kind, name.name), request);
    return known ? tx.editions.keep(config_.creditor.id, next, known->revision, by.name, now_)
                 : std::nullopt;
  }));
  if (!kept) return changed_meanwhile();
  return shown(kept, name);
}

Result<http::Response> TextJob::approve(const TextName& name, const http::Request& request,
                                        const access::Principal& by) const {
  bool is_own = false;
  ASSIGN_OR_RETURN(const auto approved, store_.write([&](Tx& tx) -> std::optional<Draft> {
    auto known = meant(tx.editions.draft(config_.creditor.id, name.kind, name.name), request);
    if (!known || known->revision == 0) return std::nullopt;
    known->approved_by = by.name;
    is_own = by.user_id == 0 ||
             std::ranges::find(known->editors, by.name) != known->editors.end() ||
             (config_.needs_four_eyes && !is_of_two(*known));
    return !is_own && tx.editions.approve(config_.creditor.id, *known, by.name) ? known
                                                                                : std::nullopt;
  }));
  if (is_own)
    return fail(ErrorCode::Forbidden,
                "somebody who has not edited it approves it, in person; what a key alone has "
                "written, a person keeps first");
  if (!approved) return changed_meanwhile();
  return shown(approved, name);
}

Result<http::Response> TextJob::discard(const TextName& name, const http::Request& request) const {
  ASSIGN_OR_RETURN(const bool is_gone, store_.write([&](Tx& tx) {
    const auto known = meant(tx.editions.draft(config_.creditor.id, name.kind, name.name), request);
    return known && tx.editions.remove(config_.creditor.id, *known);
  }));
  if (!is_gone) return changed_meanwhile();
  return shown(std::nullopt, name);
}

Result<http::Response> TextJob::launch(const TextName& name, const http::Request& request,
                                       const access::Principal& by) const {
  ASSIGN_OR_RETURN(const json::value asked, parse_json(request.body));
  const std::string why = text_in(asked, "why");
  if (why.find_first_not_of(' ') == std::string::npos)
    return fail(ErrorCode::Invalid, "why: say why it is launched, so that others know later");
  const auto* people = member(asked, "people");
  ASSIGN_OR_RETURN(const auto draft, store_.read([&](Tx& tx) {
    return meant(tx.editions.draft(config_.creditor.id, name.kind, name.name), request);
  }));
  if (!draft || draft->revision == 0) return changed_meanwhile();
  // What was right when it was kept may need what is no longer there.
  const auto found = findings(name, draft->text);
  if (const auto wrong = std::ranges::find(found, true, &Finding::is_error); wrong != found.end())
    return fail(ErrorCode::Invalid, "line {}: {}", wrong->line, wrong->detail);
  if (config_.needs_four_eyes && !is_of_two(*draft))
    return fail(
        ErrorCode::Forbidden,
        "this house wants four eyes: somebody who has not edited the draft approves it first");
  const engine::LaunchOrder order{.draft = *draft,
                                  .why = why,
                                  .by = by.name,
                                  .people = people == nullptr ? -1 : people->as_int64()};
  ASSIGN_OR_RETURN(const int64_t number, store_.write([&](Tx& tx) {
    return engine::launch(tx, config_.creditor, order, now_);
  }));
  return http::json_response(200, to_json(json::object{{"number", number}}));
}

Result<std::string> edition_text(Store& store, const Creditor& creditor, std::string_view number) {
  ASSIGN_OR_RETURN(const int64_t wanted, number_in(number, "number"));
  ASSIGN_OR_RETURN(const auto found,
                   store.read([&](Tx& tx) { return tx.editions.find(creditor.id, wanted); }));
  if (!found) return fail(ErrorCode::NotFound, "there is no edition {}", wanted);
  return to_json(json::object{{"number", found->number},
                              {"kind", text_of(found->kind)},
                              {"name", found->name},
                              {"text", found->text}});
}

}  // namespace puntual
