#include "core/payments/reversal.h"

#include <array>

namespace puntual {
namespace {

struct ReversalNames {
  std::string_view text, name_es;
};
constexpr std::array<ReversalNames, 7> kReversalNames = {{{"void", "anulación"},
                                                          {"refund", "devolución"},
                                                          {"chargeback", "contracargo"},
                                                          {"returned", "débito o cheque devuelto"},
                                                          {"correction", "corrección"},
                                                          {"reinstated", "reintegro"},
                                                          {"reassigned", "reasignación"}}};

}  // namespace

std::string_view text_of(ReversalKind kind) { return kReversalNames[static_cast<size_t>(kind)].text; }
std::string_view name_es(ReversalKind kind) { return kReversalNames[static_cast<size_t>(kind)].name_es; }

std::optional<ReversalKind> reversal_kind_of(std::string_view text) {
  for (size_t i = 0; i < kReversalNames.size(); ++i) {
    if (kReversalNames[i].text == text) return static_cast<ReversalKind>(i);
  }
  return std::nullopt;
}

}  // namespace puntual
