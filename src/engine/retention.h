// How long each class of data is kept, and the purge of what is over.
//
// Terms: the contact log two years at least where a statute says so (CL art. 37), five years after
// the debt is closed by default (contract section 0.3, checked 2026-11-21). The books and the
// timeline carry no names and stay. Raw events are forgotten by the engine itself after eight days.
#pragma once

#include <string_view>
#include <vector>

#include "engine/desk.h"
#include "store/store.h"

namespace puntual {

struct RetentionClass {
  std::string_view name;  // "conversation"
  std::string_view es;    // "Lo que escribieron las personas"
  int64_t rows = 0;       // Messages, or people for the contact log.
  int32_t kept_days = 0;
};
struct RetentionReport {
  std::vector<RetentionClass> classes;
  [[nodiscard]] int64_t total() const {
    int64_t sum = 0;
    for (const auto& one : classes) sum += one.rows;
    return sum;
  }
};

namespace engine {

// Counts what is over; with `apply` it is deleted, in short transactions, and the timeline says how
// much of what.
[[nodiscard]] Result<RetentionReport> run_retention(Store& store, const RetentionSettings& settings,
                                                    const Creditor& creditor, bool apply,
                                                    Instant now);

}  // namespace engine
}  // namespace puntual
