// A QR code (libqrencode behind): the squares, for whoever draws them. Pure; thread-safe.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace puntual::document {

struct QrCode {
  int size = 0;               // Squares a side.
  std::vector<bool> is_dark;  // Row by row.
  [[nodiscard]] bool at(int row, int column) const {
    return is_dark[static_cast<size_t>(row * size + column)];
  }
};

// Error correction M, as on printed bills. Invalid when the text is empty or does not fit (some
// 2,300 bytes).
[[nodiscard]] Result<QrCode> qr_code(std::string_view text);

// A picture of it, black on white with its quiet margin, as large as whoever shows it likes.
[[nodiscard]] std::string svg_of(const QrCode& code);

}  // namespace puntual::document
