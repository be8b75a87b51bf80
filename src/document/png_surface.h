// A PNG as cairo draws it. Part of document.
#pragma once

#include <cairo.h>

#include <memory>
#include <string_view>

namespace puntual::document {

struct DestroySurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
// Null when it is none.
[[nodiscard]] std::unique_ptr<cairo_surface_t, DestroySurface> read_png(std::string_view png);

}  // namespace puntual::document
