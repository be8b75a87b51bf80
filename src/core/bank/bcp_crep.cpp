#include "core/bank/bcp_crep.h"

#include <algorithm>

#include "core/bank/text_records.h"

namespace puntual::bank {
namespace {

// Offsets from 0; those that are marked in the contract as read by running programs are needed.
constexpr FieldAt kBranch{2, 3}, kCurrency{5, 1}, kAccount{6, 7}, kDepositor{13, 14},
    kInformation{27, 30}, kAmount{73, 15}, kLateCharge{88, 15}, kTotal{103, 15}, kOperation{124, 6},
    kChannel{156, 12}, kExtendedOperation{205, 12};
constexpr size_t kPaidOn = 57;

std::optional<BankLine> payment_in(std::string_view record, std::string& problem) {
  const auto on = date_at(record, kPaidOn);
  if (!on) problem = "la fecha de pago no es una fecha AAAAMMDD";
  const auto amount = number_at(record, kAmount);
  if (!amount) problem = "el importe no son dígitos";
  const auto currency = text_at(record, kCurrency);
  if (currency != "0" && currency != "1") problem = "la moneda no es 0 (soles) ni 1 (dólares)";
  if (!problem.empty()) return std::nullopt;
  BankLine line{.on = *on, .amount = {*amount, Currency::of(currency == "0" ? "PEN" : "USD")}};
  // What was paid is with the late charge; where the three disagree nobody knows how much it was.
  const auto late = number_at(record, kLateCharge).value_or(0),
             total = number_at(record, kTotal).value_or(0);
  if (total > 0 && total != *amount && total != *amount + late) {
    problem = "el total pagado no es el importe más la mora";
    return std::nullopt;
  }
  if (total > 0) line.amount.minor = total;
  line.reference = without_zeros(text_at(record, kDepositor));
  line.second_reference = without_zeros(text_at(record, kInformation));
  line.means = text_at(record, kChannel);
  line.branch = text_at(record, kBranch);
  line.own_number =
      fmt::format("{}/{}", text_at(record, kOperation), text_at(record, kExtendedOperation));
  return line;
}

}  // namespace

bool is_bcp_crep(std::string_view bytes) {
  const auto records = records_of(bytes.substr(0, 4096));
  return !records.empty() && records[0].starts_with("CC") && records[0].size() > 12 &&
         text_at(records[0], kCurrency).size() == 1 && number_at(records[0], kAccount).has_value();
}

BankReading read_bcp_crep(std::string_view bytes) {
  BankReading reading{.format = BankFormat::BcpCrep, .bank = "BCP"};
  const auto records = records_of(bytes);
  int64_t number = 0;
  for (const auto record : records) {
    ++number;
    const auto trouble = [&](std::string_view what) {
      reading.troubles.push_back(
          {number, fmt::format("{}; pida el archivo otra vez al banco", what)});
    };
    if ((number == 1) != record.starts_with("CC")) {
      trouble(number == 1 ? "no empieza con el encabezado CC"
                          : "hay un segundo encabezado CC: son varios archivos pegados");
      continue;
    }
    if (number == 1) {
      reading.account = without_zeros(text_at(record, kAccount));
      continue;
    }
    if (!record.starts_with("DD")) {
      trouble("no es un registro DD");
      continue;
    }
    std::string problem;
    auto line = payment_in(record, problem);
    if (!line) {
      trouble(problem);
      continue;
    }
    line->line = number;
    reading.on = std::max(reading.on, line->on);
    reading.lines.push_back(*std::move(line));
  }
  if (!reading.troubles.empty()) reading.lines.clear();
  return reading;
}

}  // namespace puntual::bank
