#include "document/letterhead.h"

#include <algorithm>
#include <cstring>

#include "document/png_surface.h"

namespace puntual::document {
namespace {

constexpr uint32_t kSideMax = 1600;
constexpr size_t kPngHeadBytes = 24;  // Up to width and height.

cairo_status_t take_bytes(void* rest, unsigned char* into, unsigned int size) {
  auto& left = *static_cast<std::string_view*>(rest);
  if (left.size() < size) return CAIRO_STATUS_READ_ERROR;
  std::memcpy(into, left.data(), size);
  left.remove_prefix(size);
  return CAIRO_STATUS_SUCCESS;
}

uint32_t big_endian(std::string_view bytes) {
  uint32_t value = 0;
  for (const char c : bytes.substr(0, 4)) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

}  // namespace

std::unique_ptr<cairo_surface_t, DestroySurface> read_png(std::string_view png) {
  std::unique_ptr<cairo_surface_t, DestroySurface> surface(
      cairo_image_surface_create_from_png_stream(take_bytes, &png));
  return cairo_surface_status(surface.get()) == CAIRO_STATUS_SUCCESS ? std::move(surface) : nullptr;
}

// The sides are read before it is unpacked: a small file may say that it is enormous.
Result<void> check_logo(std::string_view png) {
  if (png.size() > kLogoBytesMax)
    return fail(ErrorCode::Invalid, "has {} bytes: make it smaller than 256 KB", png.size());
  if (png.size() < kPngHeadBytes || !png.starts_with("\x89PNG\r\n\x1a\n"))
    return fail(ErrorCode::Invalid, "is no PNG: save it as one");
  const uint32_t width = big_endian(png.substr(16)), height = big_endian(png.substr(20));
  if (width == 0 || height == 0 || width > kSideMax || height > kSideMax) {
    return fail(ErrorCode::Invalid, "is {} × {} pixels: {} a side are enough", width, height,
                kSideMax);
  }
  if (read_png(png) == nullptr)
    return fail(ErrorCode::Invalid, "is a PNG that cannot be read: save it again");
  return {};
}

}  // namespace puntual::document
