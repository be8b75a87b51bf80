// Texts of the house, strategies and templates: drafts, which do nothing, and what was launched of
// them. And what came of trying a strategy on a copy.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "store/db.h"

namespace puntual::store {

enum class TextKind : uint8_t { Strategy, Template };
[[nodiscard]] std::string_view text_of(TextKind kind);  // "strategy"

struct Draft {
  TextKind kind = TextKind::Strategy;
  std::string name;      // "estandar"; "es_CO/vencido_amable_v1"
  int64_t revision = 0;  // Higher at each edit; 0: there was none.
  std::string text;
  std::vector<std::string> editors;  // Logins.
  Instant edited_at;
  std::string approved_by;  // Of this revision.
};

struct Edition {
  int64_t number = 0;
  TextKind kind = TextKind::Strategy;
  std::string name, text, why;
  std::vector<std::string> editors;
  std::string approved_by, launched_by;
  Instant launched_at;
  int64_t people = 0;
};

struct RehearsalRow {
  int64_t id = 0;
  std::string strategy, asked_by;
  Instant begun_at, seen_at;
  int64_t day = 0, days = 0;
  std::string state, answer;
};

class Editions {
 public:
  explicit Editions(Connection& db) : db_(db) {}

  [[nodiscard]] std::optional<Draft> draft(CreditorId creditor, TextKind kind,
                                           std::string_view name);
  [[nodiscard]] std::vector<Draft> drafts(CreditorId creditor, TextKind kind);  // By name.
  // In the place of revision `before`, with nobody's approval. None: the draft is another by now.
  [[nodiscard]] std::optional<Draft> keep(CreditorId creditor, Draft draft, int64_t before,
                                          std::string_view editor, Instant now);
  // False: it is another by now.
  [[nodiscard]] bool approve(CreditorId creditor, const Draft& draft, std::string_view by);
  [[nodiscard]] bool remove(CreditorId creditor, const Draft& draft);

  // The number that it gets.
  int64_t launch(CreditorId creditor, Edition edition);
  [[nodiscard]] int64_t newest(CreditorId creditor);  // 0: none.
  [[nodiscard]] std::optional<Edition> find(CreditorId creditor, int64_t number);
  [[nodiscard]] std::optional<Edition> last_strategy(CreditorId creditor);
  [[nodiscard]] std::vector<Edition> last_templates(CreditorId creditor);  // Of each name.
  // The newest first; of all names when it is empty. Without texts.
  [[nodiscard]] std::vector<Edition> history(CreditorId creditor, TextKind kind,
                                             std::string_view name, int limit);
  // Who owes something and is written to by the strategy in force.
  [[nodiscard]] int64_t audience(CreditorId creditor);

  void begin_rehearsal(CreditorId creditor, const RehearsalRow& row);
  [[nodiscard]] std::optional<RehearsalRow> rehearsal(CreditorId creditor, int64_t id);
  [[nodiscard]] std::vector<RehearsalRow> running(CreditorId creditor);
  // False: it was cancelled.
  [[nodiscard]] bool go_on(CreditorId creditor, int64_t id, int64_t day, Instant now);
  // Of one that runs; false otherwise.
  bool end_rehearsal(CreditorId creditor, int64_t id, std::string_view state,
                     std::string_view answer, Instant now);
  void forget_rehearsals(CreditorId creditor, Instant before);

 private:
  Connection& db_;
};

}  // namespace puntual::store
