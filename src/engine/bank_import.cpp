#include "engine/bank_import.h"

#include <algorithm>

#include "base/locale.h"
#include "engine/bank_candidates.h"
#include "engine/note.h"
#include "engine/reverse_payment.h"
#include "engine/settle_payments.h"

namespace puntual {

const BankAccount* BankSettings::find(std::string_view account) const {
  const auto found = std::ranges::find(accounts, account, &BankAccount::account);
  return found == accounts.end() ? nullptr : &*found;
}

namespace engine {
namespace {

using store::BankFileState;
using store::BankLineState;
using store::KeptBankLine;

constexpr size_t kLinesTogether = 500;
constexpr int32_t kSamePaymentDays = 3;  // A gateway's day and the bank's, with a weekend between.
constexpr std::string_view kBankSource = "bank";

bool is_told_at_place(BankFormat format) {
  return format == BankFormat::Asobancaria2001 || format == BankFormat::Asobancaria1998;
}

// A payment of this person's that may be the same money: another source has told of as much in
// those days.
std::optional<Payment> booked_elsewhere(Tx& tx, const KeptBankLine& line) {
  if (!line.debtor_id) return std::nullopt;
  for (auto& one : tx.payments.of_debtor(line.creditor_id, line.debtor_id)) {
    if (one.source != kBankSource && one.amount == line.said.amount &&
        std::abs(one.paid_on - line.said.on) <= kSamePaymentDays)
      return std::move(one);
  }
  return std::nullopt;
}

// A part of a line's money, and what it is for.
struct BankPiece {
  std::string invoice;
  DebtorId debtor_id;
  int64_t amount_minor = 0;
};

// Books a line: all pieces, and one thank-you a person. Sets what it has come to.
Result<void> book(Tx& tx, const Desk& desk, const Creditor& creditor, KeptBankLine& line,
                  const std::string& key, const std::vector<BankPiece>& pieces, Instant now) {
  std::vector<SettledPayment> settled;
  for (size_t i = 0; i < pieces.size(); ++i) {
    const BankPiece& piece = pieces[i];
    const PaymentInput input{
        .source = std::string(kBankSource),
        .source_id = pieces.size() == 1 ? key : fmt::format("{}#{}", key, i + 1),
        .reference = piece.invoice,
        .debtor_id = piece.debtor_id,
        .amount = {piece.amount_minor, line.said.amount.currency},
        .method = "Banco",
        .paid_on = line.said.on,
        .paid_at = {}};
    ASSIGN_OR_RETURN(auto one, settle_payment(tx, desk, creditor, input, now));
    if (!one.is_new)
      return fail(ErrorCode::Conflict, "línea {} del banco: su dinero ya se había anotado",
                  line.id.value);
    settled.push_back(std::move(one));
  }
  std::ranges::stable_sort(settled, {},
                           [](const SettledPayment& one) { return one.payment.debtor_id; });
  for (size_t from = 0; from < settled.size();) {
    size_t to = from;
    while (to < settled.size() && settled[to].payment.debtor_id == settled[from].payment.debtor_id)
      ++to;
    thank(tx, desk, creditor, std::span(settled).subspan(from, to - from), now);
    from = to;
  }
  line.state = BankLineState::Applied;
  line.payment_id = settled.front().payment.id;
  line.debtor_id = settled.front().payment.debtor_id;
  if (settled.size() > 1) line.evidence.emplace_back("split");
  for (const auto& one : settled) {
    note(tx, creditor.id, one.payment.debtor_id, now, "bank_applied",
         fmt::format("{} {}", text_of(line.rule), line.confidence));
  }
  return {};
}

// The payment that a line gives back: of the same account, reference and sum, earlier, and not
// given back yet. Two: none.
const KeptBankLine* original_of(Tx& tx, const BankLine& said,
                                const std::vector<KeptBankLine>& alike, bool& is_unclear) {
  const KeptBankLine* found = nullptr;
  for (const auto& one : alike) {
    const bool is_whole = std::ranges::find(one.evidence, "split") == one.evidence.end();
    if (one.state != BankLineState::Applied || one.said.on > said.on || !is_whole ||
        tx.bank_files.has_return_of(one.creditor_id, one.payment_id))
      continue;
    is_unclear = found != nullptr;
    if (is_unclear) return nullptr;
    found = &one;
  }
  return found;
}

Result<void> give_back(Tx& tx, const Desk& desk, const Creditor& creditor, KeptBankLine& line,
                       const std::string& key, const KeptBankLine& original, std::string_view by,
                       Instant now) {
  ASSIGN_OR_RETURN(const Reversed done, reverse_payment(tx, desk, creditor,
                                                        {.payment_id = original.payment_id,
                                                         .kind = ReversalKind::Returned,
                                                         .amount_minor = original.said.amount.minor,
                                                         .source_id = "bank:" + key,
                                                         .by = std::string(by),
                                                         .why = "el banco lo devolvió"},
                                                        now));
  if (!done.is_new)
    return fail(ErrorCode::Conflict, "línea {} del banco: ya se había devuelto", line.id.value);
  line.state = BankLineState::Returned;
  line.rule = MatchRule::Return;
  line.payment_id = original.payment_id;
  line.debtor_id = original.debtor_id;
  return {};
}

// Takes the lines of one file; one transaction's worth of it.
class Taker {
 public:
  Taker(Tx& tx, const Desk& desk, const Creditor& creditor, const BankSettings& settings,
        const BankFileInput& input, Instant now)
      : tx_(tx), desk_(desk), creditor_(creditor), settings_(settings), input_(input), now_(now) {
    const auto* account = settings.find(input.reading.account);
    is_settlement_ = account != nullptr && account->is_settlement;
  }

  Result<void> take(BankFileId file, const BankLine& said, int ordinal, BankReport& report) {
    const std::string key = tx_.bank_files.line_key(
        creditor_.id, bank::identity_of(input_.reading, input_.digest, said, ordinal));
    if (tx_.bank_files.has_line(creditor_.id, key)) {
      ++report.unchanged;
      return {};
    }
    KeptBankLine line{.id = tx_.ids.next<BankLineId>(now_),
                      .creditor_id = creditor_.id,
                      .file_id = file,
                      .said = said};
    RETURN_IF_ERROR(decide(line, key));
    tx_.bank_files.add(line, key, input_.reading.account);
    switch (line.state) {
      case BankLineState::Applied:
        ++report.applied;
        report.applied_minor += said.amount.minor;
        break;
      case BankLineState::Proposed:
        ++report.proposed;
        break;
      case BankLineState::Unmatched:
        ++report.unmatched;
        break;
      case BankLineState::Ignored:
        ++report.ignored;
        break;
      case BankLineState::Returned:
        ++report.returned;
        break;
    }
    return {};
  }

 private:
  Result<void> decide(KeptBankLine& line, const std::string& key) {
    if (is_settlement_ || line.said.amount.minor == 0) {
      line.state = BankLineState::Ignored;
      line.rule = is_settlement_ ? MatchRule::Settlement : MatchRule::None;
      return {};
    }
    const auto alike = tx_.bank_files.alike(creditor_.id, input_.reading.account, line.said);
    if (line.said.amount.minor < 0 || !line.said.returned.empty())
      return take_return(line, key, alike);
    return take_credit(line, key, alike);
  }

  Result<void> take_return(KeptBankLine& line, const std::string& key,
                           const std::vector<KeptBankLine>& alike) {
    bool is_unclear = false;
    if (const auto* original = original_of(tx_, line.said, alike, is_unclear))
      return give_back(tx_, desk_, creditor_, line, key, *original, "bank", now_);
    line.rule = MatchRule::Return;
    line.evidence = {is_unclear ? "several_originals" : "original_unknown"};
    // What leaves an account is the creditor's own business, unless it bears the mark of a debt or
    // of its payment.
    const bool is_of_a_debt = !line.said.returned.empty() || is_unclear ||
                              !candidates_for(tx_, creditor_, line.said).empty();
    line.state = is_of_a_debt ? BankLineState::Unmatched : BankLineState::Ignored;
    if (!is_of_a_debt) {
      line.rule = MatchRule::Outgoing;
      line.evidence.clear();
    }
    return {};
  }

  Result<void> take_credit(KeptBankLine& line, const std::string& key,
                           const std::vector<KeptBankLine>& alike) {
    const BankMatch match = bank::match(line.said, candidates_for(tx_, creditor_, line.said));
    line.rule = match.rule;
    line.confidence = match.confidence;
    line.debtor_id = match.debtor_id;
    line.invoices = match.invoices;
    line.evidence = match.evidence;
    const bool is_in_doubt = has_doubts(line, alike);
    const bool is_allowed =
        settings_.applies == BankApplies::References ||
        (settings_.applies == BankApplies::CheckDigits && match.rule == MatchRule::BankReference);
    if (match.is_sure && is_allowed && !is_in_doubt) {
      std::string number;
      if (line.invoices.size() == 1)
        number = tx_.invoices.find(creditor_.id, line.invoices.front())->number;
      return book(tx_, desk_, creditor_, line, key,
                  {{.invoice = number,
                    .debtor_id = line.debtor_id,
                    .amount_minor = line.said.amount.minor}},
                  now_);
    }
    line.state = line.debtor_id ? BankLineState::Proposed : BankLineState::Unmatched;
    return {};
  }

  // Is it perhaps money that we have already, or that has gone again?
  bool has_doubts(KeptBankLine& line, const std::vector<KeptBankLine>& alike) {
    const size_t before = line.evidence.size();
    for (const auto& other : alike) {
      if (other.state == BankLineState::Unmatched && other.rule == MatchRule::Return &&
          other.said.on >= line.said.on) {
        line.evidence.emplace_back("given_back");
        break;
      }
    }
    for (const auto& other : alike) {
      if (other.file_id == line.file_id || other.said.on != line.said.on ||
          other.said.amount != line.said.amount)
        continue;
      // Two statements overlap, and their keys tell what is the same; other files tell the same
      // money under keys of their own.
      const auto file = tx_.bank_files.find_file(creditor_.id, other.file_id);
      if (file->format == input_.reading.format && !is_told_at_place(file->format)) continue;
      line.evidence.emplace_back("told_by_another_file");
      break;
    }
    if (booked_elsewhere(tx_, line)) line.evidence.emplace_back("already_booked");
    return line.evidence.size() > before;
  }

  Tx& tx_;
  const Desk& desk_;
  const Creditor& creditor_;
  const BankSettings& settings_;
  const BankFileInput& input_;
  Instant now_;
  bool is_settlement_ = false;
};

store::BankFile file_row(Tx& tx, const Creditor& creditor, const BankFileInput& input,
                         Instant now) {
  const BankReading& reading = input.reading;
  return {.id = tx.ids.next<BankFileId>(now),
          .creditor_id = creditor.id,
          .format = reading.format,
          .bank = reading.bank,
          .account = reading.account,
          .on = reading.on,
          .modifier = reading.modifier,
          .digest = input.digest,
          .name = input.name,
          .received_at = now,
          .state = BankFileState::Begun,
          .trouble = {},
          .line_count = static_cast<int64_t>(reading.lines.size())};
}

// What only who knows today can see.
std::vector<BankTrouble> troubles_of(const BankReading& reading, CivilDate today) {
  auto troubles = reading.troubles;
  for (const auto& line : reading.lines) {
    if (line.on > today + 1)
      troubles.push_back(
          {line.line,
           fmt::format("es del {}, un día que aún no llega; revise el orden de día y mes",
                       format_date(line.on))});
    if (std::abs(line.amount.minor) > kAmountMinorMax)
      troubles.push_back({line.line, "el valor es mayor que cualquier pago; revise los decimales"});
  }
  return troubles;
}

}  // namespace

Result<BankReport> take_bank_file(Store& store, const Desk& desk, const Creditor& creditor,
                                  const BankSettings& settings, const BankFileInput& input,
                                  bool is_rehearsal, Instant now) {
  const BankReading& reading = input.reading;
  if (const auto troubles = troubles_of(reading, Zone::of(creditor.zone).local(now).date);
      !troubles.empty()) {
    const std::string text = bank::text_of(troubles);
    if (!is_rehearsal) {
      RETURN_IF_ERROR(store.write([&](Tx& tx) {
        auto file = file_row(tx, creditor, input, now);
        file.state = BankFileState::SetAside;
        file.trouble = text;
        if (tx.bank_files.open(file).id == file.id)
          note(tx, creditor.id, {}, now, "bank_file", "set_aside");
      }));
    }
    return fail(ErrorCode::Invalid, "{}: no se tomó nada de este archivo\n{}", input.name, text);
  }
  const auto ordinals = bank::ordinals_of(reading);
  const size_t together = is_rehearsal ? reading.lines.size() : kLinesTogether;
  BankReport report{.lines = static_cast<int64_t>(reading.lines.size())};
  std::optional<BankReport> rehearsed;
  size_t from = 0;
  do {
    const size_t to = std::min(from + together, reading.lines.size());
    const auto done = store.write([&](Tx& tx) -> Result<BankReport> {
      BankReport so_far = report;
      const auto fresh = file_row(tx, creditor, input, now);
      const auto file = tx.bank_files.open(fresh);
      so_far.file_id = file.id;
      if (file.state == BankFileState::Taken) {
        so_far.is_new = false;
        so_far.unchanged = so_far.lines;
        return so_far;
      }
      Taker taker(tx, desk, creditor, settings, input, now);
      for (size_t i = from; i < to; ++i)
        RETURN_IF_ERROR(taker.take(file.id, reading.lines[i], ordinals[i], so_far));
      if (to == reading.lines.size()) {
        tx.bank_files.set_state(creditor.id, file.id, BankFileState::Taken);
        note(tx, creditor.id, {}, now, "bank_file",
             fmt::format("{} {}", text_of(reading.format), so_far.lines));
      }
      if (!is_rehearsal) return so_far;
      rehearsed = so_far;
      return fail(ErrorCode::Conflict, "a rehearsal");  // Takes it all back.
    });
    if (rehearsed) return *rehearsed;
    if (!done) return std::unexpected(done.error());
    report = *done;
    if (!report.is_new) break;
    from = to;
  } while (from < reading.lines.size());
  return report;
}

namespace {

Result<std::vector<BankPiece>> pieces_of(Tx& tx, const Creditor& creditor, const KeptBankLine& line,
                                         const BankDecision& decision) {
  const int64_t all = line.said.amount.minor;
  const auto check = [&](const std::string& number) -> Result<Invoice> {
    const auto invoice = tx.invoices.find_by_number(creditor.id, number);
    if (!invoice) return fail(ErrorCode::NotFound, "no existe la factura '{}'", number);
    if (invoice->amount.currency != line.said.amount.currency) {
      return fail(ErrorCode::Invalid,
                  "la factura '{}' está en {} y la línea en {}: el dinero no se convierte", number,
                  invoice->amount.currency.code(), line.said.amount.currency.code());
    }
    return *invoice;
  };
  std::vector<BankPiece> pieces;
  if (decision.is_accepted) {
    if (!line.debtor_id)
      return fail(ErrorCode::Invalid,
                  "línea {} del banco: no se propuso a nadie; diga de quién es (invoice o debtor)",
                  line.id.value);
    int64_t left = all;
    for (const auto id : line.invoices) {
      const auto invoice = tx.invoices.find(creditor.id, id);
      PUNTUAL_CHECK(invoice.has_value());
      RETURN_IF_ERROR(check(invoice->number));
      const bool is_last = id == line.invoices.back();
      const int64_t part = is_last ? left : std::min(left, invoice->balance_minor);
      if (part > 0)
        pieces.push_back(
            {.invoice = invoice->number, .debtor_id = invoice->debtor_id, .amount_minor = part});
      left -= part;
    }
    if (pieces.empty())
      pieces.push_back({.invoice = {}, .debtor_id = line.debtor_id, .amount_minor = all});
  } else if (!decision.invoice.empty()) {
    ASSIGN_OR_RETURN(const Invoice invoice, check(decision.invoice));
    pieces.push_back(
        {.invoice = invoice.number, .debtor_id = invoice.debtor_id, .amount_minor = all});
  } else if (decision.debtor_id) {
    pieces.push_back({.invoice = {}, .debtor_id = decision.debtor_id, .amount_minor = all});
  } else {
    int64_t sum = 0;
    for (const auto& share : decision.shares) {
      ASSIGN_OR_RETURN(const Invoice invoice, check(share.invoice));
      if (share.amount_minor <= 0)
        return fail(ErrorCode::Invalid, "factura '{}': su parte debe ser más de cero",
                    share.invoice);
      if (__builtin_add_overflow(sum, share.amount_minor, &sum))
        return fail(ErrorCode::Invalid, "las partes son demasiado grandes");
      pieces.push_back({.invoice = invoice.number,
                        .debtor_id = invoice.debtor_id,
                        .amount_minor = share.amount_minor});
    }
    if (pieces.empty())
      return fail(ErrorCode::Invalid,
                  "diga qué es la línea: accept, invoice, debtor, split, ignore o reverses");
    if (sum != all) {
      return fail(ErrorCode::Invalid, "las partes suman {} y la línea es de {}",
                  format_money_at_home({sum, line.said.amount.currency}),
                  format_money_at_home(line.said.amount));
    }
  }
  return pieces;
}

}  // namespace

std::vector<Payment> payments_of(Tx& tx, const KeptBankLine& line) {
  std::vector<Payment> found;
  if (line.state != BankLineState::Applied) return found;
  const std::string key = tx.bank_files.line_key_of(line.creditor_id, line.id);
  if (auto whole = tx.payments.find_by_source(line.creditor_id, kBankSource, key))
    return {*std::move(whole)};
  for (size_t i = 1;; ++i) {
    auto piece =
        tx.payments.find_by_source(line.creditor_id, kBankSource, fmt::format("{}#{}", key, i));
    if (!piece) return found;
    found.push_back(*std::move(piece));
  }
}

Result<KeptBankLine> decide_bank_line(Tx& tx, const Desk& desk, const Creditor& creditor,
                                      const BankSettings& settings, BankLineId id,
                                      const BankDecision& decision, Instant now) {
  if (decision.by.empty()) return fail(ErrorCode::Invalid, "falta quién decide (by)");
  auto line = tx.bank_files.find(creditor.id, id);
  if (!line)
    return fail(ErrorCode::NotFound, "no existe la línea {} del banco (puntual bank list)",
                id.value);
  if (line->state == BankLineState::Applied || line->state == BankLineState::Returned) {
    return fail(ErrorCode::Conflict, "la línea {} del banco ya está {}", id.value,
                line->state == BankLineState::Applied ? "aplicada" : "devuelta");
  }
  const auto file = tx.bank_files.find_file(creditor.id, line->file_id);
  PUNTUAL_CHECK(file.has_value());
  const auto* account = settings.find(file->account);
  const std::string key = tx.bank_files.line_key_of(creditor.id, id);
  const bool goes_out = line->said.amount.minor < 0 || !line->said.returned.empty();
  if (decision.is_ignored) {
    line->state = BankLineState::Ignored;
    note(tx, creditor.id, line->debtor_id, now, "bank_ignored", decision.by);
  } else if (account != nullptr && account->is_settlement) {
    return fail(ErrorCode::Conflict,
                "la línea {} del banco es de la cuenta {}, donde abona una pasarela: ella dice de "
                "quién es el dinero",
                id.value, file->account);
  } else if (decision.reverses) {
    const auto original = tx.bank_files.find(creditor.id, decision.reverses);
    if (!original)
      return fail(ErrorCode::NotFound, "no existe la línea {} del banco", decision.reverses.value);
    const bool is_split =
        std::ranges::find(original->evidence, "split") != original->evidence.end();
    if (!goes_out || original->state != BankLineState::Applied || is_split ||
        original->said.amount.currency != line->said.amount.currency ||
        original->said.amount.minor != std::abs(line->said.amount.minor) ||
        tx.bank_files.has_return_of(creditor.id, original->payment_id)) {
      return fail(ErrorCode::Invalid,
                  "la línea {} del banco no devuelve la {}: debe quitar la misma suma, aplicada "
                  "entera y sin devolver",
                  id.value, original->id.value);
    }
    RETURN_IF_ERROR(
        give_back(tx, desk, creditor, *line, key, *original, "operator:" + decision.by, now));
    line->rule = MatchRule::Person;
    line->confidence = 100;
    line->evidence.clear();
  } else if (goes_out) {
    return fail(
        ErrorCode::Invalid,
        "la línea {} del banco quita dinero: diga qué línea devuelve (reverses), o ignórela",
        id.value);
  } else {
    ASSIGN_OR_RETURN(const auto pieces, pieces_of(tx, creditor, *line, decision));
    // What was proposed was proposed before the other source told of it.
    const bool is_known =
        std::ranges::find(line->evidence, "already_booked") != line->evidence.end();
    if (const auto other =
            decision.is_accepted && !is_known ? booked_elsewhere(tx, *line) : std::nullopt) {
      return fail(ErrorCode::Conflict,
                  "línea {} del banco: desde entonces {} contó un pago igual ({}): ignórela si es "
                  "el mismo dinero, o diga su factura o su deudor",
                  id.value, other->source, other->id.value);
    }
    if (!decision.is_accepted) {
      line->rule = MatchRule::Person;
      line->confidence = 100;
      line->invoices.clear();
    }
    RETURN_IF_ERROR(book(tx, desk, creditor, *line, key, pieces, now));
  }
  line->decided_by = decision.by;
  line->decided_at = now;
  if (!tx.bank_files.decide(*line))
    return fail(ErrorCode::Conflict, "bank line {} has just been decided by somebody else",
                id.value);
  return *line;
}

}  // namespace engine
}  // namespace puntual
