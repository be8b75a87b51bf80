#include "app/rights_job.h"

#include <algorithm>

#include "base/crypto.h"
#include "base/json.h"
#include "base/whole_number.h"
#include "core/messaging/template.h"
#include "engine/contact_facts.h"
#include "engine/explain.h"
#include "engine/person_file.h"
#include "engine/rights.h"
#include "store/sql/sql_answers.h"

namespace puntual {
namespace {

json::object request_json(const RightsRequest& request, CivilDate today) {
  return {
      {"id", std::to_string(request.id)},      {"debtor", std::to_string(request.debtor_id.value)},
      {"kind", text_of(request.kind)},         {"kind_es", name_es(request.kind)},
      {"due_on", format_date(request.due_on)}, {"state", text_of(request.state)},
      {"days_left", request.due_on - today},   {"answer", request.answer}};
}

json::object file_json(const PersonFile& file) {
  json::object out;
  for (const auto& part : file.parts) {
    json::array records;
    for (const auto& record : part.records) {
      json::object one;
      for (const auto& field : record) one[field.key] = field.value;
      records.push_back(std::move(one));
    }
    out[part.key] = std::move(records);
  }
  return out;
}

// The same with its Spanish titles, for the printed form.
json::array titles_json(const PersonFile& file) {
  json::array parts;
  for (const auto& part : file.parts) {
    json::object names;
    if (!part.records.empty()) {
      for (const auto& field : part.records.front()) names[field.key] = field.name_es;
    }
    parts.push_back(json::object{{"key", part.key}, {"title", part.title_es}, {"fields", names}});
  }
  return parts;
}

class RightsJob {
 public:
  RightsJob(Tx& tx, const Law& law, const Creditor& creditor, const json::value& asked, Instant now,
            bool is_familiar)
      : tx_(tx),
        law_(law),
        creditor_(creditor),
        asked_(asked),
        now_(now),
        is_familiar_(is_familiar),
        today_(Zone::of(creditor.zone).local(now).date) {}

  Result<json::object> run() {
    const std::string action = text("action");
    if (action == "list") return list();
    if (action == "answer") return answer();
    if (action == "file") return give_attachment();
    ASSIGN_OR_RETURN(const DebtorId id, engine::find_subject(tx_, creditor_, text("subject")));
    const auto debtor = tx_.debtors.find(creditor_.id, id);
    if (!debtor) return fail(ErrorCode::NotFound, "debtor {} does not exist", id.value);
    if (action == "take") return take(*debtor);
    if (action == "export") return give_file(*debtor);
    if (action == "rectify") return rectify(*debtor);
    if (action == "erase") return erase(*debtor);
    return fail(
        ErrorCode::Invalid,
        "action '{}' is unknown (expected list, take, answer, export, file, rectify or erase)",
        action);
  }

 private:
  std::string text(std::string_view key) const { return member_text(asked_, key).value_or(""); }

  Result<json::object> list() {
    json::array all;
    for (const auto& request : tx_.rights.open(creditor_.id))
      all.push_back(request_json(request, today_));
    return json::object{{"open", all}};
  }

  Result<json::object> take(const Debtor& debtor) {
    const auto kind = right_kind_of(text("kind"));
    if (!kind)
      return fail(ErrorCode::Invalid,
                  "kind '{}' is unknown (expected access, rectification, opposition or erasure)",
                  text("kind"));
    static constexpr std::string_view kWays[] = {"letter", "email", "chat", "in_person", "phone"};
    const std::string through = text("through");
    if (std::ranges::find(kWays, through) == std::end(kWays)) {
      return fail(ErrorCode::Invalid,
                  "through '{}' is unknown (expected letter, email, chat, in_person or phone)",
                  through);
    }
    return request_json(engine::take_request(tx_, law_, creditor_, debtor, *kind, through, now_),
                        today_);
  }

  Result<json::object> answer() {
    const auto state = request_state_of(text("state"));
    if (!state || *state == RequestState::Open)
      return fail(ErrorCode::Invalid, "state '{}' is unknown (expected done, partly or refused)",
                  text("state"));
    // As a text too: it is longer than JavaScript's numbers.
    auto id = member_int(asked_, "id");
    if (const auto number = whole_number(text("id"))) id = number;
    if (!id) return fail(ErrorCode::Invalid, "id is missing (see: puntual rights list)");
    if (text("answer").empty())
      return fail(ErrorCode::Invalid, "answer is missing: what was done, and why if not all of it");
    RETURN_IF_ERROR(engine::answer_request(tx_, creditor_, *id, *state, text("answer"), now_));
    return json::object{{"id", std::to_string(*id)}, {"state", text_of(*state)}};
  }

  Result<json::object> give_file(const Debtor& debtor) {
    ASSIGN_OR_RETURN(const PersonFile file, engine::person_file(tx_, creditor_, debtor.id));
    // Whoever takes a person's data out leaves a trace.
    tx_.timeline.append({.creditor_id = creditor_.id,
                         .debtor_id = debtor.id,
                         .at = now_,
                         .kind = "exported",
                         .detail = text("by")},
                        tx_.ids);
    // The request that it answers is closed by whoever has the file safe: with "answer".
    const auto open = tx_.rights.open_of(creditor_.id, debtor.id, RightKind::Access);
    return json::object{{"request", open ? json::value(open->id) : json::value(nullptr)},
                        {"creditor", creditor_.name},
                        {"debtor", std::to_string(debtor.id.value)},
                        {"name", file.name},
                        {"locale", engine::locale_of(debtor, creditor_)},
                        {"made_at", format_rfc3339({now_.ms / kSecondMs * kSecondMs},
                                                   Zone::of(creditor_.zone).offset_at(now_))},
                        {"data", file_json(file)},
                        {"titles", titles_json(file)}};
  }

  // One file that the person sent: of the names that stand in what "export" gives, one at a time,
  // for they are large.
  Result<json::object> give_attachment() {
    const std::string wanted = text("id");
    const auto id = whole_number(wanted);
    const auto found = id ? tx_.attachments.find(creditor_.id, *id) : std::nullopt;
    const std::string bytes = found ? tx_.attachments.bytes_of(*found) : std::string();
    if (bytes.empty()) return fail(ErrorCode::NotFound, "the file '{}' is not here", wanted);
    return json::object{{"id", wanted}, {"bytes", base64(bytes)}};
  }

  Result<json::object> rectify(const Debtor& debtor) {
    RETURN_IF_ERROR(engine::rectify(tx_, creditor_, debtor.id, text("field"), text("value"), now_));
    if (const auto open = tx_.rights.open_of(creditor_.id, debtor.id, RightKind::Rectification)) {
      RETURN_IF_ERROR(engine::answer_request(tx_, creditor_, open->id, RequestState::Done,
                                             "rectified " + text("field"), now_));
    }
    return json::object{{"debtor", std::to_string(debtor.id.value)}, {"field", text("field")}};
  }

  // In their language, as the creditor's texts address them.
  [[nodiscard]] std::string told(const rights::ErasureHold& hold, const Debtor& debtor) const {
    const std::string locale = engine::locale_of(debtor, creditor_);
    return locale.starts_with("pt")
               ? std::string(hold.pt)
               : messaging::in_treatment(hold.es, messaging::treatment_in(locale, is_familiar_));
  }

  Result<json::object> erase(const Debtor& debtor) {
    ASSIGN_OR_RETURN(const auto erasure,
                     engine::erase_person(tx_, law_, creditor_, debtor.id,
                                          member_bool(asked_, "apply").value_or(false), now_));
    // Answers kept for whoever asks twice may tell of them.
    if (erasure.done) store::Answers(tx_.db, tx_.keys).forget_all(creditor_.id);
    json::array holds;
    for (const auto& hold : erasure.holds)
      holds.push_back(json::object{{"code", hold.code},
                                   {"es", messaging::in_treatment(hold.es, Treatment::Usted)},
                                   {"told", told(hold, debtor)}});
    return json::object{{"debtor", std::to_string(debtor.id.value)},
                        {"erased", erasure.done},
                        {"holds", holds},
                        {"messages", erasure.messages},
                        {"conversation", erasure.conversation}};
  }

  Tx& tx_;
  const Law& law_;
  const Creditor& creditor_;
  const json::value& asked_;
  Instant now_;
  bool is_familiar_;
  CivilDate today_;
};

}  // namespace

Result<std::string> run_rights_job(Store& store, const Law& law, const Creditor& creditor,
                                   std::string_view body, Instant now, bool is_familiar) {
  ASSIGN_OR_RETURN(const json::value asked, parse_json(body));
  const auto run = [&](Tx& tx) {
    return RightsJob(tx, law, creditor, asked, now, is_familiar).run();
  };
  ASSIGN_OR_RETURN(const json::object answer,
                   text_in(asked, "action") == "list" ? store.read(run) : store.write(run));
  if (member_bool(answer, "erased").value_or(false)) {
    if (const auto forgotten = store.forget_log(); !forgotten) {
      return fail(ErrorCode::Unavailable,
                  "the person is erased, but somebody is reading the database's log, where their "
                  "data still stand; it goes "
                  "with the next daily purge, or now: puntual retention --apply ({})",
                  forgotten.error().message);
    }
  }
  return to_json(answer);
}

}  // namespace puntual
