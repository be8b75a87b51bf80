#include "tests/support/smtp_server.h"

#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "base/crypto.h"
#include "base/result.h"

namespace puntual::tests {

struct SmtpServer::Tls {
  SSL_CTX* context = nullptr;
  ~Tls() { SSL_CTX_free(context); }
};

void SmtpServer::make_certificate() {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
  X509_set_pubkey(certificate, key);
  X509_NAME* name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("127.0.0.1"), -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  X509_set_version(certificate, 2);
  X509_EXTENSION* alternative =
      X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
  X509_add_ext(certificate, alternative, -1);
  X509_EXTENSION_free(alternative);
  PUNTUAL_CHECK(X509_sign(certificate, key, EVP_sha256()) > 0);
  tls_ = std::make_unique<Tls>();
  tls_->context = SSL_CTX_new(TLS_server_method());
  PUNTUAL_CHECK(SSL_CTX_use_certificate(tls_->context, certificate) == 1 &&
                SSL_CTX_use_PrivateKey(tls_->context, key) == 1);
  char path[] = "/tmp/puntual-smtp-XXXXXX";
  std::FILE* file = fdopen(mkstemp(path), "w");
  PUNTUAL_CHECK(PEM_write_X509(file, certificate) == 1);
  std::fclose(file);
  ca_file_ = path;
  X509_free(certificate);
  EVP_PKEY_free(key);
}

// One connection.
class SmtpServer::Talk {
 public:
  Talk(SmtpServer& server, int fd) : server_(server), fd_(fd) {}
  ~Talk() {
    if (ssl_ != nullptr) SSL_free(ssl_);
  }
  void run() {
    say("220 ready");
    for (std::string line; read_line(line);) {
      if (!answer(line)) return;
    }
  }

 private:
  bool answer(const std::string& line) {
    const auto& temper = server_.temper_;
    const auto begins = [&](std::string_view word) { return line.starts_with(word); };
    if (begins("EHLO")) {
      const bool offers_tls = temper.has_tls && ssl_ == nullptr;
      return say(offers_tls ? "250-here\r\n250-AUTH PLAIN\r\n250 STARTTLS"
                            : "250-here\r\n250 AUTH PLAIN");
    }
    if (begins("STARTTLS")) return say("220 go") && encrypt();
    if (begins("AUTH PLAIN")) return hear_login(line.substr(std::min<size_t>(line.size(), 11)));
    if (begins("MAIL FROM:")) return mail_.from = line.substr(10), say(temper.to_mail);
    if (begins("RCPT TO:")) return mail_.to = line.substr(8), say(temper.to_recipient);
    if (begins("DATA")) return take_data();
    if (begins("QUIT")) return say("221 bye"), false;
    return say("250 ok");
  }
  bool hear_login(std::string word) {
    if (word.empty() && (!say("334 ") || !read_line(word))) return false;
    const std::string told = bytes_of_base64(word).value_or("");
    if (const auto user = told.find('\0'); user != std::string::npos) {
      mail_.login = told.substr(user + 1);
      if (const auto end = mail_.login.find('\0'); end != std::string::npos) mail_.login[end] = ':';
    }
    return say("235 welcome");
  }
  bool take_data() {
    if (!say(server_.temper_.to_data)) return false;
    if (!server_.temper_.to_data.starts_with("354")) return true;
    for (std::string line; read_line(line);) {
      if (line == ".") {
        if (server_.temper_.to_end.empty()) return false;
        mail_.is_encrypted = ssl_ != nullptr;
        const std::lock_guard lock(server_.mutex_);
        if (server_.temper_.to_end.starts_with("2")) server_.mails_.push_back(mail_);
        return say(server_.temper_.to_end);
      }
      mail_.data += line + "\r\n";
    }
    return false;
  }
  bool encrypt() {
    ssl_ = SSL_new(server_.tls_->context);
    SSL_set_fd(ssl_, fd_);
    buffer_.clear();
    return SSL_accept(ssl_) == 1;
  }
  bool say(const std::string& line) {
    const std::string bytes = line + "\r\n";
    if (ssl_ != nullptr) return SSL_write(ssl_, bytes.data(), static_cast<int>(bytes.size())) > 0;
    return ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL) > 0;
  }
  bool read_line(std::string& line) {
    char chunk[4096];
    size_t end = 0;
    while ((end = buffer_.find("\r\n")) == std::string::npos) {
      const auto count = ssl_ != nullptr ? SSL_read(ssl_, chunk, sizeof chunk)
                                         : static_cast<int>(::recv(fd_, chunk, sizeof chunk, 0));
      if (count <= 0) return false;
      buffer_.append(chunk, static_cast<size_t>(count));
    }
    line = buffer_.substr(0, end);
    buffer_.erase(0, end + 2);
    return true;
  }

  SmtpServer& server_;
  int fd_;
  SSL* ssl_ = nullptr;
  std::string buffer_;
  Mail mail_;
};

SmtpServer::SmtpServer(SmtpTemper temper) : temper_(std::move(temper)) {
  make_certificate();
  listener_ = std::make_unique<Listener>([this](int fd) { Talk(*this, fd).run(); });
}

SmtpServer::~SmtpServer() {
  listener_.reset();
  std::error_code error;
  std::filesystem::remove(ca_file_, error);
}

std::string SmtpServer::url() const {
  return "smtp://127.0.0.1:" + std::to_string(listener_->port());
}

std::vector<Mail> SmtpServer::mails() const {
  const std::lock_guard lock(mutex_);
  return mails_;
}

}  // namespace puntual::tests
