#include "core/bank/asobancaria.h"

#include <algorithm>

#include "core/bank/text_records.h"

namespace puntual::bank {
namespace {

// Where each edition has what; offsets from 0, a length of 0: it has none.
struct Layout {
  size_t width = 162;
  std::string_view detail_type = "06", batch_type = "05",
                   batch_end_type = "08";  // Empty: no batches.
  size_t header_date = 12;
  FieldAt header_bank, header_account, header_modifier;
  FieldAt reference, amount, origin, means, operation, authorisation, branch, sequence, returned;
  FieldAt batch_number, batch_end_count, batch_end_total, batch_end_number;
  FieldAt end_count = {2, 9}, end_total = {11, 18};
};

constexpr Layout kEdition2001 = {.width = 162,
                                 .header_date = 12,
                                 .header_bank = {20, 3},
                                 .header_account = {23, 17},
                                 .header_modifier = {52, 1},
                                 .reference = {2, 48},
                                 .amount = {50, 14},
                                 .origin = {64, 2},
                                 .means = {66, 2},
                                 .operation = {68, 6},
                                 .authorisation = {74, 6},
                                 .branch = {83, 4},
                                 .sequence = {87, 7},
                                 .returned = {94, 3},
                                 .batch_number = {15, 4},
                                 .batch_end_count = {2, 9},
                                 .batch_end_total = {11, 18},
                                 .batch_end_number = {29, 4}};
constexpr Layout kEdition1998 = {.width = 128,
                                 .detail_type = "02",
                                 .batch_type = "",
                                 .batch_end_type = "",
                                 .header_date = 15,
                                 .header_bank = {23, 3},
                                 .header_account = {26, 15},
                                 .header_modifier = {},
                                 .reference = {2, 25},
                                 .amount = {27, 13},
                                 .origin = {40, 2},
                                 .means = {},
                                 .operation = {},
                                 .authorisation = {},
                                 .branch = {},
                                 .sequence = {42, 7},
                                 .returned = {},
                                 .batch_number = {},
                                 .batch_end_count = {},
                                 .batch_end_total = {},
                                 .batch_end_number = {}};

struct Tally {
  int64_t count = 0, total = 0;
  bool operator==(const Tally&) const = default;
  // Saturated: a total that does not fit differs from what the file says.
  void add(int64_t amount) {
    ++count;
    if (__builtin_add_overflow(total, amount, &total)) total = INT64_MAX;
  }
};

class Reader {
 public:
  Reader(const AsobancariaOptions& options, const Layout& layout)
      : options_(options), layout_(layout) {
    reading_.format = options.edition;
  }

  BankReading read(std::string_view bytes) && {
    const auto records = records_of(bytes);
    if (records.empty()) return std::move(reading_);  // No movements.
    for (const auto record : records) {
      ++line_;
      take(record);
    }
    if (!has_ended_)
      trouble(
          "falta el registro final 09: el archivo está incompleto; descárguelo otra vez del banco");
    if (!reading_.troubles.empty()) reading_.lines.clear();
    return std::move(reading_);
  }

 private:
  void trouble(std::string what) { reading_.troubles.push_back({line_, std::move(what)}); }

  void take(std::string_view record) {
    if (record.size() > layout_.width) {
      return trouble(
          fmt::format("tiene {} caracteres y el formato es de {}: pueden ser varios archivos "
                      "pegados; descárguelo otra vez del banco",
                      record.size(), layout_.width));
    }
    const std::string_view type = record.substr(0, 2);
    if (has_ended_)
      return trouble(
          "hay más registros después del final 09: son varios archivos pegados; cárguelos uno por "
          "uno");
    if ((line_ == 1) != (type == "01")) {
      return trouble(
          line_ == 1
              ? "no empieza con el registro 01: no es un archivo de recaudo Asobancaria de esta "
                "edición"
              : "hay un segundo encabezado 01: son varios archivos pegados; cárguelos uno por uno");
    }
    if (type == "01") return take_header(record);
    if (type == layout_.detail_type) return take_detail(record);
    if (!layout_.batch_type.empty() && type == layout_.batch_type) return take_batch(record);
    if (!layout_.batch_end_type.empty() && type == layout_.batch_end_type)
      return take_batch_end(record);
    if (type == "09") return take_end(record);
    trouble(
        "empieza con un tipo de registro que esta edición no tiene; ¿es otra edición? Pruebe con "
        "--format");
  }

  void take_header(std::string_view record) {
    const auto on = date_at(record, layout_.header_date);
    if (!on)
      trouble("la fecha de recaudo no es una fecha AAAAMMDD; pida el archivo otra vez al banco");
    reading_.on = on.value_or(CivilDate{});
    reading_.bank = text_at(record, layout_.header_bank);
    reading_.account = without_zeros(text_at(record, layout_.header_account));
    if (layout_.header_modifier.length > 0)
      reading_.modifier = text_at(record, layout_.header_modifier);
  }

  void take_batch(std::string_view record) {
    if (in_batch_)
      trouble(
          "empieza un lote y el anterior no se ha cerrado con 08; pida el archivo otra vez al "
          "banco");
    in_batch_ = true;
    batch_ = {};
    batch_number_ = text_at(record, layout_.batch_number);
  }

  void take_detail(std::string_view record) {
    if (!layout_.batch_type.empty() && !in_batch_)
      trouble("hay un pago fuera de un lote 05–08; pida el archivo otra vez al banco");
    const auto amount = number_at(record, layout_.amount);
    if (!amount) return trouble("el valor no son dígitos; pida el archivo otra vez al banco");
    batch_.add(*amount);
    all_.add(*amount);
    BankLine line{.line = line_, .on = reading_.on, .amount = {*amount, options_.currency}};
    line.reference = slice(record, options_.reference);
    if (options_.second_reference)
      line.second_reference = slice(record, *options_.second_reference);
    line.means = fmt::format("{} {}", text_at(record, layout_.origin),
                             layout_.means.length > 0 ? text_at(record, layout_.means) : "");
    if (layout_.branch.length > 0) line.branch = text_at(record, layout_.branch);
    if (layout_.returned.length > 0) {
      const auto reason = text_at(record, layout_.returned);
      if (reason != "000") line.returned = reason;
    }
    line.own_number = fmt::format("{}/{}", batch_number_, text_at(record, layout_.sequence));
    reading_.lines.push_back(std::move(line));
  }

  [[nodiscard]] std::string slice(std::string_view record, const ReferenceSlice& part) const {
    // Of the whole field, for its blanks count as well.
    const std::string_view field =
        record.size() > layout_.reference.offset
            ? record.substr(layout_.reference.offset, layout_.reference.length)
            : "";
    const size_t length = part.length == 0 ? field.size() : part.length;
    return without_zeros(text_at(field, {part.from, length}));
  }

  void take_batch_end(std::string_view record) {
    if (!in_batch_) trouble("se cierra un lote que no se abrió; pida el archivo otra vez al banco");
    in_batch_ = false;
    check(record, {.count = layout_.batch_end_count,
                   .total = layout_.batch_end_total,
                   .sum = batch_,
                   .of = "del lote"});
  }

  void take_end(std::string_view record) {
    if (in_batch_)
      trouble("el último lote no se ha cerrado con 08; pida el archivo otra vez al banco");
    has_ended_ = true;
    check(
        record,
        {.count = layout_.end_count, .total = layout_.end_total, .sum = all_, .of = "del archivo"});
  }

  struct Claim {
    FieldAt count, total;
    Tally sum;
    std::string_view of;
  };
  void check(std::string_view record, const Claim& claim) {
    const auto count = number_at(record, claim.count), total = number_at(record, claim.total);
    if (!count || !total)
      return trouble("la cantidad o el total no son dígitos; pida el archivo otra vez al banco");
    if (*count != claim.sum.count) {
      trouble(
          fmt::format("dice que los pagos {} son {} y hay {}; pida el archivo otra vez al banco",
                      claim.of, *count, claim.sum.count));
    }
    if (*total != claim.sum.total) {
      trouble(fmt::format(
          "dice que el total {} es {} y los pagos suman {}; pida el archivo otra vez al banco",
          claim.of, format_decimal({*total, options_.currency}),
          format_decimal({claim.sum.total, options_.currency})));
    }
  }

  const AsobancariaOptions& options_;
  const Layout& layout_;
  BankReading reading_;
  int64_t line_ = 0;
  bool in_batch_ = false, has_ended_ = false;
  std::string batch_number_;
  Tally batch_, all_;
};

}  // namespace

BankReading read_asobancaria(std::string_view bytes, const AsobancariaOptions& options) {
  return Reader(options,
                options.edition == BankFormat::Asobancaria1998 ? kEdition1998 : kEdition2001)
      .read(bytes);
}

std::optional<BankFormat> asobancaria_edition(std::string_view bytes) {
  const auto records = records_of(bytes.substr(0, 4096));
  if (records.empty() || !records[0].starts_with("01")) return std::nullopt;
  const std::string_view second = records.size() > 1 ? records[1].substr(0, 2) : "";
  if (second == "05" || second == "06" || second == "08") return BankFormat::Asobancaria2001;
  if (second == "02") return BankFormat::Asobancaria1998;
  // Without payments both end at once: the date tells.
  if (date_at(records[0], kEdition2001.header_date)) return BankFormat::Asobancaria2001;
  if (date_at(records[0], kEdition1998.header_date)) return BankFormat::Asobancaria1998;
  return std::nullopt;
}

}  // namespace puntual::bank
