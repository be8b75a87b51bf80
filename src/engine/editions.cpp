#include "engine/editions.h"

#include "engine/note.h"

namespace puntual::engine {
namespace {

struct Launched {
  int64_t edition = 0;
  std::map<CreditorId, Strategy> strategies;
  TemplateCatalog templates;
  std::vector<UnreadEdition> unread;
};

constexpr int kLookedBack = 20;  // Editions of one text, for one that can be read.

// The newest that can be read is taken.
void take_newest(Tx& tx, CreditorId creditor, store::TextKind kind, std::string_view name,
                 std::vector<UnreadEdition>& unread, auto&& take) {
  std::vector<UnreadEdition> passed;
  int64_t instead = 0;
  for (const auto& note : tx.editions.history(creditor, kind, name, kLookedBack)) {
    const auto edition = tx.editions.find(creditor, note.number);
    const Result<void> taken =
        take(edition->text, fmt::format("edition {} ({})", note.number, note.name));
    if (taken) {
      instead = note.number;
      break;
    }
    passed.push_back({.number = note.number,
                      .kind = std::string(text_of(kind)),
                      .name = note.name,
                      .why = taken.error().message});
  }
  for (auto& one : passed) {
    one.instead = instead;
    unread.push_back(std::move(one));
  }
}

// Every creditor has numbers of its own, which only rise: so does their sum.
int64_t newest_of_all(Tx& tx) {
  int64_t sum = 0;
  for (const auto& creditor : tx.creditors.all()) sum += tx.editions.newest(creditor.id);
  return sum;
}

Launched read_launched(Tx& tx, const Desk& desk) {
  Launched found{
      .edition = newest_of_all(tx), .strategies = {}, .templates = desk.templates, .unread = {}};
  for (const auto& creditor : tx.creditors.all()) {
    take_newest(tx, creditor.id, store::TextKind::Strategy, "", found.unread,
                [&](const std::string& text, const std::string& file) -> Result<void> {
                  ASSIGN_OR_RETURN(Strategy strategy, strategy::parse(text, file));
                  found.strategies.insert_or_assign(creditor.id, std::move(strategy));
                  return {};
                });
    for (const auto& last : tx.editions.last_templates(creditor.id)) {
      take_newest(tx, creditor.id, store::TextKind::Template, last.name, found.unread,
                  [&](const std::string& text, const std::string& file) {
                    return put_template(found.templates, text, file, creditor);
                  });
    }
    const auto strategy = found.strategies.find(creditor.id);
    found.templates.add_documents_of(
        strategy != found.strategies.end() ? strategy->second : desk.strategy_of(creditor));
  }
  return found;
}

}  // namespace

Result<bool> take_editions(Store& store, Desk& desk) {
  ASSIGN_OR_RETURN(const int64_t newest, store.read(newest_of_all));
  if (newest == desk.edition) return false;
  ASSIGN_OR_RETURN(auto found, store.read([&](Tx& tx) { return read_launched(tx, desk); }));
  desk.unread_editions = std::move(found.unread);
  desk.edition = found.edition;
  desk.launched = std::move(found.strategies);
  desk.templates = std::move(found.templates);
  return true;
}

Result<void> put_template(TemplateCatalog& catalog, std::string_view text,
                          std::string_view file_name, const Creditor& creditor) {
  ASSIGN_OR_RETURN(auto templates, messaging::parse_templates(text, file_name));
  for (auto& one : templates)
    one = messaging::with_link_base(std::move(one), creditor.payment_link_base);
  catalog.replace(std::move(templates));
  return {};
}

Result<int64_t> launch(Tx& tx, const Creditor& creditor, const LaunchOrder& order, Instant now) {
  const auto& draft = order.draft;
  const int64_t people = tx.editions.audience(creditor.id);
  if (draft.kind == store::TextKind::Strategy && people != order.people) {
    return fail(ErrorCode::Conflict, "{} people owe something by now, not {}: look again", people,
                order.people);
  }
  if (!tx.editions.remove(creditor.id, draft))
    return fail(ErrorCode::Conflict, "the draft has been changed meanwhile: look again");
  const int64_t number = tx.editions.launch(creditor.id, {.number = 0,
                                                          .kind = draft.kind,
                                                          .name = draft.name,
                                                          .text = draft.text,
                                                          .why = order.why,
                                                          .editors = draft.editors,
                                                          .approved_by = draft.approved_by,
                                                          .launched_by = order.by,
                                                          .launched_at = now,
                                                          .people = people});
  note(tx, creditor.id, {}, now, "setting",
       fmt::format("{} {} edition {}", text_of(draft.kind), draft.name, number));
  return number;
}

}  // namespace puntual::engine
