// A mail server on this machine: RFC 5321 as far as one message needs it, with STARTTLS (RFC 3207)
// and AUTH PLAIN.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "tests/support/listener.h"

namespace puntual::tests {

struct Mail {
  std::string from, to, data;
  std::string login;  // "user:password"; empty: none was given.
  bool is_encrypted = false;
};

struct SmtpTemper {
  bool has_tls = true;
  std::string to_mail = "250 ok", to_recipient = "250 ok", to_data = "354 go on";
  std::string to_end = "250 taken";  // Of the message; empty: the line is cut instead.
};

class SmtpServer {
 public:
  explicit SmtpServer(SmtpTemper temper = {});
  ~SmtpServer();
  [[nodiscard]] std::string url() const;
  // Its certificate, for 127.0.0.1, as a file to believe.
  [[nodiscard]] const std::string& ca_file() const { return ca_file_; }
  [[nodiscard]] std::vector<Mail> mails() const;

 private:
  class Talk;
  struct Tls;
  void make_certificate();
  SmtpTemper temper_;
  std::string ca_file_;
  std::unique_ptr<Tls> tls_;
  mutable std::mutex mutex_;
  std::vector<Mail> mails_;
  std::unique_ptr<Listener> listener_;
};

}  // namespace puntual::tests
