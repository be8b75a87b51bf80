#include "sim/shards.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <string_view>
#include <unordered_map>

#include "base/random.h"
#include "core/portfolio/csv_reader.h"
#include "core/portfolio/import_row.h"

namespace puntual::sim {
namespace {

constexpr size_t kNowhere = SIZE_MAX;

// What stands above the rows, titles and all.
Result<std::string_view> titles_of(const ImportFile& file) {
  CsvReader reader(file.text(), file.mapping.delimiter);
  bool more = true;
  while (more && reader.line() < file.mapping.header_line) {
    ASSIGN_OR_RETURN(more, reader.next());
  }
  return file.text().substr(0, reader.offset());
}

void add_record(std::string& file, std::string_view record) {
  file += record;
  if (!record.ends_with('\n')) file += '\n';  // The last one of a file may have none.
}

// Rows that hang together by what they name. By hashes: two that are alike by accident are no harm.
class Ties {
 public:
  [[nodiscard]] size_t add_row() {
    above_.push_back(above_.size());
    return above_.size() - 1;
  }
  void tie(size_t row, char kind, std::string_view name) {
    if (name.empty()) return;
    const auto [known, is_new] = first_.try_emplace(hash_of(kind, name), row);
    if (!is_new) join(known->second, row);
  }
  [[nodiscard]] size_t row_with(char kind, std::string_view name) const {
    const auto known = name.empty() ? first_.end() : first_.find(hash_of(kind, name));
    return known == first_.end() ? kNowhere : known->second;
  }
  // The first row of all that hang together with this one.
  [[nodiscard]] size_t first_of(size_t row) {
    while (above_[row] != row) row = above_[row] = above_[above_[row]];
    return row;
  }

 private:
  static size_t hash_of(char kind, std::string_view name) {
    return std::hash<std::string_view>()(name) * 31 + static_cast<size_t>(kind);
  }
  void join(size_t a, size_t b) {
    a = first_of(a);
    b = first_of(b);
    above_[std::max(a, b)] = std::min(a, b);
  }
  std::vector<size_t>
      above_;  // An earlier row that hangs together with this one; itself: none does.
  std::unordered_map<size_t, size_t> first_;
};

}  // namespace

Result<Shards> cut_into_shards(const ImportFile& portfolio, const ImportFile* payments,
                               const Cut& cut) {
  ASSIGN_OR_RETURN(const auto titles, titles_of(portfolio));
  std::string_view payment_titles;
  if (payments != nullptr) {
    ASSIGN_OR_RETURN(payment_titles, titles_of(*payments));
  }
  const OnReject pass_over = [](const RawRecord&, std::span<const RowError>) {
    return Result<void>();
  };
  Ties ties;
  std::vector<std::string_view> records;
  const auto tie_row = [&](const PortfolioRow& row, const RawRecord& record) -> Result<void> {
    const size_t here = ties.add_row();
    records.push_back(record.text);
    ties.tie(here, 'd', row.document);
    ties.tie(here, 'e', row.external_id);
    ties.tie(here, 'p', row.phone.canonical);
    ties.tie(here, 'p', row.other_phone.canonical);
    ties.tie(here, 'i', row.invoice_number);
    return {};
  };
  RETURN_IF_ERROR(portfolio::read_portfolio(portfolio, tie_row, pass_over));

  Shards shards;
  for (size_t row = 0; row < records.size(); ++row)
    shards.people += ties.first_of(row) == row ? 1 : 0;
  const auto parts_for = [&](size_t people) {
    return std::max<size_t>(1, (people + cut.people_each - 1) / cut.people_each);
  };
  if (shards.people > cut.undivided_max) shards.part_count = parts_for(shards.people);
  const size_t made = cut.people_max == 0 ? shards.part_count
                                          : std::min(shards.part_count, parts_for(cut.people_max));
  shards.parts.assign(made, Shard{std::string(titles), std::string(payment_titles)});
  std::vector<size_t> part_of(records.size(), kNowhere);
  SeededRandom lots(1);  // Not every tenth: files have rhythms of their own.
  for (size_t row = 0; row < records.size(); ++row) {
    const size_t first = ties.first_of(row);
    part_of[row] = first == row ? lots.below(shards.part_count) : part_of[first];
    if (part_of[row] >= made) continue;
    shards.people_in_parts += first == row ? 1 : 0;
    add_record(shards.parts[part_of[row]].invoices, records[row]);
  }
  if (payments == nullptr) return shards;
  const auto place = [&](const PaymentRow& row, const RawRecord& record) -> Result<void> {
    size_t payer = ties.row_with('i', row.invoice_number);
    if (payer == kNowhere) payer = ties.row_with('d', row.document);
    const size_t part = payer == kNowhere ? 0 : part_of[payer];
    if (part < made) add_record(shards.parts[part].payments, record.text);
    return {};
  };
  RETURN_IF_ERROR(portfolio::read_payments(*payments, place, pass_over));
  return shards;
}

}  // namespace puntual::sim
