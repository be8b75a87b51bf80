#include "document/pdf.h"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include <algorithm>
#include <memory>

#include "document/png_surface.h"
#include "document/qr.h"

namespace puntual::document {
namespace {

// Points: 72 to an inch. A4 with two centimetres around.
constexpr double kPageWidth = 595.28, kPageHeight = 841.89;
constexpr double kMargin = 57;
constexpr double kWidth = kPageWidth - 2 * kMargin;
constexpr double kBottom = kPageHeight - kMargin;
constexpr double kLabelWidth = 150, kLabelWidthMax = 230, kGutter = 10;
constexpr char kLabelFont[] = "DejaVu Sans Bold 8.5";
constexpr double kQrWidth = 113;
constexpr double kLogoWidth = 170, kLogoHeight = 48;  // At most; it keeps its shape.

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

// The layouts of a document, each line given its page and place before the first is drawn: the
// number of pages must be known on page one.
class Pages {
 public:
  Pages(cairo_t* cairo, const std::string& language)
      : cairo_(cairo), language_(pango_language_from_string(language.c_str())) {}

  void lay_out(const Document& document) {
    if (!document.logo.empty()) add_logo(document.logo);
    place(layout_of(document.title, "DejaVu Sans Bold 18", kWidth, false), kMargin);
    y_ += 12;
    for (const auto& block : document.blocks) add(block);
  }

  void draw(const Document& document) {
    if (logo_) draw_logo();
    for (int page = 0; page <= page_; ++page) {
      for (const auto& line : lines_) {
        if (line.page != page) continue;
        cairo_move_to(cairo_, line.x, line.baseline);
        pango_cairo_show_layout_line(cairo_, line.line);
      }
      for (const auto& rule : rules_) {
        if (rule.page == page) draw_rule(rule);
      }
      for (const auto& code : codes_) {
        if (code.page == page) draw_code(code);
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
  struct Rule {
    int page = 0;
    double y = 0;
  };
  struct Code {
    int page = 0;
    double y = 0;
    QrCode squares;
  };

  void add_logo(const std::string& png) {
    logo_ = read_png(png);
    if (!logo_) return;
    const double width = cairo_image_surface_get_width(logo_.get()),
                 height = cairo_image_surface_get_height(logo_.get());
    logo_scale_ = std::min(kLogoWidth / width, kLogoHeight / height);
    y_ += height * logo_scale_ + 14;
  }

  // On the first page, which is the one that is being drawn.
  void draw_logo() {
    cairo_save(cairo_);
    cairo_translate(cairo_, kMargin, kMargin);
    cairo_scale(cairo_, logo_scale_, logo_scale_);
    cairo_set_source_surface(cairo_, logo_.get(), 0, 0);
    cairo_paint(cairo_);
    cairo_restore(cairo_);
  }

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
        add_table(block.rows);
        y_ += 6;
        break;
      case BlockKind::Columns:
        add_columns(block);
        y_ += 8;
        break;
      case BlockKind::Qr:
        if (auto squares = qr_code(block.text)) {
          keep_together(kQrWidth);
          codes_.push_back({page_, y_, *std::move(squares)});
          y_ += kQrWidth + 6;
        }
        break;
    }
  }

  void add_columns(const Block& block) {
    std::vector<std::string> titles;
    for (const auto& column : block.columns) titles.push_back(column.title);
    keep_together(40);
    add_cells(block.columns, titles, "DejaVu Sans Bold 8.5");
    rules_.push_back({page_, y_});
    y_ += 3;
    for (const auto& row : block.cells) add_cells(block.columns, row, "DejaVu Sans 8.5");
  }

  // The cells of a row begin on one line and stay on one page; the longest says where the next row
  // begins.
  void add_cells(const std::vector<Column>& columns, const std::vector<std::string>& cells,
                 const char* font) {
    PUNTUAL_CHECK(cells.size() == columns.size());
    int shares = 0;
    for (const auto& column : columns) shares += column.share;
    const double usable = kWidth - kGutter * static_cast<double>(columns.size() - 1);
    std::vector<Layout> layouts;
    double tallest = 0;
    for (size_t i = 0; i < cells.size(); ++i) {
      layouts.push_back(layout_of(cells[i], font, usable * columns[i].share / shares, true));
      if (columns[i].is_amount) pango_layout_set_alignment(layouts.back().get(), PANGO_ALIGN_RIGHT);
      int width = 0, height = 0;
      pango_layout_get_size(layouts.back().get(), &width, &height);
      tallest = std::max(tallest, static_cast<double>(height) / PANGO_SCALE);
    }
    keep_together(tallest);
    const double y = y_;
    double x = kMargin, end = y;
    for (size_t i = 0; i < cells.size(); ++i) {
      y_ = y;
      place(std::move(layouts[i]), x);
      end = std::max(end, y_);
      x += usable * columns[i].share / shares + kGutter;
    }
    y_ = end + 2;
  }

  // No label is broken while the values have room beside it: a date over two lines is read as two.
  void add_table(const std::vector<std::pair<std::string, std::string>>& rows) {
    double width = kLabelWidth;
    for (const auto& [label, value] : rows) {
      int natural = 0;
      pango_layout_get_size(layout_of(label, kLabelFont, kWidth, true).get(), &natural, nullptr);
      width = std::max(width, static_cast<double>(natural) / PANGO_SCALE + 1);
    }
    width = std::min(width, kLabelWidthMax);
    for (const auto& [label, value] : rows) add_row(label, value, width);
  }

  // Label and value begin on one line; the longer of the two says where the next row begins.
  void add_row(const std::string& label, const std::string& value, double label_width) {
    keep_together(24);
    const int page = page_;
    const double y = y_;
    place(layout_of(label, kLabelFont, label_width, true), kMargin);
    const int label_page = page_;
    const double label_end = y_;
    page_ = page;
    y_ = y;
    place(layout_of(value, "DejaVu Sans 8.5", kWidth - label_width - kGutter, true),
          kMargin + label_width + kGutter);
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
    // An identifier that is broken over two lines must not gain a hyphen.
    PangoAttrList* attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_language_new(language_));
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    pango_layout_set_attributes(layout.get(), attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_spacing(layout.get(), 2 * PANGO_SCALE);
    const std::unique_ptr<char, void (*)(void*)> valid(
        g_utf8_make_valid(text.data(), static_cast<gssize>(text.size())), g_free);
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
      const double ascent =
          static_cast<double>(pango_layout_iter_get_baseline(at) - top) / PANGO_SCALE;
      const double indent = static_cast<double>(logical.x) / PANGO_SCALE;
      lines_.push_back({page_, x + indent, y_ + ascent, pango_layout_iter_get_line_readonly(at)});
      y_ += height;
    } while (pango_layout_iter_next_line(at) != 0);
    pango_layout_iter_free(at);
    layouts_.push_back(std::move(layout));
  }

  void draw_rule(const Rule& rule) {
    cairo_set_line_width(cairo_, 0.6);
    cairo_move_to(cairo_, kMargin, rule.y);
    cairo_line_to(cairo_, kMargin + kWidth, rule.y);
    cairo_stroke(cairo_);
  }

  // As vectors: sharp on any screen and printer, and smaller than a picture.
  void draw_code(const Code& code) {
    const double side = kQrWidth / code.squares.size;
    for (int row = 0; row < code.squares.size; ++row) {
      for (int column = 0; column < code.squares.size; ++column) {
        if (code.squares.at(row, column))
          cairo_rectangle(cairo_, kMargin + column * side, code.y + row * side, side, side);
      }
    }
    cairo_fill(cairo_);
  }

  void draw_footer(const std::string& footer, int page) {
    cairo_set_source_rgb(cairo_, 0.35, 0.35, 0.35);
    const Layout left = layout_of(footer, "DejaVu Sans 7.5", kWidth - 60, false);
    cairo_move_to(cairo_, kMargin, kPageHeight - kMargin + 18);
    pango_cairo_show_layout(cairo_, left.get());
    const Layout right =
        layout_of(fmt::format("{} de {}", page + 1, page_ + 1), "DejaVu Sans 7.5", kWidth, false);
    pango_layout_set_alignment(right.get(), PANGO_ALIGN_RIGHT);
    cairo_move_to(cairo_, kMargin, kPageHeight - kMargin + 18);
    pango_cairo_show_layout(cairo_, right.get());
    cairo_set_source_rgb(cairo_, 0, 0, 0);
  }

  cairo_t* cairo_;
  PangoLanguage* language_;  // Lives for ever.
  std::unique_ptr<cairo_surface_t, DestroySurface> logo_;
  double logo_scale_ = 1;
  std::vector<Layout> layouts_;
  std::vector<Line> lines_;
  std::vector<Rule> rules_;
  std::vector<Code> codes_;
  int page_ = 0;
  double y_ = kMargin;
};

}  // namespace

Block heading(std::string text) {
  return {.kind = BlockKind::Heading, .text = std::move(text), .rows = {}};
}
Block paragraph(std::string text) {
  return {.kind = BlockKind::Paragraph, .text = std::move(text), .rows = {}};
}
Block table(std::vector<std::pair<std::string, std::string>> rows) {
  return {.kind = BlockKind::Table, .text = {}, .rows = std::move(rows)};
}
Block monospace(std::string text) {
  return {.kind = BlockKind::Monospace, .text = std::move(text), .rows = {}};
}

Block columns(std::vector<Column> titles, std::vector<std::vector<std::string>> cells) {
  return {.kind = BlockKind::Columns,
          .text = {},
          .rows = {},
          .columns = std::move(titles),
          .cells = std::move(cells)};
}
Block qr(std::string text) { return {.kind = BlockKind::Qr, .text = std::move(text), .rows = {}}; }

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
    Pages pages(cairo.get(), document.language);
    pages.lay_out(document);
    pages.draw(document);
    if (const auto status = cairo_status(cairo.get()); status != CAIRO_STATUS_SUCCESS) {
      return fail(ErrorCode::Internal, "the PDF could not be drawn: {}",
                  cairo_status_to_string(status));
    }
  }
  cairo_surface_finish(surface.get());
  if (const auto status = cairo_surface_status(surface.get()); status != CAIRO_STATUS_SUCCESS) {
    return fail(ErrorCode::Internal, "the PDF could not be written: {}",
                cairo_status_to_string(status));
  }
  return bytes;
}

}  // namespace puntual::document
