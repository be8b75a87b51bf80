#include "core/payments/reversal.h"

#include "base/names.h"

namespace puntual {
namespace {

constexpr Names<ReversalKind, 7> kReversalNames = {{{{"void", "anulación"},
                                                     {"refund", "devolución"},
                                                     {"chargeback", "contracargo"},
                                                     {"returned", "débito o cheque devuelto"},
                                                     {"correction", "corrección"},
                                                     {"reinstated", "reintegro"},
                                                     {"reassigned", "reasignación"}}}};

}  // namespace

std::string_view text_of(ReversalKind kind) { return kReversalNames.text(kind); }
std::string_view name_es(ReversalKind kind) { return kReversalNames.shown(kind); }

std::optional<ReversalKind> reversal_kind_of(std::string_view text) {
  return kReversalNames.find(text);
}

}  // namespace puntual
