#include "document/qr.h"

#include <qrencode.h>

#include <memory>

namespace puntual::document {

Result<QrCode> qr_code(std::string_view text) {
  const std::unique_ptr<QRcode, void (*)(QRcode*)> made(
      QRcode_encodeData(static_cast<int>(text.size()),
                        reinterpret_cast<const unsigned char*>(text.data()), 0, QR_ECLEVEL_M),
      QRcode_free);
  if (!made)
    return fail(ErrorCode::Invalid, "a text of {} bytes makes no QR code (expected 1 to some 2300)",
                text.size());
  QrCode code{.size = made->width, .is_dark = {}};
  const int count = made->width * made->width;
  for (int i = 0; i < count; ++i) code.is_dark.push_back((made->data[i] & 1) != 0);
  return code;
}

std::string svg_of(const QrCode& code) {
  constexpr int kQuiet = 4;
  std::string path;
  for (int row = 0; row < code.size; ++row) {
    for (int column = 0; column < code.size; ++column) {
      if (code.at(row, column))
        path += fmt::format("M{} {}h1v1h-1z", column + kQuiet, row + kQuiet);
    }
  }
  return fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {0}"><path fill="#fff" d="M0 0h{0}v{0}H0z"/><path d="{1}"/></svg>)",
      code.size + 2 * kQuiet, path);
}

}  // namespace puntual::document
