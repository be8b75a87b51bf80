// Files of banks and their lines: what each has come to. What a line says of people is sealed,
// under the key of the person whom it is thought to be of, or while that is nobody under the
// creditor's.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bank/match.h"
#include "store/sql/sql_person_keys.h"

namespace puntual::store {

enum class BankFileState : uint8_t {
  Begun,  // Some of its lines may not be in yet: given again, it goes on.
  Taken,
  SetAside,  // It has a trouble: nothing of it is in the books.
};
[[nodiscard]] std::string_view text_of(BankFileState state);

struct BankFile {
  BankFileId id;
  CreditorId creditor_id;
  BankFormat format = BankFormat::Statement;
  std::string bank, account;
  CivilDate on;
  std::string modifier, digest;  // The digest of its bytes, hex SHA-256.
  std::string name;              // As somebody called it.
  Instant received_at;
  BankFileState state = BankFileState::Begun;
  std::string trouble;
  int64_t line_count = 0;
};

enum class BankLineState : uint8_t {
  Applied,    // Booked: payment_id.
  Proposed,   // A person is asked whether this is it.
  Unmatched,  // A person is asked whose it is.
  Ignored,    // None of ours, by rule or by a person's word.
  Returned,   // It gives back what payment_id brought.
};
[[nodiscard]] std::string_view text_of(BankLineState state);  // "applied"
[[nodiscard]] std::optional<BankLineState> bank_line_state_of(std::string_view text);

struct KeptBankLine {
  BankLineId id;
  CreditorId creditor_id;
  BankFileId file_id;
  BankLine said;  // Its words are empty once their person was erased.
  BankLineState state = BankLineState::Unmatched;
  DebtorId debtor_id;  // None: nobody.
  PaymentId payment_id;
  MatchRule rule = MatchRule::None;
  int confidence = 0;
  std::vector<InvoiceId> invoices;
  std::vector<std::string> evidence;
  std::string decided_by;  // Empty: the machine, or nobody yet.
  std::optional<Instant> decided_at;
};

class BankFiles {
 public:
  BankFiles(Connection& db, PersonKeys& keys) : db_(db), keys_(keys) {}

  // The file with this key (bank, account, date, modifier, digest), which is added when it is new.
  // Nobody else takes it in until the transaction ends.
  [[nodiscard]] BankFile open(const BankFile& file);
  void set_state(CreditorId creditor, BankFileId id, BankFileState state);
  [[nodiscard]] std::optional<BankFile> find_file(CreditorId creditor, BankFileId id);
  [[nodiscard]] std::vector<BankFile> files(CreditorId creditor, BankFileId before,
                                            int limit);  // The newest first; before 0: all.

  // A keyed hash of what makes a line this one, or like another, as text: nobody without our key
  // learns anything from it.
  [[nodiscard]] std::string line_key(CreditorId creditor, std::string_view identity);
  [[nodiscard]] bool has_line(CreditorId creditor, std::string_view line_key);
  void add(const KeptBankLine& line, std::string_view line_key, std::string_view account);
  // The state, and all that was decided about it; its words go under the key of whom it is of now.
  // False when it was applied or returned before: that is not decided twice.
  [[nodiscard]] bool decide(const KeptBankLine& line);

  [[nodiscard]] std::optional<KeptBankLine> find(CreditorId creditor, BankLineId id);
  [[nodiscard]] std::string line_key_of(CreditorId creditor, BankLineId id);
  // Beyond `after`, in their order; those that a person is asked about, or all.
  [[nodiscard]] std::vector<KeptBankLine> lines(CreditorId creditor, bool is_waiting,
                                                BankLineId after, int limit);
  [[nodiscard]] std::vector<KeptBankLine> of_debtor(CreditorId creditor, DebtorId debtor);
  // Lines of the same account, reference and sum, whatever their sign; none without a reference.
  [[nodiscard]] std::vector<KeptBankLine> alike(CreditorId creditor, std::string_view account,
                                                const BankLine& line);
  [[nodiscard]] bool has_return_of(CreditorId creditor, PaymentId payment);

 private:
  [[nodiscard]] KeptBankLine read(const Rows& rows);
  Connection& db_;
  PersonKeys& keys_;
};

}  // namespace puntual::store
