#include "core/documents/receipt.h"

namespace puntual {

std::string file_name_of(const Receipt& receipt) {
  return fmt::format("recibo-{}-{}.pdf", format_date(receipt.payment.paid_on),
                     receipt.payment.id.value);
}

}  // namespace puntual
