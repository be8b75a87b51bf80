// A contact request and its decision as the JSON of `puntual gate` (docs: outside interfaces).
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "engine/law.h"

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

// The law must outlive the input; its literal readings hold where the line names no profile.
// Invalid names the field and what it accepts.
[[nodiscard]] Result<void> read_gate_input(std::string_view line, GateInput& input, const Law& law);
[[nodiscard]] json::object gate_answer(const GateInput& input, const Decision& decision);

// One line in, one line out.
[[nodiscard]] Result<std::string> answer_gate_line(std::string_view line, const Law& law = {});

}  // namespace puntual::cli
