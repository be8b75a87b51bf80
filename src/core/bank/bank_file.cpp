#include "core/bank/bank_file.h"

#include <algorithm>
#include <array>
#include <map>

namespace puntual {
namespace {

constexpr std::array<std::string_view, 4> kBankFormats = {"asobancaria2001", "asobancaria1998",
                                                          "bcp-crep", "statement"};
constexpr size_t kTroublesShown = 10;

std::string content_of(const BankReading& file, const BankLine& line) {
  return fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n{}", file.account, line.on.days,
                     line.amount.minor, line.amount.currency.code(), line.reference,
                     line.second_reference, line.description, line.own_number);
}

}  // namespace

std::string_view text_of(BankFormat format) { return kBankFormats[static_cast<size_t>(format)]; }

std::optional<BankFormat> bank_format_of(std::string_view text) {
  const auto found = std::ranges::find(kBankFormats, text);
  if (found == kBankFormats.end()) return std::nullopt;
  return static_cast<BankFormat>(found - kBankFormats.begin());
}

namespace bank {

std::string text_of(const std::vector<BankTrouble>& troubles) {
  std::string text;
  for (size_t i = 0; i < std::min(troubles.size(), kTroublesShown); ++i) {
    if (i > 0) text += '\n';
    if (troubles[i].line > 0) text += fmt::format("línea {}: ", troubles[i].line);
    text += troubles[i].what;
  }
  if (troubles.size() > kTroublesShown)
    text += fmt::format("\n… y {} más", troubles.size() - kTroublesShown);
  return text;
}

std::string without_zeros(std::string_view digits) {
  const auto first = digits.find_first_not_of('0');
  if (first == std::string_view::npos) return digits.empty() ? "" : "0";
  return std::string(digits.substr(first));
}

std::string identity_of(const BankReading& file, std::string_view file_digest, const BankLine& line,
                        int ordinal) {
  if (file.format == BankFormat::Asobancaria2001 || file.format == BankFormat::Asobancaria1998) {
    return fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}", file.bank, file.account, file.on.days,
                       file.modifier, file_digest, line.own_number, ordinal);
  }
  return fmt::format("{}\n{}", content_of(file, line), ordinal);
}

std::vector<int> ordinals_of(const BankReading& file) {
  // Places in a file of collections are told apart in the same way: sequences need not be without
  // gap or repetition.
  const bool has_places =
      file.format == BankFormat::Asobancaria2001 || file.format == BankFormat::Asobancaria1998;
  std::map<std::string, int, std::less<>> seen;
  std::vector<int> ordinals;
  ordinals.reserve(file.lines.size());
  for (const auto& line : file.lines)
    ordinals.push_back(seen[has_places ? line.own_number : content_of(file, line)]++);
  return ordinals;
}

}  // namespace bank
}  // namespace puntual
