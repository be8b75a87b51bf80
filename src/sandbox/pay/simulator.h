// What every simulated payment provider has in common, and what each must know of its own: one file
// a provider.
//
// Places to pay and charges are the same for all of them; only the words differ in which they are
// asked for and told of. No clock, no socket, no chance but the seed's. For src/sandbox/pay alone.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/random.h"
#include "base/time.h"
#include "http/message.h"

namespace puntual::sandbox {

enum class ChargeState : uint8_t {
  Pending,
  Paid,
  Declined,
  Error,
  Expired,
  Voided,
  PartlyRefunded,
  Refunded,
  Disputed,
  Chargeback
};
[[nodiscard]] std::string_view text_of(
    ChargeState state);  // "paid", "partly_refunded": in the control API.

// What a business has had made: a link, a preference, a session.
struct PayPlace {
  std::string id, reference, title, currency;
  int64_t minor = 0;  // 0: the payer types it.
  Instant made_at;
  std::optional<Instant> expires_at;
  bool is_active = true;
  bool is_single_use = true;
  std::vector<std::string> methods = {};  // Those alone, as it was asked for; empty: all.
  std::string return_url;
  std::string notice_url;  // Told with the place; else the house's.
  json::object details;    // What else the provider repeats of it.
  bool is_foreign = false;
};

struct Charge {
  std::string id, place_id, reference, currency, method;
  int64_t minor = 0, refunded_minor = 0;
  ChargeState state = ChargeState::Pending;
  Instant made_at, changed_at;
  Instant readable_at;  // The API does not know it earlier.
  std::optional<Instant> paid_at;
  bool is_foreign = false;  // Of another business.
  struct Past {
    ChargeState state;
    int64_t refunded_minor;
    Instant until;  // The API tells of this until then.
  };
  std::optional<Past> stale;
  std::vector<std::string> told;  // All notices about it, as the provider's books have them.
};

enum class Signed : uint8_t { Rightly, Wrongly, ByOldSecret };

// How a notice is to be spoilt, or made unusual.
struct NoticeTwist {
  Signed signing = Signed::Rightly;
  bool altered = false;  // After it was signed.
  bool unknown_type = false, extra_fields = false, null_reference = false,
       other_environment = false, upper_case = false;
};

struct PayNotice {
  std::string url = {};    // Empty: where the place, or the house, wants to be told.
  std::string query = {};  // What is put behind it, without '?'.
  std::string body = {};
  std::string record = {};  // As the provider's own books show it; empty: as the body.
  std::vector<std::string> headers = {};  // "X-Event-Checksum: …"; the content type among them.
  std::function<std::string(Instant at)> signature_at =
      {};  // One header more, for those who sign the moment of sending.
};

struct PayFault {
  std::string kind;  // faults.cpp lists them.
  int64_t remaining = 1;
  int64_t delay_ms = kMinuteMs;
};

// One provider's books.
struct PayWorld {
  explicit PayWorld(uint64_t seed) : random(seed) {}

  std::string base_url;                        // "http://127.0.0.1:9090/pay/wompi"
  std::map<std::string, std::string> secrets;  // By their names in the provider's documents.
  SeededRandom random;
  std::deque<PayPlace> places;  // Stay where they are.
  std::deque<Charge> charges;
  std::vector<PayFault> faults;
  int64_t next_id = 1;

  [[nodiscard]] std::string secret(const std::string& name) const;  // Empty when there is none.
  [[nodiscard]] std::string signing_secret(const std::string& name, Signed signing) const;
  [[nodiscard]] std::string random_text(size_t size);  // Letters and digits.
  [[nodiscard]] PayPlace* place(std::string_view id);
  [[nodiscard]] Charge* charge(std::string_view id);
  [[nodiscard]] Charge* readable_charge(std::string_view id, Instant now);  // As the API knows it.
  [[nodiscard]] bool is_paid(const PayPlace& place) const;
  [[nodiscard]] std::optional<PayFault> take_fault(std::string_view kind);
  // The business gives so much of it back (0: all that is left), and everybody is told. False: it
  // is not paid, or not so much is left.
  [[nodiscard]] bool give_back(Charge& charge, int64_t minor, Instant now);
  // What a call of the API has changed, and is to be told: ids of charges.
  std::vector<std::string> untold;
};

class PaySimulator {
 public:
  virtual ~PaySimulator() = default;
  [[nodiscard]] virtual std::string_view name() const = 0;
  // What is put behind the server's address to make what the provider's documents call the base.
  [[nodiscard]] virtual std::string_view base_path() const { return ""; }
  // Secrets that it works with when it is given none.
  [[nodiscard]] virtual std::map<std::string, std::string> default_secrets() const = 0;
  // How long after each failure a notice comes again.
  [[nodiscard]] virtual std::vector<int64_t> retry_after_ms() const = 0;
  [[nodiscard]] virtual bool knows(ChargeState state) const = 0;

  // One call of its API; the path is what follows "/pay/wompi".
  [[nodiscard]] virtual http::Response answer(PayWorld& world, const http::Request& request,
                                              std::string_view path, Instant now) = 0;
  // What is paid at this address of its pages; null: it is none, or is refused.
  [[nodiscard]] virtual PayPlace* place_at(PayWorld& world, const http::Request& request,
                                           std::string_view path, Instant now) = 0;
  // Gives a new charge its id and reference.
  virtual void name_charge(PayWorld& world, const PayPlace& place, Charge& charge, Instant now) = 0;
  // How it tells of what a charge has just come to; none: it does not tell of this.
  [[nodiscard]] virtual std::vector<PayNotice> notices_of(PayWorld& world, const Charge& charge,
                                                          const NoticeTwist& twist,
                                                          Instant now) = 0;
  // What is put behind the return address, without '?'.
  [[nodiscard]] virtual std::string return_query(const PayPlace& place,
                                                 const Charge& charge) const = 0;
};

// Of that name; null: nobody simulates it.
[[nodiscard]] std::unique_ptr<PaySimulator> make_pay_simulator(std::string_view name);
[[nodiscard]] std::vector<std::string_view> pay_simulator_names();

// Faults from [[pay]] of a TOML or JSON document: kind, next (how many times), delay_seconds,
// provider.
[[nodiscard]] Result<std::vector<std::pair<std::string, PayFault>>> pay_faults_of(
    std::string_view text, std::string_view file_name);

// The page where a person chooses what happens.
[[nodiscard]] http::Response pay_page(const PayPlace& place, std::string_view trouble);

}  // namespace puntual::sandbox
