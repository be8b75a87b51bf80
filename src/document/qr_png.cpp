#include "document/qr_png.h"

#include <array>
#include <cstdint>

namespace puntual::document {
namespace {

constexpr int kQuiet = 4;  // ISO/IEC 18004, checked 2026-11-22.

std::string big_endian(uint32_t value) {
  return {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
          static_cast<char>(value >> 8), static_cast<char>(value)};
}

uint32_t crc32(std::string_view bytes) {
  uint32_t crc = ~0U;
  for (const char c : bytes) {
    crc ^= static_cast<uint8_t>(c);
    for (int i = 0; i < 8; ++i) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0xEDB88320U : 0);
  }
  return ~crc;
}

uint32_t adler32(std::string_view bytes) {
  uint32_t a = 1, b = 0;
  for (const char c : bytes) {
    a = (a + static_cast<uint8_t>(c)) % 65521;
    b = (b + a) % 65521;
  }
  return b << 16 | a;
}

std::string chunk(std::string_view type, std::string_view data) {
  const std::string body = std::string(type) + std::string(data);
  return big_endian(static_cast<uint32_t>(data.size())) + body + big_endian(crc32(body));
}

// As zlib has it, in blocks that are not compressed: some kilobytes are not worth a library.
std::string stored(std::string_view bytes) {
  constexpr size_t kBlockMax = 65535;
  std::string out("\x78\x01", 2);
  const uint32_t sum = adler32(bytes);
  do {
    const auto block = bytes.substr(0, kBlockMax);
    bytes.remove_prefix(block.size());
    const auto size = static_cast<uint16_t>(block.size());
    const auto inverse = static_cast<uint16_t>(~size);
    out += bytes.empty() ? '\1' : '\0';
    for (const uint16_t half : {size, inverse})
      out += {static_cast<char>(half & 0xFF), static_cast<char>(half >> 8)};
    out += block;
  } while (!bytes.empty());
  return out + big_endian(sum);
}

}  // namespace

std::string qr_png(const QrCode& code, int pixels_a_square) {
  const int side = (code.size + 2 * kQuiet) * pixels_a_square;
  std::string rows;
  for (int y = 0; y < side; ++y) {
    rows += '\0';  // No filter.
    for (int x = 0; x < side; x += 8) {
      uint8_t eight = 0;
      for (int bit = 0; bit < 8; ++bit) {
        const int row = y / pixels_a_square - kQuiet, column = (x + bit) / pixels_a_square - kQuiet;
        const bool is_inside = row >= 0 && row < code.size && column >= 0 && column < code.size;
        const bool is_white = !is_inside || !code.at(row, column);
        eight = static_cast<uint8_t>(eight << 1 | (is_white ? 1 : 0));
      }
      rows += static_cast<char>(eight);
    }
  }
  const std::string size = big_endian(static_cast<uint32_t>(side));
  const std::string header = size + size + std::string("\1\0\0\0\0", 5);  // One bit a pixel, grey.
  return "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) + chunk("IDAT", stored(rows)) +
         chunk("IEND", {});
}

}  // namespace puntual::document
