#include "document/pdf.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>

namespace puntual::document {
namespace {

// Points: 72 to an inch. A4 with two centimetres around.
constexpr double kPageWidth = 595.28, kPageHeight = 841.89;
constexpr double kMargin = 57;
constexpr double kWidth = kPageWidth - 2 * kMargin;
constexpr double kBottom = kPageHeight - kMargin;
constexpr double kLabelWidth = 150, kGutter = 10;

struct Unref {
  void operator()(PangoLayout* layout) const { g_object_unref(layout); }
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};
using Layout = std::unique_ptr<PangoLayout, Unref>;

cairo_status_t append_to_string(void* bytes, const unsigned char* data, unsigned int size) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

// The layouts of a document, each line given its page and place before the first is drawn: the number of pages
// must be known on page one.
class Pages {
 public:
  explicit Pages(cairo_t* cairo) : cairo_(cairo) {}

  void lay_out(const Document& document) {
    place(layout_of(document.title, "DejaVu Sans Bold 18", kWidth, false), kMargin);
    y_ += 12;
    for (const auto& block : document.blocks) add(block);
  }

  void draw(const Document& document) {
    for (int page = 0; page <= page_; ++page) {
      for (const auto& line : lines_) {
        if (line.page != page) continue;
        cairo_move_to(cairo_, line.x, line.baseline);
        pango_cairo_show_layout_line(cairo_, line.line);
      }
      draw_footer(document.footer, page);
      cairo_show_page(cairo_);
    }
  }

 private:
  struct Line {
    int page = 0;
    double x = 0;
    double baseline = 0;
    PangoLayoutLine* line = nullptr;  // Of a layout in layouts_.
  };

  void add(const Block& block) {
    switch (block.kind) {
      case BlockKind::Heading:
        y_ += 8;
        keep_together(50);  // A heading alone at the foot of a page helps nobody.
        place(layout_of(block.text, "DejaVu Sans Bold 11.5", kWidth, false), kMargin);
        y_ += 3;
        break;
      case BlockKind::Paragraph:
        place(layout_of(block.text, "DejaVu Sans 9.5", kWidth, false), kMargin);
        y_ += 6;
        break;
      case BlockKind::Monospace:
        place(layout_of(block.text, "DejaVu Sans Mono 8", kWidth, true), kMargin);
        y_ += 6;
        break;
      case BlockKind::Table:
        for (const auto& [label, value] : block.rows) add_row(label, value);
        y_ += 6;
        break;
    }
  }

  // Label and value begin on one line; the longer of the two says where the next row begins.
  void add_row(const std::string& label, const std::string& value) {
    keep_together(24);
    const int page = page_;
    const double y = y_;
    place(layout_of(label, "DejaVu Sans Bold 8.5", kLabelWidth, false), kMargin);
    const int label_page = page_;
    const double label_end = y_;
    page_ = page;
    y_ = y;
    place(layout_of(value, "DejaVu Sans 8.5", kWidth - kLabelWidth - kGutter, true), kMargin + kLabelWidth + kGutter);
    if (label_page > page_ || (label_page == page_ && label_end > y_)) {
      page_ = label_page;
      y_ = label_end;
    }
    y_ += 2;
  }

  Layout layout_of(const std::string& text, const char* font, double width, bool breaks_anywhere) {
    Layout layout(pango_cairo_create_layout(cairo_));
    PangoFontDescription* description = pango_font_description_from_string(font);
    pango_layout_set_font_description(layout.get(), description);
    pango_font_description_free(description);
    pango_layout_set_width(layout.get(), static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), breaks_anywhere ? PANGO_WRAP_WORD_CHAR : PANGO_WRAP_WORD);
    pango_layout_set_spacing(layout.get(), 2 * PANGO_SCALE);
    const std::unique_ptr<char, void (*)(void*)> valid(g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())), g_free);
    pango_layout_set_text(layout.get(), valid.get(), -1);
    return layout;
  }

  void keep_together(double height) {
    if (y_ + height > kBottom) next_page();
  }
  void next_page() {
    ++page_;
    y_ = kMargin;
  }

  void place(Layout layout, double x) {
    PangoLayoutIter* at = pango_layout_get_iter(layout.get());
    do {
      PangoRectangle logical;
      pango_layout_iter_get_line_extents(at, nullptr, &logical);
      int top = 0, bottom = 0;
      pango_layout_iter_get_line_yrange(at, &top, &bottom);
      const double height = static_cast<double>(bottom - top) / PANGO_SCALE;
      if (y_ + height > kBottom) next_page();
      const double ascent = static_cast<double>(pango_layout_iter_get_baseline(at) - top) / PANGO_SCALE;
      const double indent = static_cast<double>(logical.x) / PANGO_SCALE;
      lines_.push_back({page_, x + indent, y_ + ascent, pango_layout_iter_get_line_readonly(at)});
      y_ += height;
    } while (pango_layout_iter_next_line(at) != 0);
    pango_layout_iter_free(at);
    layouts_.push_back(std::move(layout));
  }

  void draw_footer(const std::string& footer, int page) {
    cairo_set_source_rgb(cairo_, 0.35, 0.35, 0.35);
    const Layout left = layout_of(footer, "DejaVu Sans 7.5", kWidth - 60, false);
    cairo_move_to(cairo_, kMargin, kPageHeight - kMargin + 18);
    pango_cairo_show_layout(cairo_, left.get());
    const Layout right = layout_of(fmt::format("{} de {}", page + 1, page_ + 1), "DejaVu Sans 7.5", kWidth, false);
    pango_layout_set_alignment(right.get(), PANGO_ALIGN_RIGHT);
    cairo_move_to(cairo_, kMargin, kPageHeight - kMargin + 18);
    pango_cairo_show_layout(cairo_, right.get());
    cairo_set_source_rgb(cairo_, 0, 0, 0);
  }

  cairo_t* cairo_;
  std::vector<Layout> layouts_;
  std::vector<Line> lines_;
  int page_ = 0;
  double y_ = kMargin;
};

}  // namespace

Block heading(std::string text) { return {.kind = BlockKind::Heading, .text = std::move(text), .rows = {}}; }
Block paragraph(std::string text) { return {.kind = BlockKind::Paragraph, .text = std::move(text), .rows = {}}; }
Block table(std::vector<std::pair<std::string, std::string>> rows) {
  return {.kind = BlockKind::Table, .text = {}, .rows = std::move(rows)};
}
Block monospace(std::string text) { return {.kind = BlockKind::Monospace, .text = std::move(text), .rows = {}}; }

Result<std::string> to_pdf(const Document& document) {
  std::string bytes;
  const std::unique_ptr<cairo_surface_t, Unref> surface(
      cairo_pdf_surface_create_for_stream(append_to_string, &bytes, kPageWidth, kPageHeight));
  const std::string created = format_utc(document.created);
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_TITLE, document.title.c_str());
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATOR, "Puntual");
  cairo_pdf_surface_set_metadata(surface.get(), CAIRO_PDF_METADATA_CREATE_DATE, created.c_str());
  {
    const std::unique_ptr<cairo_t, Unref> cairo(cairo_create(surface.get()));
    Pages pages(cairo.get());
    pages.lay_out(document);
    pages.draw(document);
    if (const auto status = cairo_status(cairo.get()); status != CAIRO_STATUS_SUCCESS) {
      return fail(ErrorCode::Internal, "the PDF could not be drawn: {}", cairo_status_to_string(status));
    }
  }
  cairo_surface_finish(surface.get());
  if (const auto status = cairo_surface_status(surface.get()); status != CAIRO_STATUS_SUCCESS) {
    return fail(ErrorCode::Internal, "the PDF could not be written: {}", cairo_status_to_string(status));
  }
  return bytes;
}

}  // namespace puntual::document
