// The providers that places are made at, as a house has them set up against their simulators, and
// what each of them does.
#pragma once

#include <ostream>
#include <string_view>

namespace puntual::e2e {

struct Provider {
  std::string_view name, secrets;
  std::string_view currency;
  int64_t owed_minor;
  size_t told_at_once;       // Notices of one payment.
  std::string_view earlier;  // What it tells before a payment succeeds.
  size_t earlier_told = 1, later_told = 1;
  long late_status = 200;            // Of a notice that comes after two days.
  bool gives_back = false;           // By its API.
  std::string_view refundable = {};  // The method of which it does; empty: of any.
  std::string_view panel = {};  // What gives money back in its panel, as its simulator calls it;
                                // empty: nothing that its API shows.
  bool tells_of_panel = true;
  bool tells_chargebacks = false;
  bool sees_foreign = true;  // Payments of other accounts; false: its keys do not find them.
};

inline constexpr Provider kProviders[] = {
    {.name = "wompi",
     .secrets = "public_key = 'pub_test_a'\nprivate_key = 'prv_test_a'\nintegrity_secret = "
                "'test_integrity_a'\nevents_secret = 'test_events_a'\n",
     .currency = "COP",
     .owed_minor = 150'000'00,
     .told_at_once = 1,
     .earlier = "declined",
     .gives_back = true,
     .refundable = "CARD",
     .panel = "void"},
    {.name = "mercadopago",
     .secrets =
         "access_token = 'TEST-1234567890123456-112100-0123456789abcdef-99001122'\nwebhook_secret "
         "= 'secreto_de_avisos'\n",
     .currency = "PEN",
     .owed_minor = 1'500'00,
     .told_at_once = 2,
     .earlier = "pending",
     .earlier_told = 2,
     .gives_back = true,
     .panel = "refund",
     .tells_chargebacks = true},
    {.name = "stripe",
     .secrets = "secret_key = 'sk_test_a'\nwebhook_secret = 'whsec_a'\n",
     .currency = "MXN",
     .owed_minor = 1'500'00,
     .told_at_once = 2,
     .earlier = "pending",
     .later_told = 2,
     .late_status = 401,
     .gives_back = true,
     .panel = "refund",
     .tells_chargebacks = true,
     .sees_foreign = false},
    {.name = "bold",
     .secrets = "identity_key = 'identidad-a'\nmerchant_id = 'CKK1'\nsecret_key = 'llave_a'\n",
     .currency = "COP",
     .owed_minor = 150'000'00,
     .told_at_once = 1,
     .earlier = "declined",
     .panel = "void"},
    {.name = "payu",
     .secrets = "api_login = 'login-a'\nmerchant_id = 508029\naccount_id = 512321\nalgorithm = "
                "'MD5'\napi_key = 'llave_a'\n",
     .currency = "COP",
     .owed_minor = 150'000'00,
     .told_at_once = 1,
     .earlier = "declined",
     .panel = "refund",
     .tells_of_panel = false},
    {.name = "culqi",
     .secrets =
         "secret_key = 'sk_test_a'\nwebhook_user = 'cobranza'\nwebhook_password = 'clave_a'\n"
         "contact_email = 'pagos@example.com'\ncontact_phone = '999555010'\n",
     .currency = "PEN",
     .owed_minor = 1'500'00,
     .told_at_once = 1,
     .earlier = "pending",
     .earlier_told = 0,  // It tells of the end alone.
     .sees_foreign = false},
};

inline void PrintTo(const Provider& one, std::ostream* out) { *out << one.name; }

}  // namespace puntual::e2e
