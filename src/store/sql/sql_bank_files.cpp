#include "store/sql/sql_bank_files.h"

#include <algorithm>
#include <charconv>

#include "base/names.h"
#include "store/fields.h"

namespace puntual::store {
namespace {

constexpr Names<BankFileState, 3> kBankFileStates = {{{{"begun"}, {"taken"}, {"set_aside"}}}};
constexpr Names<BankLineState, 5> kBankLineStates = {
    {{{"applied"}, {"proposed"}, {"unmatched"}, {"ignored"}, {"returned"}}}};

#define PUNTUAL_BANK_FILE_COLUMNS                                                                 \
  "id, creditor_id, format, bank, account, on_date, modifier, digest, name, received_at, state, " \
  "trouble, line_count"
#define PUNTUAL_BANK_LINE_SELECT                                                               \
  "SELECT id, creditor_id, file_id, line, on_date, currency, amount_minor, state, debtor_id, " \
  "payment_id, rule, confidence, "                                                             \
  "invoices, evidence, words, decided_by, decided_at FROM bank_line WHERE creditor_id=$1 AND "

Place place_of_bank_line(CreditorId creditor, BankLineId id) {
  return {.table = "bank_line", .creditor_id = creditor, .row = id.value};
}

std::string hex_of_key(const LookupKey& key) {
  std::string text;
  for (const uint8_t byte : key.value) text += fmt::format("{:02x}", byte);
  return text;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const auto end = std::min(text.find(' '), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

std::string ids_text(const std::vector<InvoiceId>& ids) {
  std::string text;
  for (const auto id : ids) text += fmt::format("{}{}", text.empty() ? "" : " ", id.value);
  return text;
}

std::vector<InvoiceId> ids_of_text(std::string_view text) {
  std::vector<InvoiceId> ids;
  for (const auto& word : words_of(text)) {
    InvoiceId id;
    std::from_chars(word.data(), word.data() + word.size(), id.value);
    ids.push_back(id);
  }
  return ids;
}

std::string packed_words(const BankLine& line) {
  return pack({line.reference, line.second_reference, line.document, line.name, line.description,
               line.means, line.branch, line.returned, line.own_number});
}

BankFile file_of(const Rows& rows) {
  return {.id = rows.id<BankFileId>(0),
          .creditor_id = rows.id<CreditorId>(1),
          .format = *bank_format_of(rows.view(2)),
          .bank = rows.text(3),
          .account = rows.text(4),
          .on = rows.date(5),
          .modifier = rows.text(6),
          .digest = rows.text(7),
          .name = rows.text(8),
          .received_at = rows.instant(9),
          .state = *kBankFileStates.find(rows.view(10)),
          .trouble = rows.text(11),
          .line_count = rows.integer(12)};
}

// The same money in the eyes of a bank: neither sign nor day, for what comes back comes later.
std::string like_identity(std::string_view account, const BankLine& line) {
  return fmt::format("{}\n{}\n{}\n{}\n{}", account, line.amount.currency.code(),
                     std::abs(line.amount.minor), line.reference, line.second_reference);
}

}  // namespace

std::string_view text_of(BankFileState state) { return kBankFileStates.text(state); }
std::string_view text_of(BankLineState state) { return kBankLineStates.text(state); }

std::optional<BankLineState> bank_line_state_of(std::string_view text) {
  return kBankLineStates.find(text);
}

BankFile BankFiles::open(const BankFile& file) {
  db_.run("INSERT INTO bank_file (" PUNTUAL_BANK_FILE_COLUMNS
          ") VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13) "
          "ON CONFLICT (creditor_id, bank, account, on_date, modifier, digest) DO NOTHING",
          {file.id, file.creditor_id, text_of(file.format), file.bank, file.account, file.on,
           file.modifier, file.digest, file.name, file.received_at, text_of(file.state),
           file.trouble, file.line_count});
  auto rows =
      db_.query("SELECT " PUNTUAL_BANK_FILE_COLUMNS
                " FROM bank_file WHERE creditor_id=$1 AND bank=$2 AND account=$3 AND on_date=$4 "
                "AND modifier=$5 AND digest=$6{{for_update}}",
                {file.creditor_id, file.bank, file.account, file.on, file.modifier, file.digest});
  PUNTUAL_CHECK(rows.next());
  return file_of(rows);
}

void BankFiles::set_state(CreditorId creditor, BankFileId id, BankFileState state) {
  db_.run("UPDATE bank_file SET state=$3 WHERE creditor_id=$1 AND id=$2",
          {creditor, id, text_of(state)});
}

std::optional<BankFile> BankFiles::find_file(CreditorId creditor, BankFileId id) {
  auto rows = db_.query("SELECT " PUNTUAL_BANK_FILE_COLUMNS
                        " FROM bank_file WHERE creditor_id=$1 AND id=$2",
                        {creditor, id});
  return rows.next() ? std::optional(file_of(rows)) : std::nullopt;
}

std::vector<BankFile> BankFiles::files(CreditorId creditor, BankFileId before, int limit) {
  std::vector<BankFile> found;
  auto rows = db_.query(
      "SELECT " PUNTUAL_BANK_FILE_COLUMNS
      " FROM bank_file WHERE creditor_id=$1 AND ($2 = 0 OR id < $2) ORDER BY id DESC LIMIT $3",
      {creditor, before, limit});
  while (rows.next()) found.push_back(file_of(rows));
  return found;
}

std::string BankFiles::line_key(CreditorId creditor, std::string_view identity) {
  return hex_of_key(keys_.lookup_key(creditor, "bank_line", identity));
}

bool BankFiles::has_line(CreditorId creditor, std::string_view line_key) {
  return db_
      .query("SELECT 1 FROM bank_line WHERE creditor_id=$1 AND line_key=$2", {creditor, line_key})
      .next();
}

void BankFiles::add(const KeptBankLine& line, std::string_view line_key, std::string_view account) {
  const std::string like = line.said.reference.empty()
                               ? ""
                               : hex_of_key(keys_.lookup_key(line.creditor_id, "bank_like",
                                                             like_identity(account, line.said)));
  const std::string sealed = keys_.seal(place_of_bank_line(line.creditor_id, line.id),
                                        line.debtor_id, packed_words(line.said));
  db_.run(
      "INSERT INTO bank_line (id, creditor_id, file_id, line, line_key, like_key, on_date, "
      "currency, amount_minor, state, debtor_id, payment_id, "
      "rule, confidence, invoices, evidence, words) VALUES "
      "($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17)",
      {line.id, line.creditor_id, line.file_id, line.said.line, line_key, like, line.said.on,
       line.said.amount.currency.code(), line.said.amount.minor, text_of(line.state),
       line.debtor_id, line.payment_id, text_of(line.rule), line.confidence,
       ids_text(line.invoices), joined(line.evidence), Bytes{sealed}});
}

bool BankFiles::decide(const KeptBankLine& line) {
  const std::string sealed = keys_.seal(place_of_bank_line(line.creditor_id, line.id),
                                        line.debtor_id, packed_words(line.said));
  return db_.run(
             "UPDATE bank_line SET state=$3, debtor_id=$4, payment_id=$5, rule=$6, confidence=$7, "
             "invoices=$8, evidence=$9, words=$10, decided_by=$11, "
             "decided_at=$12 WHERE creditor_id=$1 AND id=$2 AND state NOT IN ('applied', "
             "'returned')",
             {line.creditor_id, line.id, text_of(line.state), line.debtor_id, line.payment_id,
              text_of(line.rule), line.confidence, ids_text(line.invoices), joined(line.evidence),
              Bytes{sealed}, line.decided_by, line.decided_at}) == 1;
}

KeptBankLine BankFiles::read(const Rows& rows) {
  KeptBankLine line{.id = rows.id<BankLineId>(0),
                    .creditor_id = rows.id<CreditorId>(1),
                    .file_id = rows.id<BankFileId>(2),
                    .said = {.line = rows.integer(3),
                             .on = rows.date(4),
                             .amount = {rows.integer(6), Currency::of(rows.view(5))}},
                    .state = *bank_line_state_of(rows.view(7)),
                    .debtor_id = rows.id<DebtorId>(8),
                    .payment_id = rows.id<PaymentId>(9),
                    .rule = match_rule_of(rows.view(10)),
                    .confidence = rows.int32(11),
                    .invoices = ids_of_text(rows.view(12)),
                    .evidence = words_of(rows.view(13)),
                    .decided_by = rows.text(15),
                    .decided_at = rows.maybe_instant(16)};
  if (const std::string sealed(rows.bytes(14)); !sealed.empty()) {
    auto words = unpack<9>(
        keys_.open(place_of_bank_line(line.creditor_id, line.id), line.debtor_id, sealed));
    BankLine& said = line.said;
    size_t i = 0;
    for (std::string* part :
         {&said.reference, &said.second_reference, &said.document, &said.name, &said.description,
          &said.means, &said.branch, &said.returned, &said.own_number}) {
      *part = std::move(words[i++]);
    }
  }
  return line;
}

std::optional<KeptBankLine> BankFiles::find(CreditorId creditor, BankLineId id) {
  auto rows = db_.query(PUNTUAL_BANK_LINE_SELECT "id=$2", {creditor, id});
  return rows.next() ? std::optional(read(rows)) : std::nullopt;
}

std::string BankFiles::line_key_of(CreditorId creditor, BankLineId id) {
  auto rows =
      db_.query("SELECT line_key FROM bank_line WHERE creditor_id=$1 AND id=$2", {creditor, id});
  PUNTUAL_CHECK(rows.next());
  return rows.text(0);
}

std::vector<KeptBankLine> BankFiles::lines(CreditorId creditor, bool is_waiting, BankLineId after,
                                           int limit) {
  std::vector<KeptBankLine> found;
  // Two statements, each with an index of its own.
  auto rows = is_waiting
                  ? db_.query(PUNTUAL_BANK_LINE_SELECT
                              "state IN ('proposed', 'unmatched') AND id > $2 ORDER BY id LIMIT $3",
                              {creditor, after, limit})
                  : db_.query(PUNTUAL_BANK_LINE_SELECT "id > $2 ORDER BY id LIMIT $3",
                              {creditor, after, limit});
  while (rows.next()) found.push_back(read(rows));
  return found;
}

std::vector<KeptBankLine> BankFiles::of_debtor(CreditorId creditor, DebtorId debtor) {
  std::vector<KeptBankLine> found;
  auto rows = db_.query(PUNTUAL_BANK_LINE_SELECT "debtor_id=$2 AND debtor_id <> 0 ORDER BY id",
                        {creditor, debtor});
  while (rows.next()) found.push_back(read(rows));
  return found;
}

std::vector<KeptBankLine> BankFiles::alike(CreditorId creditor, std::string_view account,
                                           const BankLine& line) {
  std::vector<KeptBankLine> found;
  if (line.reference.empty()) return found;
  const std::string like =
      hex_of_key(keys_.lookup_key(creditor, "bank_like", like_identity(account, line)));
  auto rows = db_.query(PUNTUAL_BANK_LINE_SELECT "like_key=$2 AND like_key <> '' ORDER BY id",
                        {creditor, like});
  while (rows.next()) found.push_back(read(rows));
  return found;
}

bool BankFiles::has_return_of(CreditorId creditor, PaymentId payment) {
  return db_
      .query(
          "SELECT 1 FROM bank_line WHERE creditor_id=$1 AND payment_id=$2 AND payment_id <> 0 AND "
          "state='returned'",
          {creditor, payment})
      .next();
}

}  // namespace puntual::store
