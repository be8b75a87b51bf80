// The law in force in this deployment: which packs and calendars, and how each rule is read.
// Planning, the claim and every explanation ask the gate with the same one.
#pragma once

#include <memory>

#include "core/compliance/rule_book.h"
#include "store/store.h"

namespace puntual {

struct Law {
  std::shared_ptr<const compliance::RuleBook> rules;  // Null: the ones built in.
  Profile profile;                                    // Strict but for the rules that it names.

  [[nodiscard]] const compliance::RuleBook& book() const {
    return rules ? *rules : compliance::RuleBook::built_in();
  }
  void apply_to(ContactRequest& request) const {
    request.rules = rules.get();
    request.profile = profile.literal_rules.empty() ? nullptr : &profile;
  }
};

namespace engine {

// Writes what has changed since the last start to the timeline (kind "setting"): a rule that is
// read otherwise, a pack or calendar of another version. Each change once.
void note_law(Tx& tx, const Creditor& creditor, const Law& law, Instant now);

}  // namespace engine
}  // namespace puntual
