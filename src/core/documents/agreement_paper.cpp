#include "core/documents/agreement_paper.h"

#include <algorithm>

namespace puntual {

int64_t left_open(const Agreement& agreement) {
  const int64_t owed = agreement.charged_before_minor - agreement.paid_before_minor;
  return std::max<int64_t>(0, owed - agreement.total.minor - agreement.discount_minor);
}

std::string file_name_of(const AgreementPaper& paper) {
  return fmt::format("acuerdo-{}.pdf", format_date(paper.made_on));
}

}  // namespace puntual
