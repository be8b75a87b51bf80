// E-mail over SMTP: the text, and the link as a QR image for whoever reads it on another screen.
#pragma once

#include <memory>
#include <string>

#include "ports/on_ramp.h"

namespace puntual::on_ramp {

struct EmailOptions {
  std::string
      url;  // "smtps://correo.example.com" or "smtp://…:587", which then must offer STARTTLS.
  std::string user, password;
  std::string from;      // "avisos@example.com"
  std::string reply_to;  // Who reads answers; empty: nobody.
  std::string name;      // As whom: "Colegio San Marcos"
  std::string subject = "Tenemos un mensaje para usted";
  std::string ca_file;  // Of certificates to believe besides the system's; empty: those alone.
};

// What travels between DATA and the dot: RFC 5322 and MIME, lines ended by CR LF. `at`: of its
// Date.
[[nodiscard]] std::string mail_of(const EmailOptions& options, const SendRequest& request,
                                  Instant at);

class Email final : public OnRamp {
 public:
  // Invalid when something is missing, or would travel without encryption.
  [[nodiscard]] static Result<std::unique_ptr<Email>> open(EmailOptions options);
  [[nodiscard]] SendResult send(const SendRequest& request, int64_t within_ms) override;

 private:
  explicit Email(EmailOptions options) : options_(std::move(options)) {}
  EmailOptions options_;
};

}  // namespace puntual::on_ramp
