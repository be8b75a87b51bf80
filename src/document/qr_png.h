// A QR code as a PNG image, for where no page is printed (an e-mail). Pure; thread-safe.
#pragma once

#include <string>

#include "document/qr.h"

namespace puntual::document {

// Black on white with the four squares of quiet around it that readers need.
[[nodiscard]] std::string qr_png(const QrCode& code, int pixels_a_square);

}  // namespace puntual::document
