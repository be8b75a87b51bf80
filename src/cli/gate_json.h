// A contact request and its decision as the JSON of `puntual gate` (docs: outside interfaces).
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "core/compliance/rule_book.h"

namespace puntual::cli {

// A request with what it borrows. Not movable once read: `request` points into it.
struct GateInput {
  json::value id;
  Instant now;
  ContactRequest request;

  std::string jurisdiction;
  std::string region;
  std::string creditor_jurisdiction;
  std::string text;
  std::vector<Zone> zones;
  std::vector<Contact> history;
  ConsumerHours consumer_hours;
  Profile profile;

  GateInput() = default;
  GateInput(const GateInput&) = delete;
  GateInput& operator=(const GateInput&) = delete;
};

// The book must outlive the input. Invalid names the field and what it accepts.
[[nodiscard]] Result<void> read_gate_input(
    std::string_view line, GateInput& input,
    const compliance::RuleBook& book = compliance::RuleBook::built_in());
[[nodiscard]] json::object gate_answer(const GateInput& input, const Decision& decision);

// One line in, one line out.
[[nodiscard]] Result<std::string> answer_gate_line(
    std::string_view line, const compliance::RuleBook& book = compliance::RuleBook::built_in());

}  // namespace puntual::cli
