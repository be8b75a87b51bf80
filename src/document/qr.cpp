#include "document/qr.h"

#include <qrencode.h>

#include <memory>

namespace puntual::document {

Result<QrCode> qr_code(std::string_view text) {
  const std::unique_ptr<QRcode, void (*)(QRcode*)> made(
      QRcode_encodeData(static_cast<int>(text.size()), reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M), QRcode_free);
  if (!made) return fail(ErrorCode::Invalid, "a text of {} bytes makes no QR code (expected 1 to some 2300)", text.size());
  QrCode code{.size = made->width, .is_dark = {}};
  const int count = made->width * made->width;
  for (int i = 0; i < count; ++i) code.is_dark.push_back((made->data[i] & 1) != 0);
  return code;
}

}  // namespace puntual::document
