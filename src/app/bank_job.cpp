#include "app/bank_job.h"

#include <algorithm>

#include "app/order_fields.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/locale.h"
#include "core/bank/bcp_crep.h"
#include "core/bank/statement.h"
#include "core/portfolio/import_cells.h"
#include "engine/explain.h"
#include "sheet/read.h"

namespace puntual {
namespace {

struct ReadBankFile {
  BankReading reading;
  std::string description, mapping;  // Of a statement.
};

Result<BankFormat> format_asked(const BankImportJob& job, std::string_view bytes) {
  if (!job.format.empty() && job.format != "auto") {
    if (const auto format = bank_format_of(job.format)) return *format;
    return fail(
        ErrorCode::Invalid,
        "format '{}' (expected auto, asobancaria2001, asobancaria1998, bcp-crep or statement)",
        job.format);
  }
  if (const auto edition = bank::asobancaria_edition(bytes)) return *edition;
  return bank::is_bcp_crep(bytes) ? BankFormat::BcpCrep : BankFormat::Statement;
}

// A statement does not say whose it is; with one account there is no doubt.
Result<std::string> account_of_statement(const BankImportJob& job, const BankSettings& settings) {
  if (!job.account.empty()) return bank::without_zeros(job.account);
  if (settings.accounts.size() > 1) {
    return fail(ErrorCode::Invalid,
                "{}: un extracto no dice de qué cuenta es, y hay varias: dígalo con --account",
                job.name);
  }
  return settings.accounts.empty() ? std::string() : settings.accounts.front().account;
}

Result<ReadBankFile> read_statement_file(const BankImportJob& job, const Creditor& creditor,
                                         const BankSettings& settings, std::string_view bytes,
                                         bool is_workbook) {
  StatementOptions options{.mapping = {}, .is_workbook = is_workbook, .account = {}};
  if (!job.mapping.empty()) {
    ASSIGN_OR_RETURN(options.mapping, bank::parse_statement_mapping(job.mapping, "mapping"));
  }
  ASSIGN_OR_RETURN(options.account, account_of_statement(job, settings));
  const auto* account = settings.find(options.account);
  std::string currency = job.currency;
  if (currency.empty() && account != nullptr) currency = account->currency;
  ASSIGN_OR_RETURN(options.currency,
                   Currency::parse(currency.empty() ? creditor.currency : currency));
  if (const auto* country = portfolio::find_country(creditor.country))
    options.decimal_mark = country->decimal_mark;
  auto read = bank::read_statement(bytes, options);
  if (!read) return fail(read.error().code, "{}: {}", job.name, read.error().message);
  return ReadBankFile{.reading = std::move(read->file),
                      .description = bank::describe_es(read->mapping),
                      .mapping = bank::to_toml(read->mapping)};
}

Result<ReadBankFile> read_bank_file(const BankImportJob& job, const Creditor& creditor,
                                    const BankSettings& settings, std::string_view bytes,
                                    bool is_workbook) {
  ASSIGN_OR_RETURN(const BankFormat format, format_asked(job, bytes));
  if (format == BankFormat::Statement)
    return read_statement_file(job, creditor, settings, bytes, is_workbook);
  ReadBankFile read;
  if (format == BankFormat::BcpCrep) {
    read.reading = bank::read_bcp_crep(bytes);
  } else {
    AsobancariaOptions options{.edition = format, .reference = {}, .second_reference = {}};
    read.reading = bank::read_asobancaria(bytes, options);
    // Which account it is tells how its bank writes the reference.
    if (const auto* account = settings.find(read.reading.account)) {
      options.reference = account->reference;
      options.second_reference = account->second_reference;
      if (!account->currency.empty()) options.currency = Currency::of(account->currency);
      read.reading = bank::read_asobancaria(bytes, options);
    }
  }
  const std::string given = bank::without_zeros(job.account);
  if (!given.empty() && !read.reading.account.empty() && given != read.reading.account) {
    return fail(ErrorCode::Invalid,
                "{}: es de la cuenta {} y no de la {}: revise el archivo, o quite --account",
                job.name, read.reading.account, given);
  }
  if (read.reading.account.empty()) read.reading.account = given;
  return read;
}

std::string joined_by_blanks(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

// Once applied, a line is of whom its money is of by now, and for what it pays by now; before that,
// as it is proposed.
json::object line_json(Tx& tx, const store::KeptBankLine& line) {
  json::array invoices;
  const auto add = [&](InvoiceId id) {
    if (const auto invoice = tx.invoices.find(line.creditor_id, id))
      invoices.push_back(json::value(invoice->number));
  };
  DebtorId whose = line.debtor_id;
  for (const auto& payment : engine::payments_of(tx, line)) {
    whose = payment.debtor_id;
    for (const auto& part : tx.payments.applied_of(line.creditor_id, payment.id))
      add(part.invoice_id);
  }
  if (line.state != store::BankLineState::Applied) std::ranges::for_each(line.invoices, add);
  const auto debtor = whose ? tx.debtors.find(line.creditor_id, whose) : std::nullopt;
  const BankLine& said = line.said;
  return {{"id", std::to_string(line.id.value)},
          {"file", std::to_string(line.file_id.value)},
          {"line", said.line},
          {"state", text_of(line.state)},
          {"on", format_date(said.on)},
          {"amount_minor", said.amount.minor},
          {"currency", said.amount.currency.code()},
          {"reference", said.reference},
          {"second_reference", said.second_reference},
          {"document", said.document},
          {"name", said.name},
          {"description", said.description},
          {"returned", said.returned},
          {"rule", text_of(line.rule)},
          {"rule_es", name_es(line.rule)},
          {"confidence", line.confidence},
          {"evidence", joined_by_blanks(line.evidence)},
          {"debtor", whose ? std::to_string(whose.value) : ""},
          {"debtor_name", debtor ? debtor->name : ""},
          {"invoices", invoices},
          {"payment", line.payment_id ? std::to_string(line.payment_id.value) : ""},
          {"decided_by", line.decided_by},
          {"decided_at",
           line.decided_at ? json::value(format_utc(*line.decided_at)) : json::value(nullptr)}};
}

// What the invoices of a line still owe where the portfolio's figures had counted its money before:
// it lowered nothing. None: it was news.
std::optional<Money> owed_though_counted(Tx& tx, const store::KeptBankLine& line) {
  if (line.state != store::BankLineState::Applied) return std::nullopt;
  std::optional<Money> owed;
  for (const auto& part : tx.payments.applied_of(line.creditor_id, line.payment_id)) {
    const auto is_news = [&](const store::Ledger::Row& row) {
      return row.entry.payment_id == line.payment_id && row.entry.credit == Account::Receivable;
    };
    if (std::ranges::any_of(tx.ledger.entries_of(line.creditor_id, part.invoice_id), is_news))
      return std::nullopt;
    const auto invoice = tx.invoices.find(line.creditor_id, part.invoice_id);
    if (!owed) owed = Money{0, line.said.amount.currency};
    if (invoice) owed->minor += invoice->balance_minor;
  }
  return owed;
}

Result<BankDecision> decision_of(Tx& tx, const Creditor& creditor, const json::value& asked) {
  const auto* object = asked.if_object();
  if (object == nullptr) return fail(ErrorCode::Invalid, "expected one object");
  static constexpr std::string_view kKnown[] = {"accept", "invoice",  "debtor", "split",
                                                "ignore", "reverses", "by"};
  for (const auto& [key, value] : *object) {
    if (std::ranges::find(kKnown, std::string_view(key)) == std::end(kKnown)) {
      return fail(ErrorCode::Invalid,
                  "unknown field '{}' (expected accept, invoice, debtor, split, ignore or "
                  "reverses, and by)",
                  std::string(key));
    }
  }
  BankDecision decision{.is_accepted = member_bool(asked, "accept").value_or(false),
                        .invoice = member_text(asked, "invoice").value_or(""),
                        .is_ignored = member_bool(asked, "ignore").value_or(false),
                        .by = member_text(asked, "by").value_or("")};
  RETURN_IF_ERROR(check_login("by", decision.by));
  if (const auto subject = member_text(asked, "debtor"); subject && !subject->empty()) {
    ASSIGN_OR_RETURN(decision.debtor_id, engine::find_subject(tx, creditor, *subject));
  }
  if (const auto reverses = text_in(asked, "reverses"); !reverses.empty()) {
    ASSIGN_OR_RETURN(decision.reverses.value, number_in(reverses, "reverses"));
  }
  if (const auto* shares = member_array(asked, "split")) {
    for (const auto& share : *shares) {
      decision.shares.push_back({.invoice = member_text(share, "invoice").value_or(""),
                                 .amount_minor = member_int(share, "amount_minor").value_or(0)});
    }
  }
  const int told = int{decision.is_accepted} + int{!decision.invoice.empty()} +
                   int{bool(decision.debtor_id)} + int{!decision.shares.empty()} +
                   int{decision.is_ignored} + int{bool(decision.reverses)};
  if (told != 1)
    return fail(ErrorCode::Invalid,
                "say one thing of the line: accept, invoice, debtor, split, ignore or reverses");
  return decision;
}

}  // namespace

Result<std::string> run_bank_import_job(Store& store, const Desk& desk, const Creditor& creditor,
                                        const BankSettings& settings, std::string_view bytes,
                                        const BankImportJob& job, Instant now) {
  BankFileInput input{
      .reading = {}, .digest = hex(sha256(bytes)), .name = job.name.empty() ? "archivo" : job.name};
  std::string converted;
  if (sheet::is_workbook(bytes)) {
    ASSIGN_OR_RETURN(converted, sheet::csv_of_workbook(bytes));
    bytes = converted;
  }
  BankImportJob named = job;
  named.name = input.name;
  ASSIGN_OR_RETURN(ReadBankFile read,
                   read_bank_file(named, creditor, settings, bytes, !converted.empty()));
  input.reading = std::move(read.reading);
  ASSIGN_OR_RETURN(const BankReport report, engine::take_bank_file(store, desk, creditor, settings,
                                                                   input, job.dry_run, now));
  const std::string currency(input.reading.lines.empty()
                                 ? creditor.currency
                                 : std::string(input.reading.lines.front().amount.currency.code()));
  return to_json(json::object{{"file", std::to_string(report.file_id.value)},
                              {"format", text_of(input.reading.format)},
                              {"account", input.reading.account},
                              {"new", report.is_new},
                              {"lines", report.lines},
                              {"unchanged", report.unchanged},
                              {"applied", report.applied},
                              {"proposed", report.proposed},
                              {"unmatched", report.unmatched},
                              {"ignored", report.ignored},
                              {"returned", report.returned},
                              {"applied_minor", report.applied_minor},
                              {"currency", currency},
                              {"description", read.description},
                              {"mapping", read.mapping}});
}

Result<std::string> list_bank_files_job(Store& store, const Creditor& creditor,
                                        const ListPage& page) {
  return store.read([&](Tx& tx) {
    auto kept = tx.bank_files.files(creditor.id, {page.before()}, page.to_read());
    json::value next = page.keep(kept, &store::BankFile::id);
    json::array files;
    for (const auto& file : kept) {
      files.push_back(json::object{{"id", std::to_string(file.id.value)},
                                   {"format", text_of(file.format)},
                                   {"bank", file.bank},
                                   {"account", file.account},
                                   {"on", format_date(file.on)},
                                   {"modifier", file.modifier},
                                   {"sha256", file.digest},
                                   {"name", file.name},
                                   {"received_at", format_utc(file.received_at)},
                                   {"state", text_of(file.state)},
                                   {"trouble", file.trouble},
                                   {"lines", file.line_count}});
    }
    return to_json(json::object{{"files", std::move(files)}, {"next", std::move(next)}});
  });
}

Result<std::string> list_bank_lines_job(Store& store, const Creditor& creditor, bool is_waiting,
                                        const ListPage& page) {
  return store.read([&](Tx& tx) {
    auto kept = tx.bank_files.lines(creditor.id, is_waiting, {page.after()}, page.to_read());
    json::value next = page.keep(kept, &store::KeptBankLine::id);
    json::array lines;
    for (const auto& line : kept) lines.push_back(line_json(tx, line));
    return to_json(json::object{{"lines", std::move(lines)}, {"next", std::move(next)}});
  });
}

Result<std::string> decide_bank_line_job(Store& store, const Desk& desk, const Creditor& creditor,
                                         const BankSettings& settings, std::string_view id,
                                         std::string_view body, Instant now) {
  ASSIGN_OR_RETURN(const int64_t line_id, number_in(id, "line"));
  ASSIGN_OR_RETURN(const json::value asked, parse_json(body));
  return store.write([&](Tx& tx) -> Result<std::string> {
    ASSIGN_OR_RETURN(const BankDecision decision, decision_of(tx, creditor, asked));
    ASSIGN_OR_RETURN(const auto line, engine::decide_bank_line(tx, desk, creditor, settings,
                                                               {line_id}, decision, now));
    json::object told = line_json(tx, line);
    if (const auto owed = owed_though_counted(tx, line))
      told["still_owed"] = format_money(*owed, creditor.locale);
    return to_json(told);
  });
}

}  // namespace puntual
