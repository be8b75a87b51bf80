#include "ports/payment_provider.h"

namespace puntual {

std::string_view text_of(NoticeSignature signature) {
  switch (signature) {
    case NoticeSignature::Valid: return "valid";
    case NoticeSignature::Invalid: return "invalid";
    case NoticeSignature::Unsigned: return "unsigned";
  }
  return {};
}

}  // namespace puntual
